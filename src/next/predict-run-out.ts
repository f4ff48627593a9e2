// When does this customer run out of this product? Comes in: the product's rhythm, what the customer bought of it
// before with units and days, the units just bought. Goes out: the day of the next purchase with an interval, the
// chance that it comes at all, and the day to offer a refill on. All days are after the order. The customer's own
// intervals speak as far as there are any; for a first purchase the product's rhythm does.

import { dayOf } from '../domain/instant.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { RefillRhythm } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { scaleByQuantity } from '../stats/quantity-scaling.ts'
import { forecastRebuy, type RebuyForecast } from '../stats/rebuy-model.ts'
import { chanceToRenew } from '../stats/renewal-interval.ts'
import { normalQuantile } from '../stats/special-functions.ts'

/** Share of the expected interval at which a refill is offered, so that it is there before the last one is used. */
const REFILL_LEAD = 0.85
/** z of the ends of the 80 % interval. */
const INTERVAL_Z = normalQuantile(0.9)

export type BoughtOn = { readonly day: number; readonly quantity: number }

export type RunOut = {
  /** Days after the order, at least 1: the middle, and the ends between which 8 in 10 who come back do so. */
  readonly day: number
  readonly dayLow: number
  readonly dayHigh: number
  /** Chance in [0, 1] that the customer buys it again at all. */
  readonly chance: number
  /** Intervals of the customer's own that it rests on. */
  readonly ownIntervals: number
  readonly offerDay: number
}

/**
 * `bought`: the customer's purchases of the product, oldest first, one per day, the last one being the one that will run
 * out; at least that one.
 */
export function predictRunOut(
  rhythm: RefillRhythm,
  bought: readonly BoughtOn[],
  settings: Pick<Settings, 'followUpFromDay' | 'deliveryDays'>,
): RunOut {
  const { mu, sigma, returns, ownIntervals } = forecastNext(rhythm, bought)
  const dayAt = (z: number): number => Math.exp(mu + z * sigma)
  const middle = dayAt(0)
  const day = Math.max(1, Math.round(middle))
  return {
    day,
    // Whole days inside of the interval: rounded outwards, short intervals would cover far more than 80 %.
    dayLow: Math.min(day, Math.max(1, Math.ceil(dayAt(-INTERVAL_Z)))),
    dayHigh: Math.max(day, Math.floor(dayAt(INTERVAL_Z))),
    chance: returns,
    ownIntervals,
    offerDay: Math.max(settings.followUpFromDay, Math.round(middle * REFILL_LEAD - settings.deliveryDays)),
  }
}

/** Chance in [0, 1] of a purchase within `horizonDays`, when `elapsedDays` have passed since the last one without. */
export function chanceToRebuy(
  rhythm: RefillRhythm,
  bought: readonly BoughtOn[],
  elapsedDays: number,
  horizonDays: number,
): number {
  const { mu, sigma, returns } = forecastNext(rhythm, bought)
  return chanceToRenew(elapsedDays, horizonDays, mu, sigma, returns)
}

function forecastNext(
  rhythm: RefillRhythm,
  bought: readonly BoughtOn[],
): RebuyForecast & { readonly ownIntervals: number } {
  const ownLogs = ownIntervalLogs(bought, rhythm.quantityExponent)
  const { mu, sigma, returns } = forecastRebuy({ ...rhythm, mu: Math.log(rhythm.medianDays) }, ownLogs)
  const units = scaleByQuantity(1, bought.at(-1)?.quantity ?? 1, rhythm.quantityExponent)
  return { mu: mu + Math.log(units), sigma, returns, ownIntervals: ownLogs.length }
}

/** ln days per unit between the purchases, each scaled to one unit by what was bought at its start. */
function ownIntervalLogs(bought: readonly BoughtOn[], exponent: number): number[] {
  return bought.slice(1).flatMap(({ day }, at) => {
    const start = bought[at]
    if (start === undefined || day <= start.day) return []
    return [Math.log((day - start.day) / scaleByQuantity(1, start.quantity, exponent))]
  })
}

/** What the customer bought of a product until the order, and in it: days with their units, oldest first. */
export function purchasesOf(
  product: string,
  order: Pick<Order, 'id' | 'placedAtMs' | 'lines'>,
  customer: CustomerPurchases | null,
): readonly BoughtOn[] {
  const units = new Map<number, number>()
  const add = (placedAtMs: number, quantity: number): void => {
    const day = dayOf(placedAtMs)
    units.set(day, (units.get(day) ?? 0) + quantity)
  }
  for (const past of customer?.orders ?? []) {
    const at = past.productIds.indexOf(product)
    if (at < 0 || past.orderId === order.id || past.placedAtMs >= order.placedAtMs) continue
    add(past.placedAtMs, past.quantities[at] ?? 1)
  }
  for (const line of order.lines) if (line.productId === product) add(order.placedAtMs, line.quantity)
  return [...units].map(([day, quantity]) => ({ day, quantity })).sort((one, other) => one.day - other.day)
}

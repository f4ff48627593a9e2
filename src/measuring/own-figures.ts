// Starting values of the calculator that the shop's own data carry. Comes in: what was imported, the current plan, and
// the ledger of the last 90 days and the hold-out. Goes out: a figure for each of orders, add-on price, attach rate, refund
// rate, margin and caused share that rests on enough; the others stay out, so that the calculator says "guess". Nothing goes
// wrong here: no data, no figure.

import { DAY_MS } from '../domain/instant.ts'
import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import { holdOutShare, type MeasuringSettings } from '../domain/measuring-settings.ts'
import { minorDigits } from '../domain/money.ts'
import { ordersPerMonth } from '../domain/orders-per-month.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { openCeilings, priceCeilingMinor } from '../next/earn-yes.ts'
import type { HistorySummary } from '../ports/history.ts'
import type { OfferStore } from '../ports/offer-store.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import { shopShare } from './advice/caused-share.ts'
import { count, countOf } from './advice/say-figures.ts'
import type { Figure, FigureName } from './calculate-revenue.ts'
import type { Caused } from './figures.ts'
import { readReportCurrency } from './read-report.ts'
import { type CausedStore, whatWasCaused } from './what-was-caused.ts'

const MONTH_DAYS = 365.25 / 12
const WATCHED_DAYS = 90
/** Fewer orders that saw an offer, or charged add-ons, say too little: at 100 orders 5 % may be 2 to 11 % (Wilson). */
const LEAST = 100
const HISTORY_DAYS_MIN = 14
/** So many entries of one kind are read at most: more than a shop's quarter, less than what strains memory. */
const ENTRIES_MAX = 500_000

type PriceRules = Pick<Settings, 'priceCeiling' | 'priceCeilingByCategory'>
type OwnSettings = PriceRules & {
  readonly measuring: Pick<MeasuringSettings, 'marginShare' | 'holdOutShare'>
}
export type OwnStore = Pick<OfferStore, 'readLedger'> & CausedStore & Pick<TrialStore, 'holdOutChosen'>

type OrderSpan = Pick<HistorySummary, 'orders' | 'fromAtMs' | 'toAtMs'>

export type OwnFigures = {
  readonly currency: string | null
  readonly figures: Readonly<Partial<Record<FigureName, Figure>>>
}

export async function readOwnFigures(
  known: {
    readonly summary: OrderSpan | null
    readonly plan: Plan | null
    readonly nowMs: number
  },
  { store, settings }: { readonly store: OwnStore; readonly settings: OwnSettings },
): Promise<OwnFigures> {
  const read = (kind: LedgerKind): Promise<LedgerEntry[]> =>
    store.readLedger({ kind, fromMs: known.nowMs - WATCHED_DAYS * DAY_MS, limit: ENTRIES_MAX })
  const exposed = distinct(await read('exposed'), 'orderId')
  const accepted = distinct(await read('accepted'), 'offerId')
  const charged = distinct(await read('charged'), 'offerId')
  const gone = new Set([
    ...distinct(await read('refunded'), 'offerId'),
    ...distinct(await read('undone'), 'offerId'),
  ])
  const refunded = [...charged].filter((offerId) => gone.has(offerId)).length
  const price = known.plan === null ? null : usualAddOnPrice(known.plan, settings)
  const figures = {
    orders: ordersOf(known.summary),
    addOnPrice: price?.figure,
    attachRate: rate(accepted.size, exposed.size, 'orders that saw an offer'),
    refundRate: rate(refunded, charged.size, 'charged add-ons'),
    margin: ownMargin(settings.measuring.marginShare),
    causedShare: causedShare(await askHoldOut(known, { store, settings })),
  }
  return {
    currency: price?.currency ?? null,
    figures: Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined)),
  }
}

function distinct(entries: readonly LedgerEntry[], by: 'orderId' | 'offerId'): ReadonlySet<string> {
  return new Set(entries.map((entry) => entry[by]))
}

function rate(part: number, whole: number, of: string): Figure | undefined {
  if (whole < LEAST) return undefined
  const value = Math.min(1, part / whole)
  return { value, source: 'own', because: `${count(part)} of ${count(whole)} ${of} in ${WATCHED_DAYS} days` }
}

async function askHoldOut(
  { plan, nowMs }: { readonly plan: Plan | null; readonly nowMs: number },
  { store, settings }: { readonly store: OwnStore; readonly settings: OwnSettings },
): Promise<readonly Caused[]> {
  const { marginShare } = settings.measuring
  const perMonth = plan && ordersPerMonth(plan.summary)
  const share = holdOutShare(settings.measuring, perMonth, await store.holdOutChosen())
  return await whatWasCaused(
    { untilMs: nowMs, currency: readReportCurrency(plan), holdOutShare: share, marginShare },
    { store },
  )
}

function ownMargin(share: number | null): Figure | undefined {
  return share === null
    ? undefined
    : { value: share, source: 'own', because: 'measuring.marginShare in the settings' }
}

function causedShare(caused: readonly Caused[]): Figure | undefined {
  const share = shopShare({ caused })
  const answer = caused.find(({ windowDays }) => windowDays === share?.windowDays)
  if (share === null || answer === undefined) return undefined
  const because = `of ${count(answer.heldOut.customers)} held-out customers over ${share.windowDays} days`
  return { value: share.value, source: 'own', because }
}

function ordersOf(summary: OrderSpan | null): Figure | undefined {
  if (summary === null || summary.fromAtMs === null || summary.toAtMs === null) return undefined
  const days = Math.round((summary.toAtMs - summary.fromAtMs) / DAY_MS) + 1
  if (days < HISTORY_DAYS_MIN) return undefined
  const value = Math.round((summary.orders / days) * MONTH_DAYS)
  return { value, source: 'own', because: `${countOf(summary.orders, 'order')} in ${count(days)} days` }
}

/**
 * The best pairing of each product that the price rule lets through when the product was ordered alone, weighted by the
 * orders of that product; in the currency of the first one.
 */
function usualAddOnPrice(
  plan: Plan,
  settings: PriceRules,
): { readonly figure: Figure; readonly currency: string } | null {
  const ceilingOf = openCeilings(settings)
  let currency: string | null = null
  let sum = 0
  let orders = 0
  for (const [anchorId, pairings] of plan.pairings) {
    const anchor = plan.products.get(anchorId)
    if (anchor === undefined || anchor.priceMinor === null) continue
    currency ??= anchor.currency
    for (const { verdict, addOn: addOnId } of pairings) {
      const addOn = plan.products.get(addOnId)
      if (verdict.status !== 'live' || addOn === undefined || addOn.priceMinor === null) continue
      const most = priceCeilingMinor(anchor.priceMinor, anchor.priceMinor, ceilingOf(addOn.category))
      if (addOn.currency !== currency || anchor.currency !== currency || addOn.priceMinor > most) continue
      sum += anchor.orders * addOn.priceMinor
      orders += anchor.orders
      break
    }
  }
  if (currency === null || orders === 0) return null
  const value = Math.round(sum / orders) / 10 ** minorDigits(currency)
  const because = 'mean price of the first add-on that may be offered with what was ordered'
  return { figure: { value, source: 'own', because }, currency }
}

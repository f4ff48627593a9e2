// The figures of a period. Comes in: the period, the currency, titles for products. Goes out: what happened to offers and
// messages, what orders were worth, and what the hold-out says. What is given back counts when it is given back. Nothing is
// guessed: what cannot be divided is `null`. Fails only where the store does.

import { holdOutShare } from '../domain/measuring-settings.ts'
import { CLICK_COUNTS_MS } from '../domain/message.ts'
import { type Placement, placements } from '../domain/placement.ts'
import type { Settings } from '../domain/settings.ts'
import { HOLD_OUT } from '../domain/trial.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  ClickedPurchase,
  MeasureStore,
  MessageSums,
  OfferSums,
  OrderSums,
} from '../ports/measure-store.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import type { RunningVerdict } from './experiment-figures.ts'
import type {
  Figures,
  MessageFigures,
  OfferFigures,
  OrderValue,
  PairingFigures,
  Period,
  Rate,
} from './figures.ts'
import { whatWasCaused } from './what-was-caused.ts'

const PAIRINGS_MAX = 200

export type FiguresRequest = {
  readonly period: Period
  readonly currency: string
  /** Decides the size of the hold-out where it is `auto`; `null`: nobody knows. */
  readonly ordersPerMonth: number | null
  readonly titleOf: (product: string) => string
  /** What is known of experiments. */
  readonly experiments: readonly RunningVerdict[]
}

export type FiguresEffects = {
  readonly store: MeasureStore & Pick<TrialStore, 'holdOutChosen' | 'holdOutTerms'>
  readonly settings: Pick<Settings, 'measuring'>
  readonly clock: Clock
}

export async function readFigures(request: FiguresRequest, effects: FiguresEffects): Promise<Figures> {
  const { period, currency, titleOf, experiments } = request
  const { store, settings, clock } = effects
  const asked = { ...period, currency }
  const offers = await store.sumOffers(asked)
  const messages = await store.sumMessages(asked)
  const bought = await store.clickedPurchases({ ...asked, withinMs: CLICK_COUNTS_MS })
  const orders = await store.sumOrders(asked)
  const share = holdOutShare(settings.measuring, request.ordersPerMonth, await store.holdOutChosen())
  // Without a hold-out nobody notes what would have been offered.
  const ordersEligible =
    share > 0 ? await store.countTrialOrders(HOLD_OUT, period) : offers.total.ordersOffered
  return {
    ...{ period, currency, otherCurrencyEntries: offers.otherCurrencyEntries },
    marginShare: settings.measuring.marginShare,
    ...{ orders: orders.orders, ordersEligible },
    total: offerFigures(offers.total),
    messages: messageFigures(messages, bought),
    placements: placements.map((placement) => ({
      ...offerFigures(offers.placements.find((one) => one.placement === placement) ?? noOffers),
      placement,
      messages: messageFigures(ofPlacement(messages, placement), ofPlacement(bought, placement)),
    })),
    relations: offers.relations.map((sums) => ({ ...offerFigures(sums), relation: sums.relation })),
    pairings: offers.pairings
      .toSorted((one, other) => other.ordersExposed - one.ordersExposed || other.accepted - one.accepted)
      .slice(0, PAIRINGS_MAX)
      .map((sums): PairingFigures => {
        const { placement, anchor, product, relation } = sums
        const titles = { anchorTitle: titleOf(anchor), productTitle: titleOf(product) }
        return { ...offerFigures(sums), placement, anchor, product, relation, ...titles }
      }),
    orderValue: orderValue(orders),
    holdOutShare: share,
    caused: await whatWasCaused(
      {
        ...{ untilMs: Math.min(period.toMs, clock.nowMs()), currency, holdOutShare: share },
        marginShare: settings.measuring.marginShare,
      },
      { store },
    ),
    experiments,
  }
}

const noOffers: OfferSums = {
  ...{ ordersOffered: 0, ordersExposed: 0, accepted: 0, completed: 0, dismissed: 0 },
  ...{ undone: 0, unpaid: 0, refunded: 0, chargedMinor: 0, returnedMinor: 0 },
}

function offerFigures(sums: OfferSums): OfferFigures {
  const { ordersOffered, ordersExposed, accepted, completed, dismissed } = sums
  const { undone, unpaid, refunded, chargedMinor, returnedMinor } = sums
  return {
    ...{ ordersOffered, ordersExposed, accepted, completed, dismissed, undone, unpaid, refunded },
    attachRate: rateOf(accepted, ordersExposed),
    ...{ chargedMinor, returnedMinor, netMinor: chargedMinor - returnedMinor },
  }
}

/** Offers may be more than orders at the edge of a period: such a rate is none. */
function rateOf(part: number, whole: number): Rate {
  if (whole === 0 || part > whole) return { part, whole, estimate: null }
  return { part, whole, estimate: { value: part / whole, ...wilsonInterval(part, whole) } }
}

function ofPlacement<T extends { readonly placement: Placement }>(
  rows: readonly T[],
  placement: Placement,
): T[] {
  return rows.filter((row) => row.placement === placement)
}

function messageFigures(sums: readonly MessageSums[], bought: readonly ClickedPurchase[]): MessageFigures {
  const total = (name: Exclude<keyof MessageSums, 'placement'>) =>
    sums.reduce((sum, row) => sum + row[name], 0)
  return {
    ...{ sent: total('sent'), clicked: total('clicked'), unsubscribed: total('unsubscribed') },
    ...{ complained: total('complained'), bounced: total('bounced') },
    convertedByClick: new Set(bought.map((one) => one.orderId)).size,
    convertedMinor: bought.reduce((sum, one) => sum + one.paidMinor, 0),
  }
}

function orderValue(sums: OrderSums): OrderValue {
  const { exposedOrders, exposedValued, exposedMinor, exposedAddOnsMinor, otherValued, otherMinor } = sums
  const mean = (sum: number, of: number) => (of === 0 ? null : Math.round(sum / of))
  return {
    exposedOrders,
    withoutAddOnsMinor: mean(exposedMinor, exposedValued),
    withAddOnsMinor: mean(exposedMinor + exposedAddOnsMinor, exposedValued),
    otherOrders: sums.orders - exposedOrders,
    otherMinor: mean(otherMinor, otherValued),
  }
}

// The part of the store that figures stand on: sums over the ledger, orders and trials, which the database adds up. Periods
// go by the time of the entry: what is given back counts when it was given back, whenever it was charged. Money is in
// minor units of one currency; entries in another are in no sum. Sums are exact; they only read.

import type { OfferedRelation } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'

export type MeasuredPeriod = {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly currency: string
}

/** Orders are counted once each, and so are offers, however often something happened to them in the period. */
export type OfferSums = {
  /** Orders for which an offer was issued, and those of whose shoppers somebody saw it. */
  readonly ordersOffered: number
  readonly ordersExposed: number
  readonly accepted: number
  readonly completed: number
  /** Said no by the shopper; not: declined by the bank. */
  readonly dismissed: number
  readonly undone: number
  readonly unpaid: number
  readonly refunded: number
  readonly chargedMinor: number
  /** Positive: what went back. */
  readonly returnedMinor: number
}
export type OfferSum = keyof OfferSums

export type PairingPlace = {
  readonly placement: Placement
  readonly relation: OfferedRelation
  readonly anchor: string
  readonly product: string
}

/** Entries that name no pairing (of before it was kept) are in the total and the placements only. */
export type OfferSumsOfPeriod = {
  readonly total: OfferSums
  readonly placements: readonly (OfferSums & Pick<PairingPlace, 'placement'>)[]
  readonly relations: readonly (OfferSums & Pick<PairingPlace, 'relation'>)[]
  readonly pairings: readonly (OfferSums & PairingPlace)[]
  /** Of the period, in another currency. */
  readonly otherCurrencyEntries: number
}

/** Messages are counted once each, whatever their currency. */
export type MessageSums = {
  readonly placement: Placement
  readonly sent: number
  readonly clicked: number
  readonly unsubscribed: number
  readonly complained: number
  readonly bounced: number
}

/** A product that was clicked in a message and bought within `withinMs` by the same customer or address. */
export type ClickedPurchase = {
  readonly orderId: string
  readonly product: string
  /** Of the last click before the order. */
  readonly placement: Placement
  readonly paidMinor: number
}

/** Orders received in the period, in its currency. Those without a subtotal (of before it was kept) count, without money. */
export type OrderSums = {
  readonly orders: number
  /** At least one offer of theirs was seen by the end of the period. */
  readonly exposedOrders: number
  /** Of these, with a subtotal: how many, what they were paid, and what their add-ons brought by then, net. */
  readonly exposedValued: number
  readonly exposedMinor: number
  readonly exposedAddOnsMinor: number
  readonly otherValued: number
  readonly otherMinor: number
}

/** One order behind a figure. Over all pages the sums make the figure. */
export type OrderBehind = OfferSums & {
  readonly orderId: string
  /** `null` where the order, or what it was paid, is not known. */
  readonly placedAtMs: number | null
  readonly subtotalMinor: number | null
}

export type BehindFilter = MeasuredPeriod &
  Partial<PairingPlace> & {
    /** Only orders that add to this figure. */
    readonly figure?: OfferSum | undefined
  }

export type UnitQuestion = {
  /** `HOLD_OUT` or the id of an experiment. */
  readonly experiment: string
  readonly currency: string
  /**
   * Of each unit so many days from its first trial count, as they were known on the last of them, and only units whose days
   * are over.
   */
  readonly windowDays: number
  /** Now, or then: what happened later is not known. */
  readonly untilMs: number
  /** Only units whose first trial of all lies there or later; without, all. */
  readonly fromMs?: number | undefined
  /**
   * A unit's spend above this counts as this. Without: the 99th percentile of all units together, or of each 10,000 in the
   * sequence of their first trials.
   */
  readonly capMinor?: number | undefined
}

/** Of one metric over the units of a variation: Σ x, Σ x², and Σ x × the unit's eligible orders, Σ x × its past. */
export type MetricSums = {
  readonly sum: number
  readonly squares: number
  readonly withEligible: number
  readonly withBefore: number
}

export type VariationSums = {
  readonly variation: string
  /** Everybody who was assigned, for the sample-ratio test; `units` of them have their days behind them. */
  readonly assigned: number
  readonly units: number
  /** Orders that took part. */
  readonly eligible: MetricSums
  /** Of these, those whose product was bought: accepted and kept, or in a later order of the window. */
  readonly bought: MetricSums
  /** The orders that took part and those placed later in the window, without cancelled and refunded ones. */
  readonly orders: MetricSums
  /** What these orders were paid and what their add-ons brought, net; capped. */
  readonly spend: MetricSums
  readonly spendUncapped: MetricSums
  /** The unit's past: what the order of its first trial was paid before anything was offered; capped alike. */
  readonly before: MetricSums
  /** What add-ons brought in these orders, net. */
  readonly addOnsMinor: number
}

export type UnitMoments = {
  readonly variations: readonly VariationSums[]
  /** Of the latest units; `null` without units. */
  readonly capMinor: number | null
  /** In two variations within their window: in no sum. */
  readonly unitsInTwo: number
  /** When the first unit was assigned whose days are over; `null` without units. */
  readonly sinceMs: number | null
}

export type MeasureStore = {
  sumOffers(period: MeasuredPeriod): Promise<OfferSumsOfPeriod>
  sumMessages(period: MeasuredPeriod): Promise<readonly MessageSums[]>
  /** Of orders placed in the period and kept; each order and product once. */
  clickedPurchases(
    period: MeasuredPeriod & { readonly withinMs: number },
  ): Promise<readonly ClickedPurchase[]>
  sumOrders(period: MeasuredPeriod): Promise<OrderSums>
  /** Distinct orders with a trial of this test in the period. */
  countTrialOrders(experiment: string, period: Omit<MeasuredPeriod, 'currency'>): Promise<number>
  /** By order id; `after`: the last one of the page before. */
  ordersBehind(
    filter: BehindFilter,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly OrderBehind[]>
  /** What became of the units of a test, as moments per variation. What is over for good is kept for the next time. */
  unitMoments(question: UnitQuestion): Promise<UnitMoments>
}

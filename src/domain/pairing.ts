// A pairing says that an add-on completes, refills or extends an anchor, and carries the evidence for it.
// A refused pairing is kept with its reason, so that an owner can see why a strong pair is not offered.

import type { Placement } from './placement.ts'

/** Days within which a first purchase of the add-on counts as coming after that of the anchor. */
export const LATER_WINDOW_DAYS = 30

export type Relation = 'complete' | 'refill' | 'extend'
/** How a pick is offered: an upsell is refused as a cross-sell, and stands at its own moment where the shop wants it. */
export type OfferedRelation = Relation | 'upsell'
/** `taken-less`: orders show it, and those to which it was shown take it no more. */
export type RefusedRelation = 'variant' | 'substitute' | 'upsell' | 'too-little-evidence' | 'taken-less'

/** Counts and rates of one ordered pair (anchor, add-on). Counts are orders or distinct customers, never lines. */
export type Evidence = {
  /** Orders that contain the anchor. */
  readonly orders: number
  /** Orders that contain both. */
  readonly ordersTogether: number
  /** Of these, orders of more than 50 different products and no known customer. They prove nothing. */
  readonly ordersBulk: number
  /** And of days in which the two were bought together far more often than on all others: a newsletter, a sale. */
  readonly ordersCampaign: number
  /** Of those not in bulk, orders together expected from popularity, corrected for large baskets (Smith & Linden 2017). */
  readonly expected: number
  /** How much more often products of their two kinds meet than popularity explains, whoever they are; at least 1. */
  readonly kindLift: number
  /** How often customers who bought both took the add-on, beside the anchor or not: the first times, or all of them. */
  readonly choices: number
  /** Of these, how often in an order with the anchor. */
  readonly choicesBeside: number
  /** The most of them that their taste and their errands explain, at 99.9 % certainty; 0 where it was not counted. */
  readonly choicesBesideMost: number
  /** The spread of errand odds, in their logarithm, that this bound allows for; 0: it takes them to be the same for all. */
  readonly errandSpread: number
  /** (ordersTogether - ordersBulk - ordersCampaign) / expected. */
  readonly lift: number
  /** 5 % lower bound of the shrunk lift (gamma-Poisson): the evidence gate asks for more than 1. */
  readonly liftLow: number
  /** 95 % upper bound of the shrunk lift. */
  readonly liftHigh: number
  /** ordersTogether / orders, in [0, 1]. */
  readonly confidence: number
  /** Lower end of the 95 % Wilson interval of the confidence. */
  readonly confidenceLow: number
  /** Signed root of the log-likelihood ratio (Dunning 1993): positive when bought together more than by chance. */
  readonly rootLogLikelihoodRatio: number
  /** Orders together and orders of the anchor, decayed by age and down-weighted for large baskets. */
  readonly togetherWeight: number
  readonly ordersWeight: number
  /** Distinct customers whose first purchase of the anchor could be followed for the whole window. */
  readonly customersFollowed: number
  /** Of these, the ones whose first purchase of the add-on came later, within the window. */
  readonly customersLaterFollowed: number
  /** All customers whose first purchase of the add-on came later, within the window, followed to its end or not. */
  readonly customersLater: number
  readonly customersLaterExpected: number
  /** Customers who first bought the two the other way round within the window; 0 where it was not counted. */
  readonly customersEarlier: number
  /** Quartiles of the days from the first purchase of the anchor to that of the add-on; 0 where not counted. */
  readonly laterDaysLow: number
  readonly laterDaysMedian: number
  readonly laterDaysHigh: number
}

/** Orders with both that say something: not very large ones of nobody known, nor those of a campaign. */
export function provingOrders({
  ordersTogether,
  ordersBulk,
  ordersCampaign,
}: Pick<Evidence, 'ordersTogether' | 'ordersBulk' | 'ordersCampaign'>): number {
  return ordersTogether - ordersBulk - ordersCampaign
}

/** A moment at which a pairing may be offered, in days after the order. */
export type Window = { readonly placement: Placement; readonly fromDay: number; readonly toDay: number }

/**
 * Which evidence decided, for programs; `because` says it with figures. Orders that hold both; first purchases that came
 * later; where customers took the add-on in their own orders; purchases of the product again; the rhythm of products
 * like it; what the catalog names; forms of one product; the price; the title; how often it was shown and taken; the
 * owner's word.
 */
export const deciders = [
  'orders-together',
  'orders-later',
  'own-orders',
  'rebuys',
  'similar-products',
  'catalog',
  'variant-group',
  'price',
  'title',
  'showings',
  'owner',
] as const
export type DecidedBy = (typeof deciders)[number]

type Decided = { readonly because: string; readonly decidedBy: DecidedBy }

export type PairingVerdict =
  | ({ readonly status: 'live'; readonly relation: Relation } & Decided)
  | ({ readonly status: 'refused'; readonly relation: RefusedRelation } & Decided)

export type Pairing = {
  readonly anchor: string
  readonly addOn: string
  readonly verdict: PairingVerdict
  /** The sentence that names the need, ready to show; empty for a refused pairing. */
  readonly need: string
  readonly evidence: Evidence
  /** Chance in [0, 1] that an order with the anchor also holds the add-on, shrunk and decayed: ranks the add-ons. */
  readonly score: number
  /** Add-on price / anchor price; `null` where a price is unknown. */
  readonly priceRatio: number | null
  readonly windows: readonly Window[]
  /** Found in orders, named in the catalog, or added by the owner (such a one is in no stored plan). */
  readonly source: 'mined' | 'curated' | 'owner'
}

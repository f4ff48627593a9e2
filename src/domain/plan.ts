// The plan is what mining and the NEXT method decided, published as an immutable version. Servers hold the newest
// one in memory, so that a decision never waits for a query over the order history.

import type { Pairing } from './pairing.ts'
import type { PlanChange } from './plan-change.ts'
import type { OffSale } from './product.ts'

/**
 * When customers run out of a product and come back for it. Days from one purchase to the next are lognormal around a
 * mean of the customer's own; after each purchase some stop for good (src/stats/rebuy-model.ts).
 */
export type RefillRhythm = {
  /** Median days that one unit lasts with the median customer, among those who come back. */
  readonly medianDays: number
  /** Standard deviations of ln days: around a customer's own mean, and of these means. */
  readonly sigmaWithin: number
  readonly sigmaBetween: number
  /** The chance to stop after a purchase is beta-distributed: Beta(stops, goesOn). */
  readonly stops: number
  readonly goesOn: number
  /** q units last q to this power as long, in [0, 1]. */
  readonly quantityExponent: number
  /** Share of customers who bought it again at all, shrunk, in [0, 1]. */
  readonly rebuyShare: number
  readonly repeatCustomers: number
  /** What it rests on: purchases of this product, of products like it, or the days that the catalog names. */
  readonly basis: 'own' | 'similar' | 'catalog'
}

/** When in the year a product sells; src/next/season.ts. Months count from 1 for January. */
export type Season = {
  /** Months in which it surely hardly sells: the orders there were, and those that its usual rate would have brought. */
  readonly quiet: readonly { readonly month: number; readonly orders: number; readonly usual: number }[]
  /** Months in which it sells as in an average month or better. */
  readonly sells: readonly number[]
}

/** What a decision needs to know of a product, as it was when the plan was made; src/next/with-catalog.ts keeps it new. */
export type PlanProduct = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number | null
  readonly currency: string
  readonly imageUrl: string | null
  readonly url: string | null
  readonly buyable: boolean
  /** Why it is not. */
  readonly offSale?: OffSale
  readonly goods: boolean
  readonly variantGroup: string | null
  /** Orders that contain it, and the same decayed by age. */
  readonly orders: number
  readonly ordersWeight: number
  readonly customers: number
  /** Bought once and kept: its owner is not offered it again. */
  readonly durable: boolean
  readonly refill: RefillRhythm | null
  /** Share of the orders of customers who came back that took it up for the first time, lately, in [0, 1]. */
  readonly takenUp: number
  /** Its brand and tags as keys (src/domain/product-attributes.ts), of those alone that the plan's newcomers name. */
  readonly attributes?: readonly string[]
  /** Only where it surely has a season. */
  readonly season?: Season
  /** What customers who bought it took up lately; absent where none of them came back. */
  readonly buyersTakeUp?: BuyersTakeUp<string>
}

/** Sums of weights: newer ones count more, and a customer is one voice among what they bought; src/next/buyers-take-up.ts. */
export type BuyersTakeUp<Id> = {
  /** Orders in which buyers of the product came back. */
  readonly orders: number
  /** What was new to its buyer in these orders, most first, and in how many of them. */
  readonly products: readonly Id[]
  readonly amounts: readonly number[]
}

/** Add-ons by anchor category: the step of the ladder below a product's own pairings. */
export type CategoryPairing = {
  readonly category: string
  readonly addOn: string
  readonly score: number
  readonly ordersTogether: number
  /** The add-on is new: the orders are those of its category, not its own; src/next/seat-newcomers.ts. */
  readonly newcomer?: true
  /** Where it shares an attribute that matters in this shop: what its title and kind say for it, in ln, */
  readonly kindred?: number
  /** and how many times the odds are for anchors that have the attribute, in ln. */
  readonly shared?: readonly (readonly [attribute: string, lnOdds: number])[]
  /** It stands only for anchors that share one. */
  readonly waits?: true
}

export type PlanSummary = {
  readonly pairings: {
    readonly complete: number
    readonly refill: number
    readonly extend: number
    readonly upsell: number
    readonly refused: number
  }
  readonly products: number
  readonly orders: number
  readonly historyFromAtMs: number
  readonly historyToAtMs: number
  /** Orders whose basket was over the hard cap and was sampled. */
  readonly sampledOrders: number
}

export type Plan = {
  readonly version: number
  readonly publishedAtMs: number
  readonly summary: PlanSummary
  readonly totalOrdersWeight: number
  /** How far this shop's customers repeat what they bought before, in [0, 1.5]; src/next/habit-share.ts. */
  readonly habitShare: number
  readonly products: ReadonlyMap<string, PlanProduct>
  /** Live and refused pairings by anchor, best score first. */
  readonly pairings: ReadonlyMap<string, readonly Pairing[]>
  readonly categoryPairings: ReadonlyMap<string, readonly CategoryPairing[]>
  /** Goods by decayed popularity, best first. */
  readonly bestSellers: readonly string[]
}

/** A plan that has not been published yet: it has no version and no date. */
export type PlanDraft = Omit<Plan, 'version' | 'publishedAtMs'>

/**
 * A draft that is made while it is read, so that it never stands in memory as a whole. The pairings can be read once,
 * anchor by anchor; only after the last one the summary and the category pairings are known.
 */
export type PlanStream = Omit<PlanDraft, 'pairings'> & {
  readonly pairings: AnchorPairings
  /** What it changes against the plan before; known after the last pairing, too. */
  readonly changes?: readonly PlanChange[] | undefined
}

export type AnchorPairings =
  | Iterable<readonly [anchor: string, pairings: readonly Pairing[]]>
  | AsyncIterable<readonly [anchor: string, pairings: readonly Pairing[]]>

/** A stored plan that is read anchor by anchor. */
export type StoredPlan = Pick<Plan, 'version' | 'publishedAtMs' | 'products'> & {
  readonly pairings: AsyncIterable<readonly [anchor: string, pairings: readonly Pairing[]]>
}

// The plan is what mining and the NEXT method decided, published as an immutable version. Servers hold the newest
// one in memory, so that a decision never waits for a query over the order history.

import type { Pairing } from './pairing.ts'

/** When customers run out of a product and come back for it. */
export type RefillRhythm = {
  /** Median days from one purchase to the next, open intervals counted (right-censored lognormal). */
  readonly medianDays: number
  /** Share of customers who bought it again at all, shrunk, in [0, 1]. */
  readonly rebuyShare: number
  readonly repeatCustomers: number
}

/** What a decision needs to know of a product, as it was when the plan was made. */
export type PlanProduct = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number | null
  readonly currency: string
  readonly imageUrl: string | null
  readonly url: string | null
  readonly buyable: boolean
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
}

/** Add-ons by anchor category: the step of the ladder below a product's own pairings. */
export type CategoryPairing = {
  readonly category: string
  readonly addOn: string
  readonly score: number
  readonly ordersTogether: number
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

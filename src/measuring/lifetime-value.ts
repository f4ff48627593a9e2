// What is known of the worth of a shop's customers: plain figures, in one currency. Money is in minor units, net of
// matched returns, goods only. Known customers only: guests cannot be told to have come back.

import type { BgNbd } from '../stats/bg-nbd.ts'
import type { GammaGamma } from '../stats/gamma-gamma.ts'
import type { Estimate } from './estimate.ts'

/** Months after a first order, as days: a twelfth, a quarter, a half and the whole of a year. */
export const cohortHorizons = [
  { months: 1, days: 30 },
  { months: 3, days: 91 },
  { months: 6, days: 182 },
  { months: 12, days: 365 },
] as const

export type CohortMonths = (typeof cohortHorizons)[number]['months']

/** Customers by the month of their first order. */
export type Cohort = {
  /** `2011-09`. */
  readonly month: string
  readonly customers: number
  /** Revenue per customer until so many months after the first order, which is in it. `null`: not over for all of them. */
  readonly revenueMinor: Readonly<Record<CohortMonths, number | null>>
  /** Days with an order after the first, per customer, within 12 months; `null`: not over for all of them. */
  readonly repeatsInYear: number | null
}

/** Where a customer stands among the others, by what they are expected to bring. */
export type Distribution = {
  readonly share: number
  /** So large a share of customers is expected to bring at most this. */
  readonly valueMinor: number
}

/** The model, fitted to what was known at a day, against what came after it. */
export type HoldBack = {
  readonly days: number
  /** Customers who had bought before that day. */
  readonly customers: number
  readonly foretoldPurchases: number
  readonly actualPurchases: number
  /** Foretold ÷ actual - 1. */
  readonly bias: number
  readonly foretoldRevenueMinor: number
  readonly actualRevenueMinor: number
  readonly revenueBias: number
  /** Share of the actual revenue that the tenth of customers brought of whom most had been expected. */
  readonly bestTenthShare: number
  /** Root mean square of the error per customer, in purchases; and of "as often as until now". */
  readonly error: number
  readonly naiveError: number
}

export const warningKinds = [
  'no-margin',
  'short-history',
  'held-back-off',
  'few-leave',
  'near-singular',
  'spend-unbounded',
  'spend-follows-frequency',
  'few-dominate',
  'returns-unmatched',
  'guests',
  'other-currencies',
] as const

/** What one should know before believing a figure. */
export type WorthWarning = { readonly kind: (typeof warningKinds)[number]; readonly sentence: string }

/** A purchase is a day with an order; times are in days. */
export type WorthModel = {
  readonly kind: 'model'
  readonly purchases: BgNbd & {
    /** A first order e times as large lets a customer buy exp(this) times as often; 0: no telling difference. */
    readonly firstOrderEffect: number
    /** Repeat purchases that are counted to the day, or to the week where customers are many. */
    readonly timeStepDays: 1 | 7
  }
  /** `null`: the shop's orders have no usual value, and each customer's own mean is taken. */
  readonly spend: GammaGamma | null
  /** Of repeats and mean value among repeat customers; the model takes it for 0. */
  readonly spendFrequencyCorrelation: number
}

export type WorthMethod =
  | WorthModel
  /** Too few for a model: what whole cohorts brought. */
  | { readonly kind: 'cohort-mean'; readonly because: string; readonly months: CohortMonths | null }

/** Expected of the customers there are, over the next 12 months. */
export type NextYear = {
  readonly purchases: number
  readonly revenueMinor: number
  /** The revenue, should the model be as far off as it was when it was longest held back; `null` where it never was. */
  readonly revenueIfAsFarOffMinor: number | null
  /** Margin where it is known, else revenue; discounted by 1 % a month. */
  readonly valueMinor: number
  readonly valuePerCustomerMinor: number
  /** Shares of customers who have not left; one who never came back had no moment to leave at and counts as there. */
  readonly aliveShare: number
  readonly aliveShareOfRepeaters: number
  readonly distribution: readonly Distribution[]
  /** Share of the value that the most valuable tenth brings. */
  readonly topDecileShare: number
}

/** Expected of a customer who has just placed a first order, within `months` from it. */
export type NewCustomer = {
  readonly months: CohortMonths
  readonly repeatPurchases: number | null
  /** With the first order; margin where it is known, else revenue. */
  readonly valueMinor: number
  readonly firstOrderMinor: number | null
}

/** What offers do to the value of the next 12 months, per customer: those who were offered something against the hold-out. */
export type EffectOnWorth = {
  readonly customers: { readonly offered: number; readonly heldOut: number }
} & (
  | {
      readonly kind: 'told'
      /** Means, capped at the 99th percentile of both. */
      readonly offeredMinor: number
      readonly heldOutMinor: number
      readonly differenceMinor: Estimate
    }
  | { readonly kind: 'not-yet'; readonly because: string }
)

export type LifetimeValue =
  | { readonly kind: 'nothing-yet'; readonly sentence: string }
  | {
      readonly kind: 'measured'
      /** `2011-12-09`: the last day of the history. Everything is said from its end. */
      readonly asOf: string
      readonly currency: string
      /** `margin`: values are what is left after cost; `revenue`: no cost is known. */
      readonly basis: 'margin' | 'revenue'
      readonly marginShare: number | null
      readonly customers: number
      readonly repeatCustomers: number
      /** Days with an order, of known customers. */
      readonly purchases: number
      readonly revenueMinor: number
      readonly method: WorthMethod
      readonly nextYear: NextYear | null
      readonly newCustomer: NewCustomer | null
      /** `null` without a model. */
      readonly causedByOffers: EffectOnWorth | null
      /** Oldest first. */
      readonly cohorts: readonly Cohort[]
      readonly heldBack: readonly HoldBack[]
      readonly warnings: readonly WorthWarning[]
    }

// The part of the store that tests stand on: which orders take part in which. What has resolved survives `kill -9`.

import type { HoldOutTerm } from '../domain/hold-out-term.ts'
import type { Placement } from '../domain/placement.ts'
import type { Trial } from '../domain/trial.ts'

export type TrialFilter = {
  readonly experiment: string
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly placement?: Placement | undefined
  readonly anchor?: string | undefined
  readonly product?: string | undefined
}

/** Of the orders that took part, by variation: what guardrails look at. A unit counts once, however often it took part. */
export type VariationHarm = {
  readonly variation: string
  readonly units: number
  /** Units that said so about a message of one of these orders. */
  readonly unsubscribed: number
  readonly complained: number
  /** Units of whom an order was refunded or cancelled, or an add-on given back. */
  readonly refunded: number
  /** Over units: orders, their square; what they are worth with their add-ons, its square, and both multiplied. */
  readonly orders: number
  readonly ordersSquared: number
  readonly valueMinor: number
  readonly valueSquared: number
  readonly valueTimesOrders: number
}

export type TrialCustomersFilter = Pick<Trial, 'experiment'> & {
  /** When they were met for the first time in the test. */
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  /** Those who were met last. */
  readonly limit: number
}

export type TrialCustomer = Pick<Trial, 'variation'> & { readonly customerId: string }

export type TrialStore = {
  /** Of an order and test the first one counts. */
  addTrials(trials: readonly Trial[]): Promise<void>
  /** The share that an automatic hold-out came to, in (0, 0.5]; `null` before. */
  holdOutChosen(): Promise<number | null>
  /** Keeps it, in thousandths, unless one is kept; returns the one that is. */
  chooseHoldOut(share: number): Promise<number>
  /** Begins a term at this time, unless the latest one has this share; the first one begins with everything. */
  noteHoldOut(share: number, atMs: number): Promise<void>
  /** The oldest first. */
  holdOutTerms(): Promise<readonly HoldOutTerm[]>
  /** By test. */
  trialsOfOrder(orderId: string): Promise<Trial[]>
  /** Distinct units: how many customers a test of this kind would meet. */
  countTrialUnits(filter: TrialFilter): Promise<number>
  /** Customers who were in one variation alone, those who were met last first; no guests. */
  listTrialCustomers(filter: TrialCustomersFilter): Promise<TrialCustomer[]>
  /** By variation. Money in another currency is left out. */
  sumHarm(experiment: string, currency: string): Promise<VariationHarm[]>
}

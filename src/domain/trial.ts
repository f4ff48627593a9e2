// A trial is one order that takes part in a test: the moment at which its customer would have been offered something is
// recorded for those who were offered it and for those who were not, so that both can be compared by what was meant for
// them (intention to treat). The hold-out is the test that never ends.

import type { Placement } from './placement.ts'

/** The name of the test that holds some customers back; every other test is an experiment (experiment.ts). */
export const HOLD_OUT = 'hold-out'
export const holdOutVariations = ['offered', 'held-out'] as const
export type HoldOutVariation = (typeof holdOutVariations)[number]

/** What a decision remembers of the tests that it is part of. */
export type TrialPlace = {
  /** `HOLD_OUT`, or the id of an experiment. */
  readonly experiment: string
  readonly variation: string
}

export type Trial = TrialPlace & {
  readonly orderId: string
  /** Who was assigned, and stays so: `unitOf`. */
  readonly unit: string
  /** Where the order first would have been offered something. */
  readonly placement: Placement
  /** What it was, or would have been. */
  readonly anchor: string
  readonly product: string
  readonly atMs: number
}

/** What a unit that is a customer begins with; their id follows. */
export const CUSTOMER_UNIT = 'customer:'

/** Customers are assigned for good, guests order by order. */
export function unitOf(order: { readonly id: string; readonly customerId: string | null }): string {
  return order.customerId === null ? `order:${order.id}` : `${CUSTOMER_UNIT}${order.customerId}`
}

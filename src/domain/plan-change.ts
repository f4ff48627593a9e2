// What a newly published plan changed: pairings that stood and stand no more, each with its reason in words, and
// pairings that stand newly. Kept for good, so that an owner can read months later what went and why.

import type { Relation } from './pairing.ts'

/** Why a pairing was retired. Each is explained in docs/guide/freshness.md. */
export const retireReasons = [
  'owner',
  'sold-out',
  'discontinued',
  'no-price',
  'out-of-season',
  'evidence-decayed',
  // In one order with the anchor. Plans of before this name stood there call it 'attach-rate-fallen'; `because` tells them apart.
  'bought-together-less',
  // Of the orders to which it was shown fewer take it.
  'attach-rate-fallen',
  'relation-changed',
  'price-out-of-ceiling',
  'displaced',
] as const
export type RetireReason = (typeof retireReasons)[number]

export type PlanChange = {
  readonly anchor: string
  readonly addOn: string
  readonly relation: Relation
  /** In words, with the figures. */
  readonly because: string
} & (
  | {
      readonly kind: 'retired'
      readonly reason: RetireReason
      /** The add-on that takes its place for the anchor; `null` where none is left. */
      readonly replacedBy: string | null
    }
  | { readonly kind: 'added' }
)

/** As it is stored: numbered from 1, with the plan that brought it and when that was published. */
export type RecordedChange = PlanChange & {
  readonly sequence: number
  readonly planVersion: number
  readonly atMs: number
}

/** How many changes of each kind a plan brought, retired ones by reason. */
export type ChangeCount = {
  readonly planVersion: number
  readonly kind: PlanChange['kind']
  readonly reason: RetireReason | null
  readonly count: number
}

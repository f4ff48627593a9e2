// Customers like them: what those who bought the products of an order take up for the first time lately. Comes in: the
// lists of the order's products (buyers-take-up.ts). Goes out: of all the orders in which these buyers came back, the
// share that took a product up, and how often that is what all customers who came back do:
//   u(y | order) = Σ over lines x of take-ups of y by buyers of x / Σ over x of their orders = A / N
//   lift(y) = (A + 2 u(y)) / (N + 2) / u(y), drawn towards 1 by two orders' worth of doubt.
// It ranks follow-ups, and it opens them to what goes with the order (a proven `complete` pairing) and is taken up
// afterwards. It says nothing of why: what replaces a line, is another form or a step up was refused before. It looks at
// the order, not at who placed it, so a new customer loses nothing.

import type { BuyersTakeUp, PlanProduct } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { Candidate } from './candidate.ts'

/** In ranking it counts so many times; chosen on Online Retail II, June to August 2011. */
const JOINT_WEIGHT = 6
const CHANCE_MAX = 0.99
/** Orders' worth of doubt that draw a lift towards 1: one buyer is no tendency. 0 to 5 served about equally well there. */
const DOUBT_ORDERS = 2
/** Buyers of the order's products take it up at least so many times as often as all who come back. */
export const JOINT_LIFT_MIN = 1.25

export type JointTakeUp<Id> = {
  /** Each product that the lists name, once. */
  readonly products: readonly Id[]
  /** In [0, 1): for ranking. */
  chance(product: Id): number
  /** `takenUp`: the share of all orders of customers who came back; 0 where nothing is known. */
  lift(product: Id, takenUp: number): number
}

export function joinTakeUp<Id>(lists: readonly (BuyersTakeUp<Id> | undefined)[]): JointTakeUp<Id> {
  const amounts = new Map<Id, number>()
  let orders = 0
  for (const list of lists) {
    if (list === undefined) continue
    orders += list.orders
    for (const [place, product] of list.products.entries())
      amounts.set(product, (amounts.get(product) ?? 0) + (list.amounts[place] ?? 0))
  }
  const amountOf = (product: Id): number => amounts.get(product) ?? 0
  return {
    products: [...amounts.keys()],
    chance: (product) => (orders > 0 ? Math.min(CHANCE_MAX, (JOINT_WEIGHT * amountOf(product)) / orders) : 0),
    lift: (product, takenUp) =>
      takenUp > 0 ? (amountOf(product) / takenUp + DOUBT_ORDERS) / (orders + DOUBT_ORDERS) : 0,
  }
}

/** Gives what goes with the order, and what its buyers take up afterwards, the time of follow-ups and a reason for it. */
export function openFollowUps(
  candidates: readonly Candidate[],
  joint: JointTakeUp<PlanProduct['id']>,
  { followUpFromDay, followUpToDay }: Pick<Settings, 'followUpFromDay' | 'followUpToDay'>,
): readonly Candidate[] {
  if (joint.products.length === 0) return candidates
  return candidates.map((candidate) => {
    const { product, relation, evidence, windows, reason } = candidate
    // Without evidence of its own nothing shows that the two go together: best sellers are taken up by everybody.
    if (relation !== 'complete' || evidence === null) return candidate
    if (windows.some(({ placement }) => placement === 'follow-up')) return candidate
    const lift = joint.lift(product.id, product.takenUp)
    if (lift < JOINT_LIFT_MIN) return candidate
    const window = { placement: 'follow-up', fromDay: followUpFromDay, toDay: followUpToDay } as const
    const told = `Of late, customers with products of this order took it up about ${lift.toFixed(1)} times as often as others.`
    return { ...candidate, windows: [...windows, window], reason: `${reason} ${told}` }
  })
}

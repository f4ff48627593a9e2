// A generated plan for benches of decisions: `anchors` products with 20 pairings each, prices from 5.00 to 14.96, and
// what their buyers take up.

import type { Plan } from '../src/domain/plan.ts'
import { tinyPairing, tinyPlan, tinyProduct } from '../test/tiny-plan.ts'

const PAIRINGS = 20
const TAKE_UPS = 50

export function largePlan(anchors: number): Plan {
  const anchorOf = (place: number): string => `p${place % anchors}`
  const products = Array.from({ length: anchors }, (_, place) =>
    tinyProduct(anchorOf(place), 500 + (place % 997), {
      takenUp: 1 / anchors,
      buyersTakeUp: {
        orders: 10,
        products: Array.from({ length: TAKE_UPS }, (_, taken) => anchorOf(place + 1 + taken * 37)),
        amounts: Array.from({ length: TAKE_UPS }, (_, taken) => 1 / (taken + 1)),
      },
    }),
  )
  const pairings = products.flatMap(({ id }, place) =>
    Array.from({ length: PAIRINGS }, (_, add) =>
      tinyPairing(id, anchorOf(place + 1 + add * 37), 0.5 / (add + 1)),
    ),
  )
  return tinyPlan(products, pairings)
}

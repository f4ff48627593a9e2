// A generated plan for benches of decisions: `anchors` products with 20 pairings each, prices from 5.00 to 14.96.

import type { Plan } from '../src/domain/plan.ts'
import { tinyPairing, tinyPlan, tinyProduct } from '../test/tiny-plan.ts'

const PAIRINGS = 20

export function largePlan(anchors: number): Plan {
  const anchorOf = (place: number): string => `p${place % anchors}`
  const products = Array.from({ length: anchors }, (_, place) =>
    tinyProduct(anchorOf(place), 500 + (place % 997)),
  )
  const pairings = products.flatMap(({ id }, place) =>
    Array.from({ length: PAIRINGS }, (_, add) =>
      tinyPairing(id, anchorOf(place + 1 + add * 37), 0.5 / (add + 1)),
    ),
  )
  return tinyPlan(products, pairings)
}

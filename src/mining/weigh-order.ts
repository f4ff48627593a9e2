// How much one order counts as evidence: a recent order more than an old one, a wholesale basket less than its size
// would make it. Goes in: age in days and number of different products. Comes out: a weight in (0, 1].

import { basketWeight } from '../stats/basket-weight.ts'
import { decayWeight } from '../stats/time-decay.ts'

export function weighOrder(
  ageDays: number,
  products: number,
  halfLifeDays = Number.POSITIVE_INFINITY,
): number {
  return decayWeight(ageDays, halfLifeDays) * basketWeight(products)
}

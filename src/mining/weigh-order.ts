// How much one order counts as evidence: a recent order more than an old one, a wholesale basket less than its size
// would make it. Goes in: age in days and number of different products. Comes out: a weight in (0, 1].

/** Above this many different products a basket is down-weighted so that it pulls no harder than one of this size. */
export const FULL_WEIGHT_BASKET = 50

export function weighOrder(ageDays: number, products: number, halfLifeDays: number | undefined): number {
  const decay = halfLifeDays === undefined ? 1 : 2 ** (-Math.max(0, ageDays) / halfLifeDays)
  return products <= FULL_WEIGHT_BASKET ? decay : (decay * FULL_WEIGHT_BASKET) / products
}

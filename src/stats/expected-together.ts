// How many of an anchor's baskets would hold an add-on if baskets were filled by popularity alone. Large baskets hold
// everything more often, so a plain product of shares understates it: on TaFeng by a factor of 1.92 on average.
// Source: Smith & Linden 2017, "Two decades of recommender systems at Amazon.com", E_XY. The alternating binomial sum
// of the paper cancels for baskets over some 50 products; this form does not.

export type BasketSize = {
  /** Other products of the basket, ≥ 0. */
  readonly size: number
  /** Baskets of that size, ≥ 0. */
  readonly count: number
}

/** `share`: lines of the add-on / all lines, in [0, 1]. From 0 to the number of baskets. */
export function expectedTogether(sizes: Iterable<BasketSize>, share: number): number {
  if (share <= 0) return 0
  const logRest = share >= 1 ? Number.NEGATIVE_INFINITY : Math.log1p(-share)
  let sum = 0
  for (const { size, count } of sizes) if (size > 0) sum -= count * Math.expm1(size * logRest)
  return sum
}

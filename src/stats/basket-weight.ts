// A basket of many products would pull harder than one of few, by its size: it is down-weighted so that it pulls no
// harder than one of 50.

/** Up to this many different products a basket counts in full. */
export const LARGE_BASKET = 50

/** `products` different ones, ≥ 0. In (0, 1]. */
export function basketWeight(products: number): number {
  return products <= LARGE_BASKET ? 1 : LARGE_BASKET / products
}

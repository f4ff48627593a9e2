// A basket of many products would pull harder than one of few, by its size: it is down-weighted so that it pulls no
// harder than one of 50.

/** Up to this many different products a basket counts in full. */
const FULL_WEIGHT_BASKET = 50

/** `products` different ones, ≥ 0. In (0, 1]. */
export function basketWeight(products: number): number {
  return products <= FULL_WEIGHT_BASKET ? 1 : FULL_WEIGHT_BASKET / products
}

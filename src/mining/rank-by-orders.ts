// Numbers the products anew, those in most orders first (of equals the smaller number first). Goes in: how
// many orders hold each product. Comes out: the way from product to rank and back, and the orders of each rank.

export type Ranks = {
  readonly rankOf: Uint32Array
  readonly productOf: Uint32Array
  readonly ordersOfRank: Uint32Array
}

export function rankByOrders(orders: Uint32Array, productCount: number): Ranks {
  const productOf = new Uint32Array(new SharedArrayBuffer(productCount * 4))
  for (let p = 0; p < productCount; p++) productOf[p] = p
  productOf.sort((a, b) => (orders[b] as number) - (orders[a] as number) || a - b)
  const rankOf = new Uint32Array(new SharedArrayBuffer(productCount * 4))
  const ordersOfRank = new Uint32Array(new SharedArrayBuffer(productCount * 4))
  for (let rank = 0; rank < productCount; rank++) {
    const product = productOf[rank] as number
    rankOf[product] = rank
    ordersOfRank[rank] = orders[product] as number
  }
  return { rankOf, productOf, ordersOfRank }
}

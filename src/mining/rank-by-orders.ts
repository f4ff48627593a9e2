// Numbers the products anew, those in most orders first (of equals the smaller number first). Goes in: all lines, in
// equal blocks. Comes out: the way from product to rank and back, and the orders of each rank.

export type Ranks = {
  readonly rankOf: Uint32Array
  readonly productOf: Uint32Array
  readonly ordersOfRank: Uint32Array
}

export function rankByOrders(blocks: readonly Uint32Array[], lines: number, productCount: number): Ranks {
  const orders = new Uint32Array(productCount)
  let left = lines
  for (const block of blocks) {
    const count = Math.min(left, block.length)
    for (let i = 0; i < count; i++) {
      const product = block[i] as number
      orders[product] = (orders[product] as number) + 1
    }
    left -= count
  }
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

// Numbers the products anew, those in most orders first (of equals the smaller number first). Goes in: records that
// hold product numbers. Comes out: the way from product to rank and back, and the orders of each rank.

import { RECORD } from './history-columns.ts'

export type Ranks = {
  readonly rankOf: Uint32Array
  readonly productOf: Uint32Array
  readonly ordersOfRank: Uint32Array
}

export function rankByOrders(records: Uint32Array, productCount: number): Ranks {
  const orders = new Uint32Array(productCount)
  for (let at = 0; at < records.length; ) {
    const begin = at + RECORD.ranks
    at = begin + (records[at + RECORD.size] as number)
    for (let i = begin; i < at; i++) {
      const product = records[i] as number
      orders[product] = (orders[product] as number) + 1
    }
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

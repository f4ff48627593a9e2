// Numbers the products anew, those in most orders first (of equals the smaller number first). Goes in: the orders as
// they arrived. Comes out: the way from product to rank and back, and the orders of each rank.

import { ARRIVED, type ArrivedOrders, eachOrder } from './arrived-orders.ts'

export type Ranks = {
  readonly rankOf: Uint32Array
  readonly productOf: Uint32Array
  readonly ordersOfRank: Uint32Array
}

export function rankByOrders(arrived: ArrivedOrders, productCount: number): Ranks {
  const orders = new Uint32Array(productCount)
  eachOrder(arrived, (block, at) => {
    const begin = at + ARRIVED.products
    const end = begin + (block[at + ARRIVED.size] as number)
    for (let i = begin; i < end; i++) {
      const product = block[i] as number
      orders[product] = (orders[product] as number) + 1
    }
  })
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

// The sequence in which the kernel wants the orders: by customer (guests last), then day, then arrival. Two stable
// counting sorts, linear in the number of orders. Goes in: the orders as they arrived. Comes out: their places in the
// new sequence.

import { ARRIVED, type ArrivedOrders, blockOf, eachOrder, wordOf } from './arrived-orders.ts'
import { GUEST } from './history-columns.ts'

export type SortRange = {
  readonly firstDay: number
  readonly lastDay: number
  /** One more than the highest number of a known customer. */
  readonly customerCount: number
}

export function sortOrders(arrived: ArrivedOrders, range: SortRange): Uint32Array {
  const { firstDay, lastDay, customerCount } = range
  const nextOfDay = new Uint32Array(lastDay - firstDay + 2)
  const nextOfCustomer = new Uint32Array(customerCount + 2)
  const dayOf = (block: Uint32Array, at: number) => ((block[at + ARRIVED.day] as number) | 0) - firstDay
  const customerOf = (block: Uint32Array, at: number) => {
    const customer = block[at + ARRIVED.customer] as number
    return customer === GUEST ? customerCount : customer
  }
  eachOrder(arrived, (block, at) => {
    addOne(nextOfDay, dayOf(block, at) + 1)
    addOne(nextOfCustomer, customerOf(block, at) + 1)
  })
  sumUp(nextOfDay)
  sumUp(nextOfCustomer)
  const byDay = new Uint32Array(arrived.orders)
  eachOrder(arrived, (block, at, place) => {
    byDay[addOne(nextOfDay, dayOf(block, at))] = place
  })
  const sequence = new Uint32Array(arrived.orders)
  for (let i = 0; i < byDay.length; i++) {
    const place = byDay[i] as number
    sequence[addOne(nextOfCustomer, customerOf(blockOf(arrived, place), wordOf(place)))] = place
  }
  return sequence
}

/** Adds one to the bucket; returns what it held. */
function addOne(buckets: Uint32Array, bucket: number): number {
  const before = buckets[bucket] as number
  buckets[bucket] = before + 1
  return before
}

function sumUp(buckets: Uint32Array): void {
  for (let b = 1; b < buckets.length; b++) buckets[b] = (buckets[b] as number) + (buckets[b - 1] as number)
}

// The sequence in which the kernel wants the orders: by customer (guests last), then day, then arrival. Two stable
// counting sorts, linear in the number of orders. Comes out: the arrival number of each order in its new place, or
// undefined if the orders already stand so.

import { GUEST } from './history-columns.ts'

export function sortOrders(
  customer: Uint32Array,
  day: Int32Array,
  orders: number,
  customerCount: number,
): Uint32Array | undefined {
  if (isSorted(customer, day, orders)) return undefined
  let earliest = day[0] as number
  let latest = earliest
  for (let o = 1; o < orders; o++) {
    earliest = Math.min(earliest, day[o] as number)
    latest = Math.max(latest, day[o] as number)
  }
  const byDay = new Uint32Array(orders)
  const nextOfDay = starts(latest - earliest + 1, orders, (o) => (day[o] as number) - earliest)
  for (let o = 0; o < orders; o++) {
    const bucket = (day[o] as number) - earliest
    const at = nextOfDay[bucket] as number
    byDay[at] = o
    nextOfDay[bucket] = at + 1
  }
  const sequence = new Uint32Array(orders)
  const nextOfCustomer = starts(customerCount + 1, orders, (o) =>
    bucketOf(customer[o] as number, customerCount),
  )
  for (let i = 0; i < orders; i++) {
    const o = byDay[i] as number
    const bucket = bucketOf(customer[o] as number, customerCount)
    const at = nextOfCustomer[bucket] as number
    sequence[at] = o
    nextOfCustomer[bucket] = at + 1
  }
  return sequence
}

function bucketOf(customer: number, customerCount: number): number {
  return customer === GUEST ? customerCount : customer
}

function starts(buckets: number, orders: number, bucket: (order: number) => number): Uint32Array {
  const start = new Uint32Array(buckets + 1)
  for (let o = 0; o < orders; o++) {
    const b = bucket(o) + 1
    start[b] = (start[b] as number) + 1
  }
  for (let b = 1; b <= buckets; b++) start[b] = (start[b] as number) + (start[b - 1] as number)
  return start
}

function isSorted(customer: Uint32Array, day: Int32Array, orders: number): boolean {
  for (let o = 1; o < orders; o++) {
    const before = customer[o - 1] as number
    const after = customer[o] as number
    if (before > after || (before === after && (day[o - 1] as number) > (day[o] as number))) return false
  }
  return true
}

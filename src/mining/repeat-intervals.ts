// After how many days do customers buy a product again, and how long has the rest of them waited? Goes in: the
// history's columns. Comes out: per product's rank the intervals of customers who bought it on at least two days: closed
// ones from one such day to the next, and an open one from the last to the end of the history (at least 1 day). Orders
// of a customer stand together, by day, so one walk over them is enough; it is made twice, to count and to write.

import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export type RepeatIntervals = {
  /** The intervals of the product with rank `r` are `interval[start[r]]` to `interval[start[r + 1] - 1]`. */
  readonly start: Uint32Array
  /** Days times two, plus one for an open interval; in no particular sequence. */
  readonly interval: Uint32Array
}

/** Products that fewer customers bought again have no intervals here. */
export function collectIntervals(history: HistoryColumns, repeatCustomersMin: number): RepeatIntervals {
  const { productCount } = history
  const count = new Uint32Array(productCount)
  const repeatCustomers = new Uint32Array(productCount)
  eachInterval(history, (rank, interval) => {
    count[rank] = (count[rank] as number) + 1
    repeatCustomers[rank] = (repeatCustomers[rank] as number) + (interval & 1)
  })
  const start = new Uint32Array(new SharedArrayBuffer((productCount + 1) * 4))
  for (let rank = 0; rank < productCount; rank++) {
    const isEnough = (repeatCustomers[rank] as number) >= repeatCustomersMin
    start[rank + 1] = (start[rank] as number) + (isEnough ? (count[rank] as number) : 0)
  }
  const interval = new Uint32Array(new SharedArrayBuffer((start[productCount] as number) * 4))
  const next = start.slice()
  eachInterval(history, (rank, one) => {
    const place = next[rank] as number
    if (place === start[rank + 1]) return
    interval[place] = one
    next[rank] = place + 1
  })
  return { start, interval }
}

type OnInterval = (rank: number, interval: number) => void

/** Where a customer stands with a product: not bought by the customer at hand, bought on one day, or on several. */
type Purchases = {
  readonly customer: Uint32Array
  readonly lastDay: Int32Array
  readonly isRepeated: Uint8Array
}

function eachInterval({ records, productCount, lastDay }: HistoryColumns, onInterval: OnInterval): void {
  const bought: Purchases = {
    customer: new Uint32Array(productCount).fill(GUEST),
    lastDay: new Int32Array(productCount),
    isRepeated: new Uint8Array(productCount),
  }
  let repeated: number[] = []
  const closeCustomer = () => {
    for (const rank of repeated) {
      bought.isRepeated[rank] = 0
      onInterval(rank, Math.max(1, lastDay - (bought.lastDay[rank] as number)) * 2 + 1)
    }
    repeated = []
  }
  let owner = GUEST
  for (let at = 0; at < records.length; ) {
    const customer = records[at + RECORD.customer] as number
    // Days are signed, the words of a record are not.
    const day = (records[at + RECORD.day] as number) | 0
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] as number)
    if (customer !== owner) closeCustomer()
    owner = customer
    // Guests stand last.
    if (customer === GUEST) return
    for (let i = begin; i < end; i++) {
      const rank = records[i] as number
      if (bought.customer[rank] !== customer) bought.customer[rank] = customer
      else if (bought.lastDay[rank] === day) continue
      else {
        onInterval(rank, (day - (bought.lastDay[rank] as number)) * 2)
        if (bought.isRepeated[rank] === 0) repeated.push(rank)
        bought.isRepeated[rank] = 1
      }
      bought.lastDay[rank] = day
    }
    at = end
  }
  closeCustomer()
}

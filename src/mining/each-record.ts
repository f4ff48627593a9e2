// Walks the orders of the columns in their sequence: by customer, then day, guests last. Goes in: the columns. Comes out:
// one order after the other, with the places of its products in `records`. What is told is told in one object that is
// used again for the next order, so that millions of them leave no garbage; who needs it longer copies it. The kernel's
// inner loops (count-anchors.ts, pair-index.ts) walk by hand.

import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export type OrderRecord = {
  /** Its customer had no order before it; true of every guest's. */
  readonly opens: boolean
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  /** Its ranks are those from `begin` to before `end`, what its customer first buys in front, to before `firstsEnd`. */
  readonly begin: number
  readonly firstsEnd: number
  readonly end: number
}

type Records = Pick<HistoryColumns, 'records'>

export function eachRecord(history: Records, visit: (order: OrderRecord) => void): void {
  walk(history, visit, true)
}

/** Those of known customers alone. */
export function eachKnownRecord(history: Records, visit: (order: OrderRecord) => void): void {
  walk(history, visit, false)
}

function walk({ records }: Records, visit: (order: OrderRecord) => void, withGuests: boolean): void {
  const order = { opens: true, day: 0, begin: 0, firstsEnd: 0, end: 0 }
  let customer = GUEST
  while (order.end < records.length) {
    const at = order.end
    const owner = records[at + RECORD.customer] as number
    if (owner === GUEST && !withGuests) return
    order.opens = owner === GUEST || owner !== customer
    // Days are signed, the words of a record are not.
    order.day = (records[at + RECORD.day] as number) | 0
    order.begin = at + RECORD.ranks
    order.firstsEnd = order.begin + (records[at + RECORD.firsts] as number)
    order.end = order.begin + (records[at + RECORD.size] as number)
    customer = owner
    visit(order)
  }
}

/** Of all orders; `Infinity` where there are none. */
export function firstDayOf(history: Records): number {
  let first = Number.POSITIVE_INFINITY
  eachRecord(history, ({ day }) => {
    first = Math.min(first, day)
  })
  return first
}

// Kept orders (order-table.ts) and those that came in since → the records of the history as it is now. Goes in: the kept
// table, the orders as they are now of every buyer who may have changed, who these are, and how products are numbered
// now. Comes out: records in the sequence in which reading all anew would put them, for finish-records.ts. A changed buyer's
// kept orders are dropped: what they have now stands in the other table. One walk over both, linear in the lines.

import { emptyRecords, type PlacedRecords } from './finish-records.ts'
import { GUEST, RECORD } from './history-columns.ts'
import type { ChangedBuyer } from './history-queries.ts'
import type { OrderTable } from './order-table.ts'

export type Merged = { readonly placed: PlacedRecords; readonly customers: Uint32Array }

/** `renumber[p]` is the number now of the product that was p when the table was kept. */
export function mergeOrders(
  kept: OrderTable,
  fresh: OrderTable,
  changed: readonly ChangedBuyer[],
  renumber: Uint32Array,
): Merged {
  const isGone = openGone(kept, changed)
  let [orders, lines] = [fresh.customer.length, fresh.product.length]
  for (let order = 0; order < kept.customer.length; order++) {
    if (isGone(order)) continue
    orders += 1
    lines += kept.size[order] as number
  }
  const into = openWriter(orders, lines, (kept.customers.length + fresh.customers.length) / 2)
  const freshOrders = fresh.customer.length
  let [freshOrder, freshLine, line] = [0, 0, 0]
  const putFresh = (): void => {
    into.put(fresh, freshOrder, freshLine, null)
    freshLine += fresh.size[freshOrder] as number
    freshOrder += 1
  }
  for (let order = 0; order < kept.customer.length; order++) {
    const size = kept.size[order] as number
    if (!isGone(order)) {
      while (freshOrder < freshOrders && comesBefore(fresh, freshOrder, kept, order)) putFresh()
      into.put(kept, order, line, renumber)
    }
    line += size
  }
  while (freshOrder < freshOrders) putFresh()
  return into.merged()
}

/** Is this kept order one of a changed buyer? */
function openGone(kept: OrderTable, changed: readonly ChangedBuyer[]): (order: number) => boolean {
  const customers = openNames(changed.filter(({ customerId }) => customerId !== null))
  const guestOrders = openNames(changed.filter(({ customerId }) => customerId === null))
  const gone = Uint8Array.from({ length: kept.customers.length / 2 }, (_, customer) =>
    customers(kept.customers[2 * customer] as number, kept.customers[2 * customer + 1] as number) ? 1 : 0,
  )
  return (order) => {
    const customer = kept.customer[order] as number
    if (customer !== GUEST) return gone[customer] === 1
    return guestOrders(kept.names[2 * order] as number, kept.names[2 * order + 1] as number)
  }
}

function openNames(named: readonly ChangedBuyer[]): (high: number, low: number) => boolean {
  const lows = new Map<number, Set<number>>()
  for (const { high, low } of named) lows.set(high, (lows.get(high) ?? new Set<number>()).add(low))
  return (high, low) => lows.get(high)?.has(low) === true
}

/** By customer, guests last, then day, then name: the sequence of the records. */
function comesBefore(one: OrderTable, order: number, other: OrderTable, place: number): boolean {
  const [customer, second] = [one.customer[order] as number, other.customer[place] as number]
  if (customer === GUEST || second === GUEST) {
    if (customer !== second) return second === GUEST
  } else {
    const apart = compareNames(one.customers, customer, other.customers, second)
    if (apart !== 0) return apart < 0
  }
  const days = ((one.day[order] as number) | 0) - ((other.day[place] as number) | 0)
  return days !== 0 ? days < 0 : compareNames(one.names, order, other.names, place) < 0
}

function compareNames(names: Uint32Array, at: number, others: Uint32Array, place: number): number {
  const high = (names[2 * at] as number) - (others[2 * place] as number)
  return high !== 0 ? high : (names[2 * at + 1] as number) - (others[2 * place + 1] as number)
}

function openWriter(orders: number, lines: number, customersMost: number) {
  const placed = emptyRecords(orders, lines, true)
  const { records, units, orderNames } = placed
  const customers = new Uint32Array(2 * customersMost)
  let customerCount = 0
  let order = 0
  let at = 0
  const numberOf = (table: OrderTable, customer: number): number => {
    const last = customerCount - 1
    if (last < 0 || compareNames(customers, last, table.customers, customer) !== 0) {
      customers[2 * customerCount] = table.customers[2 * customer] as number
      customers[2 * customerCount + 1] = table.customers[2 * customer + 1] as number
      customerCount += 1
    }
    return customerCount - 1
  }
  return {
    put(table: OrderTable, from: number, line: number, renumber: Uint32Array | null): void {
      const customer = table.customer[from] as number
      const size = table.size[from] as number
      records[at + RECORD.customer] = customer === GUEST ? GUEST : numberOf(table, customer)
      records[at + RECORD.day] = table.day[from] as number
      records[at + RECORD.size] = size
      orderNames[2 * order] = table.names[2 * from] as number
      orderNames[2 * order + 1] = table.names[2 * from + 1] as number
      const begin = at + RECORD.ranks
      for (let i = 0; i < size; i++) {
        const product = table.product[line + i] as number
        records[begin + i] = renumber === null ? product : (renumber[product] as number)
        units[begin + i] = table.units[line + i] as number
      }
      at = begin + size
      order += 1
    },
    merged: (): Merged => ({ placed, customers: customers.slice(0, 2 * customerCount) }),
  }
}

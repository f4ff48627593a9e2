// The last steps from orders in their sequence to the columns that the kernel reads, in place: products become ranks, a
// customer's first purchases move to the front of their order, each order gets its weight. Goes in: records that hold
// product numbers, by customer (guests last), then day. Comes out: HistoryColumns, the same for the same orders however
// they were put together: read anew (build-history-columns.ts) or renewed (merge-orders.ts).

import { LARGEST_ORDER } from './arrived-orders.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import { rankByOrders } from './rank-by-orders.ts'
import { weighOrder } from './weigh-order.ts'

export type PlacedRecords = Pick<
  HistoryColumns,
  'records' | 'recordWeights' | 'units' | 'orderNames' | 'orderCount' | 'lineCount'
>

export type FinishSettings = Pick<HistoryColumns, 'productCount' | 'customerCount' | 'sampled'> & {
  /** Half-life of an order's weight in days; without it age does not matter. */
  readonly halfLifeDays?: number
  /** The day from which ages are counted; without it the history's last day. */
  readonly asOfDay?: number
}

/** On memory that all threads share: whatever is not would be copied for each job. */
export function emptyRecords(orders: number, lines: number, hasUnits: boolean): PlacedRecords {
  const words = lines + orders * RECORD.ranks
  const memory = new SharedArrayBuffer(words * 4)
  return {
    ...{ orderCount: orders, lineCount: lines },
    records: new Uint32Array(memory),
    recordWeights: new Float32Array(memory),
    units: new Uint16Array(new SharedArrayBuffer(hasUnits ? words * 2 : 0)),
    orderNames: new Uint32Array(new SharedArrayBuffer(orders * 8)),
  }
}

export function finishRecords(placed: PlacedRecords, settings: FinishSettings): HistoryColumns {
  const { records, recordWeights } = placed
  const { halfLifeDays, asOfDay, productCount, customerCount, sampled } = settings
  const lastDay = lastDayOf(records)
  const ranks = rankByOrders(records, productCount)
  const into: Into = {
    ...placed,
    rankOf: ranks.rankOf,
    seenBy: new Uint32Array(productCount),
    ...{ order: new Uint32Array(LARGEST_ORDER), orderUnits: new Uint16Array(LARGEST_ORDER) },
  }
  for (let at = 0; at < records.length; ) {
    const size = records[at + RECORD.size] as number
    const day = (records[at + RECORD.day] as number) | 0
    recordWeights[at + RECORD.weight] = weighOrder((asOfDay ?? lastDay) - day, size, halfLifeDays)
    records[at + RECORD.firsts] = moveFirsts(into, at, size)
    at += RECORD.ranks + size
  }
  return { ...placed, productCount, customerCount, sampled, ...ranks, lastDay }
}

function lastDayOf(records: Uint32Array): number {
  let last = records.length === 0 ? 0 : Number.NEGATIVE_INFINITY
  for (let at = 0; at < records.length; at += RECORD.ranks + (records[at + RECORD.size] as number)) {
    const day = (records[at + RECORD.day] as number) | 0
    if (day > last) last = day
  }
  return last
}

type Into = Pick<PlacedRecords, 'records' | 'units'> & {
  readonly rankOf: Uint32Array
  /** Per rank, the last customer seen with it, plus one. */
  readonly seenBy: Uint32Array
  /** A copy of the order at hand. */
  readonly order: Uint32Array
  readonly orderUnits: Uint16Array
}

/** Names one order's products by rank, the customer's first purchases in front; returns how many of those there are. */
function moveFirsts(into: Into, at: number, size: number): number {
  const { records, units, rankOf, seenBy, order, orderUnits } = into
  const customer = records[at + RECORD.customer] as number
  const stamp = (customer + 1) | 0
  const isKnown = customer === GUEST ? 0 : 1
  const hasUnits = units.length > 0
  const begin = at + RECORD.ranks
  for (let i = 0; i < size; i++) {
    order[i] = records[begin + i] as number
    if (hasUnits) orderUnits[i] = units[begin + i] as number
  }
  let front = begin
  let back = begin + size - 1
  for (let i = 0; i < size; i++) {
    const rank = rankOf[order[i] as number] as number
    // Written at both ends of what is free; then one end moves, without a branch that the core would often guess wrong.
    records[front] = rank
    records[back] = rank
    if (hasUnits) {
      units[front] = orderUnits[i] as number
      units[back] = orderUnits[i] as number
    }
    const differs = (seenBy[rank] as number) ^ stamp
    const isFirst = ((differs | -differs) >>> 31) & isKnown
    seenBy[rank] = stamp
    front += isFirst
    back += isFirst - 1
  }
  return front - begin
}

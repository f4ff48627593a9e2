// Puts the orders that have arrived in the sequence that counting wants, each as one record. Goes in: the parts they were
// dealt into. Comes out: the records, part after part. Threads take the parts as they get free; what a customer had
// before is known from their own part, so the outcome does not depend on how many there are. Linear in the lines.

import type { Job, Parallel } from '../ports/parallel.ts'
import { type ArrivedPart, buffersOf, lineAt } from './arrived-orders.ts'
import { GUEST, RECORD } from './history-columns.ts'
import { sortOrders } from './sort-orders.ts'
import { weighOrder } from './weigh-order.ts'

export type ArrangeSettings = {
  readonly rankOf: Uint32Array
  readonly customerCount: number
  readonly asOfDay: number
  readonly halfLifeDays: number | undefined
}

/** One part, which is given away, and the place of its first record. */
export type PartToArrange = ArrangeSettings & {
  readonly part: ArrivedPart
  readonly records: Uint32Array
  readonly at: number
}

export const arrangePartJob: Job<PartToArrange, void> = {
  module: new URL(import.meta.url),
  exportName: 'arrangePart',
}

export async function arrangeOrders(
  parts: readonly ArrivedPart[],
  settings: ArrangeSettings,
  parallel: Pick<Parallel, 'run'>,
): Promise<Uint32Array> {
  const words = parts.map(({ orders, lines }) => lines + orders * RECORD.ranks)
  const records = new Uint32Array(new SharedArrayBuffer(words.reduce((sum, one) => sum + one, 0) * 4))
  let at = 0
  await Promise.all(
    parts.map((part, place) => {
      const arranged = parallel.run(arrangePartJob, { ...settings, part, records, at }, buffersOf(part))
      at += words[place] ?? 0
      return arranged
    }),
  )
  return records
}

/** How many orders are looked up before the first of them is copied. */
const AHEAD = 32

export function arrangePart(given: PartToArrange): void {
  const { part, records, rankOf, customerCount, asOfDay, halfLifeDays } = given
  const { orders, start } = part
  const sequence = sortOrders(part.customer, part.day, orders, customerCount)
  const recordWeights = new Float32Array(records.buffer)
  const seenBy = new Uint32Array(rankOf.length)
  let at = given.at
  for (let o = 0; o < orders; o++) {
    if (sequence !== undefined && o % AHEAD === 0) lookAhead(part, sequence, o, Math.min(orders, o + AHEAD))
    const order = sequence === undefined ? o : (sequence[o] as number)
    const size = (start[order + 1] as number) - (start[order] as number)
    const day = part.day[order] as number
    records[at + RECORD.customer] = part.customer[order] as number
    records[at + RECORD.day] = day
    records[at + RECORD.size] = size
    recordWeights[at + RECORD.weight] = weighOrder(asOfDay - day, size, halfLifeDays)
    records[at + RECORD.firsts] = copyLines(part, order, rankOf, records, at + RECORD.ranks, seenBy)
    at += RECORD.ranks + size
  }
  for (const buffer of buffersOf(part)) buffer.transfer(0)
}

/** Reads the beginnings of the next orders at once: they lie far apart, and a core waits for all as long as for one. */
function lookAhead(part: ArrivedPart, sequence: Uint32Array, from: number, to: number): number {
  let read = 0
  for (let o = from; o < to; o++) read ^= lineAt(part, part.start[sequence[o] as number] as number)
  return read
}

/** Copies one order's products, the customer's first purchases in front; returns how many of those there are. */
function copyLines(
  part: ArrivedPart,
  order: number,
  rankOf: Uint32Array,
  records: Uint32Array,
  at: number,
  seenBy: Uint32Array,
): number {
  const begin = part.start[order] as number
  const end = part.start[order + 1] as number
  const customer = part.customer[order] as number
  const stamp = customer + 1
  let front = at
  let back = at + end - begin
  for (let i = begin; i < end; i++) {
    const rank = rankOf[lineAt(part, i)] as number
    if (customer !== GUEST && seenBy[rank] !== stamp) {
      seenBy[rank] = stamp
      records[front++] = rank
    } else {
      records[--back] = rank
    }
  }
  return front - at
}

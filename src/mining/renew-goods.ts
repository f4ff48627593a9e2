// The goods of the history without reading all of it again: what a run kept of its orders (order-table.ts), with what came
// in since. Goes in: the history, the kept file, the products that are no merchandise. Comes out: the same columns that
// reading all anew makes, and what changed; or, in a sentence, why all has to be read. When in doubt all is read.

import type { History } from '../ports/history.ts'
import type { KeptFile, KeptFiles } from '../ports/kept-files.ts'
import type { HistorySettings } from './build-history-columns.ts'
import { type Changes, readChanges, tableOfChanges } from './changed-orders.ts'
import { finishRecords } from './finish-records.ts'
import { RECORD } from './history-columns.ts'
import { engineHash } from './history-queries.ts'
import { type Merged, mergeOrders } from './merge-orders.ts'
import { type OrderTable, tableColumns, tableOf } from './order-table.ts'
import type { Goods } from './read-goods.ts'
import type { SampledOrder } from './sample-large-order.ts'

const NAME = 'orders'
/** Moves when other columns are kept, or the same ones mean something else. */
const FORMAT = 2

type Kept = {
  readonly format: typeof FORMAT
  /** What was read, `History.appends`. */
  readonly appends: readonly string[]
  readonly engineHash: string
  readonly notGoods: readonly string[]
  readonly ids: readonly string[]
  readonly sampled: readonly SampledOrder[]
  /** What the store knew of customers after it, `Store.replaceCustomerPurchases`. */
  readonly purchases: string
}

export type Renewed = {
  readonly goods: Goods
  readonly changes: Changes
  /** The version of customers' purchases that these changes build on. */
  readonly purchases: string
}

/** Also what readings of the history need to know to keep them. */
export type HistoryFacts = Pick<Kept, 'appends' | 'engineHash' | 'notGoods'>

export async function readFacts(
  history: Pick<History, 'rows' | 'appends'>,
  notGoods: readonly string[],
): Promise<HistoryFacts> {
  const [hashed = ''] = await history.rows(engineHash, {})
  return { appends: await history.appends(), engineHash: hashed, notGoods }
}

export async function renewGoods(
  history: Pick<History, 'rows' | 'columns'>,
  files: KeptFiles,
  facts: HistoryFacts,
  settings: HistorySettings,
): Promise<Renewed | { readonly because: string }> {
  const file = await files.read(NAME)
  const kept = file === null ? null : headOf(file)
  const table = file === null || kept === null ? null : tableOf(file.columns)
  if (kept === null || table === null) return { because: 'nothing readable was kept of a run before' }
  const because = whyAnew(kept, facts)
  if (because !== null) return { because }
  const changes = await readChanges(history, kept.appends.length, facts.notGoods)
  const union = unionOf(kept.ids, changes)
  const numberOf = new Map(union.map((id, number) => [id, number]))
  const numbered = (id: string): number => numberOf.get(id) ?? 0
  if (table.product.some((product) => product >= kept.ids.length))
    return { because: 'nothing readable was kept of a run before' }
  const fresh = tableOfChanges(changes.orders, numbered)
  const merged = mergeOrders(table, fresh, changes.buyers, Uint32Array.from(kept.ids, numbered))
  const sampled = [...stillSampled(kept.sampled, merged, fresh), ...changes.sampled]
  return { goods: finish(merged, sampled, union, settings), changes, purchases: kept.purchases }
}

/** Of the orders that were sampled before, those that stand as they were: neither gone nor come in anew. */
function stillSampled(
  before: readonly SampledOrder[],
  { placed }: Merged,
  { names }: OrderTable,
): readonly SampledOrder[] {
  if (before.length === 0) return before
  const holds = (all: Uint32Array, [high, low]: SampledOrder['name']): boolean => {
    for (let at = 0; at < all.length; at += 2) if (all[at] === high && all[at + 1] === low) return true
    return false
  }
  return before.filter(({ name }) => holds(placed.orderNames, name) && !holds(names, name))
}

function whyAnew(kept: Kept, facts: HistoryFacts): string | null {
  if (!kept.appends.every((append, place) => append === facts.appends[place]))
    return 'the history is not the one that the run before read, with orders added'
  if (kept.engineHash !== facts.engineHash) return 'the database engine is another one'
  const [before, now] = [new Set(kept.notGoods), new Set(facts.notGoods)]
  if (kept.notGoods.some((id) => !now.has(id)) || kept.ids.some((id) => now.has(id) && !before.has(id)))
    return 'other products count as goods than before'
  return null
}

/** All ids, in the sequence of `goods-ids.sql`: by their bytes. */
function unionOf(ids: readonly string[], { orders }: Changes): readonly string[] {
  const known = new Set(ids)
  const added = new Set(orders.flatMap(({ productIds }) => productIds.filter((id) => !known.has(id))))
  return added.size === 0 ? ids : [...ids, ...added].sort(byBytes)
}

/** As UTF-8 sorts, which is by code points; the default of JavaScript is by halves of them. */
function byBytes(one: string, other: string): number {
  const [points, others] = [Array.from(one), Array.from(other)]
  for (let at = 0; at < points.length && at < others.length; at++) {
    const apart = (points[at]?.codePointAt(0) ?? 0) - (others[at]?.codePointAt(0) ?? 0)
    if (apart !== 0) return apart
  }
  return points.length - others.length
}

function finish(
  { placed, customers }: Merged,
  sampled: readonly SampledOrder[],
  union: readonly string[],
  settings: HistorySettings,
): Goods {
  const ids = dropUnsold(placed.records, union)
  const columns = finishRecords(placed, {
    ...{ ...settings, productCount: ids.length, customerCount: customers.length / 2, sampled },
  })
  return { columns, ids, customers }
}

/** What came back to the last piece was never sold: it has no number. */
function dropUnsold(records: Uint32Array, union: readonly string[]): readonly string[] {
  const sold = new Uint8Array(union.length)
  eachProduct(records, (place) => {
    sold[records[place] as number] = 1
  })
  if (sold.every((one) => one === 1)) return union
  const ids = union.filter((_, product) => sold[product] === 1)
  let next = 0
  const renumber = Uint32Array.from(sold, (one) => (one === 1 ? next++ : 0))
  eachProduct(records, (place) => {
    records[place] = renumber[records[place] as number] as number
  })
  return ids
}

function eachProduct(records: Uint32Array, visit: (place: number) => void): void {
  for (let at = 0; at < records.length; ) {
    const begin = at + RECORD.ranks
    at = begin + (records[at + RECORD.size] as number)
    for (let place = begin; place < at; place++) visit(place)
  }
}

/** Returns why nothing could be kept, or `null`. */
export async function keepGoods(
  files: KeptFiles,
  goods: Goods,
  facts: HistoryFacts,
  purchases: string,
): Promise<string | null> {
  const { columns, ids, customers } = goods
  const hasUnits = columns.units.length === columns.records.length
  if (!hasUnits || customers.length !== 2 * columns.customerCount) return null
  const head: Kept = { ...facts, format: FORMAT, ids, sampled: columns.sampled, purchases }
  return await files.write(NAME, head, tableColumns(goods))
}

function headOf({ head }: KeptFile): Kept | null {
  if (typeof head !== 'object' || head === null) return null
  const kept = head as Partial<Kept>
  const isKept =
    kept.format === FORMAT &&
    [kept.appends, kept.notGoods, kept.ids, kept.sampled].every(Array.isArray) &&
    typeof kept.engineHash === 'string' &&
    typeof kept.purchases === 'string'
  return isKept ? (kept as Kept) : null
}

// How each customer bought each product again, and how long they have waited since. Comes in: the history's columns and
// the way from a product to its orders. Goes out: per product a row per customer who came back; those who did not are
// put together by days waited (in steps of 5 %) and units. Only products that may be a refill by who came back, and of each
// the first customers by id, until about as many came back as are worth reading: ids are keyed hashes, so that is a draw.
// One product at a time stands in memory as days. Several orders of one day are one purchase.

import { rebuyShare } from '../next/rebuy-share.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import type { PairCounts } from './pair-columns.ts'
import type { PairIndex } from './pair-index.ts'
import { type ProductRebuys, packRebuys, type Rebuy } from './rebuy-columns.ts'

export type RebuyDraw = {
  readonly repeatCustomersMin: number
  /** In [0, 1], of `rebuyShare`. */
  readonly rebuyShareMin: number
  /** So many are drawn that about this many of them came back. */
  readonly repeatCustomers: number
}

type RepeatMargins = Pick<PairCounts['margins'], 'customers' | 'repeatCustomers'>

const OPEN_DAYS_MIN = 0.5
const WAITED_STEP = 0.05

export function gatherRebuys(
  { columns, ids }: { readonly columns: HistoryColumns; readonly ids: readonly string[] },
  { index, margins }: { readonly index: PairIndex; readonly margins: RepeatMargins },
  draw: RebuyDraw,
): readonly ProductRebuys[] {
  const rebuys: ProductRebuys[] = []
  for (const [product, productId] of ids.entries()) {
    const repeated = margins.repeatCustomers[product] ?? 0
    const customers = margins.customers[product] ?? 0
    if (repeated < draw.repeatCustomersMin || rebuyShare(repeated, customers) < draw.rebuyShareMin) continue
    const wanted = Math.ceil((draw.repeatCustomers * customers) / repeated)
    const buyers = buyersOf(columns, index, columns.rankOf[product] ?? 0, wanted)
    rebuys.push({ productId, rows: packRebuys(rebuysOf(buyers, columns.lastDay)) })
  }
  return rebuys
}

/** The first customers of a product, with the days on which they bought it. Guests stand last and are none. */
function buyersOf({ records, units }: HistoryColumns, index: PairIndex, rank: number, most: number): Buyer[] {
  const buyers: Buyer[] = []
  const end = index.start[rank + 1] ?? 0
  for (let e = index.start[rank] ?? 0; e < end; e++) {
    const at = (index.entry[e] ?? 0) >>> 1
    const customer = records[at + RECORD.customer] ?? GUEST
    if (customer === GUEST) break
    const bought = {
      day: (records[at + RECORD.day] ?? 0) | 0,
      units: units[records.indexOf(rank, at + RECORD.ranks)] ?? 1,
    }
    const buyer = buyers.at(-1)
    const before = buyer?.purchases.at(-1)
    if (buyer?.customer !== customer) {
      if (buyers.length === most) break
      buyers.push({ customer, purchases: [bought] })
    } else if (before?.day === bought.day) before.units += bought.units
    else buyer.purchases.push(bought)
  }
  return buyers
}

type Buyer = {
  readonly customer: number
  readonly purchases: { readonly day: number; units: number }[]
}

function rebuysOf(buyers: readonly Buyer[], lastDay: number): Rebuy[] {
  const rows: Rebuy[] = []
  const once = new Map<string, { row: Rebuy; customers: number }>()
  for (const { purchases } of buyers) {
    const row = rebuyOf(purchases, lastDay)
    if (row.gaps > 0) {
      rows.push(row)
      continue
    }
    const step = Math.round(Math.log(row.openDays) / WAITED_STEP)
    const key = `${step} ${row.openU}`
    const alike = once.get(key) ?? { row: { ...row, openDays: Math.exp(step * WAITED_STEP) }, customers: 0 }
    alike.customers += 1
    once.set(key, alike)
  }
  for (const { row, customers } of once.values()) rows.push({ ...row, customers })
  return rows
}

function rebuyOf(purchases: Buyer['purchases'], lastDay: number): Rebuy {
  const sums = { sumV: 0, sumVV: 0, sumU: 0, sumUU: 0, sumUV: 0 }
  let last = purchases[0] ?? { day: lastDay, units: 1 }
  for (const next of purchases.slice(1)) {
    const v = Math.log(next.day - last.day)
    const u = Math.log(last.units)
    sums.sumV += v
    sums.sumVV += v * v
    sums.sumU += u
    sums.sumUU += u * u
    sums.sumUV += u * v
    last = next
  }
  const openDays = Math.max(OPEN_DAYS_MIN, lastDay - last.day)
  return { gaps: purchases.length - 1, ...sums, openDays, openU: Math.log(last.units), customers: 1 }
}

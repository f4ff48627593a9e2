// How each customer bought each product again, and how long they have waited since. Comes in: the days of purchase, in
// the sequence of product, customer and day. Goes out: per product a row per customer who came back; those who did not
// are put together by days waited (in steps of 5 %) and units. Only products that enough customers bought
// again, and of each the first customers by id: ids are keyed hashes, so that is a draw. One product at a time stands in
// memory as days; the engine that groups and joins the same in SQL took 430 MB more on Online Retail II.

import type { History } from '../ports/history.ts'
import { numbers } from '../ports/read-fields.ts'
import { purchaseDays } from './history-queries.ts'
import { type ProductRebuys, packRebuys, type Rebuy } from './rebuy-columns.ts'

export type RebuyDraw = {
  readonly repeatCustomersMin: number
  readonly customersMax: number
  /** UTC days since 1970-01-01. */
  readonly lastDay: number
}

const OPEN_DAYS_MIN = 0.5
const WAITED_STEP = 0.05

export async function readRebuys(
  history: Pick<History, 'columns'>,
  goods: { readonly ids: readonly string[]; readonly notGoods: readonly string[] },
  draw: RebuyDraw,
): Promise<readonly ProductRebuys[]> {
  const rebuys: ProductRebuys[] = []
  let product = -1
  let buyers: Buyer[] = []
  const closeProduct = (): void => {
    const rows = packRebuys(rebuysOf(buyers, draw))
    if (rows.cells.length > 0) rebuys.push({ productId: goods.ids[product] ?? '', rows })
    buyers = []
  }
  for await (const chunk of history.columns(purchaseDays, { not_goods: goods.notGoods })) {
    const [products, customers] = [numbers(chunk, 'product'), numbers(chunk, 'customer')]
    const [days, units] = [numbers(chunk, 'day'), numbers(chunk, 'units')]
    for (let row = 0; row < chunk.rows; row++) {
      if (products[row] !== product) {
        if (product !== -1) closeProduct()
        product = products[row] ?? -1
      }
      const customer = customers[row] ?? 0
      const buyer = buyers.at(-1)
      const purchase = { day: days[row] ?? 0, logUnits: Math.log(units[row] ?? 1) }
      if (buyer?.customer === customer) buyer.purchases.push(purchase)
      else buyers.push({ customer, purchases: [purchase] })
    }
  }
  if (product !== -1) closeProduct()
  return rebuys
}

type Buyer = {
  readonly customer: number
  readonly purchases: { readonly day: number; readonly logUnits: number }[]
}

function rebuysOf(buyers: readonly Buyer[], draw: RebuyDraw): Rebuy[] {
  const came = buyers.filter(({ purchases }) => purchases.length > 1).length
  if (came < draw.repeatCustomersMin) return []
  const rows: Rebuy[] = []
  const once = new Map<string, { row: Rebuy; customers: number }>()
  for (const { purchases } of buyers.slice(0, draw.customersMax)) {
    const row = rebuyOf(purchases, draw.lastDay)
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
  let last = purchases[0] ?? { day: lastDay, logUnits: 0 }
  for (const next of purchases.slice(1)) {
    const v = Math.log(next.day - last.day)
    sums.sumV += v
    sums.sumVV += v * v
    sums.sumU += last.logUnits
    sums.sumUU += last.logUnits * last.logUnits
    sums.sumUV += last.logUnits * v
    last = next
  }
  const openDays = Math.max(OPEN_DAYS_MIN, lastDay - last.day)
  return { gaps: purchases.length - 1, ...sums, openDays, openU: last.logUnits, customers: 1 }
}

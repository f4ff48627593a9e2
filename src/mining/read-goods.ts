// Reads the goods lines of the order history into the columns that the kernel counts over. Comes in: the history and
// the products that are no merchandise. Goes out: the columns and which product each number stands for.

import type { History } from '../ports/history.ts'
import { numbers } from '../ports/read-fields.ts'
import { buildHistoryColumns, type HistorySettings } from './build-history-columns.ts'
import type { HistoryColumns } from './history-columns.ts'
import { goodsCustomers, goodsIds, goodsLines } from './history-queries.ts'

export type Goods = {
  readonly columns: HistoryColumns
  /** By product number. */
  readonly ids: readonly string[]
  /** Two words per customer number: the hash of the id. */
  readonly customers: Uint32Array
}

export async function readGoods(
  history: Pick<History, 'rows' | 'columns'>,
  notGoods: readonly string[],
  settings: HistorySettings,
  progress: (linesRead: number) => void,
): Promise<Goods> {
  const ids = await history.rows(goodsIds, { not_goods: notGoods })
  // Asked before the columns are there: the engine takes its memory at the time of least use.
  const customers = await readNames(history, notGoods)
  const builder = buildHistoryColumns({
    ...settings,
    productCount: ids.length,
    idOf: (product) => ids[product] ?? '',
  })
  let linesRead = 0
  for await (const chunk of history.columns(goodsLines, { not_goods: notGoods })) {
    builder.addLines({
      count: chunk.rows,
      order: numbers(chunk, 'order_high'),
      orderRest: numbers(chunk, 'order_low'),
      customer: numbers(chunk, 'customer'),
      day: numbers(chunk, 'day'),
      product: numbers(chunk, 'product'),
      units: numbers(chunk, 'units'),
    })
    linesRead += chunk.rows
    progress(linesRead)
  }
  return { columns: builder.finish(), ids, customers }
}

async function readNames(
  history: Pick<History, 'columns'>,
  notGoods: readonly string[],
): Promise<Uint32Array> {
  const names: number[] = []
  for await (const chunk of history.columns(goodsCustomers, { not_goods: notGoods })) {
    const [high, low] = [numbers(chunk, 'high'), numbers(chunk, 'low')]
    for (let row = 0; row < chunk.rows; row++) names.push(high[row] ?? 0, low[row] ?? 0)
  }
  return Uint32Array.from(names)
}

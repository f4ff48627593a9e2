// Reads the goods lines of the order history into the columns that the kernel counts over. Comes in: the history and
// the products that are no merchandise. Goes out: the columns and which product each number stands for.

import type { History } from '../ports/history.ts'
import { numbers } from '../ports/read-fields.ts'
import { buildHistoryColumns, type HistorySettings } from './build-history-columns.ts'
import type { HistoryColumns } from './history-columns.ts'
import { goodsIds, goodsLines } from './history-queries.ts'

export type Goods = { readonly columns: HistoryColumns; readonly ids: readonly string[] }

export async function readGoods(
  history: Pick<History, 'rows' | 'columns'>,
  notGoods: readonly string[],
  settings: HistorySettings,
  progress: (linesRead: number) => void,
): Promise<Goods> {
  const ids = await history.rows(goodsIds, { not_goods: notGoods })
  const builder = buildHistoryColumns({ ...settings, productCount: ids.length })
  let linesRead = 0
  for await (const chunk of history.columns(goodsLines, { not_goods: notGoods })) {
    builder.addLines({
      count: chunk.rows,
      order: numbers(chunk, 'order_number'),
      customer: numbers(chunk, 'customer'),
      day: numbers(chunk, 'day'),
      product: numbers(chunk, 'product'),
      units: numbers(chunk, 'units'),
    })
    linesRead += chunk.rows
    progress(linesRead)
  }
  return { columns: builder.finish(), ids }
}

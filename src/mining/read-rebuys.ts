// How each customer bought each product again (rebuy-records.sql). Comes in: the history. Goes out: the rows in the
// sequence of the statement, made from columns, so that no engine's row stands beside them in memory.

import type { History } from '../ports/history.ts'
import type { QueryParameters } from '../ports/query.ts'
import { numbers, texts } from '../ports/read-fields.ts'
import { type RebuyRow, rebuyRecords } from './history-queries.ts'

export async function readRebuys(
  history: Pick<History, 'columns'>,
  parameters: QueryParameters,
): Promise<readonly RebuyRow[]> {
  const rows: RebuyRow[] = []
  for await (const chunk of history.columns(rebuyRecords, parameters)) {
    const productIds = texts(chunk, 'product_id')
    const columns = {
      gaps: numbers(chunk, 'gaps'),
      sumV: numbers(chunk, 'sum_v'),
      sumVV: numbers(chunk, 'sum_vv'),
      sumU: numbers(chunk, 'sum_u'),
      sumUU: numbers(chunk, 'sum_uu'),
      sumUV: numbers(chunk, 'sum_uv'),
      openDays: numbers(chunk, 'open_days'),
      openU: numbers(chunk, 'open_u'),
      customers: numbers(chunk, 'customers'),
    }
    for (let row = 0; row < chunk.rows; row++) {
      rows.push({
        productId: productIds[row] ?? '',
        gaps: columns.gaps[row] ?? 0,
        sumV: columns.sumV[row] ?? 0,
        sumVV: columns.sumVV[row] ?? 0,
        sumU: columns.sumU[row] ?? 0,
        sumUU: columns.sumUU[row] ?? 0,
        sumUV: columns.sumUV[row] ?? 0,
        openDays: columns.openDays[row] ?? 0,
        openU: columns.openU[row] ?? 0,
        customers: columns.customers[row] ?? 0,
      })
    }
  }
  return rows
}

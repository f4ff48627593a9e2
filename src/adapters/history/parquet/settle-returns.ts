// Finds the order of every return in the history. Goes in: `newest_lines`. Comes out: the table `return_parts`. Lines
// are streamed one (buyer, product) after another, so memory holds one such group and what DuckDB needs to sort.

import type { DuckDBAppender } from '@duckdb/node-api'
import { matchReturns, type ReturnPart, type TradedLine } from '../../../domain/match-returns.ts'
import type { ColumnChunk } from '../../../ports/query.ts'
import type { DuckDb } from '../../engine/duckdb/open-duckdb.ts'
import { sql } from './history-relations.ts'

const APPEND_AT_ONCE = 50_000

export async function settleReturns(duckDb: DuckDb): Promise<void> {
  const appender = await duckDb.appender('return_parts')
  let group: TradedLine[] = []
  let groupKey = ''
  let pending = 0
  const closeGroup = () => {
    for (const part of matchReturns(group)) {
      appendPart(appender, part)
      pending += 1
    }
    group = []
    if (pending >= APPEND_AT_ONCE) {
      appender.flushSync()
      pending = 0
    }
  }
  const query = { file: sql('traded-lines').file, row: (raw: unknown) => raw }
  for await (const chunk of duckDb.columns(query, {})) {
    const read = readerOf(chunk)
    for (let row = 0; row < chunk.rows; row++) {
      const key = `${read.text('buyer', row)}\n${read.text('product_id', row)}`
      if (key !== groupKey) closeGroup()
      groupKey = key
      group.push({
        kind: read.number('is_return', row) === 1 ? 'return' : 'sale',
        orderId: read.text('order_id', row) ?? '',
        lineNo: read.number('line_no', row),
        placedAtMs: read.number('placed_at_ms', row),
        quantity: read.number('quantity', row),
        returnOf: read.text('return_of', row),
      })
    }
  }
  closeGroup()
  appender.closeSync()
}

function appendPart(appender: DuckDBAppender, part: ReturnPart): void {
  appender.appendVarchar(part.orderId)
  appender.appendInteger(part.lineNo)
  appender.appendInteger(part.quantity)
  if (part.matchedOrderId === null) appender.appendNull()
  else appender.appendVarchar(part.matchedOrderId)
  if (part.matchedLineNo === null) appender.appendNull()
  else appender.appendInteger(part.matchedLineNo)
  appender.endRow()
}

function readerOf(chunk: ColumnChunk) {
  return {
    text: (name: string, row: number) => {
      const value = chunk.columns[name]?.[row]
      return typeof value === 'string' ? value : null
    },
    number: (name: string, row: number) => Number(chunk.columns[name]?.[row]),
  }
}

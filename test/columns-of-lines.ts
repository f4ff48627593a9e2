// A small history for tests of what is counted over columns. Goes in: order lines, those of an order one after another.
// Comes out: the columns that the kernel reads.

import { buildHistoryColumns, type HistorySettings } from '../src/mining/build-history-columns.ts'
import type { HistoryColumns } from '../src/mining/history-columns.ts'

export type TestLine = {
  readonly order: number
  /** -1 for a guest. */
  readonly customer: number
  readonly day: number
  readonly product: number
  readonly units?: number
}

export function columnsOfLines(lines: readonly TestLine[], settings: HistorySettings = {}): HistoryColumns {
  const builder = buildHistoryColumns(settings)
  builder.addLines({
    count: lines.length,
    order: lines.map((line) => line.order),
    customer: lines.map((line) => line.customer),
    day: lines.map((line) => line.day),
    product: lines.map((line) => line.product),
    units: lines.map((line) => line.units ?? 1),
  })
  return builder.finish()
}

// The questions that importing asks of its workspace, as values. Each statement stands in the .sql file of its name.

import type { RejectedRows } from '../ports/order-files.ts'
import type { Query } from '../ports/query.ts'
import { number, numberOrNull, textOrNull } from '../ports/read-fields.ts'
import type { Statement } from '../ports/workspace.ts'

export const statements = {
  ordersAbove: { file: new URL('./orders-above.sql', import.meta.url) },
  placedRows: { file: new URL('./placed-rows.sql', import.meta.url) },
  orderWords: { file: new URL('./order-words.sql', import.meta.url) },
  fillOrders: { file: new URL('./fill-orders.sql', import.meta.url) },
  keepRows: { file: new URL('./keep-rows.sql', import.meta.url) },
  unpackItems: { file: new URL('./unpack-items.sql', import.meta.url) },
  plainNumber: { file: new URL('./plain-number.sql', import.meta.url) },
  writtenDates: { file: new URL('./written-dates.sql', import.meta.url) },
  readRows: { file: new URL('./read-rows.sql', import.meta.url) },
  otherCurrencies: { file: new URL('./other-currencies.sql', import.meta.url) },
  customerHashes: { file: new URL('./customer-hashes.sql', import.meta.url) },
  orderHeads: { file: new URL('./order-heads.sql', import.meta.url) },
  takeRows: { file: new URL('./take-rows.sql', import.meta.url) },
} as const satisfies Record<string, Statement>

export const liveStatements = {
  takeLiveOrders: { file: new URL('./take-live-orders.sql', import.meta.url) },
} as const satisfies Record<string, Statement>

export const decimalMarks: Query<{ readonly commas: number; readonly points: number }> = {
  file: new URL('./decimal-marks.sql', import.meta.url),
  row: (raw) => ({ commas: number(raw, 'commas'), points: number(raw, 'points') }),
}

export const dateReadings: Query<{
  readonly dates: number
  readonly readable: number
  readonly spanMs: number
}> = {
  file: new URL('./date-readings.sql', import.meta.url),
  row: (raw) => ({
    dates: number(raw, 'dates'),
    readable: number(raw, 'readable'),
    spanMs: number(raw, 'span_ms'),
  }),
}

export const currencies: Query<string | null> = {
  file: new URL('./currencies.sql', import.meta.url),
  row: (raw) => textOrNull(raw, 'currency'),
}

export const rejectedRows: Query<RejectedRows> = {
  file: new URL('./rejected-rows.sql', import.meta.url),
  row: (raw) => ({
    reason: textOrNull(raw, 'reason') ?? '',
    rows: number(raw, 'rows'),
    example: (textOrNull(raw, 'example') ?? '').slice(0, 200),
  }),
}

export type KeptCounts = {
  readonly rowsKept: number
  readonly orders: number
  readonly orderLines: number
  readonly returnedLines: number
  readonly customers: number
  readonly products: number
  readonly fromAtMs: number | null
  readonly toAtMs: number | null
}

export const keptCounts: Query<KeptCounts> = {
  file: new URL('./kept-counts.sql', import.meta.url),
  row: (raw) => ({
    rowsKept: number(raw, 'rows_kept'),
    orders: number(raw, 'orders'),
    orderLines: number(raw, 'order_lines'),
    returnedLines: number(raw, 'returned_lines'),
    customers: number(raw, 'customers'),
    products: number(raw, 'products'),
    fromAtMs: numberOrNull(raw, 'from_at_ms'),
    toAtMs: numberOrNull(raw, 'to_at_ms'),
  }),
}

// The questions that mining asks of the order history, as values. Each statement stands in the .sql file of its name.

import type { Query } from '../ports/query.ts'
import { number, text, textOrNull } from '../ports/read-fields.ts'

export const goodsIds: Query<string> = {
  file: new URL('./goods-ids.sql', import.meta.url),
  row: (raw) => text(raw, 'product_id'),
}

/** Read in columns; see the statement for their meaning. */
export const goodsLines: Query<unknown> = {
  file: new URL('./goods-lines.sql', import.meta.url),
  row: (raw) => raw,
}

/** Read in columns; see the statement for their meaning. */
export const customerOrders: Query<unknown> = {
  file: new URL('./customer-orders.sql', import.meta.url),
  row: (raw) => raw,
}

/** Read in columns; see the statement for their meaning. */
export const goodsCustomers: Query<unknown> = {
  file: new URL('./goods-customers.sql', import.meta.url),
  row: (raw) => raw,
}

export const engineHash: Query<string> = {
  file: new URL('./engine-hash.sql', import.meta.url),
  row: (raw) => text(raw, 'hashed'),
}

export type ChangedBuyer = {
  /** `null` for an order of a guest. */
  readonly customerId: string | null
  /** `null` for a customer. */
  readonly orderId: string | null
  readonly high: number
  readonly low: number
}

export const changedBuyers: Query<ChangedBuyer> = {
  file: new URL('./changed-buyers.sql', import.meta.url),
  row: (raw) => ({
    customerId: textOrNull(raw, 'customer_id'),
    orderId: textOrNull(raw, 'order_id'),
    high: number(raw, 'high'),
    low: number(raw, 'low'),
  }),
}

/** Read in columns; see the statement for their meaning. */
export const changedOrders: Query<unknown> = {
  file: new URL('./changed-orders.sql', import.meta.url),
  row: (raw) => raw,
}

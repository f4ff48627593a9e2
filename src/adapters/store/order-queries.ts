// Paid orders, one row each. The first version of an order counts; a second that differs is reported, never written.

import { type Order, type OrderLine, subtotalMinor } from '../../domain/order.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

export async function putOrder(
  database: StoreDatabase,
  order: Order,
  receivedAtMs: number,
): Promise<'stored' | 'unchanged' | 'conflict'> {
  requireStorableKey(order.id, 'order id')
  const row = {
    id: order.id,
    customer_id: order.customerId,
    placed_at_ms: order.placedAtMs,
    currency: order.currency,
    lines: linesAsText(order.lines),
    subtotal_minor: subtotalMinor(order),
    received_at_ms: receivedAtMs,
  }
  return await database.write(async (db) => {
    const inserted = await db
      .insertInto('orders')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows === 1n) return 'stored'
    const known = await db
      .selectFrom('orders')
      .selectAll()
      .where('id', '=', order.id)
      .executeTakeFirstOrThrow()
    const same =
      known.customer_id === row.customer_id &&
      known.placed_at_ms === row.placed_at_ms &&
      known.currency === row.currency &&
      sorted(known.lines) === sorted(row.lines)
    return same ? 'unchanged' : 'conflict'
  })
}

export async function getOrder(database: StoreDatabase, orderId: string): Promise<Order | null> {
  if (!isStorableKey(orderId)) return null
  const row = await database.read
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', orderId)
    .executeTakeFirst()
  return row ? orderOfRow(row) : null
}

/** Of one customer, newest first. */
export async function latestOrders(
  database: StoreDatabase,
  customerId: string,
  limit: number,
): Promise<Order[]> {
  const rows = await database.read
    .selectFrom('orders')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('placed_at_ms', 'desc')
    .limit(limit)
    .execute()
  return rows.map(orderOfRow)
}

/** A shop that reads an order back from its own database may get its lines in another sequence. */
function sorted(lines: string): string {
  const parsed: unknown = JSON.parse(lines)
  return Array.isArray(parsed) ? JSON.stringify(parsed.map((line) => JSON.stringify(line)).sort()) : lines
}

/** Fixed keys in a fixed order, so that equal lines are equal text. */
function linesAsText(lines: readonly OrderLine[]): string {
  return JSON.stringify(lines.map((line) => [line.productId, line.quantity, line.unitPriceMinor]))
}

/** From the text that a row keeps. */
export function readLines(text: string, orderId: string): OrderLine[] {
  const lines = readJson(text, `order ${orderId}`)
  if (!Array.isArray(lines)) throw damaged(`order ${orderId}`)
  return lines.map((line: unknown) => readLine(line, orderId))
}

export function orderOfRow(row: Tables['orders']): Order {
  return {
    id: row.id,
    customerId: row.customer_id,
    placedAtMs: row.placed_at_ms,
    currency: row.currency,
    lines: readLines(row.lines, row.id),
  }
}

function readLine(line: unknown, orderId: string): OrderLine {
  const [productId, quantity, unitPriceMinor]: unknown[] = Array.isArray(line) ? line : []
  if (typeof productId !== 'string' || typeof quantity !== 'number' || typeof unitPriceMinor !== 'number')
    throw damaged(`order ${orderId}`)
  return { productId, quantity, unitPriceMinor }
}

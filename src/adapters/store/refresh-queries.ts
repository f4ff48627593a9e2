// What refreshes read and leave behind.

import { sql } from 'kysely'
import type { Order } from '../../domain/order.ts'
import type { Refresh } from '../../domain/refresh.ts'
import { orderOfRow } from './order-queries.ts'
import { holdPointer, movePointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { readJson } from './stored-json.ts'

export async function listReceivedOrders(
  database: StoreDatabase,
  page: { readonly sinceMs: number; readonly after: string | null; readonly limit: number },
): Promise<Order[]> {
  let query = database.read
    .selectFrom('orders')
    .leftJoin('order_fates', 'order_fates.order_id', 'orders.id')
    .selectAll('orders')
    .where('received_at_ms', '>=', page.sinceMs)
    .where('cancelled_at_ms', 'is', null)
    .where('refunded_at_ms', 'is', null)
  if (page.after !== null) query = query.where('orders.id', '>', page.after)
  const rows = await query.orderBy('orders.id').limit(page.limit).execute()
  return rows.map(orderOfRow)
}

export async function addRefresh(database: StoreDatabase, refresh: Omit<Refresh, 'id'>): Promise<Refresh> {
  return await database.writeTogether(async (db) => {
    // Held, so that two processes never take one number.
    await holdPointer(db, 'refresh-day')
    const last = await db
      .selectFrom('refreshes')
      .select(sql<number>`coalesce(max(id), 0)`.as('id'))
      .executeTakeFirstOrThrow()
    const id = Number(last.id) + 1
    await db
      .insertInto('refreshes')
      .values({ id, started_at_ms: refresh.startedAtMs, body: JSON.stringify(refresh) })
      .execute()
    return { id, ...refresh }
  })
}

export async function listRefreshes(database: StoreDatabase, limit: number): Promise<Refresh[]> {
  const rows = await database.read
    .selectFrom('refreshes')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, body }) => refreshOf(id, body))
}

export async function saveRefresh(database: StoreDatabase, refresh: Refresh): Promise<boolean> {
  return await changeRefresh(database, refresh.id, () => refresh)
}

export async function markRefreshUndone(database: StoreDatabase, id: number, atMs: number): Promise<boolean> {
  return await changeRefresh(database, id, (known) => ({ ...known, undoneAtMs: atMs }))
}

/** Not where it was taken back. */
async function changeRefresh(
  database: StoreDatabase,
  id: number,
  change: (known: Refresh) => Refresh,
): Promise<boolean> {
  return await database.writeTogether(async (db) => {
    await holdPointer(db, 'refresh-day')
    const row = await db.selectFrom('refreshes').select('body').where('id', '=', id).executeTakeFirst()
    if (row === undefined) return false
    const known = refreshOf(id, row.body)
    if (known.undoneAtMs !== null) return false
    const { id: _, ...body } = change(known)
    await db
      .updateTable('refreshes')
      .set({ body: JSON.stringify(body) })
      .where('id', '=', id)
      .execute()
    return true
  })
}

export async function claimRefreshDay(database: StoreDatabase, day: number): Promise<boolean> {
  return await database.writeTogether(async (db) => {
    const last = await holdPointer(db, 'refresh-day')
    if (last >= day) return false
    await movePointer(db, 'refresh-day', day)
    // On its first day an installation was just set up: the next night is early enough.
    return last > 0
  })
}

function refreshOf(id: number, body: string): Refresh {
  return { ...(readJson(body, `refresh ${id}`) as Omit<Refresh, 'id'>), id }
}

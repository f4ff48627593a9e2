// Which version of a thing counts: the current plan, the current generation of customers' purchases.

import { type Kysely, sql } from 'kysely'
import type { PointerName, Tables } from './tables.ts'

export async function readPointer(db: Kysely<Tables>, name: PointerName): Promise<number> {
  const row = await db
    .selectFrom('pointers')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}

/** Reads a pointer and keeps it from others until the transaction ends, in both engines: an update locks its row. */
export async function holdPointer(db: Kysely<Tables>, name: PointerName): Promise<number> {
  const row = await db
    .updateTable('pointers')
    .set({ value: sql<number>`value` })
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}

export async function movePointer(db: Kysely<Tables>, name: PointerName, value: number): Promise<void> {
  await db.updateTable('pointers').set({ value }).where('name', '=', name).execute()
}

// The clock of the database, which all servers over it share.

import { sql } from 'kysely'
import type { StoreDatabase } from './store-database.ts'

export async function postgresClockMs(database: StoreDatabase): Promise<number> {
  const answer = await sql<{ ms: number }>`
    select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as ms`.execute(database.read)
  const [row] = answer.rows
  if (row === undefined) throw new Error('PostgreSQL did not say what time it is')
  return row.ms
}

/** SQLite is part of this process: its clock is ours, and there is nothing to compare. */
export async function sqliteClockMs(): Promise<null> {
  return null
}

// The database itself refuses to change or delete a row of the tables that are only ever added to, whatever program asks.
// The two engines say this in different words, so it is no migration; the statements may be repeated.

import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

const keptTables = ['ledger', 'consents'] as const
type KeptTable = (typeof keptTables)[number]

const sqliteStatements = (table: KeptTable) => [
  ...['update', 'delete'].map(
    (change) =>
      `create trigger if not exists ${table}_keeps_${change} before ${change} on ${table} ` +
      `begin select raise(abort, 'the table ${table} is append-only'); end`,
  ),
  // SQLite's REPLACE deletes without asking the trigger of deletes: https://sqlite.org/lang_conflict.html
  `create trigger if not exists ${table}_keeps_first before insert on ${table}
   when exists (select 1 from ${table} where key = new.key) begin select raise(ignore); end`,
]

const postgresStatements = (table: KeptTable) => [
  `create or replace function aftercart_append_only() returns trigger language plpgsql as
   $$ begin raise exception 'the table % is append-only', tg_table_name; end $$`,
  `create trigger ${table}_keeps before update or delete or truncate on ${table}
   for each statement execute function aftercart_append_only()`,
]

export async function keepAppendOnly(db: Kysely<Tables>, engine: 'sqlite' | 'postgres'): Promise<void> {
  for (const table of keptTables) {
    // Making a trigger waits for everybody who writes; so a start that finds it leaves it.
    if (engine === 'postgres' && (await isKept(db, table))) continue
    const statements = engine === 'sqlite' ? sqliteStatements(table) : postgresStatements(table)
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}

async function isKept(db: Kysely<Tables>, table: KeptTable): Promise<boolean> {
  const found = await sql`
    select 1 from pg_trigger where tgname = ${`${table}_keeps`} and tgrelid = ${table}::regclass`.execute(db)
  return found.rows.length > 0
}

// The database itself refuses to change or delete a row of the ledger, whatever program asks. The two engines say this in
// different words, so it is no migration; both statements may be repeated.

import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

const sqliteStatements = [
  ...['update', 'delete'].map(
    (change) =>
      `create trigger if not exists ledger_keeps_${change} before ${change} on ledger ` +
      `begin select raise(abort, 'the ledger is append-only'); end`,
  ),
  // SQLite's REPLACE deletes without asking the trigger of deletes: https://sqlite.org/lang_conflict.html
  `create trigger if not exists ledger_keeps_first before insert on ledger
   when exists (select 1 from ledger where key = new.key) begin select raise(ignore); end`,
]

const postgresStatements = [
  `create or replace function aftercart_append_only() returns trigger language plpgsql as
   $$ begin raise exception 'the ledger is append-only'; end $$`,
  `create trigger ledger_keeps before update or delete or truncate on ledger
   for each statement execute function aftercart_append_only()`,
]

export async function keepLedger(db: Kysely<Tables>, engine: 'sqlite' | 'postgres'): Promise<void> {
  // Making a trigger waits for everybody who writes; so a start that finds it leaves it.
  if (engine === 'postgres' && (await isKept(db))) return
  const statements = engine === 'sqlite' ? sqliteStatements : postgresStatements
  for (const statement of statements) await sql.raw(statement).execute(db)
}

async function isKept(db: Kysely<Tables>): Promise<boolean> {
  const found = await sql`
    select 1 from pg_trigger where tgname = 'ledger_keeps' and tgrelid = 'ledger'::regclass`.execute(db)
  return found.rows.length > 0
}

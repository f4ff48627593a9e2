// Brings a database to the newest version: the numbered files of `migrations/`, in order, each in a transaction of its
// own, under a lock, so that two processes that start together do the work once. In: an engine. Out: nothing.
// A database that knows a migration which this program does not is refused with `store-newer`, untouched.

import { readdir, readFile } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { AppError } from '../../domain/errors.ts'
import type { StoreDatabase } from './store-database.ts'
import type { Tables } from './tables.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly statements: readonly string[]
}

const folder = new URL('./migrations/', import.meta.url)

export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort()
  return await Promise.all(
    files.map(async (file) => ({
      number: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      statements: splitStatements(await readFile(new URL(file, folder), 'utf8')),
    })),
  )
}

/** `lock` makes other processes wait until the transaction that it is called in has ended. */
export async function migrate(
  database: Pick<StoreDatabase, 'name' | 'writeTogether'>,
  migrations: readonly Migration[],
  lock: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const before = await database.writeTogether(async (db) => {
    await lock(db)
    await sql`create table if not exists schema_migrations (number bigint primary key, name text not null)`.execute(
      db,
    )
    return await readApplied(db)
  })
  const newest = migrations.at(-1)?.number ?? 0
  const refuseNewer = (applied: readonly number[]): void => {
    const reached = Math.max(0, ...applied)
    if (reached <= newest) return
    throw new AppError(
      'store-newer',
      `${database.name} was written by a newer version of Aftercart (its tables are at version ${reached}, ` +
        `this program knows ${newest}); install that version or a newer one.`,
    )
  }
  refuseNewer(before)
  for (const migration of migrations) {
    if (before.includes(migration.number)) continue
    await database.writeTogether(async (db) => {
      await lock(db)
      // Another process may have come first meanwhile.
      const applied = await readApplied(db)
      refuseNewer(applied)
      if (applied.includes(migration.number)) return
      for (const statement of migration.statements) await sql.raw(statement).execute(db)
      await db
        .insertInto('schema_migrations')
        .values({ number: migration.number, name: migration.name })
        .execute()
    })
  }
}

async function readApplied(db: Kysely<Tables>): Promise<number[]> {
  return (await db.selectFrom('schema_migrations').select('number').execute()).map((row) => row.number)
}

function splitStatements(text: string): string[] {
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

// API keys, of which only the SHA-256 is stored: a copy of the database opens no door.

import type { StoreDatabase } from './store-database.ts'

export async function addApiKey(
  database: StoreDatabase,
  key: { readonly name: string; readonly hash: string; readonly createdAtMs: number },
): Promise<void> {
  await database.write((db) =>
    db
      .insertInto('api_keys')
      .values({ hash: key.hash, name: key.name, created_at_ms: key.createdAtMs })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute(),
  )
}

export async function findApiKey(
  database: StoreDatabase,
  hash: string,
): Promise<{ readonly name: string } | null> {
  const row = await database.read
    .selectFrom('api_keys')
    .select('name')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row ? { name: row.name } : null
}

export async function countApiKeys(database: StoreDatabase): Promise<number> {
  const row = await database.read
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<number>().as('keys'))
    .executeTakeFirstOrThrow()
  return row.keys
}

// The SQLite engine: the battery of the port, then what is its own: group commit, folders and files that cannot be used.

import assert from 'node:assert/strict'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test, { type TestContext } from 'node:test'
import { sql } from 'kysely'
import { aConsent } from '../../../test/store/message-samples.ts'
import { anOffer, entryOf } from '../../../test/store/offer-samples.ts'
import { AppError } from '../../domain/errors.ts'
import { storeContract } from '../../ports/store.contract.ts'
import { migrate } from './migrate.ts'
import { openStore } from './open-store.ts'
import { openSqlite } from './sqlite.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'aftercart-store-'))

storeContract('SQLite', async () => {
  const dataFolder = newFolder()
  return {
    open: () => openStore({ dataFolder }),
    remove: async () => rmSync(dataFolder, { recursive: true }),
  }
})

function folderFor(t: TestContext): string {
  const folder = newFolder()
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('SQLite runs with a write-ahead log and syncs every commit', async (t) => {
  const database = await openSqlite(folderFor(t))
  const settings = await database.write(async (db) => [
    (await sql`pragma journal_mode`.execute(db)).rows[0],
    (await sql`pragma synchronous`.execute(db)).rows[0],
    (await sql`pragma foreign_keys`.execute(db)).rows[0],
  ])
  await database.close()
  // synchronous 2 is FULL, https://sqlite.org/pragma.html#pragma_synchronous
  assert.deepEqual(
    settings.map((row) => ({ ...(row as object) })),
    [{ journal_mode: 'wal' }, { synchronous: 2 }, { foreign_keys: 1 }],
  )
})

test('a change that breaks a rule of the database fails alone', async (t) => {
  const database = await openSqlite(folderFor(t))
  await database.write((db) => sql`create table numbers (n integer primary key)`.execute(db))
  const outcomes = await Promise.allSettled(
    [1, 2, 1, 3, null, 4].map((n) =>
      database.write(async (db) => {
        await sql`insert into numbers values (${n ?? 2})`.execute(db)
      }),
    ),
  )
  const { rows } = await sql<{ n: number }>`select n from numbers order by n`.execute(database.read)
  await database.close()
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(
    rows.map((row) => row.n),
    [1, 2, 3, 4],
  )
})

test('what is not committed yet is not read', async (t) => {
  const database = await openSqlite(folderFor(t))
  await database.write((db) => sql`create table numbers (n integer)`.execute(db))
  const count = async () => (await sql`select n from numbers`.execute(database.read)).rows.length
  await database.write(async (db) => {
    await sql`insert into numbers values (1)`.execute(db)
    assert.equal(await count(), 0)
  })
  assert.equal(await count(), 1)
  await database.close()
})

test('a migration that fails leaves nothing behind and names no version', async (t) => {
  const database = await openSqlite(folderFor(t))
  const good = { number: 1, name: 'good', statements: ['create table one (n integer)'] }
  const bad = { number: 2, name: 'bad', statements: ['create table two (n integer)', 'create tabel three'] }
  await assert.rejects(
    migrate(database, [good, bad], async () => {}),
    /tabel/,
  )
  const { rows } = await sql<{
    name: string
  }>`select name from sqlite_schema where name in ('one', 'two')`.execute(database.read)
  const versions = await database.read.selectFrom('schema_migrations').select('number').execute()
  await database.close()
  assert.deepEqual(
    rows.map((row) => row.name),
    ['one'],
  )
  assert.deepEqual(
    versions.map((row) => row.number),
    [1],
  )
})

test('a database of a newer version is refused and left as it is', async (t) => {
  const dataFolder = folderFor(t)
  await (await openStore({ dataFolder })).close()
  const database = new DatabaseSync(join(dataFolder, 'aftercart.sqlite'))
  database.exec("insert into schema_migrations values (9999, 'from-the-future')")
  database.close()
  await assert.rejects(openStore({ dataFolder }), {
    code: 'store-newer',
    message: /newer version of Aftercart/,
  })
})

test('two that open a new folder at once both get a store', async (t) => {
  const dataFolder = folderFor(t)
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ dataFolder })))
  for (const store of stores) await store.close()
})

test('SQLite refuses to change or delete a row of the ledger or a consent, whoever asks', async (t) => {
  const dataFolder = folderFor(t)
  const entry = entryOf(anOffer(), 'charged', { amountMinor: 1_400 })
  const store = await openStore({ dataFolder })
  await store.addToLedger([entry])
  await store.addConsents([aConsent()])
  await store.close()
  const file = new DatabaseSync(join(dataFolder, 'aftercart.sqlite'))
  for (const change of [
    'update ledger set amount_minor = 0',
    `update ledger set detail = 'x' where key = '${entry.key}'`,
    'delete from ledger',
  ])
    assert.throws(() => file.exec(change), /the table ledger is append-only/, change)
  for (const change of ['update consents set at_ms = 0', 'delete from consents'])
    assert.throws(() => file.exec(change), /the table consents is append-only/, change)
  file.exec(`replace into consents (key, recipient_hash, medium, at_ms, body)
    values ('${aConsent().key}', 'ann', 'email', 0, '{}')`)
  // REPLACE deletes without asking a trigger of deletes, https://sqlite.org/lang_conflict.html
  file.exec(`replace into ledger (key, kind, at_ms, offer_id, order_id, product, placement, amount_minor, currency)
    values ('${entry.key}', 'charged', 0, 'offer', 'order', 'cleaner', 'thank-you', 0, 'GBP')`)
  file.close()
  const again = await openStore({ dataFolder })
  assert.deepEqual(await again.readLedger({ limit: 9 }), [entry])
  assert.deepEqual(await again.listConsents('ann'), [aConsent()])
  await again.close()
})

test('a file that is no database is refused with a sentence', async (t) => {
  const dataFolder = folderFor(t)
  writeFileSync(join(dataFolder, 'aftercart.sqlite'), 'order,product\n'.repeat(1000))
  await assert.rejects(openStore({ dataFolder }), {
    code: 'store-damaged',
    message: /is not an SQLite database/,
  })
})

test('a database that is damaged inside says so when it is read', async (t) => {
  const dataFolder = folderFor(t)
  const store = await openStore({ dataFolder })
  const line = { productId: 'x'.repeat(500), quantity: 1, unitPriceMinor: 1 }
  for (let i = 0; i < 200; i += 1)
    await store.putOrder({ id: `o-${i}`, customerId: null, placedAtMs: 0, currency: 'GBP', lines: [line] }, 0)
  await store.close()
  const file = new DatabaseSync(join(dataFolder, 'aftercart.sqlite'))
  const root = file.prepare("select rootpage from sqlite_schema where name = 'orders'").get()?.rootpage
  file.close()
  const { open } = await import('node:fs/promises')
  const handle = await open(join(dataFolder, 'aftercart.sqlite'), 'r+')
  await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, (Number(root) - 1) * 4096)
  await handle.close()
  const damaged = await openStore({ dataFolder })
  await assert.rejects(damaged.getOrder('o-5'), { code: 'store-damaged' })
  await damaged.close()
})

test('a disk that is full says so and asks for room', async (t) => {
  const database = await openSqlite(folderFor(t))
  // SQLite meets its own limit of pages as it meets a full disk: SQLITE_FULL.
  await database.write((db) => sql`pragma max_page_count = 3`.execute(db))
  const write = database.write((db) =>
    sql`create table filled as select zeroblob(100000) as bytes`.execute(db),
  )
  const error = await write.catch((thrown: unknown) => database.explain(thrown))
  assert.ok(error instanceof AppError)
  assert.equal(error.code, 'data-folder-unusable')
  assert.match(error.message, /No free space/)
  await database.close()
})

test('a data folder that is a file is refused with a sentence', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'taken'), '')
  await assert.rejects(openStore({ dataFolder: join(folder, 'taken') }), {
    code: 'data-folder-unusable',
    message: /cannot be created or written/,
  })
})

test('a data folder that may not be written is refused with a sentence', async (t) => {
  const folder = folderFor(t)
  chmodSync(folder, 0o555)
  // Root may write everywhere, so as root the test becomes somebody else for a moment.
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, 65_534, 65_534)
  if (isRoot) process.seteuid?.(65_534)
  try {
    await assert.rejects(openStore({ dataFolder: folder }), {
      code: 'data-folder-unusable',
      message: /check its path and rights/,
    })
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o755)
  }
})

// The PostgreSQL engine, on a real server: the battery of the port, then what is its own.

import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import pg from 'pg'
import { startPostgres } from '../../../test/postgres/start-postgres.ts'
import { aConsent } from '../../../test/store/message-samples.ts'
import { anOffer, entryOf } from '../../../test/store/offer-samples.ts'
import { madeDecision } from '../../../test/store/samples.ts'
import { storeContract } from '../../ports/store.contract.ts'
import { openStore } from './open-store.ts'

const dataFolder = 'not-used'
const postgres = await startPostgres()
after(() => postgres.stop())

storeContract('PostgreSQL', async () => {
  const databaseUrl = await postgres.freshUrl()
  return { open: () => openStore({ dataFolder, databaseUrl }), remove: async () => {} }
})

test('a PostgreSQL of a newer version is refused', async () => {
  const databaseUrl = await postgres.freshUrl()
  await (await openStore({ dataFolder, databaseUrl })).close()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query("insert into schema_migrations values (9999, 'from-the-future')")
  await client.end()
  await assert.rejects(openStore({ dataFolder, databaseUrl }), { code: 'store-newer' })
})

test('PostgreSQL refuses to change, delete or truncate the ledger and the consents, whoever asks', async () => {
  const databaseUrl = await postgres.freshUrl()
  const entry = entryOf(anOffer(), 'charged', { amountMinor: 1_400 })
  const store = await openStore({ dataFolder, databaseUrl })
  await store.addToLedger([entry])
  await store.addConsents([aConsent()])
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const change of [
    'update ledger set amount_minor = 0',
    'delete from ledger',
    'truncate ledger',
    `insert into ledger select * from ledger on conflict (key) do update set amount_minor = 0`,
  ])
    await assert.rejects(client.query(change), /the table ledger is append-only/, change)
  for (const change of ['update consents set at_ms = 0', 'delete from consents', 'truncate consents'])
    await assert.rejects(client.query(change), /the table consents is append-only/, change)
  await client.end()
  assert.deepEqual(await store.readLedger({ limit: 9 }), [entry])
  assert.deepEqual(await store.listConsents('ann'), [aConsent()])
  await store.close()
})

test('several that open a new schema at once all get a store', async () => {
  const databaseUrl = await postgres.freshUrl()
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ dataFolder, databaseUrl })))
  for (const store of stores) await store.close()
})

test('a DATABASE_URL that is none is refused with a sentence that does not repeat it', async () => {
  for (const databaseUrl of ['postgres', 'mysql://root:secret@localhost/shop', 'localhost:5432/shop'])
    await assert.rejects(openStore({ dataFolder, databaseUrl }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'invalid-argument')
      assert.match(error.message, /^DATABASE_URL is not .* postgres:\/\//)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
})

test('a server that does not answer, and a database that is not there, are named without the password', async () => {
  const missing = new URL(postgres.url)
  missing.pathname = '/no_such_database'
  const unreachable = 'postgres://shop:secret@127.0.0.1:1/shop'
  for (const [databaseUrl, said] of [
    [unreachable, /"shop" at 127\.0\.0\.1:1 cannot be used/],
    [missing.href, /"no_such_database" at .* cannot be used/],
  ] as const)
    await assert.rejects(openStore({ dataFolder, databaseUrl }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'store-unavailable')
      assert.match(error.message, said)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
})

test('a store whose connections are cut says that it is unavailable, keeps what it acknowledged, and goes on', async () => {
  const databaseUrl = await postgres.freshUrl()
  const store = await openStore({ dataFolder, databaseUrl })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const acknowledged: string[] = []
  for (let round = 0; round < 8; round += 1) {
    const writing = Array.from({ length: 40 }, async (_, place) => {
      const { orderId } = await store.putDecision(madeDecision(`o-${round}-${place}`, 1))
      acknowledged.push(orderId)
    })
    const outcomes = Promise.allSettled(writing)
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'aftercart'",
    )
    for (const outcome of await outcomes)
      if (outcome.status === 'rejected')
        assert.equal(outcome.reason.code, 'store-unavailable', outcome.reason)
  }
  await client.end()
  // A connection that was cut while idle is found out when it is used; the one after it is new.
  while ((await store.countApiKeys().catch(() => null)) === null);
  for (const orderId of acknowledged)
    assert.ok(await store.getDecision(orderId, 'thank-you'), `${orderId} is kept`)
  await store.close()
})

test('a PostgreSQL that acknowledges before it has written is refused', async () => {
  const hasty = new URL(await postgres.freshUrl())
  hasty.searchParams.set('options', '-c synchronous_commit=off')
  const unsafe = await startPostgres({ settings: ['fsync=off'] })
  try {
    for (const [databaseUrl, setting] of [
      [unsafe.url, 'fsync'],
      [hasty.href.replaceAll('+', '%20'), 'synchronous_commit'],
    ] as const)
      await assert.rejects(openStore({ dataFolder, databaseUrl }), {
        code: 'store-not-durable',
        message: new RegExp(`runs with ${setting} = off`),
      })
  } finally {
    await unsafe.stop()
  }
})

test('PostgreSQL tells its own time in milliseconds', async () => {
  const store = await openStore({ dataFolder, databaseUrl: await postgres.freshUrl() })
  const beforeMs = Date.now()
  const storeMs = await store.clockMs()
  // The server of the tests runs on this machine; a second is room for one that does not.
  assert.ok(Number.isSafeInteger(storeMs) && Math.abs(Number(storeMs) - beforeMs) < 60_000, String(storeMs))
  await store.close()
})

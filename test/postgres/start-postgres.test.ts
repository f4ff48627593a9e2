// Tests need a PostgreSQL on every machine, so the one that comes with npm must do without the machine's own.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import pg from 'pg'
import { startPostgres } from './start-postgres.ts'

test('a PostgreSQL that came with npm starts without one on the machine, and leaves no folder behind', async () => {
  const postgres = await startPostgres({ only: 'npm' })
  const folder = new URL(postgres.url).searchParams.get('host') ?? ''
  try {
    assert.ok(existsSync(folder))
    const client = new pg.Client({ connectionString: await postgres.freshUrl() })
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('fsync') as fsync, to_regclass('orders') as orders",
    )
    await client.end()
    assert.equal(postgres.origin, 'npm')
    assert.deepEqual(rows, [{ fsync: 'on', orders: null }])
  } finally {
    await postgres.stop()
  }
  assert.ok(!existsSync(folder))
})

// The keyed hash of customers: the same from JavaScript, from SQL and from RFC 4231, and never the same without the key.

import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDuckDb } from '../engine/duckdb/open-duckdb.ts'
import { hashCustomer, padCustomerKey, readSecret } from './customer-key.ts'

test('the hash is HMAC-SHA256 as RFC 4231 has it (test case 2), cut to 128 bits', () => {
  const hash = hashCustomer('what do ya want for nothing?', Buffer.from('Jefe'))
  assert.equal(hash, '5bdcc146bf60754e6a042426089575c7')
})

test('SQL with the padded keys gives the same hash for short, block-long and longer secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-key-'))
  const duckDb = await openDuckDb({ temporaryFolder: folder })
  try {
    await duckDb.run({ sql: 'CREATE TABLE read_rows (customer VARCHAR, reason VARCHAR)' })
    await duckDb.run({
      sql: "INSERT INTO read_rows VALUES ('17850', NULL), ('ada@example.com', NULL), ('é😀', NULL)",
    })
    for (const length of [32, 64, 100]) {
      const secret = randomBytes(length)
      const { innerPad, outerPad } = padCustomerKey(secret)
      await duckDb.run({ sql: 'DROP TABLE IF EXISTS customer_hashes' })
      await duckDb.run(
        { file: new URL('../../importing/customer-hashes.sql', import.meta.url) },
        { inner_pad: innerPad, outer_pad: outerPad },
      )
      const rows = await duckDb.rows({
        file: new URL('./customer-hashes.test.sql', import.meta.url),
        row: (raw) => ({ customer: String(raw.customer), hash: String(raw.customer_id) }),
      })
      assert.equal(rows.length, 3)
      for (const { customer, hash } of rows) {
        assert.equal(hash, hashCustomer(customer, secret))
        assert.equal(hash, createHmac('sha256', secret).update(customer).digest('hex').slice(0, 32))
      }
    }
  } finally {
    duckDb.close()
    rmSync(folder, { recursive: true })
  }
})

test('guests have no hash; white space and capitals of an address do not make another customer', () => {
  const secret = randomBytes(32)
  assert.equal(hashCustomer(' ', secret), null)
  assert.equal(hashCustomer('0', secret), null)
  assert.equal(hashCustomer(' Ada@Example.com', secret), hashCustomer('ada@example.com', secret))
  assert.notEqual(hashCustomer('1', secret), hashCustomer('1', randomBytes(32)))
})

test('the secret of a data folder is made once and only its owner may read it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-key-'))
  try {
    const secret = readSecret(folder)
    assert.equal(secret.length, 32)
    assert.deepEqual(readSecret(folder), secret)
    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

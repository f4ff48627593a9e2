// The list of those who get no marketing, by the command: out of another system, in force at once, and out again.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { readSecret } from '../src/adapters/secret/customer-key.ts'
import { hashRecipient } from '../src/adapters/secret/hash-recipient.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { aMessage } from './store/message-samples.ts'

const program = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

function suppressions(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'suppressions', ...args], {
    ...{ env, encoding: 'utf8' },
  })
  return { status, stdout, stderr }
}

test('a list of addresses is in force at once, cancels what is scheduled, and comes back by its hashes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-list-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [dataFolder, list, exported] = ['data', 'list.csv', 'exported.csv'].map((name) => join(folder, name))
  assert.ok(dataFolder && list && exported)
  const ann = hashRecipient('email', 'ann@shop.example', readSecret(dataFolder)) ?? ''
  const before = await openStore({ dataFolder })
  await before.planMessages([
    aMessage({ recipientHash: ann }),
    aMessage({ id: 'of-bob', recipientHash: 'bob' }),
  ])
  await before.close()

  writeFileSync(list, 'Email\r\nANN@shop.example\r\n=cmd\r\n')
  const taken = suppressions('import', list, '--data', dataFolder, '--json')
  assert.equal(taken.stderr, '')
  const { refused, ...counts } = JSON.parse(taken.stdout)
  assert.deepEqual(counts, { rowsRead: 2, taken: 1, messagesCancelled: 1 })
  assert.equal(refused.length, 1)
  assert.deepEqual(
    JSON.parse(suppressions('export', '--file', exported, '--data', dataFolder, '--json').stdout),
    {
      ...{ file: exported, rows: 1 },
    },
  )
  assert.doesNotMatch(readFileSync(exported, 'utf8'), /shop\.example/)
  assert.equal(
    suppressions('export', '--file', exported, '--data', dataFolder).status,
    1,
    'it overwrites nothing',
  )

  const store = await openStore({ dataFolder })
  const [held, ...more] = await store.findSuppressions(ann)
  assert.equal(held?.reason, 'imported')
  assert.deepEqual(more, [])
  assert.equal((await store.getMessage('message'))?.state, 'cancelled')
  assert.equal((await store.getMessage('of-bob'))?.state, 'scheduled')
  await store.liftSuppressions(ann, 'email', ['imported'], Number.MAX_SAFE_INTEGER)
  await store.close()

  assert.equal(suppressions('import', exported, '--data', dataFolder).status, 0)
  const again = await openStore({ dataFolder })
  assert.deepEqual(await again.findSuppressions(ann), [held])
  await again.close()
})

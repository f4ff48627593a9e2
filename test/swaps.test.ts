// What the always-on choice did, over HTTP: listed with its evidence, taken back once.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { shopPlan } from './follow-up-world.ts'
import { heldPlan } from './held-plan.ts'
import { untested } from './untested.ts'

test('what was rested is listed with its evidence and taken back once, by the owner', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-swaps-'))
  const store = await openStore({ dataFolder: folder })
  t.after(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  await store.addApiKey({ name: 'owner', hash: hashApiKey('key'), createdAtMs: 0 })
  const effects = openHttpEffects({
    ...{ store, plan: heldPlan(shopPlan()), clock: { nowMs: () => 77 }, settings: untested() },
    ...{
      secret: Buffer.alloc(32),
      dataFolder: folder,
      hashCustomer: (id) => id,
      log: { error() {}, info() {} },
    },
  })
  const app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
  const ask = async (method: string, path: string): Promise<readonly [number, unknown]> => {
    const headers = { authorization: 'Bearer key', 'content-type': 'application/json' }
    const answer = await app.request(path, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) })
    return [answer.status, await answer.json()]
  }
  assert.deepEqual(await ask('GET', '/v1/swaps'), [200, []])
  const place = { placement: 'thank-you', anchor: 'machine', addOn: 'cleaner' } as const
  const because = 'taken by 3 of 900 against taken by 80 of 900 of BEANS'
  await store.replaceArms([], [{ ...place, state: 'rested', atMs: 5, source: 'machine', because }])
  const row = { id: 1, at: new Date(5).toISOString(), ...place, state: 'rested', source: 'machine', because }
  const [, listed] = await ask('GET', '/v1/swaps')
  assert.partialDeepStrictEqual(listed, [{ ...row, isLatest: true }])
  const undone = {
    ...place,
    id: 2,
    state: 'live',
    source: 'owner',
    because: 'the owner took back that it was rested',
  }
  const [status, answer] = await ask('POST', '/v1/swaps/1/undo')
  assert.equal(status, 200)
  assert.partialDeepStrictEqual(answer, undone)
  for (const id of [1, 2, 9]) assert.equal((await ask('POST', `/v1/swaps/${id}/undo`))[0], 404)
  const [, after] = await ask('GET', '/v1/swaps')
  assert.partialDeepStrictEqual(after, [undone, { ...row, isLatest: false }])
  assert.deepEqual(await ask('GET', '/v1/refreshes'), [200, []])
})

// GET /metrics over HTTP: the text format of Prometheus, what is told without a key, and that no token stands in it.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { AppError } from '../src/domain/errors.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import type { Store } from '../src/ports/store.ts'
import { heldPlan } from './held-plan.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const plan = tinyPlan(
  [tinyProduct('machine', 40000), tinyProduct('cleaner', 1400)],
  [tinyPairing('machine', 'cleaner', 0.4)],
)
const withKey = { headers: { authorization: 'Bearer key' } }

const folder = mkdtempSync(join(tmpdir(), 'aftercart-metrics-'))
let store: Store

before(async () => {
  store = await openStore({ dataFolder: folder })
  await store.addApiKey({ name: 'test', hash: hashApiKey('key'), createdAtMs: 0 })
})
after(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function appOver(over: Store): ReturnType<typeof createApp> {
  const effects = openHttpEffects({
    store: over,
    plan: heldPlan(plan),
    clock: openManualClock(Date.UTC(2026, 0, 15)),
    settings: untested(),
    ...{ secret: Buffer.alloc(32), dataFolder: folder },
    hashCustomer: (id) => `hash-of-${id}`,
    log: { error() {}, info() {} },
  })
  return createApp(effects, { ownerPage: new Map(), openReading: false, version: '1.2.3' })
}

/** Name with labels → value; fails on a line that is neither a comment nor a sample. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  assert.ok(text.endsWith('\n'))
  const samples = new Map<string, number>()
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (HELP [a-z_]+ .+|TYPE [a-z_]+ (gauge|counter|histogram))$/.test(line)) continue
    const [, name = '', value = ''] =
      /^([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\.)*",?)+\})?) (\S+)$/.exec(line) ?? []
    assert.notEqual(name, '', `no sample: ${line}`)
    assert.ok(Number.isFinite(Number(value)), line)
    assert.ok(!samples.has(name), `twice: ${name}`)
    samples.set(name, Number(value))
  }
  return samples
}

test('GET /metrics answers in the text format of Prometheus, and without a key tells nothing of what was asked', async () => {
  const app = appOver(store)
  await app.request('/v1/overview', withKey)
  const answer = await app.request('/metrics')
  assert.deepEqual(
    [answer.status, answer.headers.get('content-type')],
    [200, 'text/plain; version=0.0.4; charset=utf-8'],
  )
  const samples = samplesOf(await answer.text())
  assert.equal(samples.get('aftercart_store_up'), 1)
  assert.equal(samples.get('aftercart_plan_version'), plan.version)
  assert.equal(samples.get('aftercart_version{version="1.2.3"}'), 1)
  assert.deepEqual(
    [...samples.keys()].filter((name) => name.startsWith('aftercart_http')),
    [],
  )
})

test('with a key GET /metrics counts requests by route and status, and their durations add up', async () => {
  const app = appOver(store)
  await app.request('/v1/overview', withKey)
  await app.request('/v1/overview')
  for (const path of ['/nowhere', '/elsewhere', '/v1/offers/a-secret-token']) await app.request(path)
  const text = await (await app.request('/metrics', withKey)).text()
  const samples = samplesOf(text)
  const requests = (route: string, status: number) =>
    samples.get(`aftercart_http_requests_total{method="GET",route="${route}",status="${status}"}`)
  assert.deepEqual(
    [requests('/v1/overview', 200), requests('/v1/overview', 401), requests('/*', 404)],
    [1, 1, 2],
  )
  const durations = (suffix: string, more = '') =>
    samples.get(`aftercart_http_request_duration_seconds_${suffix}{method="GET",route="/v1/overview"${more}}`)
  assert.deepEqual(
    [durations('count'), durations('bucket', ',le="0.005"'), durations('bucket', ',le="+Inf"')],
    [2, 2, 2],
  )
  assert.ok(!text.includes('a-secret-token'))
})

test('GET /metrics, 401: a key that is not known is refused, or a scraper would miss half without a word', async () => {
  const answer = await appOver(store).request('/metrics', { headers: { authorization: 'Bearer other' } })
  assert.equal(answer.status, 401)
})

test('GET /metrics says that the store does not answer, and goes on', async () => {
  const refuse = async () => {
    throw new AppError('store-unavailable', 'The store cannot be reached.')
  }
  const answer = await appOver({ ...store, currentPlanVersion: refuse }).request('/metrics')
  assert.equal(answer.status, 200)
  assert.equal(samplesOf(await answer.text()).get('aftercart_store_up'), 0)
})

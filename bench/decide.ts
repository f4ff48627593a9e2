// How fast is a decision? In the process, from a plan of 50,000 anchors with 20 pairings each; and over the API with its
// durable write, 16 requests at a time on SQLite, against a bare answer of the same app. Prints milliseconds and rates.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import type { Plan } from '../src/domain/plan.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { choosePicks } from '../src/next/choose-picks.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../test/tiny-plan.ts'

const ANCHORS = 50_000
const PAIRINGS = 20
const DECISIONS = 20_000
const REQUESTS = 8000
const AT_ONCE = 16

const random = seededRandom(1)
const anchorOf = (place: number): string => `p${place % ANCHORS}`

function largePlan(): Plan {
  const products = Array.from({ length: ANCHORS }, (_, place) =>
    tinyProduct(`p${place}`, 500 + (place % 997)),
  )
  const pairings = products.flatMap(({ id }, place) =>
    Array.from({ length: PAIRINGS }, (_, add) =>
      tinyPairing(id, anchorOf(place + 1 + add * 37), 0.5 / (add + 1)),
    ),
  )
  return tinyPlan(products, pairings)
}

function percentile(values: Float64Array, share: number): string {
  return (values.toSorted()[Math.floor(share * (values.length - 1))] ?? 0).toFixed(3)
}

const plan = largePlan()
const draw = (): string => anchorOf(Math.floor(random() * ANCHORS))
const took = new Float64Array(DECISIONS)
for (let n = -2000; n < DECISIONS; n++) {
  const order = tinyOrder([draw(), draw(), draw()].map((id) => [id, 1, 1500]))
  const started = performance.now()
  choosePicks(order, null, 'confirmation-email', plan, defaultSettings)
  if (n >= 0) took[n] = performance.now() - started
}
console.log(`in the process, 3 lines: p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms`)

const folder = mkdtempSync(join(tmpdir(), 'aftercart-bench-'))
const store = await openStore({ dataFolder: folder })
await store.addApiKey({ name: 'bench', hash: hashApiKey('key'), createdAtMs: 0 })
const log = { error() {}, info() {} }
const held = { get: () => plan, refresh: async () => false }
const app = createApp(
  { store, plan: held, clock: systemClock, settings: defaultSettings, hashCustomer: (id) => id, log },
  { ownerPage: new Map(), openReading: false, version: '0' },
)
const headers = { authorization: 'Bearer key', 'content-type': 'application/json' }

async function load(name: string, send: (n: number) => Response | Promise<Response>): Promise<number> {
  const latency = new Float64Array(REQUESTS)
  let next = 0
  const started = performance.now()
  const one = async (): Promise<void> => {
    for (let n = next++; n < REQUESTS; n = next++) {
      const asked = performance.now()
      const answer = await send(n)
      if (!answer.ok) throw new Error(`${name} answered ${answer.status}`)
      await answer.text()
      latency[n] = performance.now() - asked
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const perSecond = REQUESTS / ((performance.now() - started) / 1000)
  console.log(`${name}: ${perSecond.toFixed(0)} a second, p99 ${percentile(latency, 0.99)} ms`)
  return perSecond
}

const decisions = await load('POST /v1/decisions, order and decision durable', (n) => {
  const lines = [{ productId: draw(), quantity: 1, unitPriceMinor: 1500 }]
  const order = { id: `o${n}`, placedAt: '2026-01-15', currency: 'GBP', lines }
  return app.request('/v1/decisions', {
    method: 'POST',
    headers,
    body: JSON.stringify({ order, placement: 'thank-you' }),
  })
})
const bare = await load('GET /healthz of the same app', () => app.request('/healthz'))
console.log(`ratio ${(decisions / bare).toFixed(3)}`)
await store.close()
rmSync(folder, { recursive: true, force: true })

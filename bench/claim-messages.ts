// How long does it take to find the due ones among a million scheduled messages, and to claim one of them? The store alone,
// judged by the rules of the claim: half of the recipients said yes and half did not, so that both verdicts are measured.
// Beside it, in the same run, the least that a claim could cost: one row changed by its key in a commit of its own, by bare
// node:sqlite and by one PostgreSQL connection, as many at once. Prints a table with the load of the machine beside it, or JSON with `--json`. `--messages n` (a million),
// `--claims n` (5,000), `--workers n` (2) who claim one after another, each with a store of its own.

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openStore } from '../src/adapters/store/open-store.ts'
import { judgeClaim } from '../src/domain/judge-claim.ts'
import type { Message } from '../src/domain/message.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import type { Store } from '../src/ports/store.ts'
import { startPostgres } from '../test/postgres/start-postgres.ts'
import { aConsent, aMessage, claimOf } from '../test/store/message-samples.ts'
import { percentile } from './percentile.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    messages: { type: 'string', default: '1000000' },
    claims: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '2' },
  },
})
const [messages, claims, workers] = [Number(values.messages), Number(values.claims), Number(values.workers)]
const atOnce = 2_000
/** What a worker asks for at a time. */
const page = 50
/** One falls due each second. */
const startMs = Date.UTC(2026, 0, 14)
const settings = { ...defaultMessagingSettings, legalEntity: 'Shop Ltd' }

type Row = {
  readonly engine: string
  readonly step: string
  readonly count: number
  readonly msP50: string
  readonly msP99: string
  readonly msMax: string
  readonly load: string
}

const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-bench-'))
const postgres = await startPostgres()
const rows: Row[] = []
try {
  await measureEngine('SQLite', { dataFolder })
  await measureEngine('PostgreSQL', { dataFolder, databaseUrl: await postgres.freshUrl() })
} finally {
  await postgres.stop()
  rmSync(dataFolder, { recursive: true })
}
if (values.json) console.log(JSON.stringify({ messages, claims, workers, rows }))
else console.table(rows)

async function measureEngine(engine: string, place: Parameters<typeof openStore>[0]): Promise<void> {
  const store = await openStore(place)
  for (let from = 0; from < messages; from += atOnce) {
    const turns = Array.from({ length: Math.min(atOnce, messages - from) }, (_, turn) => from + turn)
    await store.planMessages(turns.map(scheduled))
    await store.addConsents(
      turns
        .filter((turn) => turn % 2 === 0 && turn < 2 * claims)
        .map((turn) =>
          aConsent({ key: `c-${turn}`, recipientHash: recipientOf(turn), legalEntity: 'Shop Ltd' }),
        ),
    )
  }
  const took = {
    due: [] as number[],
    send: [] as number[],
    never: [] as number[],
    lost: [] as number[],
    look: [] as number[],
    suppress: [] as number[],
    cancel: [] as number[],
    'peer: one bare update': [] as number[],
  }
  const nowMs = startMs + claims * 1_000
  const stores = [store, ...(await Promise.all(Array.from({ length: workers - 1 }, () => openStore(place))))]
  await Promise.all(stores.map((one) => work(one, nowMs, took)))
  await Promise.all(stores.map(() => bareUpdates(place, took['peer: one bare update'])))
  await lookAround(store, took)
  for (const one of stores) await one.close()
  const load = loadavg()[0]?.toFixed(1) ?? ''
  for (const [step, times] of Object.entries(took)) {
    const all = Float64Array.from(times)
    const figures = { msP50: percentile(all, 0.5), msP99: percentile(all, 0.99), msMax: percentile(all, 1) }
    rows.push({
      engine,
      step: step === 'due' ? `reserve ${page} due` : step,
      count: times.length,
      ...figures,
      load,
    })
  }
}

/** What the owner's page and the guardrails ask, an unsubscribe and a refund, beside a million rows. */
async function lookAround(
  store: Store,
  took: { readonly look: number[]; readonly suppress: number[]; readonly cancel: number[] },
): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    took.look.push(
      await timed(async () => {
        await store.nextMessageDue()
        await store.listMessages({ limit: 50 })
        await store.listMessages({ flow: 'no-such-flow', limit: 50 })
        await store.countOutcomes('refill', startMs)
      }),
    )
    const [recipientHash, orderId] = [recipientOf(messages - 1 - round), `order-${messages - 200 - round}`]
    const unsubscribed = { recipientHash, medium: 'email', reason: 'unsubscribed', sinceMs: startMs } as const
    took.suppress.push(await timed(() => store.suppress({ ...unsubscribed, untilMs: null }, [])))
    took.cancel.push(await timed(() => store.cancelMessages(orderId, 'order-refunded', startMs)))
  }
}

async function bareUpdates(place: Parameters<typeof openStore>[0], took: number[]): Promise<void> {
  const change = 'update messages set attempts = attempts + 1 where id = '
  const ids = Array.from({ length: 1_000 }, (_, turn) => `message-${messages - 5_000 + turn}`)
  if (place.databaseUrl === undefined) {
    const file = new DatabaseSync(join(place.dataFolder, 'aftercart.sqlite'), { timeout: 1_000 })
    file.exec('pragma synchronous = full')
    const update = file.prepare(`${change}?`)
    for (const id of ids) {
      took.push(await timed(async () => update.run(id)))
      // As a server does, so that other work gets its turn between two commits.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return file.close()
  }
  const client = new pg.Client({ connectionString: place.databaseUrl })
  await client.connect()
  for (const id of ids) took.push(await timed(() => client.query(`${change}$1`, [id])))
  await client.end()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function recipientOf(turn: number): string {
  return `recipient-${turn}`
}

function scheduled(turn: number): Message {
  const dueAtMs = startMs + turn * 1_000
  return aMessage({
    ...{ id: `message-${turn}`, orderId: `order-${turn}`, recipientHash: recipientOf(turn) },
    ...{ scheduledAtMs: startMs, dueAtMs, lastUsefulAtMs: dueAtMs + 30 * 86_400_000 },
  })
}

/** Until nothing is due: as a worker does it, page after page. What is not to be sent is cancelled. */
async function work(
  store: Store,
  nowMs: number,
  took: {
    readonly due: number[]
    readonly send: number[]
    readonly never: number[]
    readonly lost: number[]
  },
): Promise<void> {
  for (;;) {
    const askedAt = performance.now()
    const due = await store.reserveMessages(nowMs, page, nowMs + 10_000)
    took.due.push(performance.now() - askedAt)
    if (due.length === 0) return
    for (const message of due) {
      const claimedAt = performance.now()
      const verdict = await store.claimMessage(
        claimOf(message, nowMs),
        (facts) =>
          judgeClaim(
            facts,
            { ...message, class: 'marketing_email', country: 'US', hold: null, timeZones: [] },
            settings,
            nowMs,
          ),
        nowMs,
      )
      if (verdict.kind !== 'later') took[verdict.kind].push(performance.now() - claimedAt)
      if (verdict.kind === 'never') {
        const settled = {
          state: 'cancelled',
          reason: verdict.reason,
          dueAtMs: null,
          settledAtMs: nowMs,
        } as const
        await store.saveMessage({ ...message, ...settled, version: message.version + 1 }, [])
      }
    }
  }
}

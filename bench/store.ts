// How many decisions a second does the store make durable, with 16 callers who each wait for their answer? The store's
// group commit beside its peer in the same run: the same row, the same settings, one commit per decision, by bare
// node:sqlite or by one PostgreSQL connection. Prints a table, or JSON with `--json`; `--seconds n` per row.
// A slow disk can be had on Linux with strace, here one of 250 syncs a second:
//   strace -f -qq -o /dev/null -e trace=fdatasync,fsync -e inject=fdatasync,fsync:delay_exit=4000 node bench/store.ts

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openStore } from '../src/adapters/store/open-store.ts'
import { startPostgres } from '../test/postgres/start-postgres.ts'
import { madeDecision } from '../test/store/samples.ts'

const callers = 16

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, seconds: { type: 'string', default: '5' } },
})
const seconds = Number(values.seconds)

type Row = {
  readonly engine: string
  readonly way: string
  readonly decisionsPerSecond: number
  readonly msP50: number
  readonly msP99: number
}

const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-bench-'))
const postgres = await startPostgres()
const rows: Row[] = []
try {
  rows.push(await measureStore('SQLite', { dataFolder }))
  rows.push(await measurePeerSqlite())
  const databaseUrl = await postgres.freshUrl()
  rows.push(await measureStore('PostgreSQL', { dataFolder, databaseUrl }))
  rows.push(await measurePeerPostgres(databaseUrl))
} finally {
  await postgres.stop()
  rmSync(dataFolder, { recursive: true })
}
if (values.json) console.log(JSON.stringify({ callers, seconds, rows }))
else console.table(rows)

async function measureStore(engine: string, place: Parameters<typeof openStore>[0]): Promise<Row> {
  const store = await openStore(place)
  const row = await measure(engine, 'store, group commit', async (id) => {
    await store.putDecision(madeDecision(id, 0))
  })
  await store.close()
  return row
}

async function measurePeerSqlite(): Promise<Row> {
  const database = new DatabaseSync(join(dataFolder, 'peer.sqlite'))
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  database.exec(
    'create table decisions (order_id text, placement text, body text, primary key (order_id, placement))',
  )
  const insert = database.prepare('insert into decisions values (?, ?, ?) on conflict do nothing')
  const row = await measure('SQLite', 'peer, a commit each', async (id) => {
    const decision = madeDecision(id, 0)
    insert.run(id, decision.placement, JSON.stringify(decision))
    // As a server does, so that other work gets its turn between two commits.
    await new Promise((resolve) => setImmediate(resolve))
  })
  database.close()
  return row
}

async function measurePeerPostgres(databaseUrl: string): Promise<Row> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    'create table peer (order_id text, placement text, body text, primary key (order_id, placement))',
  )
  let previous: Promise<unknown> = Promise.resolve()
  const row = await measure('PostgreSQL', 'peer, a commit each', async (id) => {
    const decision = madeDecision(id, 0)
    previous = previous.then(() =>
      client.query('insert into peer values ($1, $2, $3) on conflict do nothing', [
        id,
        decision.placement,
        JSON.stringify(decision),
      ]),
    )
    await previous
  })
  await client.end()
  return row
}

async function measure(engine: string, way: string, put: (id: string) => Promise<void>): Promise<Row> {
  for (let warm = 0; warm < 200; warm += 1) await put(`warm-${warm}`)
  const tookMs: number[] = []
  const startedAt = performance.now()
  const untilMs = startedAt + seconds * 1000
  let next = 0
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < untilMs) {
        const askedAt = performance.now()
        await put(`order-${next++}`)
        tookMs.push(performance.now() - askedAt)
      }
    }),
  )
  const elapsedMs = performance.now() - startedAt
  tookMs.sort((a, b) => a - b)
  const at = (share: number) => Number((tookMs[Math.floor((tookMs.length - 1) * share)] ?? 0).toFixed(2))
  return {
    engine,
    way,
    decisionsPerSecond: Math.round((tookMs.length / elapsedMs) * 1000),
    msP50: at(0.5),
    msP99: at(0.99),
  }
}

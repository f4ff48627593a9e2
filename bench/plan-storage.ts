// How long does a large plan take to publish and to load, and how large is it? 50,000 products with 20 pairings each,
// stored as the store does it (compressed parts) and, as the peer in the same run, with a row per pairing in plain
// columns through node:sqlite. A plan is loaded in a process of its own, as a server does when it starts. Prints a
// table, or JSON with `--json`; `--products n` for another size. `--load` is how the bench calls itself.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openStore } from '../src/adapters/store/open-store.ts'
import type { Pairing } from '../src/domain/pairing.ts'
import type { PlanDraft } from '../src/domain/plan.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { startPostgres } from '../test/postgres/start-postgres.ts'
import { tinyEvidence, tinyPairing, tinyPlan, tinyProduct } from '../test/tiny-plan.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    products: { type: 'string', default: '50000' },
    load: { type: 'string' },
  },
})
const productCount = Number(values.products)
const pairingsPerProduct = 20
const random = seededRandom(7)

type Loaded = { readonly loadSeconds: number; readonly anchors: number; readonly loadPeakMegabytes: number }

if (values.load) console.log(JSON.stringify(await load(JSON.parse(values.load))))
else await compare()

async function compare(): Promise<void> {
  const draft = largePlan()
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-bench-'))
  const postgres = await startPostgres()
  const rows: object[] = []
  try {
    const databaseUrl = await postgres.freshUrl()
    rows.push({
      way: 'SQLite, compressed parts',
      publishSeconds: await publish(draft, { dataFolder: folder }),
      megabytes: sizeOf(join(folder, 'aftercart.sqlite')),
      ...loadElsewhere({ dataFolder: folder }),
    })
    rows.push({
      way: 'PostgreSQL, compressed parts',
      publishSeconds: await publish(draft, { dataFolder: folder, databaseUrl }),
      ...loadElsewhere({ dataFolder: folder, databaseUrl }),
    })
    const file = join(folder, 'rows.sqlite')
    rows.push({
      way: 'SQLite, a row per pairing',
      publishSeconds: writeRows(draft, file),
      megabytes: sizeOf(file),
      ...loadElsewhere({ file }),
    })
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true })
  }
  if (values.json) console.log(JSON.stringify({ products: productCount, pairingsPerProduct, rows }))
  else console.table(rows)
}

type StorePlace = Parameters<typeof openStore>[0]

async function publish(draft: PlanDraft, place: StorePlace): Promise<number> {
  const store = await openStore(place)
  const startedAt = performance.now()
  await store.publishPlan(draft, 0)
  const seconds = secondsSince(startedAt)
  await store.close()
  return seconds
}

function loadElsewhere(place: object): Loaded {
  const script = fileURLToPath(import.meta.url)
  return JSON.parse(
    execFileSync(process.execPath, [script, '--load', JSON.stringify(place)], { encoding: 'utf8' }),
  )
}

async function load(place: StorePlace | { readonly file: string }): Promise<Loaded> {
  const startedAt = performance.now()
  const anchors = 'file' in place ? loadRows(place.file) : await loadPlan(place)
  return { loadSeconds: secondsSince(startedAt), anchors: anchors.size, loadPeakMegabytes: peak() }
}

async function loadPlan(place: StorePlace): Promise<ReadonlyMap<unknown, unknown>> {
  const store = await openStore(place)
  const plan = await store.loadPlan((await store.currentPlanVersion()) ?? 0)
  await store.close()
  return plan?.pairings ?? new Map()
}

/** The peer: each figure in a column of its own, texts as they are, one transaction. */
function writeRows(draft: PlanDraft, file: string): number {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  const columns = Object.keys(columnsOf(tinyPairing('a', 'b', 1)))
  database.exec(`create table pairings (${columns.join(', ')})`)
  const insert = database.prepare(`insert into pairings values (${columns.map(() => '?').join(', ')})`)
  const startedAt = performance.now()
  database.exec('begin')
  for (const list of draft.pairings.values())
    for (const pairing of list) insert.run(...Object.values(columnsOf(pairing)))
  database.exec('commit')
  const seconds = secondsSince(startedAt)
  database.close()
  return seconds
}

function loadRows(file: string): ReadonlyMap<unknown, unknown> {
  const database = new DatabaseSync(file)
  const byAnchor = new Map<SQLOutputValue, object[]>()
  for (const row of database.prepare('select * from pairings order by rowid').iterate()) {
    const list = byAnchor.get(row.anchor ?? null) ?? []
    byAnchor.set(row.anchor ?? null, list)
    list.push(pairingOfColumns(row))
  }
  database.close()
  return byAnchor
}

function columnsOf(pairing: Pairing): Record<string, string | number | null> {
  const { verdict, windows, evidence, ...rest } = pairing
  return { ...rest, ...verdict, windows: JSON.stringify(windows), ...evidence }
}

function pairingOfColumns(row: Record<string, SQLOutputValue>): object {
  const { anchor, addOn, need, score, priceRatio, source, status, relation, because, windows, ...evidence } =
    row
  const verdict = { status, relation, because }
  return {
    anchor,
    addOn,
    verdict,
    need,
    evidence,
    score,
    priceRatio,
    windows: JSON.parse(`${windows}`),
    source,
  }
}

function largePlan(): PlanDraft {
  const products = Array.from({ length: productCount }, (_, i) => tinyProduct(`sku-${i}`, 500 + (i % 900)))
  const pairings = new Map(
    products.map(({ id }) => [id, Array.from({ length: pairingsPerProduct }, () => pairingOf(id))]),
  )
  return tinyPlan(products, [], { pairings })
}

/** Figures with all their digits and sentences of their own, as mined pairings have them. */
function pairingOf(anchor: string): Pairing {
  const together = 1 + Math.floor(random() * 400)
  const expected = random() * 40
  return tinyPairing(anchor, `sku-${Math.floor(random() * productCount)}`, random(), {
    verdict: {
      status: 'live',
      relation: 'complete',
      because: `Bought together in ${together} orders, ${expected.toFixed(1)} expected by chance.`,
      decidedBy: 'orders-together',
    },
    priceRatio: random(),
    evidence: tinyEvidence({
      orders: Math.floor(random() * 5000),
      ordersTogether: together,
      expected,
      lift: together / expected,
      liftLow: random() * 5,
      liftHigh: random() * 9,
      confidence: random(),
      confidenceLow: random(),
      rootLogLikelihoodRatio: random() * 30,
      togetherWeight: random() * together,
      ordersWeight: random() * 3000,
      customersFollowed: Math.floor(random() * 900),
      customersLater: Math.floor(random() * 90),
      customersLaterExpected: random() * 50,
      customersEarlier: Math.floor(random() * 40),
      laterDaysLow: 5,
      laterDaysMedian: 11,
      laterDaysHigh: 19,
    }),
  })
}

function secondsSince(startedAt: number): number {
  return Number(((performance.now() - startedAt) / 1000).toFixed(2))
}

function sizeOf(file: string): number {
  return Math.round(statSync(file).size / 1e6)
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1e3)
}

// What does mining cost after one more day of orders, beside mining all? A generated history (generate-history.ts: 729
// days, then one more), mined without anything kept, then again once the day has come in; each run a process of its own,
// `aftercart mine` as an owner starts it. That both give the same plan is what test/mine-again.test.ts holds. The history
// is written straight into its files: importing is another bench's business.
//   node bench/incremental.ts [--lines 1000000] [--raw <file of writeHistory>] [--json]

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { type Manifest, writeManifest } from '../src/adapters/history/parquet/manifest.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import type { MineReport } from '../src/cli/commands/mine.ts'
import { tinyCatalogProduct } from '../test/tiny-catalog-product.ts'
import { shapeOf, writeHistory } from './generate-history.ts'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    raw: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const shape = shapeOf(Number(values.lines))
const aftercart = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aftercart-incremental-'))
try {
  const raw = values.raw ?? join(folder, 'raw.parquet')
  if (values.raw === undefined) await writeHistory(shape, raw)
  const history = join(folder, 'history')
  mkdirSync(history)
  await writeDays(raw, history, 1, '<')
  await fillCatalog(raw)
  const whole = await mine()
  await writeDays(raw, history, 2, '=')
  const again = await mine()
  const figures = {
    lines: shape.lines,
    ...{ whole, again, ratio: again.seconds / whole.seconds },
    keptMegabytes: statSync(join(folder, 'mined', 'orders.kept')).size / 1e6,
  }
  if (values.json) console.log(JSON.stringify(figures, null, 2))
  else print(figures)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

type Run = {
  readonly how: MineReport['read']['how']
  readonly seconds: number
  readonly processorSeconds: number
  readonly megabytes: number
  /** Before and after: below 0.3 the machine was quiet. */
  readonly load: readonly [number, number]
}

async function mine(): Promise<Run> {
  const before = loadavg()[0] ?? 0
  const { stdout } = await promisify(execFile)('sh', [
    ...['-c', '"$0" "$1" mine --json --data "$2" && times'],
    ...[process.execPath, aftercart, folder],
  ])
  const end = stdout.lastIndexOf('}') + 1
  const { read, seconds, peakMemoryBytes }: MineReport = JSON.parse(stdout.slice(0, end))
  return {
    ...{ how: read.how, seconds, megabytes: peakMemoryBytes / 1e6 },
    processorSeconds: processorSeconds(stdout.slice(end)),
    load: [before, loadavg()[0] ?? 0],
  }
}

/** The shell says last what its child used, user and system: "1m2.5s 0m0.9s". */
function processorSeconds(times: string): number {
  const figures = [...times.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => 60 * Number(m) + Number(s))
  return figures.slice(-2).reduce((sum, one) => sum + one, 0)
}

/** One append: the days before the last one, or that one. */
async function writeDays(raw: string, history: string, version: 1 | 2, days: '<' | '='): Promise<void> {
  const name = `lines-00000${version}.parquet`
  const from = `read_parquet('${raw}')`
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' })
  const connection = await instance.connect()
  await connection.run(`COPY (
    SELECT 'O' || order_id AS order_id, ${version}::INTEGER AS version, hash(order_id) AS fingerprint,
      product_id::INTEGER AS line_no, 'sale' AS kind, md5('C' || customer_id) AS customer_id,
      epoch_ms(ordered_on::TIMESTAMP) + (order_id % 86000) * 1000 AS placed_at_ms, 'EUR' AS currency,
      'P' || product_id AS product_id, NULL::VARCHAR AS title, (1 + hash(order_id, product_id) % 3)::INTEGER AS quantity,
      (100 + product_id % 3000)::BIGINT AS unit_price_minor, NULL::VARCHAR AS country, NULL::VARCHAR AS return_of
    FROM ${from} WHERE ordered_on ${days} (SELECT max(ordered_on) FROM ${from})
  ) TO '${join(history, name)}' (FORMAT parquet, COMPRESSION zstd)`)
  const files = version === 1 ? [name] : ['lines-000001.parquet', name]
  const all = files.map((file) => `'${join(history, file)}'`).join(', ')
  const reader = await connection.runAndReadAll(`SELECT count(*), approx_count_distinct(order_id),
    approx_count_distinct(customer_id), approx_count_distinct(product_id), min(placed_at_ms), max(placed_at_ms)
    FROM read_parquet([${all}])`)
  const [orderLines = 0, orders = 0, customers = 0, products = 0, fromAtMs = 0, toAtMs = 0] = (
    reader.getRows()[0] ?? []
  ).map(Number)
  const manifest: Manifest = {
    ...{ format: 1, version, lines: files, returnParts: null, superseded: null },
    summary: { orders, orderLines, customers, products, fromAtMs, toAtMs },
  }
  writeManifest(history, manifest)
  connection.closeSync()
  instance.closeSync()
}

/** Titles that share no word, as those of the bench's products never do: no category, no variant. */
async function fillCatalog(raw: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(`SELECT DISTINCT 'P' || product_id,
    translate(substr(md5('a' || product_id), 1, 7), '0123456789', 'ghijklmnop') || ' ' ||
    translate(substr(md5('b' || product_id), 1, 6), '0123456789', 'ghijklmnop') FROM read_parquet('${raw}')`)
  const products = reader
    .getRows()
    .map(([id, title]) => tinyCatalogProduct(String(id), String(title), 1000, { currency: 'EUR' }))
  connection.closeSync()
  instance.closeSync()
  const store = await openStore({ dataFolder: folder, databaseUrl: undefined })
  await store.putProducts(products)
  await store.close()
}

function print({ whole, again, ratio, keptMegabytes, lines }: Figures): void {
  const line = (run: Run) =>
    `${run.seconds.toFixed(1)} s, ${run.processorSeconds.toFixed(1)} s of processor time, ${run.megabytes.toFixed(0)} MB at most, load ${run.load.map((one) => one.toFixed(1)).join(' to ')}`
  console.log(`${lines} lines, ${keptMegabytes.toFixed(0)} MB kept between runs`)
  console.log(
    `all       ${line(whole)}\none day   ${line(again)} (read: ${again.how})\nratio     ${ratio.toFixed(3)}`,
  )
}

type Figures = {
  readonly lines: number
  readonly whole: Run
  readonly again: Run
  readonly ratio: number
  readonly keptMegabytes: number
}

// The process of `mining.ts` that mines with SQL in DuckDB, in the best form we found: products as a list per order
// (and per customer and day), unnested against one another in passes by anchor so that the groups of one pass fit in
// memory; pairs of the same order counted once and mirrored. Goes in: the file, where to write the result, and the
// number of passes. Comes out: as from the kernel.

import { readFile } from 'node:fs/promises'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type BestRow, stopwatch, writeBest } from './mining-result.ts'

const [file = '', resultFile = '', passes = '32'] = process.argv.slice(2)
const watch = stopwatch()
const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
const connection = await instance.connect()
await connection.run('SET preserve_insertion_order = false')
await connection.run('CREATE TABLE best (question INTEGER, anchor INTEGER, add_on INTEGER, pairs INTEGER)')
await runFile('order-lists.sql', { $file: `'${file}'` })
watch.step('order lists')
await inPasses('same-order-pass.sql')
await connection.run('DROP TABLE order_lists')
await inPasses('same-order-best.sql')
await connection.run('DROP TABLE half_pairs')
watch.step('same order')
await runFile('later-lists.sql', { $file: `'${file}'` })
watch.step('later lists')
await inPasses('later-pass.sql')
watch.step('later')
const measurement = watch.stop()
await writeBest(await readBest(connection), resultFile)
connection.closeSync()
instance.closeSync()
console.log(JSON.stringify(measurement))

async function inPasses(name: string): Promise<void> {
  for (let pass = 0; pass < Number(passes); pass++) await runFile(name, { $passes: passes, $pass: `${pass}` })
}

/** Parameters stand in the text, since the planner sees constants better, and CREATE TABLE takes none. */
async function runFile(name: string, parameters: Readonly<Record<string, string>>): Promise<void> {
  let sql = await readFile(new URL(`./sql/${name}`, import.meta.url), 'utf8')
  for (const [key, value] of Object.entries(parameters)) sql = sql.replaceAll(key, () => value)
  await connection.run(sql)
}

async function readBest(from: DuckDBConnection): Promise<BestRow[]> {
  const rows = await from.runAndReadAll('SELECT question, anchor, add_on, pairs FROM best')
  return rows.getRowsJS().map((row) => [Number(row[0]), Number(row[1]), Number(row[2]), Number(row[3])])
}

// Makes the relations of the history in a DuckDB from the files that a manifest names. Only the list of files is
// generated; what the relations mean stands in the `.sql` files beside this one.

import { join } from 'node:path'
import type { DuckDb } from '../../engine/duckdb/open-duckdb.ts'
import { quoteText } from '../../engine/duckdb/quote.ts'
import type { Manifest } from './manifest.ts'

/** What one history file holds; `version` is the number of the append that wrote it. */
const lineColumns = `order_id VARCHAR, version INTEGER, fingerprint UBIGINT, line_no INTEGER, kind VARCHAR,
  customer_id VARCHAR, placed_at_ms BIGINT, currency VARCHAR, product_id VARCHAR, title VARCHAR, quantity INTEGER,
  unit_price_minor BIGINT, country VARCHAR, return_of VARCHAR`
const partColumns = `order_id VARCHAR, line_no INTEGER, quantity INTEGER, matched_order_id VARCHAR,
  matched_line_no INTEGER`
const supersededColumns = 'order_id VARCHAR, version INTEGER'

/** `stored_lines`, `superseded` and, without superseded versions, `newest_lines`. */
export async function defineStoredLines(duckDb: DuckDb, folder: string, manifest: Manifest): Promise<void> {
  await defineFrom(duckDb, 'stored_lines', lineColumns, folder, manifest.lines)
  const superseded = manifest.superseded === null ? [] : [manifest.superseded]
  await defineFrom(duckDb, 'superseded', supersededColumns, folder, superseded)
  if (superseded.length === 0)
    await duckDb.run({ sql: 'CREATE OR REPLACE VIEW newest_lines AS FROM stored_lines' })
  else await duckDb.run(sql('newest-lines'))
}

/** `return_parts` and all that readers see; needs `newest_lines`. */
export async function defineReadRelations(duckDb: DuckDb): Promise<void> {
  for (const name of [
    'netted-lines',
    'sold-lines',
    'order-lines',
    'returns',
    'titles',
    'arrivals',
    'replaced',
  ] as const)
    await duckDb.run(sql(name))
}

export async function loadReturnParts(duckDb: DuckDb, folder: string, manifest: Manifest): Promise<void> {
  const files = manifest.returnParts === null ? [] : [manifest.returnParts]
  await defineFrom(duckDb, 'stored_return_parts', partColumns, folder, files)
  await duckDb.run({ sql: 'CREATE TABLE return_parts AS FROM stored_return_parts' })
}

export async function makeReturnParts(duckDb: DuckDb): Promise<void> {
  await duckDb.run({ sql: `CREATE TABLE return_parts (${partColumns})` })
}

export async function defineFrom(
  duckDb: DuckDb,
  name: string,
  columns: string,
  folder: string,
  files: readonly string[],
): Promise<void> {
  if (files.length === 0) {
    await duckDb.run({ sql: `CREATE TABLE ${name} (${columns})` })
    return
  }
  const list = files.map((file) => quoteText(join(folder, file))).join(', ')
  await duckDb.run({ sql: `CREATE VIEW ${name} AS FROM read_parquet([${list}])` })
}

export function sql(name: string): { readonly file: URL } {
  return { file: new URL(`./${name}.sql`, import.meta.url) }
}

// Appends to the order history. Goes in: lines, through the table `incoming` (src/ports/history.ts). Comes out: one more
// Parquet file and a manifest that names it; until the manifest is replaced nothing has happened, and what a killed run
// left is removed by the next one. Another writer is `data-folder-busy`; a folder that cannot be written is
// `data-folder-unusable`, as is a full disk; a damaged history is `history-damaged`.

import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../../ports/clock.ts'
import type { AppendOutcome, HistoryAppend, HistorySummary, HistoryWriter } from '../../../ports/history.ts'
import { diskFull } from '../../disk-full.ts'
import { type DuckDb, openDuckDb } from '../../engine/duckdb/open-duckdb.ts'
import { quoteText } from '../../engine/duckdb/quote.ts'
import { finishFile, syncPath, unfinishedEnding } from './durable-files.ts'
import { explainHistoryError } from './explain-history-error.ts'
import { makeHistoryFolder, makeTemporaryFolder } from './history-folder.ts'
import { defineReadRelations, defineStoredLines, makeReturnParts, sql } from './history-relations.ts'
import { filesOf, type Manifest, readManifest, writeManifest } from './manifest.ts'
import type { EngineLimits } from './open-parquet-history.ts'
import { settleReturns } from './settle-returns.ts'
import { takeWriterLock } from './writer-lock.ts'

/** A reader that opened an older manifest may still read its files for this long. */
const KEEP_OLD_FILES_MS = 24 * 3_600_000

type Append = {
  readonly duckDb: DuckDb
  readonly folder: string
  readonly stored: Manifest
  readonly clock: Clock
}

export function parquetHistoryWriter(
  dataFolder: string,
  clock: Clock,
  limits: EngineLimits = {},
): HistoryWriter {
  return {
    async begin(): Promise<HistoryAppend> {
      const folder = makeHistoryFolder(dataFolder)
      const unlock = takeWriterLock(dataFolder)
      let temporaryFolder: string | null = null
      const release = () => {
        if (temporaryFolder !== null) rmSync(temporaryFolder, { recursive: true, force: true })
        unlock()
      }
      try {
        const stored = readManifest(folder)
        removeLeftovers(folder, stored, clock)
        temporaryFolder = makeTemporaryFolder(dataFolder)
        const file = join(temporaryFolder, 'workspace.duckdb')
        const duckDb = await openDuckDb({ ...limits, temporaryFolder, file })
        await duckDb.run(sql('create-incoming'))
        const append = { duckDb, folder, stored, clock }
        return {
          workspace: duckDb,
          async commit() {
            try {
              return await commit(append)
            } catch (error) {
              throw await explainHistoryError(error, folder, stored)
            }
          },
          close() {
            duckDb.close()
            release()
            return Promise.resolve()
          },
        }
      } catch (error) {
        release()
        throw diskFull(error, folder) ?? error
      }
    },
  }
}

async function commit(append: Append): Promise<AppendOutcome> {
  const { duckDb, folder, stored } = append
  await defineStoredLines(duckDb, folder, stored)
  await duckDb.run(sql('incoming-orders'))
  await duckDb.run(sql('accepted-orders'))
  const counts = await onlyRow(duckDb, 'accepted-counts')
  const changed = counts.changed_orders ?? 0
  const nothing = (counts.new_orders ?? 0) + changed === 0
  await duckDb.run(sql('lines-to-store'))
  await duckDb.run(sql('superseded-orders'))
  const version = stored.version + 1
  const lines = nothing ? null : await writeLines(append, version)
  await defineNext(append, lines)
  await makeReturnParts(duckDb)
  await settleReturns(duckDb)
  await defineReadRelations(duckDb)
  if (lines !== null) await publish(append, version, lines, changed > 0)
  const returns = await onlyRow(duckDb, 'return-counts')
  return {
    newOrders: counts.new_orders ?? 0,
    changedOrders: changed,
    unchangedOrders: counts.unchanged_orders ?? 0,
    returnsMatched: returns.matched ?? 0,
    returnsUnmatched: returns.unmatched ?? 0,
  }
}

async function writeLines({ duckDb, folder }: Append, version: number): Promise<string> {
  const name = `lines-${number(version)}.parquet`
  const path = join(folder, name)
  const columns = `order_id, ${version}::INTEGER AS version, * EXCLUDE (order_id)`
  const ordered = `SELECT ${columns} FROM lines_to_store ORDER BY placed_at_ms, order_id, line_no`
  await writeParquet(duckDb, ordered, path)
  return name
}

/** From here on the workspace sees the history as it will be. */
async function defineNext({ duckDb, folder, stored }: Append, lines: string | null): Promise<void> {
  for (const name of ['stored_lines', 'superseded']) {
    const kind = isView(name, stored) ? 'VIEW' : 'TABLE'
    await duckDb.run({ sql: `DROP ${kind} ${name} CASCADE` })
  }
  await duckDb.run({ sql: 'DROP VIEW IF EXISTS newest_lines' })
  const next = {
    ...stored,
    superseded: null,
    lines: lines === null ? stored.lines : [...stored.lines, lines],
  }
  await defineStoredLines(duckDb, folder, next)
  await duckDb.run({ sql: 'INSERT INTO superseded FROM superseded_orders' })
  await duckDb.run(sql('newest-lines'))
}

function isView(name: string, stored: Manifest): boolean {
  return name === 'superseded' ? stored.superseded !== null : stored.lines.length > 0
}

async function publish(append: Append, version: number, lines: string, changed: boolean): Promise<void> {
  const { duckDb, folder, stored, clock } = append
  const summary = readSummary(await onlyRow(duckDb, 'summary'))
  const returnParts = `returns-${number(version)}.parquet`
  await writeParquet(duckDb, 'FROM return_parts', join(folder, returnParts))
  let superseded = stored.superseded
  if (changed) {
    superseded = `superseded-${number(version)}.parquet`
    await writeParquet(duckDb, 'FROM superseded', join(folder, superseded))
  }
  syncPath(folder)
  const next: Manifest = {
    format: 1,
    version,
    lines: [...stored.lines, lines],
    returnParts,
    superseded,
    summary,
  }
  writeManifest(folder, next)
  removeLeftovers(folder, next, clock)
}

async function writeParquet(duckDb: DuckDb, select: string, path: string): Promise<void> {
  const unfinished = `${path}${unfinishedEnding}`
  const options = 'FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false'
  await duckDb.run({ sql: `COPY (${select}) TO ${quoteText(unfinished)} (${options})` })
  finishFile(unfinished, path)
}

/** Removes what a killed run left at once, and files that newer ones have replaced after a day. */
function removeLeftovers(folder: string, manifest: Manifest, clock: Clock): void {
  const named = new Set(filesOf(manifest))
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (name.endsWith(unfinishedEnding)) rmSync(path, { force: true })
    else if (name.endsWith('.parquet') && !named.has(name)) {
      const neverPublished = Number(/-(\d+)\.parquet$/.exec(name)?.[1]) > manifest.version
      if (neverPublished || clock.nowMs() - statSync(path).mtimeMs > KEEP_OLD_FILES_MS)
        rmSync(path, { force: true })
    }
  }
}

async function onlyRow(duckDb: DuckDb, name: string): Promise<Record<string, number | null>> {
  const [row] = await duckDb.rows({
    file: sql(name).file,
    row: (raw) => raw as Record<string, number | null>,
  })
  return row ?? {}
}

function readSummary(row: Record<string, number | null>): HistorySummary {
  return {
    orders: row.orders ?? 0,
    orderLines: row.order_lines ?? 0,
    customers: row.customers ?? 0,
    products: row.products ?? 0,
    fromAtMs: row.from_at_ms ?? null,
    toAtMs: row.to_at_ms ?? null,
  }
}

function number(version: number): string {
  return String(version).padStart(6, '0')
}

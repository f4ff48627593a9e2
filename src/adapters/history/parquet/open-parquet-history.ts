// Opens the order history for reading. Goes in: the data folder. Comes out: a History over the files that were
// complete at this moment; appends that come later are seen by whoever opens later. Before the first append all
// relations are empty. A damaged history is `history-damaged`, one of a newer version `history-newer`.

import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { History } from '../../../ports/history.ts'
import type { ColumnChunk } from '../../../ports/query.ts'
import { openDuckDb } from '../../engine/duckdb/open-duckdb.ts'
import { explainHistoryError } from './explain-history-error.ts'
import { historyFolderOf, makeTemporaryFolder } from './history-folder.ts'
import { defineReadRelations, defineStoredLines, loadReturnParts } from './history-relations.ts'
import { readManifest } from './manifest.ts'

export type EngineLimits = {
  /** Megabytes that DuckDB may hold before it spills. */
  readonly memoryLimitMb?: number
  readonly threads?: number
}

export async function openParquetHistory(dataFolder: string, limits: EngineLimits = {}): Promise<History> {
  const folder = historyFolderOf(dataFolder)
  const manifest = readManifest(folder)
  const temporaryFolder = makeTemporaryFolder(dataFolder)
  const removeTemporary = () => rmSync(temporaryFolder, { recursive: true, force: true })
  const explain = (error: unknown) => explainHistoryError(error, folder, manifest)
  try {
    const duckDb = await openDuckDb({ ...limits, temporaryFolder })
    await defineStoredLines(duckDb, folder, manifest)
    await loadReturnParts(duckDb, folder, manifest)
    await defineReadRelations(duckDb)
    return {
      summary: () => Promise.resolve(manifest.summary),
      appends: () => Promise.resolve(manifest.lines.map((file) => standsFor(folder, file))),
      async rows(query, parameters) {
        try {
          return await duckDb.rows(query, parameters)
        } catch (error) {
          throw await explain(error)
        }
      },
      columns: (query, parameters) => explained(duckDb.columns(query, parameters), explain),
      close() {
        duckDb.close()
        removeTemporary()
        return Promise.resolve()
      },
    }
  } catch (error) {
    removeTemporary()
    throw await explain(error)
  }
}

async function* explained(
  chunks: AsyncIterable<ColumnChunk>,
  explain: (error: unknown) => Promise<unknown>,
): AsyncIterable<ColumnChunk> {
  try {
    yield* chunks
  } catch (error) {
    throw await explain(error)
  }
}

/** At the end of a Parquet file stand where its columns are, how long, and their extremes. */
const TAIL_BYTES = 65_536

function standsFor(folder: string, file: string): string {
  const path = join(folder, file)
  const { size } = statSync(path)
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES))
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, tail, 0, tail.length, size - tail.length)
  } finally {
    closeSync(descriptor)
  }
  return `${file} ${size} ${createHash('sha256').update(tail).digest('hex')}`
}

// Opens the order history for reading. Goes in: the data folder. Comes out: a History over the files that were
// complete at this moment; appends that come later are seen by whoever opens later. Before the first append all
// relations are empty. A damaged history is `data-folder-unusable`.

import { rmSync } from 'node:fs'
import type { History } from '../../../ports/history.ts'
import { openDuckDb } from '../../engine/duckdb/open-duckdb.ts'
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
  try {
    const duckDb = await openDuckDb({ ...limits, temporaryFolder })
    await defineStoredLines(duckDb, folder, manifest)
    await loadReturnParts(duckDb, folder, manifest)
    await defineReadRelations(duckDb)
    return {
      summary: () => Promise.resolve(manifest.summary),
      rows: duckDb.rows,
      columns: duckDb.columns,
      close() {
        duckDb.close()
        removeTemporary()
        return Promise.resolve()
      },
    }
  } catch (error) {
    removeTemporary()
    throw error
  }
}

// What an engine could not do with the history, in words. Goes in: what was thrown, and the files that the manifest
// names. Comes out: `data-folder-unusable` where the disk is full, `history-damaged` where one of the files cannot be
// read to its end, else what was thrown. The files are only read again once something has failed.

import { join } from 'node:path'
import { AppError } from '../../../domain/errors.ts'
import { diskFull } from '../../disk-full.ts'
import { openDuckDb } from '../../engine/duckdb/open-duckdb.ts'
import { quoteText } from '../../engine/duckdb/quote.ts'
import { filesOf, historyDamaged, type Manifest } from './manifest.ts'

export async function explainHistoryError(
  error: unknown,
  folder: string,
  manifest: Manifest,
): Promise<unknown> {
  if (error instanceof AppError) return error
  const full = diskFull(error, folder)
  if (full !== null) return full
  const damaged = await findDamaged(folder, manifest)
  return damaged === null ? error : historyDamaged(damaged, error)
}

async function findDamaged(folder: string, manifest: Manifest): Promise<string | null> {
  const duckDb = await openDuckDb({ temporaryFolder: folder, threads: 1 })
  try {
    for (const file of filesOf(manifest)) {
      const path = join(folder, file)
      try {
        // A hash over whole rows reads every column to its end.
        await duckDb.run({ sql: `SELECT max(hash(line)) FROM read_parquet(${quoteText(path)}) AS line` })
      } catch {
        return path
      }
    }
    return null
  } finally {
    duckDb.close()
  }
}

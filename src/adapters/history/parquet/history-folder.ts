// Where things stand in a data folder: `history/` for the Parquet files, `tmp/` for what does not fit in memory.
// Comes out: paths, made on first use. What a killed process left in `tmp/` is removed; a folder that cannot be made
// is `data-folder-unusable`.

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, unwritable } from './writer-lock.ts'

const madeHere = new Set<string>()

export function historyFolderOf(dataFolder: string): string {
  return join(dataFolder, 'history')
}

/** A folder of this process alone, for spilled data; the caller removes it. */
export function makeTemporaryFolder(dataFolder: string): string {
  const parent = join(dataFolder, 'tmp')
  try {
    mkdirSync(parent, { recursive: true })
    removeLeftovers(parent)
    const folder = mkdtempSync(join(parent, `${process.pid}-`))
    madeHere.add(folder)
    return folder
  } catch (cause) {
    throw unwritable(dataFolder, cause)
  }
}

export function makeHistoryFolder(dataFolder: string): string {
  const folder = historyFolderOf(dataFolder)
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (cause) {
    throw unwritable(dataFolder, cause)
  }
}

function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(name.split('-')[0])
    const folder = join(parent, name)
    if (madeHere.has(folder)) continue
    if (Number.isSafeInteger(pid) && pid > 0 && isAlive({ pid, startedAt: null })) continue
    rmSync(folder, { recursive: true, force: true })
  }
}

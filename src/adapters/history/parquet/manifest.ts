// The manifest names the files that make up the history; replacing it is the moment at which an append happens.
// Goes in: the folder. Comes out: the newest manifest, an empty one before the first append. A manifest that cannot
// be read, or that names a file that is gone, is a damaged history and says so.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../domain/errors.ts'
import type { HistorySummary } from '../../../ports/history.ts'
import { writeFileDurably } from './durable-files.ts'

export type Manifest = {
  readonly format: 1
  /** Counts the appends. */
  readonly version: number
  /** One Parquet file per append, oldest first; each line carries the number of its append. */
  readonly lines: readonly string[]
  /** Which return belongs to which order, of all appends so far. */
  readonly returnParts: string | null
  /** Versions of orders that a newer append has replaced. */
  readonly superseded: string | null
  readonly summary: HistorySummary
}

const emptyManifest: Manifest = {
  format: 1,
  version: 0,
  lines: [],
  returnParts: null,
  superseded: null,
  summary: { orders: 0, orderLines: 0, customers: 0, products: 0, fromAtMs: null, toAtMs: null },
}

const manifestName = 'manifest.json'

export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName)
  if (!existsSync(path)) return emptyManifest
  const manifest = parse(path)
  for (const file of filesOf(manifest)) {
    if (existsSync(join(folder, file))) continue
    throw new AppError(
      'data-folder-unusable',
      `The order history in ${folder} is damaged: ${file} is missing; put it back from a copy, or import the orders again into a new folder.`,
    )
  }
  return manifest
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileDurably(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Every Parquet file that the manifest names. */
export function filesOf(manifest: Manifest): string[] {
  return [...manifest.lines, manifest.returnParts, manifest.superseded].filter((file) => file !== null)
}

function parse(path: string): Manifest {
  try {
    const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
    if (manifest.format === 1) return manifest
  } catch (cause) {
    throw damaged(path, cause)
  }
  throw damaged(path)
}

function damaged(path: string, cause?: unknown): AppError {
  return new AppError(
    'data-folder-unusable',
    `The order history is damaged: ${path} cannot be read; put it back from a copy, or import the orders again into a new folder.`,
    cause,
  )
}

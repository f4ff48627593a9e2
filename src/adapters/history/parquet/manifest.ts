// The manifest names the files that make up the history; replacing it is the moment at which an append happens.
// Goes in: the folder. Comes out: the newest manifest, an empty one before the first append. A manifest that cannot
// be read, or that names a file that is gone, is `history-damaged`; one of a newer format is `history-newer`, since to
// import again would throw away what a newer version reads well.

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
    throw historyDamaged(join(folder, file))
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
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw historyDamaged(path, cause)
  }
  if (isManifest(manifest)) return manifest
  const { format } = (manifest ?? {}) as { readonly format?: unknown }
  if (typeof format === 'number' && format > emptyManifest.format) {
    throw new AppError(
      'history-newer',
      `${path} was written by a newer version of Aftercart (its format is ${format}, this program knows ${emptyManifest.format}); install that version or a newer one.`,
    )
  }
  throw historyDamaged(path)
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false
  const { format, version, lines, returnParts, superseded, summary } = value as Record<string, unknown>
  const isFile = (name: unknown) => typeof name === 'string' && /^[a-z]+-\d+\.parquet$/.test(name)
  return (
    format === emptyManifest.format &&
    Number.isSafeInteger(version) &&
    Array.isArray(lines) &&
    [...lines, returnParts ?? 'returns-0.parquet', superseded ?? 'superseded-0.parquet'].every(isFile) &&
    isSummary(summary)
  )
}

function isSummary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const summary = value as Record<string, unknown>
  return Object.entries(emptyManifest.summary).every(
    ([name, none]) => Number.isSafeInteger(summary[name]) || (none === null && summary[name] === null),
  )
}

export function historyDamaged(path: string, cause?: unknown): AppError {
  const what = existsSync(path) ? 'cannot be read to its end' : 'is missing'
  return new AppError(
    'history-damaged',
    `The order history is damaged: ${path} ${what}; put it back from a copy, or import the orders again into a new folder.`,
    cause,
  )
}

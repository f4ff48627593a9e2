// A log of choices from a file → its rows. CSV (header first, `.gz` too) or JSONL, one choice per line. Columns, in any
// order, by these names or as `--columns` says: `action`, `propensity`, `reward`, and where they are there `candidates`
// (ids with | between them; in JSONL a list) and `new_propensity`. Rows that cannot be are returned with their line; throws
// `column-missing`, `file-not-found`, `file-unreadable`, `file-empty`.

import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { AppError } from '../domain/errors.ts'
import type { LogRow } from '../measuring/new-policy.ts'
import { readCsv } from './csv-text.ts'

export const logColumns = ['action', 'propensity', 'reward', 'candidates', 'new_propensity'] as const
export type LogColumn = (typeof logColumns)[number]
const neededColumns = ['action', 'propensity', 'reward'] as const

export type ChoiceLog = {
  readonly rows: readonly LogRow[]
  readonly rowsRead: number
  readonly refused: readonly { readonly row: number; readonly reason: string }[]
}

type Cell = (column: LogColumn) => unknown

export async function readChoiceLog(
  file: string,
  columns: Readonly<Partial<Record<LogColumn, string>>>,
): Promise<ChoiceLog> {
  const rows: LogRow[] = []
  const refused: { row: number; reason: string }[] = []
  const nameOf = (column: LogColumn): string => columns[column] ?? column
  let rowsRead = 0
  for await (const cell of cellsOf(file, nameOf)) {
    rowsRead += 1
    const found = typeof cell === 'string' ? cell : readRow(cell)
    if (typeof found === 'string') refused.push({ row: rowsRead, reason: found })
    else rows.push(found)
  }
  if (rowsRead === 0) throw new AppError('file-empty', `${file} holds no choices.`)
  return { rows, rowsRead, refused }
}

/** Each line as a reader of its columns, or why it is none. */
async function* cellsOf(file: string, nameOf: (column: LogColumn) => string): AsyncGenerator<Cell | string> {
  const asJson = /\.(jsonl|ndjson)(\.gz)?$/i.test(file)
  let header: readonly string[] | null = null
  for await (const line of linesOf(file)) {
    if (line.trim() === '') continue
    if (asJson) {
      yield readJson(line, nameOf)
      continue
    }
    const [cells = []] = readCsv(line)
    if (header !== null) {
      const places = header
      yield (column) => cells[places.indexOf(nameOf(column))]
      continue
    }
    header = cells.map((cell) => cell.trim())
    const missing = neededColumns.find((column) => !header?.includes(nameOf(column)))
    if (missing === undefined) continue
    const message = `${file} has no column "${nameOf(missing)}", but ${header.slice(0, 12).join(', ')}; say which it is with --columns ${missing}=…`
    throw new AppError('column-missing', message)
  }
}

function readJson(line: string, nameOf: (column: LogColumn) => string): Cell | string {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return 'not a JSON object'
    const found = new Map<string, unknown>(Object.entries(value))
    return (column) => found.get(nameOf(column))
  } catch {
    return 'not a JSON object'
  }
}

function readRow(cell: Cell): LogRow | string {
  const action = String(cell('action') ?? '').trim()
  const [propensity, reward] = [numberOf(cell('propensity')), numberOf(cell('reward'))]
  if (action === '') return 'it names no action'
  if (propensity === null || !(propensity > 0 && propensity <= 1))
    return 'the propensity is not above 0 and at most 1'
  if (reward === null) return 'the reward is not a number'
  const given = cell('new_propensity')
  const isGiven = given !== undefined && given !== null && given !== ''
  const newPropensity = isGiven ? numberOf(given) : null
  if (isGiven && !(newPropensity !== null && newPropensity >= 0 && newPropensity <= 1))
    return 'the new propensity is not between 0 and 1'
  return { action, propensity, reward, candidates: candidatesOf(cell('candidates')), newPropensity }
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null
  const found = Number(value)
  return Number.isFinite(found) ? found : null
}

function candidatesOf(value: unknown): readonly string[] | null {
  const found = Array.isArray(value) ? value.map(String) : String(value ?? '').split('|')
  const named = [...new Set(found.map((one) => one.trim()))].filter((one) => one !== '')
  return named.length > 0 ? named : null
}

async function* linesOf(file: string): AsyncGenerator<string> {
  if (!existsSync(file)) throw new AppError('file-not-found', `There is no file ${file}.`)
  const stored = createReadStream(file)
  const plain = file.toLowerCase().endsWith('.gz') ? stored.pipe(createGunzip()) : stored
  // What fails before the pipe does not fail what it leads to.
  stored.on('error', (error) => plain.destroy(error))
  try {
    yield* createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    throw new AppError('file-unreadable', `${file} cannot be read to its end.`, error)
  }
}

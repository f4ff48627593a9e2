// Reads order and catalog files from this machine's disk through DuckDB. Goes in: a path, and which columns are wanted.
// Comes out: a table of text in the workspace, and a count of the rows that are malformed. Damaged, empty and unknown
// files are refused with the sentences of src/ports/order-files.ts.

import { AppError } from '../../domain/errors.ts'
import type { OrderFile, OrderFiles, RejectedRows } from '../../ports/order-files.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { diskFull } from '../disk-full.ts'
import { quoteName, quoteText } from '../engine/duckdb/quote.ts'
import { refuseChanged } from './file-stamp.ts'
import { inspectFile } from './inspect-file.ts'
import { parquetColumnTypes } from './inspect-parquet.ts'
import { copyAsPlainText, needsCopy } from './plain-text-copy.ts'

export const localOrderFiles: OrderFiles = {
  inspect: inspectFile,
  async load(file, into, workspace, done) {
    const timer = setInterval(() => done(workspace.fraction()), 200)
    try {
      refuseChanged(file.path, file.name, file.stamp)
      const load = file.format === 'parquet' ? loadParquet : loadText
      const loaded = await load(file, into, workspace)
      refuseChanged(file.path, file.name, file.stamp)
      return loaded
    } catch (error) {
      if (error instanceof AppError) throw error
      const full = diskFull(error, workspace.temporaryFolder)
      if (full !== null) throw full
      refuseChanged(file.path, file.name, file.stamp)
      throw new AppError(
        'file-unreadable',
        `${file.name} cannot be read to its end: ${firstLine(error)} Nothing of it was imported; download or export it again.`,
        error,
      )
    } finally {
      clearInterval(timer)
    }
  },
}

type Into = Parameters<OrderFiles['load']>[1]

async function loadParquet(file: OrderFile, into: Into, workspace: Workspace) {
  const types = await parquetColumnTypes(file.path)
  const select = selectList(into, (column) => asText(quoteName(column), types.get(column) ?? ''))
  await workspace.run({
    sql: `CREATE TABLE ${quoteName(into.table)} AS SELECT ${select} FROM read_parquet(${quoteText(file.path)})`,
  })
  return { rowsRead: await countRows(workspace, into.table), malformed: [] }
}

/** Ids that were once numbers with gaps are stored as floats: 17850.0 means 17850. */
function asText(column: string, type: string): string {
  if (type !== 'DOUBLE' && type !== 'FLOAT') return `${column}::VARCHAR`
  return `CASE WHEN ${column} = round(${column}) AND abs(${column}) < 1e15 THEN ${column}::BIGINT::VARCHAR ELSE ${column}::VARCHAR END`
}

async function loadText(original: OrderFile, into: Into, workspace: Workspace) {
  const file = needsCopy(original)
    ? { ...original, packed: false, path: await copyAsPlainText(original, workspace.temporaryFolder) }
    : original
  await workspace.run({ sql: 'DROP TABLE IF EXISTS reject_errors' })
  await workspace.run({ sql: 'DROP TABLE IF EXISTS reject_scans' })
  const lines = file.format === 'jsonl'
  const select = selectList(into, (column) =>
    lines ? `json_extract_string(line, ${quoteText(jsonPath(column))})` : quoteName(column),
  )
  const wanted = lines ? isObject : `NOT (${isBlank(file.columns)})`
  await workspace.run({
    sql: `CREATE TABLE ${quoteName(into.table)} AS SELECT ${select} FROM ${lines ? readLines(file) : readCsv(file)} WHERE ${wanted}`,
  })
  const malformed = [
    ...(await malformedRows(workspace, file)),
    ...(lines ? await invalidJson(file, workspace) : []),
  ]
  await refuseCutFile(file, malformed.length > 0, workspace)
  const kept = await countRows(workspace, into.table)
  return { rowsRead: malformed.reduce((sum, rejected) => sum + rejected.rows, kept), malformed }
}

/** CASE, since a plain AND may look for the type of what is no JSON at all, which fails. */
const isObject = "CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END"

/**
 * A row without a value, `,,,,` or white space, is a blank line. Nearly all rows begin with a sign after the space in
 * ASCII, which is quick to see.
 */
function isBlank(columns: readonly string[]): string {
  const first = `coalesce(${quoteName(columns[0] ?? '')}, '') < '!'`
  const blank = columns.map((column) => `trim(coalesce(${quoteName(column)}, ''), ${whiteSpace}) = ''`)
  return [first, ...blank].join(' AND ')
}

function readCsv(file: OrderFile): string {
  const columns = file.columns.map((column) => `${quoteText(column)}: 'VARCHAR'`).join(', ')
  // Read in parallel, what follows a record with open quotation marks is lost without a word.
  const parallel = file.brokenRecords === null
  return readText(
    file,
    file.delimiter ?? ',',
    columns,
    `parallel = ${parallel}, header = true, skip = ${file.linesAbove}, quote = '"', escape = '"'`,
  )
}

/** Whole lines: the unit separator cannot stand in JSON, so nothing is ever split. */
function readLines(file: OrderFile): string {
  return readText(file, '\u001f', "'line': 'VARCHAR'", "header = false, quote = '', escape = ''")
}

function readText(file: OrderFile, delimiter: string, columns: string, dialect: string): string {
  return `read_csv(${quoteText(file.path)}, delim = ${quoteText(delimiter)}, columns = {${columns}}, ${dialect},
    auto_detect = false, strict_mode = true, store_rejects = true, max_line_size = 16000000, encoding = 'utf-8',
    compression = '${file.packed ? 'gzip' : 'none'}')`
}

function jsonPath(column: string): string {
  return `$."${column.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

const whiteSpace = quoteText(' \t\n\r\u00a0')

function selectList(into: Into, read: (column: string) => string): string {
  return Object.entries(into.columns)
    .map(([name, sources]) => {
      const values = sources.map((source) => `nullif(trim(${read(source)}, ${whiteSpace}), '')`)
      const value = values.length === 0 ? 'NULL::VARCHAR' : `coalesce(${values.join(', ')})`
      return `${value} AS ${quoteName(name)}`
    })
    .join(',\n  ')
}

const reasons: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'the row has fewer columns than the header',
  'TOO MANY COLUMNS': 'the row has more columns than the header',
  'UNQUOTED VALUE': 'the quotation marks of the row do not close',
  'INVALID ENCODING': 'the row is not valid text',
  'LINE SIZE OVER MAXIMUM': 'the row is longer than 16 MB',
}

/**
 * A row with several faults is one row, counted under its first fault; one whose quotation marks run over several lines
 * has swallowed as many rows.
 */
async function malformedRows(workspace: Workspace, { brokenRecords }: OrderFile): Promise<RejectedRows[]> {
  const rows = await workspace.rows({
    file: new URL('./malformed-rows.sql', import.meta.url),
    row: (raw) => ({
      fault: String(raw.fault),
      rows: Number(raw.rows),
      example: String(raw.example ?? ''),
    }),
  })
  return rows.map(({ fault, rows, example }) => {
    const swallowed = fault === 'UNQUOTED VALUE' ? brokenRecords : null
    const where = swallowed === null ? '' : `lines ${swallowed.firstLine} to ${swallowed.lastLine}: `
    return {
      reason: reasons[fault] ?? 'the row is malformed',
      rows: swallowed === null ? rows : rows + swallowed.lines - swallowed.records,
      example: `${where}${example.trim()}`.slice(0, 200),
    }
  })
}

async function invalidJson(file: OrderFile, workspace: Workspace): Promise<RejectedRows[]> {
  await workspace.run({
    sql: `CREATE OR REPLACE TEMP TABLE invalid_json AS SELECT count(*) AS rows, any_value(line) AS example
      FROM ${readLines(file).replace('store_rejects = true', 'ignore_errors = true')}
      WHERE NOT ${isObject} AND NOT (${isBlank(['line'])})`,
  })
  const [found] = await workspace.rows({
    file: new URL('./invalid-json.sql', import.meta.url),
    row: (raw) => ({ rows: Number(raw.rows), example: String(raw.example ?? '') }),
  })
  if (found === undefined || found.rows === 0) return []
  return [{ reason: 'the row is not a JSON object', rows: found.rows, example: found.example.slice(0, 200) }]
}

/** A last row that is malformed and has no end of line was cut off: the download broke, so nothing is taken. */
async function refuseCutFile(file: OrderFile, malformed: boolean, workspace: Workspace): Promise<void> {
  if (file.endsWithNewline || !malformed || file.lastLine === null) return
  const [last] = await workspace.rows({
    file: new URL('./last-malformed-row.sql', import.meta.url),
    row: (raw) => String(raw.csv_line ?? ''),
  })
  const cutJson = file.format === 'jsonl' && !isJson(file.lastLine)
  if (!cutJson && (last === undefined || !last.trimEnd().endsWith(file.lastLine.trimEnd()))) return
  throw new AppError(
    'file-unreadable',
    `${file.name} breaks off in the middle of its last row (${file.lastLine.slice(0, 80)}); nothing of it was imported, download or export it again.`,
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function countRows(workspace: Workspace, table: string): Promise<number> {
  await workspace.run({
    sql: `CREATE OR REPLACE TEMP VIEW loaded_rows AS SELECT count(*) AS rows FROM ${quoteName(table)}`,
  })
  const [count] = await workspace.rows({
    file: new URL('./loaded-rows.sql', import.meta.url),
    row: (raw) => Number(raw.rows),
  })
  return count ?? 0
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.endsWith('.') ? line : `${line}.`
}

// Opens DuckDB in this process and runs statements in it. Goes in: `.sql` files or generated text with named
// parameters. Comes out: rows as plain values, or column chunks. What DuckDB refuses is thrown as it said it; callers
// that read a file of the user turn that into a sentence; a full disk is `data-folder-unusable`. Memory is bounded:
// what does not fit spills into the folder for temporary files. Nothing is ever downloaded.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import {
  BIGINT,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import type { ColumnChunk, Query, QueryParameter, QueryParameters } from '../../../ports/query.ts'
import type { Statement, Workspace } from '../../../ports/workspace.ts'
import { diskFull } from '../../disk-full.ts'
import { readColumnChunk } from './read-column-chunk.ts'
import { readPlainValue } from './read-plain-value.ts'

export type DuckDbSettings = {
  /** Where the database itself lives; in memory by default. */
  readonly file?: string
  /** Where what does not fit in memory goes. */
  readonly temporaryFolder: string
  readonly memoryLimitMb?: number
  readonly threads?: number
}

export type DuckDb = Workspace & {
  appender(table: string): Promise<DuckDBAppender>
  close(): void
}

export const defaultMemoryLimitMb = 1024

export async function openDuckDb(settings: DuckDbSettings): Promise<DuckDb> {
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw diskFull(error, settings.temporaryFolder) ?? error
    }
  }
  const opening = DuckDBInstance.create(settings.file ?? ':memory:', {
    temp_directory: settings.temporaryFolder,
    memory_limit: `${settings.memoryLimitMb ?? defaultMemoryLimitMb}MB`,
    threads: String(settings.threads ?? availableParallelism()),
    // What a query has used goes back to the system at its end; with the default of 128 MB the process keeps it, some
    // 100 MB while a plan is made of Online Retail II, and nobody else can use it.
    allocator_flush_threshold: '16MB',
    allocator_bulk_deallocation_flush_threshold: '16MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const instance = await explained(opening)
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run('SET enable_progress_bar = true')
  await connection.run('SET enable_progress_bar_print = false')
  return {
    async run(statement, parameters = {}) {
      await explained(connection.run(textOf(statement), ...bound(parameters)))
    },
    async rows<Row>(query: Query<Row>, parameters: QueryParameters = {}) {
      const asked = connection.runAndReadAll(textOf({ file: query.file }), ...bound(parameters))
      const reader = await explained(asked)
      return reader.convertRowObjects(readPlainValue).map((raw) => query.row(raw as Record<string, unknown>))
    },
    temporaryFolder: settings.temporaryFolder,
    columns: (query, parameters = {}) => streamColumns(instance, query, parameters),
    appender: (table) => connection.createAppender(table),
    fraction: () => Math.min(1, Math.max(0, connection.progress.percentage / 100)),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function* streamColumns(
  instance: DuckDBInstance,
  query: Query<unknown>,
  parameters: QueryParameters,
): AsyncIterable<ColumnChunk> {
  const connection: DuckDBConnection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    const result = await connection.stream(textOf({ file: query.file }), ...bound(parameters))
    const names = result.columnNames()
    for (let chunk = await result.fetchChunk(); chunk !== null; chunk = await result.fetchChunk()) {
      if (chunk.rowCount === 0) break
      yield readColumnChunk(chunk, names)
    }
  } finally {
    connection.closeSync()
  }
}

const texts = new Map<string, string>()

/** The text of a statement; files are read once. */
function textOf(statement: Statement): string {
  if ('sql' in statement) return statement.sql
  const known = texts.get(statement.file.href)
  if (known !== undefined) return known
  const text = readFileSync(statement.file, 'utf8')
  texts.set(statement.file.href, text)
  return text
}

type Bound = [values?: Record<string, DuckDBValue>, types?: Record<string, DuckDBType | undefined>]

function bound(parameters: QueryParameters): Bound {
  const names = Object.keys(parameters)
  if (names.length === 0) return []
  const values: Record<string, DuckDBValue> = {}
  const types: Record<string, DuckDBType | undefined> = {}
  for (const name of names) {
    const [value, type] = boundValue(parameters[name] ?? null)
    values[name] = value
    types[name] = type
  }
  return [values, types]
}

function boundValue(value: QueryParameter): [DuckDBValue, DuckDBType | undefined] {
  if (typeof value === 'number') return boundNumber(value)
  if (typeof value === 'string') return [value, VARCHAR]
  if (value === null) return [null, undefined]
  if (typeof value === 'boolean') return [value, undefined]
  const numbers = value.length > 0 && value.every((item) => typeof item === 'number')
  return [listValue([...value]), LIST(numbers ? DOUBLE : VARCHAR)]
}

function boundNumber(value: number): [DuckDBValue, DuckDBType] {
  if (!Number.isSafeInteger(value)) return [value, DOUBLE]
  if (value === (value | 0)) return [value, INTEGER]
  return [BigInt(value), BIGINT]
}

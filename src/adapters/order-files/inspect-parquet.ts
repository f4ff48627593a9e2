// The columns of a Parquet file with their types. A file that is damaged or cut off is `file-unreadable`, one without
// rows is `file-empty`.

import { DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../domain/errors.ts'
import { quoteText } from '../engine/duckdb/quote.ts'

export async function parquetColumnTypes(path: string): Promise<ReadonlyMap<string, string>> {
  return await withDuckDb(async (ask) => {
    const rows = await ask(`DESCRIBE FROM read_parquet(${quoteText(path)})`)
    return new Map(rows.map((row) => [String(row.column_name), String(row.column_type)]))
  })
}

export async function inspectParquet(path: string, name: string): Promise<readonly string[]> {
  try {
    const [count] = await withDuckDb((ask) =>
      ask(`SELECT count(*)::INTEGER AS rows FROM (FROM read_parquet(${quoteText(path)}) LIMIT 1)`),
    )
    if (count?.rows === 0) {
      throw new AppError(
        'file-empty',
        `${name} holds no rows; export it again with orders in the chosen period.`,
      )
    }
    return [...(await parquetColumnTypes(path)).keys()]
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'file-unreadable',
      `${name} is not a whole Parquet file: it is damaged or was cut off. Nothing of it was imported; download it again.`,
      error,
    )
  }
}

type Ask = (sql: string) => Promise<Record<string, unknown>[]>

async function withDuckDb<T>(read: (ask: Ask) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    return await read(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson())
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

// Reads what an engine answered: one field of a row, or one column of a chunk. A wrong type is a bug of the statement
// and throws a TypeError that names the column.

import type { ColumnChunk } from './query.ts'

type Raw = Readonly<Record<string, unknown>>

export function text(raw: Raw, column: string): string {
  const value = raw[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

export function textOrNull(raw: Raw, column: string): string | null {
  return raw[column] === null ? null : text(raw, column)
}

export function number(raw: Raw, column: string): number {
  const value = raw[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`)
  return value
}

export function numberOrNull(raw: Raw, column: string): number | null {
  return raw[column] === null ? null : number(raw, column)
}

export function numbers(chunk: ColumnChunk, name: string): Int32Array | Uint32Array | Float64Array {
  const column = chunk.columns[name]
  if (column instanceof Int32Array || column instanceof Uint32Array || column instanceof Float64Array)
    return column
  throw new TypeError(`column ${name} does not hold numbers`)
}

export function texts(chunk: ColumnChunk, name: string): readonly (string | null)[] {
  const column = chunk.columns[name]
  if (Array.isArray(column)) return column
  throw new TypeError(`column ${name} does not hold text`)
}

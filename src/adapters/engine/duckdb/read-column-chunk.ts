// One DuckDB data chunk as typed arrays: INTEGER, UINTEGER, DOUBLE and BIGINT without a call per value, all other
// kinds as text or null. A null in a numeric column throws: the statement has to say what it means (`coalesce`).

import {
  DuckDBBigIntVector,
  type DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  DuckDBUIntegerVector,
  type DuckDBVector,
} from '@duckdb/node-api'
import type { ColumnChunk } from '../../../ports/query.ts'

type Column = ColumnChunk['columns'][string]
type NumericColumn = Int32Array | Uint32Array | Float64Array | BigInt64Array

export function readColumnChunk(chunk: DuckDBDataChunk, names: readonly string[]): ColumnChunk {
  const columns: Record<string, Column> = {}
  names.forEach((name, index) => {
    columns[name] = readColumn(chunk.getColumnVector(index), name)
  })
  return { rows: chunk.rowCount, columns }
}

function readColumn(vector: DuckDBVector, name: string): Column {
  const numeric = emptyColumnFor(vector)
  if (numeric === null)
    return Array.from({ length: vector.itemCount }, (_, row) => {
      const value = vector.getItem(row)
      return value === null ? null : String(value)
    })
  const whole = wholeColumn(vector)
  if (whole !== null) return whole
  for (let row = 0; row < vector.itemCount; row++) {
    const value = vector.getItem(row)
    if (value === null) throw new TypeError(`The column ${name} of the answer holds a null among its numbers`)
    numeric[row] = value as never
  }
  return numeric
}

function emptyColumnFor(vector: DuckDBVector): NumericColumn | null {
  if (vector instanceof DuckDBIntegerVector) return new Int32Array(vector.itemCount)
  if (vector instanceof DuckDBUIntegerVector) return new Uint32Array(vector.itemCount)
  if (vector instanceof DuckDBDoubleVector) return new Float64Array(vector.itemCount)
  if (vector instanceof DuckDBBigIntVector) return new BigInt64Array(vector.itemCount)
  return null
}

/**
 * The numbers of a vector in one copy. The driver keeps them in `items` with `validity.data` null where none is
 * missing, but does not type these as public: where a later driver differs, the slow path above reads one by one.
 */
function wholeColumn(vector: object): NumericColumn | null {
  const { items, validity } = vector as { items?: unknown; validity?: { data?: unknown } }
  if (validity === undefined || validity.data !== null) return null
  if (items instanceof Int32Array || items instanceof Uint32Array || items instanceof Float64Array)
    return items.slice()
  return items instanceof BigInt64Array ? items.slice() : null
}

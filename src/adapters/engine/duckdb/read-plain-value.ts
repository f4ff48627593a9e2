// One value of a DuckDB answer as a plain value: integers up to 2^53 as numbers, decimals as numbers, lists as arrays,
// all other kinds as text. An integer beyond 2^53 throws, since it would silently lose digits.

import { DuckDBDecimalValue, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api'

type Plain = string | number | boolean | null | Plain[]

export function readPlainValue(value: DuckDBValue): Plain {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      throw new RangeError(`The integer ${value} is too large to be read exactly`)
    return Number(value)
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble()
  if (value instanceof DuckDBListValue) return value.items.map((item) => readPlainValue(item))
  return String(value)
}

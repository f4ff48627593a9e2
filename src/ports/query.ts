// A query is a value: the file that holds the statement, and how one of its rows is read. A stage names the query,
// an engine runs it, so stages need neither a driver nor the file system.

export type QueryParameter = string | number | boolean | null | readonly string[] | readonly number[]

export type Query<Row> = {
  /** The `.sql` file beside the stage that asks; its header states question, grain, parameters and order. */
  readonly file: URL
  /** Reads and checks one row as the engine returns it (integers up to 2^53 as numbers); throws on a wrong type. */
  readonly row: (raw: Readonly<Record<string, unknown>>) => Row
}

export type QueryParameters = Readonly<Record<string, QueryParameter>>

/** One piece of a large result, column by column: all columns have `rows` entries. */
export type ColumnChunk = {
  readonly rows: number
  readonly columns: Readonly<
    Record<string, Int32Array | Uint32Array | Float64Array | BigInt64Array | readonly (string | null)[]>
  >
}

// A scratch database for work that is larger than memory: a stage fills tables and asks questions of them, an engine
// holds them on disk within a set amount of memory. It belongs to one piece of work and is gone when that ends, also
// after a crash. Statements live in `.sql` files; only what depends on the columns of a file is generated text.

import type { ColumnChunk, Query, QueryParameters } from './query.ts'

export type Statement = { readonly file: URL } | { readonly sql: string }

export type Workspace = {
  /** Runs one statement that answers nothing. */
  run(statement: Statement, parameters?: QueryParameters): Promise<void>
  /** All rows of a small answer. */
  rows<Row>(query: Query<Row>, parameters?: QueryParameters): Promise<Row[]>
  /** A large answer in pieces, in the order that the statement states; other statements may run meanwhile. */
  columns(query: Query<unknown>, parameters?: QueryParameters): AsyncIterable<ColumnChunk>
  /** For files that live as long as the workspace. */
  readonly temporaryFolder: string
  /** How far the statement that runs now is, in [0, 1]. */
  fraction(): number
}

// What an engine owes to the queries of the store, which are written once for both.
// A change that was handed to `write` or `writeTogether` is on the disk when its promise resolves; when the promise
// rejects, nothing of it is there. `read` sees only what has been committed.

import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export type Change<T> = (db: Kysely<Tables>) => Promise<T>

export type StoreDatabase = {
  /** How a person would name it in a message: a file, or a server and database without the password. */
  readonly name: string
  readonly read: Kysely<Tables>
  /** A change of which each statement may stand alone; the cheapest durable write. */
  write<T>(change: Change<T>): Promise<T>
  /** A change of several statements, all or nothing. */
  writeTogether<T>(change: Change<T>): Promise<T>
  /** Whether rows are locked one by one, so that a transaction may pass by those of another; else it holds all of them. */
  readonly locksRows: boolean
  /** Inside `writeTogether`: no two transactions hold the same name at once; it is let go when the transaction ends. */
  hold(db: Kysely<Tables>, name: string): Promise<void>
  /** The engine's own error as an AppError where it tells of something outside; anything else as it is. */
  explain(error: unknown): unknown
  close(): Promise<void>
}

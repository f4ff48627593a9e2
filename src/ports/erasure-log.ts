// Who was erased, kept apart from the store: a copy of the store that is put back brings the person back, and the log
// takes them out again. It holds keyed hashes and nothing else.

import type { Person } from './person-store.ts'

export type ErasureLog = {
  /** On the disk when it resolves. */
  add(person: Person, atMs: number): Promise<void>
  /** Oldest first. */
  list(): Promise<readonly (Person & { readonly atMs: number })[]>
}

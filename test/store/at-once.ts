// For the batteries of the store: guarantees, many callers at once, and ids that are hard to keep.

import type { Store } from '../../src/ports/store.ts'

export type Place = { open(): Promise<Store> }
export type Guarantee = (title: string, prove: (store: Store, place: Place) => Promise<void>) => void

export const AT_ONCE = 20
/** Quotes, a comment, other scripts, an emoji, a character of two forms: what shops call their orders and products. */
export const oddIds = ["o'1; drop table offers;--", '"x"', 'Ä日本🍵', 'é', 'e\u0301', 'a\\b', '%_', ' 7 ']

/** Runs `work` many times at once, by turns in two stores of the same place. */
export async function byTwo<T>(
  store: Store,
  place: Place,
  work: (store: Store, turn: number) => Promise<T>,
): Promise<T[]> {
  const other = await place.open()
  try {
    return await Promise.all(
      Array.from({ length: AT_ONCE }, (_, turn) => work(turn % 2 === 0 ? store : other, turn)),
    )
  } finally {
    await other.close()
  }
}

// Makes a list of words the ones that hold, as a file or a `PUT` of rules states them. Comes in: the words. Goes out:
// what was said, what was taken over from another source, what was taken back, what held already. Saying the same list
// twice changes nothing the second time. What the list does not hold is taken back where `owns` says that the list speaks
// for it.

import {
  type HeldWord,
  type OwnerStatement,
  type OwnerWord,
  sameWord,
  wordKey,
} from '../domain/owner-word.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Speaker } from './direct-pairing.ts'

export type Changes = {
  readonly said: readonly OwnerWord[]
  /** Held by the same words already, said by another source: from now on the list speaks for them. */
  readonly takenOver: readonly OwnerWord[]
  readonly takenBack: readonly OwnerWord[]
  readonly unchanged: number
}

/** What stating the list would change. */
export function compareWords(
  wanted: readonly OwnerWord[],
  held: readonly HeldWord[],
  speaker: Pick<Speaker, 'source'>,
  owns: (word: HeldWord) => boolean,
): Changes {
  const byKey = new Map(held.map((one) => [one.key, one]))
  const wantedKeys = new Set(wanted.map(wordKey))
  const isHeld = (word: OwnerWord): boolean => {
    const known = byKey.get(wordKey(word))
    return known !== undefined && sameWord(known.word, word)
  }
  const holding = wanted.filter(isHeld)
  const takenOver = holding.filter((word) => byKey.get(wordKey(word))?.source !== speaker.source)
  return {
    said: wanted.filter((word) => !isHeld(word)),
    takenOver,
    takenBack: held.filter((one) => owns(one) && !wantedKeys.has(one.key)).map(({ word }) => word),
    unchanged: holding.length - takenOver.length,
  }
}

export async function stateWords(
  wanted: readonly OwnerWord[],
  speaker: Speaker,
  owns: (word: HeldWord) => boolean,
  {
    store,
    clock,
  }: { readonly store: Pick<Store, 'listOwnerWords' | 'sayOwnerWords'>; readonly clock: Clock },
): Promise<Changes & { readonly version: number }> {
  const changes = compareWords(wanted, await store.listOwnerWords(), speaker, owns)
  const said = { ...speaker, saidAtMs: clock.nowMs() }
  const statements: OwnerStatement[] = [
    ...[...changes.said, ...changes.takenOver].map((word) => ({ key: wordKey(word), word, ...said })),
    ...changes.takenBack.map((word) => ({ key: wordKey(word), word: null, ...said })),
  ]
  return { ...changes, version: await store.sayOwnerWords(statements) }
}

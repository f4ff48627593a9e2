// The owner's words, laid out so that a decision finds those about a pairing or a product at once. Comes in: the words
// that hold. Goes out: a guide, made anew when a word is said or taken back. Whether a pause is over is asked with the
// time of the decision, so that it ends by itself.

import type { HeldWord, Standing, Subject } from '../domain/owner-word.ts'
import { subjectKey } from '../domain/owner-word.ts'
import type { Relation } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { PriceCeiling } from '../domain/settings.ts'

export type PairingWords = {
  readonly standing: Standing | null
  readonly pause: { readonly untilMs: number | null } | null
  readonly need: string | null
  /** The relation of a pairing that the owner added. */
  readonly curated: Relation | null
}

export type OwnerGuide = {
  /** Of the log of words that it was made from. */
  readonly version: number
  /** By anchor, then by add-on. */
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, PairingWords>>
  /** By the key of the add-on: what an order may not hold; `null` stands for any order. */
  readonly neverWith: ReadonlyMap<string, readonly (Subject | null)[]>
  /** By the key of the add-on: of these an order must hold one. */
  readonly onlyWith: ReadonlyMap<string, readonly Subject[]>
  readonly ceilings: ReadonlyMap<string, PriceCeiling>
}

/** The guide and the moment for which it is asked. */
export type OwnersHand = { readonly guide: OwnerGuide; readonly nowMs: number }

const noWords: PairingWords = { standing: null, pause: null, need: null, curated: null }

export function openOwnerGuide(words: readonly HeldWord[], version: number): OwnerGuide {
  const pairs = new Map<string, Map<string, PairingWords>>()
  const neverWith = new Map<string, (Subject | null)[]>()
  const onlyWith = new Map<string, readonly Subject[]>()
  const ceilings = new Map<string, PriceCeiling>()
  const onPair = (anchor: string, addOn: string, more: Partial<PairingWords>): void => {
    const byAddOn = pairs.get(anchor) ?? new Map<string, PairingWords>()
    pairs.set(anchor, byAddOn.set(addOn, { ...(byAddOn.get(addOn) ?? noWords), ...more }))
  }
  for (const { word } of words) {
    if (word.kind === 'standing') onPair(word.anchor, word.addOn, { standing: word.standing })
    else if (word.kind === 'pause') onPair(word.anchor, word.addOn, { pause: { untilMs: word.untilMs } })
    else if (word.kind === 'need') onPair(word.anchor, word.addOn, { need: word.sentence })
    else if (word.kind === 'curated') onPair(word.anchor, word.addOn, { curated: word.relation })
    else if (word.kind === 'ceiling') ceilings.set(word.category, word)
    else if (word.kind === 'only-with') onlyWith.set(subjectKey(word.addOn), word.with)
    else {
      const key = subjectKey(word.addOn)
      neverWith.set(key, [...(neverWith.get(key) ?? []), word.with])
    }
  }
  return { version, pairs, neverWith, onlyWith, ceilings }
}

export const silentOwner: OwnersHand = { guide: openOwnerGuide([], 0), nowMs: 0 }

export function wordsOn(guide: OwnerGuide, anchor: string, addOn: string): PairingWords {
  return guide.pairs.get(anchor)?.get(addOn) ?? noWords
}

/** Approved, pinned or added by the owner: it stands, whatever is found out. */
export function isOwnersChoice(guide: OwnerGuide, anchor: string, addOn: string): boolean {
  const { standing, curated } = wordsOn(guide, anchor, addOn)
  return standing === 'approved' || standing === 'pinned' || curated !== null
}

export function isPaused({ pause }: PairingWords, nowMs: number): boolean {
  return pause !== null && (pause.untilMs === null || nowMs < pause.untilMs)
}

/** The keys under which rules may speak of a product: its id and its category. */
export function keysOf({ id, category }: Pick<PlanProduct, 'id' | 'category'>): readonly string[] {
  const product = subjectKey({ product: id })
  return category === null ? [product] : [product, subjectKey({ category })]
}

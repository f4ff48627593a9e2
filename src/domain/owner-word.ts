// What the owner of the shop says about pairings: data of its own, beside the plan, so that it survives each mining.
// Words are said and taken back; of all that was said under one key the last counts. Standing and pause have keys of
// their own: a pinned pairing that is paused until Monday is pinned again on Monday.

import type { Relation } from './pairing.ts'
import type { PriceCeiling } from './settings.ts'

export type Standing = 'approved' | 'vetoed' | 'pinned'

/** A product by its id, or all products of a category. */
export type Subject = { readonly product: string } | { readonly category: string }

export type PairingWord =
  | {
      readonly kind: 'standing'
      readonly anchor: string
      readonly addOn: string
      readonly standing: Standing
    }
  /** Not offered until then; `null` until the pause is taken back. */
  | {
      readonly kind: 'pause'
      readonly anchor: string
      readonly addOn: string
      readonly untilMs: number | null
    }
  | { readonly kind: 'need'; readonly anchor: string; readonly addOn: string; readonly sentence: string }
  /** A pairing of the owner's own, whether orders show it or not. */
  | { readonly kind: 'curated'; readonly anchor: string; readonly addOn: string; readonly relation: Relation }

export type RuleWord =
  /** The add-on is not offered to an order that holds the other; `null`: to no order at all. */
  | { readonly kind: 'never-with'; readonly addOn: Subject; readonly with: Subject | null }
  /** The add-on is offered only to orders that hold one of these. */
  | { readonly kind: 'only-with'; readonly addOn: Subject; readonly with: readonly Subject[] }
  /** The price ceiling of add-ons of a category. */
  | ({ readonly kind: 'ceiling'; readonly category: string } & PriceCeiling)

export type OwnerWord = PairingWord | RuleWord

export type WordSource = 'api' | 'cli' | 'file'

/** One entry of the log: a word, or with `null` that the word of this key is taken back. */
export type OwnerStatement = {
  readonly key: string
  readonly word: OwnerWord | null
  readonly source: WordSource
  /** The name of an API key or of a user of this machine. */
  readonly saidBy: string
  readonly saidAtMs: number
}

/** A statement as it stands in the log, numbered from 1. */
export type RecordedStatement = OwnerStatement & { readonly sequence: number }

/** A word that holds now. */
export type HeldWord = RecordedStatement & { readonly word: OwnerWord }

/** Words with equal keys replace one another. */
export function wordKey(word: OwnerWord): string {
  if (word.kind === 'ceiling') return JSON.stringify([word.kind, word.category])
  if (word.kind === 'only-with') return JSON.stringify([word.kind, subjectKey(word.addOn)])
  if (word.kind === 'never-with')
    return JSON.stringify([
      word.kind,
      subjectKey(word.addOn),
      word.with === null ? '' : subjectKey(word.with),
    ])
  return pairingWordKey(word.kind, word.anchor, word.addOn)
}

export function pairingWordKey(kind: PairingWord['kind'], anchor: string, addOn: string): string {
  return JSON.stringify([kind, anchor, addOn])
}

/** Equal for equal subjects, different for a product and a category of the same name. */
export function subjectKey(subject: Subject): string {
  return 'product' in subject ? `product ${subject.product}` : `category ${subject.category}`
}

export function isRule(word: OwnerWord): word is RuleWord {
  return word.kind === 'never-with' || word.kind === 'only-with' || word.kind === 'ceiling'
}

export function sameWord(one: OwnerWord, other: OwnerWord): boolean {
  return canonical(one) === canonical(other)
}

function canonical(word: OwnerWord): string {
  return JSON.stringify(Object.entries(word).sort(([one], [other]) => (one < other ? -1 : 1)))
}

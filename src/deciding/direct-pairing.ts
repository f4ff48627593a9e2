// The owner says something about one pairing. Comes in: what should hold of it, from the API, the command line or the
// owner's page. Goes out: the words are in the store, and from there on all servers within seconds; or what was wrong,
// for people. A new standing ends a pause: who approves what was paused wants it offered.

import { checkNeed } from '../domain/need-sentence.ts'
import {
  type OwnerStatement,
  type OwnerWord,
  type PairingWord,
  pairingWordKey,
  type Standing,
  type WordSource,
  wordKey,
} from '../domain/owner-word.ts'
import type { Relation } from '../domain/pairing.ts'
import type { Plan } from '../domain/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** Fields that are left out stay as they are; `null` takes a word back. */
export type PairingDirection = {
  readonly anchor: string
  readonly addOn: string
  readonly status?: Standing | 'paused' | null | undefined
  /** The end of a pause; none: until it is taken back. */
  readonly untilMs?: number | null | undefined
  readonly need?: string | null | undefined
  /** Makes it a pairing of the owner's own. */
  readonly relation?: Relation | null | undefined
}

export type Speaker = { readonly source: WordSource; readonly saidBy: string }

export type Directed =
  | { readonly kind: 'said'; readonly version: number }
  /** `field` is where it was wrong; `why` says what and what to do. */
  | {
      readonly kind: 'wrong'
      readonly field: 'anchor' | 'addOn' | 'need' | 'relation' | 'until'
      readonly why: string
    }

type Effects = { readonly store: Pick<Store, 'sayOwnerWords'>; readonly plan: Plan; readonly clock: Clock }

export async function directPairing(
  direction: PairingDirection,
  speaker: Speaker,
  { store, plan, clock }: Effects,
): Promise<Directed> {
  const { anchor, addOn, status, untilMs, need, relation } = direction
  const nowMs = clock.nowMs()
  for (const field of ['anchor', 'addOn'] as const) {
    const id = direction[field]
    if (!plan.products.has(id))
      return {
        kind: 'wrong',
        field,
        why: `the plan knows no product ${id}; check the id, or import it and mine again`,
      }
  }
  if (relation != null && (relation === 'refill') !== (anchor === addOn)) {
    const why = 'a refill pairs a product with itself, every other relation two products; mend one of them'
    return { kind: 'wrong', field: 'relation', why }
  }
  if (untilMs != null && (status !== 'paused' || untilMs <= nowMs)) {
    const why = 'only a pause has an end, and that lies ahead; give a later date with the status "paused"'
    return { kind: 'wrong', field: 'until', why }
  }
  const known = plan.pairings.get(anchor)?.some((pairing) => pairing.addOn === addOn) === true
  const makesOne = relation != null || (status != null && status !== 'paused')
  if (!known && !makesOne && (status === 'paused' || need != null)) {
    return {
      kind: 'wrong',
      field: 'addOn',
      why: `${anchor} has no pairing with ${addOn}; add it, or approve it, first`,
    }
  }
  const words: OwnerWord[] = []
  const back: PairingWord['kind'][] = []
  const pair = { anchor, addOn }
  if (status === 'paused') words.push({ kind: 'pause', ...pair, untilMs: untilMs ?? null })
  else if (status === null) back.push('standing', 'pause')
  else if (status !== undefined) {
    words.push({ kind: 'standing', ...pair, standing: status })
    back.push('pause')
  }
  if (need === null) back.push('need')
  else if (need !== undefined) {
    const checked = checkNeed(need)
    if (checked.kind === 'wrong') return { kind: 'wrong', field: 'need', why: checked.why }
    if (checked.sentence.includes('{days}') && plan.products.get(anchor)?.refill == null) {
      const why = `nothing is known of how many days ${anchor} lasts; write the sentence without {days}`
      return { kind: 'wrong', field: 'need', why }
    }
    words.push({ kind: 'need', ...pair, sentence: checked.sentence })
  }
  if (relation === null) back.push('curated')
  else if (relation !== undefined) words.push({ kind: 'curated', ...pair, relation })
  const said = { ...speaker, saidAtMs: nowMs }
  const statements: OwnerStatement[] = [
    ...words.map((word) => ({ key: wordKey(word), word, ...said })),
    ...back.map((kind) => ({ key: pairingWordKey(kind, anchor, addOn), word: null, ...said })),
  ]
  return { kind: 'said', version: await store.sayOwnerWords(statements) }
}

/** Takes back everything that was said about a pairing. */
export const nothingSaid = { status: null, need: null, relation: null } as const

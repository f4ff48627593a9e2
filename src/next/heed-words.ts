// The owner's words at the moment of a decision: what is vetoed or paused is dropped, and what the rules "never with" and
// "only with" keep from this order. A veto speaks of a pairing: on the steps below the pairings, where an add-on stands
// for the whole order, it holds against each product of the order. Pinned pairings are ranked before all others.

import type { LadderStep } from '../domain/decision.ts'
import { isoDate } from '../domain/instant.ts'
import type { Order } from '../domain/order.ts'
import { type Subject, subjectKey } from '../domain/owner-word.ts'
import type { PlanProduct } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'
import { isPaused, keysOf, type OwnersHand, wordsOn } from './owner-guide.ts'

export function heedWords(
  candidates: readonly Candidate[],
  step: LadderStep,
  order: Order,
  products: ReadonlyMap<string, PlanProduct>,
  { guide, nowMs }: OwnersHand,
): Sifted {
  const { pairs, neverWith, onlyWith } = guide
  if (pairs.size + neverWith.size + onlyWith.size === 0) return { kept: candidates, dropped: [] }
  const held = new Set(
    order.lines.flatMap(({ productId }) =>
      keysOf(products.get(productId) ?? { id: productId, category: null }),
    ),
  )
  const forOrder = step === 'category-pairing' || step === 'best-seller'
  const ordered = order.lines.map((line) => line.productId)
  return sift(candidates, ({ product, anchor }) => {
    for (const one of forOrder ? ordered : [anchor.id]) {
      const words = wordsOn(guide, one, product.id)
      if (words.standing === 'vetoed')
        return { rule: 'vetoed', detail: `the owner said no to it with ${one}` }
      if (isPaused(words, nowMs)) {
        const until = words.pause?.untilMs == null ? '' : ` until ${isoDate(words.pause.untilMs)}`
        return { rule: 'paused', detail: `the owner paused it with ${one}${until}` }
      }
    }
    for (const key of keysOf(product)) {
      const against = neverWith.get(key)?.find((other) => other === null || held.has(subjectKey(other)))
      if (against !== undefined)
        return { rule: 'never-with', detail: `the owner never offers ${key} with ${nameOf(against)}` }
      const needed = onlyWith.get(key)
      if (needed !== undefined && !needed.some((other) => held.has(subjectKey(other))))
        return {
          rule: 'only-with',
          detail: `the owner offers ${key} only with ${needed.map(nameOf).join(' or ')}`,
        }
    }
    return null
  })
}

const nameOf = (subject: Subject | null): string => (subject === null ? 'anything' : subjectKey(subject))

/** Ranks the pinned pairings, then the rest; a product that is pinned with one line stands once, with that line. */
export function pinnedFirst(
  candidates: readonly Candidate[],
  { guide }: OwnersHand,
  rank: (some: readonly Candidate[]) => readonly Candidate[],
): readonly Candidate[] {
  const pinned = candidates.filter(
    ({ anchor, product }) => wordsOn(guide, anchor.id, product.id).standing === 'pinned',
  )
  if (pinned.length === 0) return rank(candidates)
  const products = new Set(pinned.map(({ product }) => product.id))
  return [...rank(pinned), ...rank(candidates.filter(({ product }) => !products.has(product.id)))]
}

/** The owner's ceilings in place of those of the settings. */
export function ownersCeilings<Some extends Pick<Settings, 'priceCeilingByCategory'>>(
  settings: Some,
  { guide }: OwnersHand,
): Some {
  if (guide.ceilings.size === 0) return settings
  const priceCeilingByCategory = { ...settings.priceCeilingByCategory, ...Object.fromEntries(guide.ceilings) }
  return { ...settings, priceCeilingByCategory }
}

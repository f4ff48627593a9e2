// T of NEXT, time it to the right window: accessories now, on the thank-you page and in the confirmation e-mail;
// refills when they run out; the natural next step 3 to 30 days later, when the product has arrived.

import type { Relation, Window } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'
import type { RefillRhythm } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'
import { predictRunOut, type RunOut } from './predict-run-out.ts'

/** A refill that is due later than this is not worth a promise made today. */
const REFILL_LATEST_DAY = 180

/** The moments right after the order: what completes a purchase belongs here. */
export const atOnce: readonly Window[] = [
  { placement: 'thank-you', fromDay: 0, toDay: 0 },
  { placement: 'confirmation-email', fromDay: 0, toDay: 1 },
]

type WindowSettings = Pick<Settings, 'followUpFromDay' | 'followUpToDay' | 'deliveryDays'>

/** A refill may be offered until most of those who come back have done so. */
export function refillWindows({ offerDay, dayHigh }: RunOut): readonly Window[] {
  if (offerDay > REFILL_LATEST_DAY) return []
  return [{ placement: 'follow-up', fromDay: offerDay, toDay: Math.max(offerDay + 7, dayHigh) }]
}

/** The moments at which a pairing of this relation may be offered. `boughtLater`: also found in later orders. */
export function windowsOf(
  relation: Relation,
  facts: { readonly rhythm: RefillRhythm | null; readonly boughtLater: boolean },
  settings: WindowSettings,
): readonly Window[] {
  const followUp: Window = {
    placement: 'follow-up',
    fromDay: settings.followUpFromDay,
    toDay: settings.followUpToDay,
  }
  if (relation === 'extend') return [followUp]
  if (relation === 'refill') {
    if (facts.rhythm === null) return []
    return refillWindows(predictRunOut(facts.rhythm, [{ day: 0, quantity: 1 }], settings))
  }
  return facts.boughtLater ? [...atOnce, followUp] : atOnce
}

export function timeWindow(candidates: readonly Candidate[], placement: Placement): Sifted {
  return sift(candidates, ({ windows, relation }) => {
    if (windows.some((window) => window.placement === placement)) return null
    if (relation === 'refill' && windows.length === 0)
      return {
        rule: 'wrong-window',
        detail: `it is due later than ${REFILL_LATEST_DAY} days after the order`,
      }
    const moments = windows.map((window) => window.placement).join(', ') || 'no moment'
    return { rule: 'wrong-window', detail: `${relation} pairings of this product belong to: ${moments}` }
  })
}

/** Days after the order at which the pick is meant to be seen: the start of its window, at least. */
export function showAfterDays(candidate: Candidate, placement: Placement): number {
  return candidate.windows.find((window) => window.placement === placement)?.fromDay ?? 0
}

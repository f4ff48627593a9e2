// Refills at the moment of an order: what the plan knows of a product, this customer's own rhythm and the units just
// bought together say when it runs out. Comes in: candidates, the order, what its customer bought before. Goes out: the
// same candidates, refills among them with the window, the sentence and the reason of this order. A refill that would
// come too late to be promised keeps no window, and the rule of the right moment drops it.

import type { CustomerPurchases, Order } from '../domain/order.ts'
import type { RefillRhythm } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { Candidate } from './candidate.ts'
import { titleInSentence } from './name-need.ts'
import { refillNeed, refillReason } from './name-refill.ts'
import { predictRunOut, purchasesOf } from './predict-run-out.ts'
import { refillWindows } from './time-window.ts'

export function timeRefills(
  candidates: readonly Candidate[],
  order: Order,
  customer: CustomerPurchases | null,
  settings: Settings,
): readonly Candidate[] {
  return candidates.map((candidate) => {
    const rhythm = candidate.anchor.refill
    if (candidate.relation !== 'refill' || rhythm === null || candidate.evidence === null) return candidate
    return timeRefill(candidate, rhythm, order, customer, settings)
  })
}

function timeRefill(
  candidate: Candidate,
  rhythm: RefillRhythm,
  order: Order,
  customer: CustomerPurchases | null,
  settings: Settings,
): Candidate {
  const bought = purchasesOf(candidate.anchor.id, order, customer)
  const runOut = predictRunOut(rhythm, bought, settings)
  // A sentence of the shop's own stays; only the general one is replaced by the one about this order.
  const title = titleInSentence(candidate.anchor.title)
  const general = refillNeed(title, rhythm, null)
  const own = refillNeed(title, rhythm, { runOut, units: bought.at(-1)?.quantity ?? 1 })
  return {
    ...candidate,
    need: candidate.need === general ? own : candidate.need,
    reason: refillReason(candidate.anchor, rhythm, runOut),
    windows: refillWindows(runOut),
  }
}

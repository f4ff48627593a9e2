// A follow-up flow asks for one relation, for a moment, and not for what its reader has seen or bought by now. Comes in:
// candidates and what the flow asks. Goes out: those that it may bring; the others with the rule.

import type { DropRule } from '../domain/decision.ts'
import type { OfferedRelation, Relation } from '../domain/pairing.ts'
import { type Candidate, type Sifted, sift } from './candidate.ts'

export type FlowQuestion = {
  /** A flow of next steps also brings the upsells of a shop that turned them on. */
  readonly relation: Relation
  /** Products that it must not bring, by id. */
  readonly against: ReadonlyMap<string, { readonly rule: DropRule; readonly detail: string }>
  /** Days since the order, at the moment of sending; `null` while it is only planned. */
  readonly day: number | null
}

/** What runs out within so many days of one another is offered in one message. */
export const TOGETHER_DAYS = 7

export function heedFlow(candidates: readonly Candidate[], { relation, against, day }: FlowQuestion): Sifted {
  const { kept, dropped } = sift(candidates, (candidate) => {
    const asked = candidate.relation === 'upsell' ? 'extend' : candidate.relation
    if (asked !== relation)
      return { rule: 'other-flow', detail: `this flow brings "${relation}" only, this is "${asked}"` }
    const known = against.get(candidate.product.id)
    if (known !== undefined) return known
    return day !== null && hasOwnMoment(candidate.relation) ? whyNotNow(candidate, day) : null
  })
  return { kept: day === null ? kept : kept.map(forNow), dropped }
}

/** When it is used up, or has proven itself: too early is as wrong as too late. */
export function hasOwnMoment(relation: OfferedRelation): boolean {
  return relation === 'refill' || relation === 'upsell'
}

function whyNotNow({ windows }: Candidate, day: number): { rule: DropRule; detail: string } | null {
  const window = windows.find(({ placement }) => placement === 'follow-up')
  if (window === undefined) return null
  if (window.fromDay > day + TOGETHER_DAYS)
    return { rule: 'wrong-window', detail: `it is not due before day ${window.fromDay}; this is day ${day}` }
  if (window.toDay < day)
    return { rule: 'wrong-window', detail: `its time ended on day ${window.toDay}; this is day ${day}` }
  return null
}

/** Its moment has come: what depends on the day of showing (a season) is judged by today. */
function forNow(candidate: Candidate): Candidate {
  const windows = candidate.windows.map((window) =>
    window.placement === 'follow-up' ? { ...window, fromDay: 0 } : window,
  )
  return { ...candidate, windows }
}

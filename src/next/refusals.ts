// What the plan refuses, seen from outside a single pairing. Goes in: the plan, and products. Comes out: whether one of
// two products replaces the other, and which add-ons a line of an order rules out. A product that replaces one line of
// an order is not offered because it goes well with another.

import type { DropRule } from '../domain/decision.ts'
import type { RefusedRelation } from '../domain/pairing.ts'
import type { Plan } from '../domain/plan.ts'

export const refusedRule: Readonly<Record<Exclude<RefusedRelation, 'too-little-evidence'>, DropRule>> = {
  variant: 'refused-variant',
  substitute: 'refused-substitute',
  upsell: 'refused-upsell',
  'taken-less': 'taken-less',
}

export type Refusal = { readonly anchor: string; readonly rule: DropRule }

/**
 * By add-on, the line that refuses it; too little evidence, or that it is not taken beside one line, is no refusal: another
 * line may show it.
 */
export function refusalsOf(
  anchorIds: readonly string[],
  plan: Pick<Plan, 'pairings'>,
  passing: RefusedRelation = 'too-little-evidence',
): ReadonlyMap<string, Refusal> {
  const refusals = new Map<string, Refusal>()
  for (const anchor of anchorIds) {
    for (const { addOn, verdict } of plan.pairings.get(anchor) ?? []) {
      if (verdict.status !== 'refused' || verdict.relation === passing) continue
      if (verdict.relation === 'too-little-evidence' || verdict.relation === 'taken-less') continue
      if (!refusals.has(addOn)) refusals.set(addOn, { anchor, rule: refusedRule[verdict.relation] })
    }
  }
  return refusals
}

/** Retired for this anchor (attach-rate-fallen.ts): no lower step of the ladder brings it back for it. */
export function isTakenLess(plan: Pick<Plan, 'pairings'>, anchor: string, addOn: string): boolean {
  const found = plan.pairings.get(anchor)?.find((pairing) => pairing.addOn === addOn)
  return found?.verdict.relation === 'taken-less'
}

/** Two products of which the data says that one replaces the other, whichever was the anchor. */
export function excludes(plan: Pick<Plan, 'pairings'>, one: string, other: string): boolean {
  const replaces = (anchor: string, addOn: string): boolean =>
    (plan.pairings.get(anchor) ?? []).some(
      ({ addOn: found, verdict }) =>
        found === addOn &&
        verdict.status === 'refused' &&
        (verdict.relation === 'variant' || verdict.relation === 'substitute'),
    )
  return replaces(one, other) || replaces(other, one)
}

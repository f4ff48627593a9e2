// May two picks stand beside each other in one message? Comes in: the plan, the owner's words, two products. Goes out: why
// not, or `null`. Two forms of one thing, or two of which one replaces the other, are a choice to make and no help; and
// whoever takes both holds what the owner keeps apart: a rule "never with" speaks of picks as of an order.

import type { DroppedCandidate } from '../domain/decision.ts'
import { subjectKey } from '../domain/owner-word.ts'
import type { Plan, PlanProduct } from '../domain/plan.ts'
import { keysOf, type OwnerGuide } from './owner-guide.ts'
import { excludes } from './refusals.ts'

export type Apart = Pick<DroppedCandidate, 'rule' | 'detail'>

export function standApart(
  plan: Pick<Plan, 'pairings'>,
  guide: OwnerGuide,
  pick: PlanProduct,
  product: PlanProduct,
): Apart | null {
  const isForm = product.variantGroup !== null && pick.variantGroup === product.variantGroup
  if (isForm || excludes(plan, pick.id, product.id))
    return {
      rule: 'variant-of-pick',
      detail: `it is another form of, or a replacement for, the pick ${pick.id}`,
    }
  if (isKeptFrom(guide, pick, product) || isKeptFrom(guide, product, pick))
    return { rule: 'never-with', detail: `the owner never wants it together with the pick ${pick.id}` }
  return null
}

function isKeptFrom({ neverWith }: OwnerGuide, one: PlanProduct, other: PlanProduct): boolean {
  if (neverWith.size === 0) return false
  const held = keysOf(other)
  return keysOf(one).some((key) =>
    neverWith.get(key)?.some((against) => against !== null && held.includes(subjectKey(against))),
  )
}

// Does a variation do harm, whatever it earns? Comes in: what guardrails look at, per variation, control first. Goes out: the
// first guardrail that a variation broke, in a sentence, or `null`. Asked at every look: one-sided confidence sequences
// (stats/confidence-sequence.ts) keep false alarms rare however often it is asked. Nothing can go wrong: an arm that is too
// small breaks nothing.

import type { Experiment, Guardrail } from '../domain/experiment.ts'
import type { VariationHarm } from '../ports/trial-store.ts'
import { lowerConfidenceSequence } from '../stats/confidence-sequence.ts'
import { ratioMoments } from '../stats/delta-method.ts'
import { estimateEffect } from '../stats/mean-difference.ts'
import { momentsOfRate, momentsOfSums, type SampleMoments } from '../stats/sample-moments.ts'
import { usualJudge } from './judge-experiment.ts'

export type BrokenGuardrail = {
  readonly guardrail: Guardrail
  readonly variation: string
  readonly reason: string
}

/** Which customers a guardrail counts. */
const counted = { unsubscribes: 'unsubscribed', complaints: 'complained', refunds: 'refunded' } as const

/** Chance that an experiment is ever stopped for nothing, over all its guardrails and variations. */
const ALPHA = 0.05

export function watchGuardrails(
  { variations, guardrails }: Pick<Experiment, 'variations' | 'guardrails'>,
  harm: readonly VariationHarm[],
): BrokenGuardrail | null {
  const of = (id: string) => harm.find(({ variation }) => variation === id)
  const [control, ...tried] = variations
  const before = control === undefined ? undefined : of(control.id)
  if (before === undefined || before.units < usualJudge.unitsMin) return null
  const alpha = ALPHA / (guardrails.length * tried.length)
  for (const { id, name } of tried) {
    const now = of(id)
    if (now === undefined || now.units < usualJudge.unitsMin) continue
    for (const guardrail of guardrails)
      if (isWorse(guardrail, before, now, alpha))
        return { guardrail, variation: id, reason: tell(guardrail, name, before, now) }
  }
  return null
}

function isWorse(guardrail: Guardrail, before: VariationHarm, now: VariationHarm, alpha: number): boolean {
  const [one, other] = [badnessOf(guardrail, before), badnessOf(guardrail, now)]
  if (one === null || other === null) return false
  const found = estimateEffect(one, other)
  return !('kind' in found) && lowerConfidenceSequence(found, { alpha }) > 0
}

/** More is worse. */
function badnessOf(guardrail: Guardrail, harm: VariationHarm): SampleMoments | null {
  if (guardrail !== 'order-value') return momentsOfRate(harm[counted[guardrail]], harm.units)
  const { units, orders, ordersSquared, valueMinor, valueSquared, valueTimesOrders } = harm
  const covariance = units < 2 ? 0 : (valueTimesOrders - (valueMinor * orders) / units) / (units - 1)
  const value = ratioMoments({
    numerator: momentsOfSums(units, valueMinor, valueSquared),
    denominator: momentsOfSums(units, orders, ordersSquared),
    covariance,
  })
  return value === null ? null : { ...value, mean: -value.mean }
}

function tell(guardrail: Guardrail, name: string, before: VariationHarm, now: VariationHarm): string {
  if (guardrail === 'order-value') {
    const fall = 1 - now.valueMinor / now.orders / (before.valueMinor / before.orders)
    return `orders of “${name}” are worth ${(fall * 100).toFixed(1)} % less than those of the control`
  }
  const share = (harm: VariationHarm) => `${((harm[counted[guardrail]] / harm.units) * 100).toFixed(2)} %`
  const what = { unsubscribes: 'unsubscribed', complaints: 'complained', refunds: 'gave something back' }[
    guardrail
  ]
  return `${share(now)} of the customers of “${name}” ${what}, against ${share(before)} of the control`
}

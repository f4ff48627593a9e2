// What should the owner change next? Comes in: the figures of a period, the plan as the catalog makes it today, the flows
// and a few settings. Goes out: a ranked list of actions, each with the figures that carry it. Nothing is advised that the
// figures do not carry: rates are pulled to those of their kind, effects are of what was caused where the hold-out tells
// it, and where little is known the advice is what to wait for. bench/advice.ts measures it against planted truth.

import type { Advice, AdviceAction, RankedAdvice } from './advice/advice.ts'
import { adviseExperiments } from './advice/advise-experiments.ts'
import { adviseFlows } from './advice/advise-flows.ts'
import { advisePairings } from './advice/advise-pairings.ts'
import { adviseRetired } from './advice/advise-retired.ts'
import { adviseWaiting } from './advice/advise-waiting.ts'
import type { AdviceGround } from './advice/ground.ts'
import { leaveAll } from './advice/leave-all.ts'
import { worthOfPairings } from './advice/pairing-worth.ts'
import { rankScore } from './advice/rank-score.ts'

/** Nobody reads more; what leads is what counts. */
const ADVICE_MAX = 25

/** Actions of which nobody can tell the effect beforehand come behind those with one, in this order. */
const order: readonly AdviceAction[] = [
  'pause-flow',
  'widen-hold-out',
  'swap',
  'retire',
  'restock',
  're-price',
  're-time',
  'rewrite',
  'test',
  'wait',
  'keep',
]

export function advise(ground: AdviceGround): readonly Advice[] {
  const worths = worthOfPairings(ground)
  const advice = [
    ...adviseExperiments(ground),
    ...adviseFlows(ground, worths.shop),
    ...advisePairings(ground, worths),
    ...adviseRetired(ground),
    ...adviseWaiting(ground),
  ]
  return (advice.length === 0 ? [leaveAll(ground)] : advice)
    .toSorted(compare)
    .slice(0, ADVICE_MAX)
    .map(({ urgency: _, ...advice }) => advice)
}

function compare(one: RankedAdvice, other: RankedAdvice): number {
  if (one.urgency !== other.urgency) return one.urgency === 'now' ? -1 : 1
  const [first, second] = [standing(one), standing(other)]
  if (first !== second) return first - second
  const difference = rankScore(other) - rankScore(one)
  return Number.isFinite(difference) && difference !== 0
    ? difference
    : order.indexOf(one.action) - order.indexOf(other.action)
}

/** What has an effect, what has none that is known, what to wait for and to keep. */
function standing({ action, effectPerMonthMinor }: RankedAdvice): number {
  if (action === 'wait' || action === 'keep') return order.indexOf(action)
  return effectPerMonthMinor === null ? 1 : 0
}

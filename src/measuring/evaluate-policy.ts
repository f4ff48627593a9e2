// What would another policy have earned on choices that were logged? Comes in: the choices, one after another, from the
// store or from a file, each with its propensity and the chance that the other policy gives the same pick. Goes out: what
// the logged policy earned, and the estimates for the other one with 95 % intervals; or why there are none
// (off-policy.ts says when). Estimates by a model are given only where every choice brought its predictions. What can go
// wrong: a propensity outside (0, 1] (RangeError); who reads from outside checks before.

import { type BootstrapMean, bootstrapMean } from '../stats/bootstrap-interval.ts'
import { evaluatePolicy, type LoggedDecision, type PolicyWeights } from '../stats/off-policy.ts'
import type { Random } from '../stats/seeded-random.ts'

export type LoggedChoice = {
  /** Of the pick that was made, when it was made. In (0, 1]. */
  readonly propensity: number
  /** Chance that the other policy makes this pick here. In [0, 1]. */
  readonly newPropensity: number
  /** What came of it, in any one unit: 1 for an acceptance, or what it earned. */
  readonly reward: number
  /** Of this pick, by a model that was not fitted on this choice. */
  readonly predictedReward?: number
  /** By the same model: over the picks of the other policy, by their chances. */
  readonly predictedUnderNew?: number
}

export type PolicyEvaluation = PolicyWeights & {
  /** What the logged policy earned per choice. */
  readonly logged: BootstrapMean
  readonly answer:
    | {
        readonly kind: 'estimated'
        readonly ips: BootstrapMean
        readonly snips: BootstrapMean
        readonly directMethod: BootstrapMean | null
        readonly doublyRobust: BootstrapMean | null
        /** How much more per choice the other policy earns, by the best estimate that there is. */
        readonly gain: { readonly by: 'doubly-robust' | 'snips' } & BootstrapMean
      }
    | { readonly kind: 'refused'; readonly reason: string }
}

export async function evaluateLoggedChoices(
  choices: AsyncIterable<LoggedChoice> | Iterable<LoggedChoice>,
  { random, cap }: { readonly random: Random; readonly cap?: number },
): Promise<PolicyEvaluation> {
  const log: LoggedDecision[] = []
  let predicted = true
  for await (const { reward, propensity, newPropensity, predictedReward, predictedUnderNew } of choices) {
    if (predictedReward === undefined || predictedUnderNew === undefined) predicted = false
    log.push({
      reward,
      propensity,
      target: newPropensity,
      expected: predictedReward ?? 0,
      expectedOfTarget: predictedUnderNew ?? 0,
    })
  }
  const logged = bootstrapMean(
    log.map(({ reward }) => reward),
    random,
  )
  const found = evaluatePolicy(log, random, cap === undefined ? {} : { cap })
  const { decisions, effectiveSample, meanWeight, maxWeight } = found
  const weights = { decisions, effectiveSample, meanWeight, maxWeight }
  if (found.kind === 'refused')
    return { ...weights, logged, answer: { kind: 'refused', reason: found.reason } }
  const { ips, snips, directMethod, doublyRobust, gainByModel, gainByRatio } = found
  return {
    ...weights,
    logged,
    answer: {
      kind: 'estimated',
      ips,
      snips,
      directMethod: predicted ? directMethod : null,
      doublyRobust: predicted ? doublyRobust : null,
      gain: predicted ? { by: 'doubly-robust', ...gainByModel } : { by: 'snips', ...gainByRatio },
    },
  }
}

// What would another policy have earned on decisions that were made by this one? Comes in: per logged decision what came
// of it, the chance it had then (propensity) and the chance the other policy gives the same pick, and what a model
// expects. Goes out: four estimates with 95 % intervals, and how many decisions they really rest on; or a refusal with
// its reason. A policy that picks what the logged one hardly ever showed cannot be judged by these logs, whatever the
// arithmetic gives. Rewards in any unit; propensities in (0, 1].
// Source: Horvitz & Thompson 1952 (IPS); Swaminathan & Joachims 2015 (SNIPS); Dudík, Langford & Li 2011 (DR); effective
// sample Kish 1965; bounds of the refusal in docs/methods.md; estimators as in the Open Bandit Pipeline.

import { type BootstrapMean, bootstrapMean } from './bootstrap-interval.ts'
import type { Random } from './seeded-random.ts'

export type LoggedDecision = {
  readonly reward: number
  /** Of the pick that was made, when it was made. In (0, 1]. */
  readonly propensity: number
  /** Chance that the other policy makes the same pick here. In [0, 1]. */
  readonly target: number
  /** Reward that a model expects of the pick that was made; 0 where there is no model. */
  readonly expected: number
  /** Reward that the model expects of the other policy here: over its picks, by their chances. */
  readonly expectedOfTarget: number
}

export type PolicyWeights = {
  readonly decisions: number
  /** (Σw)² / Σw²: as many decisions of the other policy itself would tell as much. */
  readonly effectiveSample: number
  /** Near 1 where the logged propensities are true and cover the other policy. */
  readonly meanWeight: number
  readonly maxWeight: number
}

export type PolicyValue = PolicyWeights & {
  readonly kind: 'estimated'
  /** Unbiased, widest. */
  readonly ips: BootstrapMean
  /** Slightly biased, bounded by the rewards that were seen. */
  readonly snips: BootstrapMean
  /** The model alone: as good as the model. */
  readonly directMethod: BootstrapMean
  /** The model, corrected by what was seen: right where either the model or the propensities are. */
  readonly doublyRobust: BootstrapMean
  /** What the other policy earns more than was earned, decision by decision: by the model corrected, and by SNIPS. */
  readonly gainByModel: BootstrapMean
  readonly gainByRatio: BootstrapMean
}

export type PolicyRefusal = PolicyWeights & { readonly kind: 'refused'; readonly reason: string }

export const EFFECTIVE_SAMPLE_MIN = 200
/** No single decision may weigh more than this share of all. */
export const WEIGHT_SHARE_MAX = 0.05
const MEAN_WEIGHT_RANGE = [0.9, 1.1] as const

/** `cap`: weights above it count as it (less spread, some bias); the refusal looks at the weights as they are. */
export function evaluatePolicy(
  log: readonly LoggedDecision[],
  random: Random,
  { cap = Number.POSITIVE_INFINITY }: { readonly cap?: number } = {},
): PolicyValue | PolicyRefusal {
  const weights = Float64Array.from(log, weightOf)
  const found = describeWeights(weights)
  const reason = refusalOf(found)
  if (reason !== null) return { kind: 'refused', reason, ...found }
  return { kind: 'estimated', ...found, ...estimate(log, weights, cap, random) }
}

function weightOf({ propensity, target }: LoggedDecision): number {
  if (!(propensity > 0 && propensity <= 1)) throw new RangeError(`invalid propensity: ${propensity}`)
  return target / propensity
}

export function describeWeights(weights: Float64Array): PolicyWeights {
  let maxWeight = 0
  for (const weight of weights) maxWeight = Math.max(maxWeight, weight)
  // In shares of the largest: the square of a weight of 1e200 is no number any more.
  let [shares, squares] = [0, 0]
  if (maxWeight > 0)
    for (const weight of weights) {
      shares += weight / maxWeight
      squares += (weight / maxWeight) ** 2
    }
  const decisions = weights.length
  return {
    decisions,
    effectiveSample: squares > 0 ? (shares * shares) / squares : 0,
    meanWeight: decisions > 0 ? (shares / decisions) * maxWeight : 0,
    maxWeight,
  }
}

function refusalOf({ decisions, effectiveSample, meanWeight, maxWeight }: PolicyWeights): string | null {
  if (effectiveSample < EFFECTIVE_SAMPLE_MIN) {
    const telling = Math.floor(effectiveSample)
    return `of ${decisions} decisions only ${telling} tell something about it, ${EFFECTIVE_SAMPLE_MIN} are needed`
  }
  if (maxWeight > WEIGHT_SHARE_MAX * decisions) {
    return 'one decision weighs more than a twentieth of all: it was hardly ever made before'
  }
  if (meanWeight < MEAN_WEIGHT_RANGE[0] || meanWeight > MEAN_WEIGHT_RANGE[1]) {
    return `the weights have a mean of ${meanWeight.toFixed(2)} instead of 1: it picks what was never shown, or the logged chances are not those that were used`
  }
  return null
}

function estimate(
  log: readonly LoggedDecision[],
  uncapped: Float64Array,
  cap: number,
  random: Random,
): Omit<PolicyValue, keyof PolicyWeights | 'kind'> {
  const weights = uncapped.map((weight) => Math.min(weight, cap))
  let [sum, weighted] = [0, 0]
  for (const [row, { reward }] of log.entries()) {
    const weight = weights[row] ?? 0
    sum += weight
    weighted += weight * reward
  }
  const ratio = weighted / sum
  const meanWeight = sum / log.length
  const meanOf = (value: (decision: LoggedDecision, weight: number) => number): BootstrapMean =>
    bootstrapMean(
      inBlocks(Float64Array.from(log, (decision, row) => value(decision, weights[row] ?? 0))),
      random,
    )
  // A ratio of two sums, made straight around its value (delta method), so that one bootstrap of means serves all.
  const byRatio = ({ reward }: LoggedDecision, weight: number): number =>
    ratio + (weight * (reward - ratio)) / meanWeight
  const corrected = ({ reward, expected, expectedOfTarget }: LoggedDecision, weight: number): number =>
    expectedOfTarget + weight * (reward - expected)
  return {
    ips: meanOf(({ reward }, weight) => weight * reward),
    snips: meanOf(byRatio),
    directMethod: meanOf(({ expectedOfTarget }) => expectedOfTarget),
    doublyRobust: meanOf(corrected),
    gainByModel: meanOf((decision, weight) => corrected(decision, weight) - decision.reward),
    gainByRatio: meanOf((decision, weight) => byRatio(decision, weight) - decision.reward),
  }
}

const BLOCKS = 20_000

/**
 * Means of equally many values each, in the order of time, where there are more than `BLOCKS`: resampling a million values a
 * thousand times would take minutes, and blocks of neighbours lose nothing. A rest of less than a block is left out.
 */
function inBlocks(values: Float64Array): Float64Array {
  const size = Math.floor(values.length / BLOCKS)
  if (size < 2) return values
  const blocks = new Float64Array(Math.floor(values.length / size))
  for (let block = 0; block < blocks.length; block++) {
    let sum = 0
    for (let value = block * size; value < (block + 1) * size; value++) sum += values[value] ?? 0
    blocks[block] = sum / size
  }
  return blocks
}

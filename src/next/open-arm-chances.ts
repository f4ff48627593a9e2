// With which chance each arm is shown, from what is known of it. Comes in: the records of the last refresh, what was said of
// arms, and per decision the candidates of one anchor with the ranking's scores. Goes out: chances that sum to 1.
// An arm that nobody saw yet is believed to be taken as often as others of its relation, in proportion to its score: the
// ranking's own chance of being wanted. So a new arm begins at the ranking's word and is corrected by what shoppers do.
// Computing takes some 0.1 ms (bench/choice.ts), so chances are kept until the records change.

import type { ArmRecord, ArmState } from '../domain/arm.ts'
import type { Placement } from '../domain/placement.ts'
import { type BetaPrior, learnPriors } from '../stats/beta-prior.ts'
import { type Arm, choiceProbabilities, FLOOR } from '../stats/thompson-sampling.ts'
import { armKey } from './arm-key.ts'
import type { Candidate } from './candidate.ts'
import type { ArmChances } from './testing.ts'

export type ArmBook = {
  readonly records: readonly ArmRecord[]
  readonly states: ReadonlyMap<string, ArmState>
}

/** As many sets of arms as a busy shop meets between two refreshes; the oldest goes first. */
const KEPT_MAX = 20_000
/** A score is a chance of being wanted; it is trusted for the sequence, and no further than a factor of ten. */
const SCORE_RATIO_MIN = 0.1

export function openArmChances({ records, states }: ArmBook): ArmChances {
  const known = new Map(records.map((record) => [armKey(record), record]))
  const priorOf = learnPriors(
    records.map(({ placement, relation, shown, taken }) => ({ path: [placement, relation], shown, taken })),
  )
  const kept = new Map<string, readonly number[]>()
  return (placement, candidates) => {
    const key = JSON.stringify([
      placement,
      candidates.map(({ anchor, product, score }) => [anchor.id, product.id, roundedScore(score)]),
    ])
    const before = kept.get(key)
    if (before !== undefined) return before
    const chances = chancesOf(placement, candidates, { known, states, priorOf })
    kept.set(key, chances)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
    return chances
  }
}

/** Two digits: a customer's own past moves scores a little, and that must not make every decision a new one. */
function roundedScore(score: number): number {
  return Number(score.toPrecision(2))
}

function chancesOf(
  placement: Placement,
  candidates: readonly Candidate[],
  facts: {
    readonly known: ReadonlyMap<string, ArmRecord>
    readonly states: ReadonlyMap<string, ArmState>
    readonly priorOf: (path: readonly string[]) => BetaPrior
  },
): readonly number[] {
  const places = candidates.map(({ anchor, product }) => ({
    placement,
    anchor: anchor.id,
    addOn: product.id,
  }))
  const states = places.map((place) => facts.states.get(armKey(place)) ?? 'live')
  const open = [...states.keys()].filter((index) => states[index] !== 'rested')
  // Where every arm rests, the ranking's word counts again.
  if (open.length === 0) return candidates.map((_, index) => (index === 0 ? 1 : 0))
  const chances = new Array<number>(candidates.length).fill(0)
  const promoted = open.find((index) => states[index] === 'promoted')
  if (promoted !== undefined) {
    for (const index of open) chances[index] = Math.min(FLOOR, 1 / open.length)
    chances[promoted] = 1 - Math.min(FLOOR, 1 / open.length) * (open.length - 1)
    return chances
  }
  const best = Math.max(...open.map((index) => candidates[index]?.score ?? 0))
  const arms = open.map((index): Arm => {
    const candidate = candidates[index]
    const record = facts.known.get(armKey(places[index] ?? { placement, anchor: '', addOn: '' }))
    const prior = facts.priorOf([placement, candidate?.relation ?? 'complete'])
    const ratio = best > 0 ? Math.max(SCORE_RATIO_MIN, (candidate?.score ?? 0) / best) : 1
    return {
      prior: atRate(prior, ratio),
      shown: record?.shown ?? 0,
      taken: record?.taken ?? 0,
      worth: Math.max(1, candidate?.product.priceMinor ?? 1),
    }
  })
  for (const [at, chance] of choiceProbabilities(arms).entries()) chances[open[at] ?? 0] = chance
  return chances
}

/** The same strength at `ratio` of the rate. */
function atRate({ a, b }: BetaPrior, ratio: number): BetaPrior {
  return { a: a * ratio, b: b + a * (1 - ratio) }
}

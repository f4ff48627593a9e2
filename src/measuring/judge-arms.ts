// Which arms win, which rest. Comes in: the records of the arms, what was said of them before, now. Goes out: the changes,
// each with its evidence in a sentence. An owner's word is not touched for 90 days; an arm that rested as long, or was
// retired (src/next/attach-rate-fallen.ts), is tried again, since shops change. Pure: nothing can go wrong here.

import {
  type ArmChange,
  type ArmPlace,
  type ArmRecord,
  isHeld,
  isRestOver,
  REST_DAYS,
} from '../domain/arm.ts'
import { armKey } from '../next/arm-key.ts'
import { type BetaPrior, learnPriors } from '../stats/beta-prior.ts'
import { chancesToBeBest } from '../stats/chance-to-be-best.ts'
import { type Arm, contenderOf, expectedLoss, posteriorOf } from '../stats/thompson-sampling.ts'

/** Fewer showings say nothing, as in GrowthBook's bandit. */
export const SHOWN_MIN = 100
const WINS_AT = 0.95
const RESTS_BELOW = 0.01
/** The winner may cost at most this share of what its rival earns, should it be the wrong one. */
const LOSS_SHARE_MAX = 0.01

export type NewArmChange = Omit<ArmChange, 'sequence'>

type Facts = {
  readonly records: readonly ArmRecord[]
  /** Of each arm the latest word. */
  readonly latest: readonly ArmChange[]
  /** Price of a product in minor units; 1 where nobody knows. */
  readonly priceOf: (product: string) => number
  readonly titleOf: (product: string) => string
  readonly nowMs: number
}

type Weighed = { readonly record: ArmRecord; readonly arm: Arm; readonly before: ArmChange | null }

export function judgeArms(facts: Facts): readonly NewArmChange[] {
  const { records, latest, priceOf } = facts
  const said = new Map(latest.map((change) => [armKey(change), change]))
  const priorOf = learnPriors(records.map((record) => ({ path: pathOf(record), ...record })))
  const groups = Map.groupBy(records, competitionOf)
  return [...groups.values()].flatMap((group) => {
    const arms = group.map((record): Weighed => {
      const prior: BetaPrior = priorOf(pathOf(record))
      const { shown, taken } = record
      const arm = { prior, shown, taken, worth: Math.max(1, priceOf(record.addOn)) }
      return { record, arm, before: said.get(armKey(record)) ?? null }
    })
    return judgeGroup(arms, facts)
  })
}

function judgeGroup(arms: readonly Weighed[], facts: Facts): readonly NewArmChange[] {
  const changes = arms.flatMap((one) => wake(one, facts))
  const competing = arms.filter(({ before }) => !isOut(before))
  if (competing.length < 2) return changes
  const chances = chancesToBeBest(competing.map(({ arm }) => contenderOf(arm)))
  const leader = competing.reduce(
    (best, _, index) => ((chances[index] ?? 0) > (chances[best] ?? 0) ? index : best),
    0,
  )
  const winner = competing[leader]
  if (winner === undefined) return changes
  for (const [index, one] of competing.entries()) {
    if (isHeld(one.before, facts.nowMs)) continue
    const said = sayOf(
      one,
      { winner, isWinner: index === leader, chance: chances[index] ?? 0, competing },
      facts,
    )
    if (said !== null) changes.push(said)
  }
  return changes
}

function sayOf(
  one: Weighed,
  standing: {
    readonly winner: Weighed
    readonly isWinner: boolean
    readonly chance: number
    readonly competing: readonly Weighed[]
  },
  facts: Facts,
): NewArmChange | null {
  const { winner, isWinner, chance, competing } = standing
  const isSeen = one.record.shown >= SHOWN_MIN && winner.record.shown >= SHOWN_MIN
  const rivals = competing.filter((rival) => rival !== one)
  const other = facts.titleOf((isWinner ? rivals[0] : winner)?.record.addOn ?? '')
  if (isWinner && isSeen && chance >= WINS_AT && rivals.every((rival) => costsLittle(one, rival)))
    return one.before?.state === 'promoted'
      ? null
      : change(one, 'promoted', won(one, rivals, chance, facts), facts)
  if (!isWinner && isSeen && chance < RESTS_BELOW)
    return change(one, 'rested', lost(one, winner, chance, facts), facts)
  if (one.before?.state === 'promoted' && !isWinner)
    return change(one, 'live', `${other} has caught up: ${rateOf(winner)} against ${rateOf(one)}`, facts)
  return one.before === null ? change(one, 'live', `shown for the first time beside ${other}`, facts) : null
}

function wake(one: Weighed, facts: Facts): readonly NewArmChange[] {
  const { before } = one
  if (before === null || !isOut(before) || before.source !== 'machine') return []
  if (!isRestOver(before, facts.nowMs)) return []
  return [change(one, 'live', `rested for ${REST_DAYS} days: tried again, since shops change`, facts)]
}

/** Not shown beside the others: it is judged again once it is. */
function isOut(before: ArmChange | null): boolean {
  return before?.state === 'rested' || before?.state === 'retired'
}

function costsLittle(one: Weighed, rival: Weighed): boolean {
  const { a, b } = posteriorOf(rival.arm)
  return expectedLoss(one.arm, rival.arm) < LOSS_SHARE_MAX * (a / (a + b)) * rival.arm.worth
}

function won(one: Weighed, rivals: readonly Weighed[], chance: number, { titleOf }: Facts): string {
  const [second] = [...rivals].sort((left, right) => right.arm.shown - left.arm.shown)
  const against = second === undefined ? '' : ` against ${rateOf(second)} of ${titleOf(second.record.addOn)}`
  return `${rateOf(one)}${against}; with ${percent(chance)} certainty it earns most here`
}

function lost(one: Weighed, winner: Weighed, chance: number, { titleOf }: Facts): string {
  return `${rateOf(one)} against ${rateOf(winner)} of ${titleOf(winner.record.addOn)}; the chance that it earns most is ${percent(chance)}`
}

function rateOf({ record: { placement, shown, taken } }: Weighed): string {
  const [part, whole] = [Math.round(taken), Math.round(shown)]
  return placement === 'thank-you'
    ? `taken by ${part} of ${whole}`
    : `bought after ${part} of ${whole} messages`
}

/** Never "100 %" nor "0 %": nothing here is certain. */
function percent(chance: number): string {
  if (chance > 0.999) return 'over 99.9 %'
  return chance < 0.001 ? 'below 0.1 %' : `${(chance * 100).toFixed(1)} %`
}

function change(
  { record }: Weighed,
  state: ArmChange['state'],
  because: string,
  { nowMs }: Facts,
): NewArmChange {
  const { placement, anchor, addOn }: ArmPlace = record
  return { placement, anchor, addOn, state, atMs: nowMs, source: 'machine', because }
}

/** What competes for the same place. Each flow of follow-ups brings one relation, so a next step never meets what completes. */
function competitionOf({ placement, anchor, relation }: ArmRecord): string {
  return JSON.stringify([placement, anchor, placement === 'follow-up' ? relation : null])
}

function pathOf({ placement, relation }: ArmRecord): readonly string[] {
  return [placement, relation]
}

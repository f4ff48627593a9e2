// Has the attach rate of a pairing surely fallen, and is it worth its place no more? Comes in: by week how often each arm
// was shown and taken, and how far back each may be looked at. Goes out: those that fell, each with the figures. Asked every
// night of thousands of arms, so a fall must be sure:
//
//   against its own past   some last weeks against all before them: of as many takings, in the long run of nights and
//                          whatever its rate is, fewer than one in 100,000 would leave so few for them (so-few-after.ts)
//   against the shop       what all other arms of the placement did from the same weeks to the same weeks, each against
//                          itself (pooled-rate-ratio.ts), is expected of this one too, with its error; a season or a
//                          changed page is no fall of a pairing. Others that rose ask for nothing more
//   by something           at most two thirds of what was expected
//   worth its place no more  surely (95 % Wilson) below what pairings of its kind reach at this placement
//
// The pairing as a whole is judged where it was mostly shown. What can go wrong: where hardly anything else is shown, the
// trend of the shop is not known, and nothing is said. A slow decline over more than half a year is noticed late.

import { type ArmPlace, type ArmRecord, type ArmWeek, answeredMs, REST_DAYS } from '../domain/arm.ts'
import { DAY_MS, dayInWords } from '../domain/instant.ts'
import type { Placement } from '../domain/placement.ts'
import { learnPriors } from '../stats/beta-prior.ts'
import {
  addSums,
  type BeforeAfter,
  noSums,
  type PooledRatio,
  pooledRatio,
  type RatioSums,
  ratioSums,
} from '../stats/pooled-rate-ratio.ts'
import { chanceOfSoFew } from '../stats/so-few-after.ts'
import { forget } from '../stats/thompson-sampling.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import { armKey } from './arm-key.ts'

/** As far as anybody looks back. */
export const TRACKED_WEEKS = 56
/** The last so many weeks are held against those before: a sudden fall shows in few, a slow one in many. */
const LATE_WEEKS = [2, 3, 5, 8, 12, 18, 26] as const
/**
 * Of one arm in one night, over all of `LATE_WEEKS`: in 730 nights at most 0.73 % of the arms that never change,
 * however the nights hang together. Since they overlap it is far less: of 7,520 simulated ones 1 was retired in two
 * years, of 4,000 that the choice showed the more often the luckier they were early, 4 (bench/attach-rate.ts). With 1e-4 a halved rate was noticed in 53 days instead of
 * 72, and 5 of 1,880 were retired instead of none (30 showings a day); milder falls the always-on choice meets anyway.
 */
const CHANCE_MAX = 1e-5
const CHANCE_MAX_EACH = CHANCE_MAX / LATE_WEEKS.length
const FALLEN_SHARE = 2 / 3

export type FallenRate = ArmPlace & {
  /** The last so many weeks against all before. */
  readonly weeks: number
  readonly figures: BeforeAfter
  /** By what factor all others of the placement moved meanwhile. */
  readonly others: number
  /** What pairings of its relation reach at the placement. */
  readonly kindRate: number
}

type Track = { readonly arm: ArmRecord; readonly shown: Float64Array; readonly taken: Float64Array }

/** `weeksOpen`: how many of the last weeks of an arm may count as late; 0 where it is not to be judged. */
export function findFallen(
  weeks: readonly ArmWeek[],
  weeksOpen: (arm: ArmPlace) => number = () => TRACKED_WEEKS,
): readonly FallenRate[] {
  const tracks = trackArms(weeks)
  const fallen = new Map<string, FallenRate & { readonly chance: number }>()
  let kindRateOf: ((arm: ArmRecord) => number) | null = null
  for (const late of LATE_WEEKS) {
    const cuts = tracks.map((track) => ({ arm: track.arm, figures: cut(track, late) }))
    const sums = sumByPlacement(cuts)
    const shownOf = shownLate(cuts)
    for (const { arm, figures } of cuts) {
      const others = pooledRatio(addSums(sums.get(arm.placement) ?? noSums, ratioSums(figures), -1))
      if (others === null || !mayHaveFallen(figures, others) || weeksOpen(arm) < late) continue
      if (figures.shownAfter * 2 < (shownOf.get(pairKey(arm)) ?? 0)) continue
      const chance = chanceOfSoFew(figures, others, 1)
      if (chance > CHANCE_MAX_EACH || chance >= (fallen.get(armKey(arm))?.chance ?? 1)) continue
      kindRateOf ??= openKindRates(tracks)
      const kindRate = kindRateOf(arm)
      if (wilsonInterval(figures.takenAfter, figures.shownAfter).high >= kindRate) continue
      const { placement, anchor, addOn } = arm
      const found = { placement, anchor, addOn, weeks: late, figures, others: others.ratio, kindRate, chance }
      fallen.set(armKey(arm), found)
    }
  }
  return [...fallen.values()].map(({ chance: _, ...found }) => found)
}

function trackArms(weeks: readonly ArmWeek[]): readonly Track[] {
  const tracks = new Map<string, Track>()
  for (const { weeksAgo, shown, taken, ...arm } of weeks) {
    if (weeksAgo < 0 || weeksAgo >= TRACKED_WEEKS) continue
    const key = armKey(arm)
    const track = tracks.get(key) ?? {
      arm: { ...arm, shown: 0, taken: 0 },
      shown: new Float64Array(TRACKED_WEEKS),
      taken: new Float64Array(TRACKED_WEEKS),
    }
    tracks.set(key, track)
    track.shown[weeksAgo] = (track.shown[weeksAgo] ?? 0) + shown
    track.taken[weeksAgo] = (track.taken[weeksAgo] ?? 0) + taken
  }
  return [...tracks.values()]
}

/** An answer may fall into the week after its showing, so of either side no more were taken than shown. */
function cut({ shown, taken }: Track, late: number): BeforeAfter {
  const sum = (of: Float64Array, from: number, to: number): number => {
    let total = 0
    for (let week = from; week < to; week++) total += of[week] ?? 0
    return total
  }
  const [shownAfter, shownBefore] = [sum(shown, 0, late), sum(shown, late, TRACKED_WEEKS)]
  return {
    ...{ shownAfter, shownBefore },
    takenAfter: Math.min(shownAfter, sum(taken, 0, late)),
    takenBefore: Math.min(shownBefore, sum(taken, late, TRACKED_WEEKS)),
  }
}

type Cut = { readonly arm: ArmRecord; readonly figures: BeforeAfter }

function sumByPlacement(cuts: readonly Cut[]): ReadonlyMap<Placement, RatioSums> {
  const sums = new Map<Placement, RatioSums>()
  for (const { arm, figures } of cuts)
    sums.set(arm.placement, addSums(sums.get(arm.placement) ?? noSums, ratioSums(figures)))
  return sums
}

/** Of a pairing, at all placements together. */
function shownLate(cuts: readonly Cut[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { arm, figures } of cuts)
    sums.set(pairKey(arm), (sums.get(pairKey(arm)) ?? 0) + figures.shownAfter)
  return sums
}

function pairKey({ anchor, addOn }: ArmPlace): string {
  return JSON.stringify([anchor, addOn])
}

/** Quickly: most have not. Even with nothing taken the chance is about e^-expected, at a known factor not below it. */
function mayHaveFallen(figures: BeforeAfter, { ratio }: PooledRatio): boolean {
  const { takenBefore, shownBefore, takenAfter, shownAfter } = figures
  if (takenBefore === 0 || shownAfter === 0) return false
  const expected = (takenBefore / shownBefore) * shownAfter * Math.min(1, ratio)
  return takenAfter <= expected * FALLEN_SHARE && expected >= -Math.log(CHANCE_MAX_EACH)
}

/** As the always-on choice believes of one that nobody saw: old weeks count less. */
function openKindRates(tracks: readonly Track[]): (arm: ArmRecord) => number {
  const counts = tracks.map(({ arm, shown, taken }) => {
    const sums = { shown: 0, taken: 0 }
    for (let week = 0; week < TRACKED_WEEKS; week++) {
      const kept = forget({ shown: shown[week] ?? 0, taken: taken[week] ?? 0 }, week * 7 + 3.5)
      sums.shown += kept.shown
      sums.taken += kept.taken
    }
    return { path: [arm.placement, arm.relation], shown: sums.shown, taken: Math.min(sums.taken, sums.shown) }
  })
  const priorOf = learnPriors(counts.filter(({ shown }) => shown > 0))
  return ({ placement, relation }) => {
    const { a, b } = priorOf([placement, relation])
    return a / (a + b)
  }
}

/** In a sentence, with its day: until when it rests, too. */
export function sayFallen(
  { placement, weeks, figures, others, kindRate }: FallenRate,
  nowMs: number,
): string {
  const since = dayInWords(nowMs - answeredMs(placement) - weeks * 7 * DAY_MS)
  const { takenBefore, shownBefore, takenAfter, shownAfter } = figures
  const [shown, taken] = [times(shownAfter), takenAfter === 0 ? 'never' : times(takenAfter)]
  const late =
    placement === 'thank-you'
      ? `shown ${shown} since ${since}, taken ${taken}; before that ${rateInWords(takenBefore / shownBefore)} took it`
      : `in ${placement === 'follow-up' ? 'follow-ups' : 'confirmations'} sent ${shown} since ${since}, bought after it ${taken}; before that ${rateInWords(takenBefore / shownBefore)} bought it`
  const shop = `others there came to ${Math.round(100 * others)} % of what they were before, and pairings like it reach ${rateInWords(kindRate)}`
  return `${late} (${whole(takenBefore)} of ${whole(shownBefore)}); ${shop}; it rests for ${REST_DAYS} days and is tried again from ${dayInWords(nowMs + REST_DAYS * DAY_MS)}`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function times(value: number): string {
  return Math.round(value) === 1 ? 'once' : `${whole(value)} times`
}

/** "9 in 100", "4 in 1,000". */
function rateInWords(rate: number): string {
  return rate >= 0.0095
    ? `${Math.round(rate * 100)} in 100`
    : `${Math.max(1, Math.round(rate * 1000))} in 1,000`
}

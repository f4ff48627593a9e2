import assert from 'node:assert/strict'
import test from 'node:test'
import type { ArmWeek } from '../domain/arm.ts'
import type { Placement } from '../domain/placement.ts'
import { drawBeta } from '../stats/beta-draw.ts'
import { drawBinomial } from '../stats/binomial-draw.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { findFallen, sayFallen, TRACKED_WEEKS } from './attach-rate-fallen.ts'

type Told = readonly [shown: number, taken: number]

/** The latest `lateWeeks` of one arm, and all weeks before. */
function arm(anchor: string, late: Told, before: Told, lateWeeks = 8, placement: Placement = 'thank-you') {
  return Array.from({ length: TRACKED_WEEKS }, (_, weeksAgo): ArmWeek => {
    const [shown, taken] = weeksAgo < lateWeeks ? late : before
    return { placement, anchor, addOn: 'cleaner', relation: 'complete', weeksAgo, shown, taken }
  })
}

/** Twenty others that are taken by 6 in 100, and of late by `factor` of that. */
const others = (factor = 1, placement: Placement = 'thank-you') =>
  Array.from({ length: 20 }, (_, index) =>
    arm(`other-${index}`, [100, 6 * factor], [100, 6], 8, placement),
  ).flat()

const anchors = (weeks: readonly ArmWeek[], open?: (anchor: string) => number) =>
  findFallen(weeks, open && (({ anchor }) => open(anchor))).map(({ anchor }) => anchor)

test('a rate that fell to nearly nothing is found, with the weeks and the figures that show it best', () => {
  const [fallen, ...more] = findFallen([...others(), ...arm('machine', [50, 0.375], [30, 2.7])])
  assert.deepEqual(more, [])
  assert.deepEqual(fallen, {
    ...{ placement: 'thank-you', anchor: 'machine', addOn: 'cleaner', weeks: 8, others: 1 },
    figures: { shownAfter: 400, takenAfter: 3, shownBefore: 1440, takenBefore: fallen?.figures.takenBefore },
    kindRate: fallen?.kindRate,
  })
  assert.ok(Math.abs((fallen?.figures.takenBefore ?? 0) - 129.6) < 1e-9)
  assert.ok(Math.abs((fallen?.kindRate ?? 0) - 0.06) < 0.01, `${fallen?.kindRate}`)
})

test('it is told in plain words, with the day it shows from, what others did, and when it is tried again', () => {
  const [fallen] = findFallen([...others(), ...arm('machine', [50, 0.375], [30, 2.7])])
  assert.ok(fallen)
  const nowMs = Date.UTC(2026, 8, 26, 3)
  assert.equal(
    sayFallen(fallen, nowMs),
    'shown 400 times since 1 August 2026, taken 3 times; before that 9 in 100 took it (130 of 1,440); others there came to 100 % of what they were before, and pairings like it reach 6 in 100; it rests for 90 days and is tried again from 25 December 2026',
  )
  const inFollowUps = { ...fallen, placement: 'follow-up' as const }
  assert.match(
    sayFallen(inFollowUps, nowMs),
    /^in follow-ups sent 400 times since 18 July 2026, bought after it 3 times; before that 9 in 100 bought it/,
  )
})

test('a fall of the whole placement, a season or a changed page, is no fall of a pairing; one that fell further is', () => {
  const shop = [...others(0.25), ...arm('like-the-others', [100, 1.5], [100, 6])]
  assert.deepEqual(anchors(shop), [])
  assert.deepEqual(anchors([...shop, ...arm('machine', [100, 0], [100, 9])]), ['machine'])
})

test('others that rose are no reason to retire one that stayed as it was', () => {
  assert.deepEqual(anchors([...others(3), ...arm('machine', [100, 3], [100, 3])]), [])
})

test('that weak pairings are shown more of late does not pass for a fall of the shop, which would hide one of a pairing', () => {
  const weak = Array.from({ length: 20 }, (_, index) => arm(`weak-${index}`, [400, 4], [10, 0.1])).flat()
  assert.deepEqual(anchors([...others(), ...weak, ...arm('machine', [100, 0.25], [100, 9])]), ['machine'])
})

test('one that fell and still brings what its kind brings keeps its place', () => {
  assert.deepEqual(anchors([...others(), ...arm('machine', [100, 8], [100, 30])]), [])
})

test('few showings, a fall by a quarter, or nothing to compare with show nothing', () => {
  assert.deepEqual(anchors([...others(), ...arm('machine', [3, 0], [30, 2.7])]), [])
  assert.deepEqual(anchors([...others(), ...arm('machine', [4000, 150], [4000, 200])]), [])
  assert.deepEqual(anchors(arm('machine', [100, 0], [100, 9])), [])
})

test('weeks that are not to count as late are heeded, so that one tried again is judged by what came since', () => {
  const weeks = [...others(), ...arm('machine', [100, 0.5], [100, 9])]
  assert.deepEqual(
    anchors(weeks, () => 0),
    [],
  )
  assert.deepEqual(
    anchors(weeks, () => 1),
    [],
  )
  assert.deepEqual(
    anchors(weeks, () => 8),
    ['machine'],
  )
})

test('a pairing is judged where it is mostly shown: a fall in a few follow-ups takes it from no thank-you page', () => {
  const fall = arm('machine', [100, 0], [100, 9], 8, 'follow-up')
  const shop = [...others(), ...others(1, 'follow-up'), ...fall]
  assert.deepEqual(anchors(shop), ['machine'])
  assert.deepEqual(anchors([...shop, ...arm('machine', [150, 13.5], [150, 13.5])]), [])
})

test('of 300 pairings that never change, in a shop with a season and a changed page, none is retired in two years; of those whose buyers are gone most are', () => {
  const random = seededRandom(11)
  const [weeksInAll, fallsIn] = [3 * 52, 3 * 52 - 26]
  const pairings = Array.from({ length: 320 }, (_, index) => {
    const rate = index < 20 ? 0.05 : drawBeta(4, 76, random)
    return Array.from({ length: weeksInAll }, (_, week) => {
      const shop = (1 + 0.2 * Math.sin((2 * Math.PI * week) / 52)) * (week > 80 ? 0.75 : 1)
      const shown = drawBinomial(1000, 0.07, random)
      const gone = index < 20 && week >= fallsIn
      return { shown, taken: gone ? 0 : drawBinomial(shown, rate * shop, random) }
    })
  })
  const retired = new Map<number, number>()
  for (let now = 52; now < weeksInAll; now += 2) {
    const weeks = pairings.flatMap((counts, index) =>
      counts.slice(Math.max(0, now - TRACKED_WEEKS + 1), now + 1).map((count, place, all): ArmWeek => {
        const where = { placement: 'thank-you', anchor: String(index), addOn: 'a' } as const
        return { ...where, relation: 'complete', weeksAgo: all.length - 1 - place, ...count }
      }),
    )
    for (const { anchor } of findFallen(weeks))
      if (!retired.has(Number(anchor))) retired.set(Number(anchor), now)
  }
  assert.deepEqual(
    [...retired.keys()].filter((index) => index >= 20),
    [],
  )
  const inTime = [...retired.values()].filter((week) => week >= fallsIn)
  assert.equal(inTime.length, retired.size)
  assert.ok(retired.size >= 18, `${retired.size} of 20`)
})

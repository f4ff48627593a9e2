// How soon is a fallen attach rate noticed, and how often is one retired that never changed? Simulated shops of
// `--pairings` pairings at one placement over three years: a year of past, then two years in which every night is asked. Each pairing's
// rate is drawn from Beta(4, 76) (mean 5 %), and it is shown so many times a day (Poisson). The shop as a whole has a
// season (by a fifth up and down over the year) and half way a changed page that takes a quarter of all rates away.
//
//   never changing    how many are retired in the two years all the same
//   halved, quartered, gone   pairings of the usual rate of 5 % that fall after the first of the two years: how many
//                     are noticed in the second, median of days
//   adaptive          five add-ons of an anchor share its showings by Thompson sampling: what was lucky early is shown more
//
// Peers over the same draws: Page-Hinkley over daily values in standard errors of what the shop's trend lets expect
// (src/stats/page-hinkley.ts), and the interval of the rate since the first night under every look
// (src/stats/rate-sequence.ts) against that of the year before. Prints tables, or JSON with `--json`.
//
//   node bench/attach-rate.ts [--pairings 1000] [--shops 2] [--a-day 3,10,30,100] [--seed 1] [--json]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { ArmWeek } from '../src/domain/arm.ts'
import { findFallen, TRACKED_WEEKS } from '../src/next/attach-rate-fallen.ts'
import { drawBeta } from '../src/stats/beta-draw.ts'
import { drawBinomial } from '../src/stats/binomial-draw.ts'
import { findShift } from '../src/stats/page-hinkley.ts'
import { rateSequence } from '../src/stats/rate-sequence.ts'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'
import { choiceProbabilities, drawChoice } from '../src/stats/thompson-sampling.ts'

const { values } = parseArgs({
  options: {
    pairings: { type: 'string', default: '1000' },
    shops: { type: 'string', default: '2' },
    'a-day': { type: 'string', default: '3,10,30,100' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

/** The usual one, so that what is left of it is worth no place. */
const FALLING_RATE = 0.05
const DAYS = 3 * 365
const FIRST_NIGHT = 365
const FALL_DAY = 2 * 365

type Days = { readonly shown: Float64Array; readonly taken: Float64Array }
type Fall = { readonly name: string; readonly factor: number }
const falls: readonly Fall[] = [
  { name: 'halved', factor: 0.5 },
  { name: 'quartered', factor: 0.25 },
  { name: 'gone', factor: 0 },
]

/** What season and page make of every rate. */
function shopFactor(day: number): number {
  return (1 + 0.2 * Math.sin((2 * Math.PI * day) / 365)) * (day >= 1.5 * 365 ? 0.75 : 1)
}

/** Poisson, by as many small trials. */
function drawCount(mean: number, random: Random): number {
  return drawBinomial(1000, mean / 1000, random)
}

function plant(aDay: number, rate: number, factor: number, random: Random): Days {
  const [shown, taken] = [new Float64Array(DAYS), new Float64Array(DAYS)]
  for (let day = 0; day < DAYS; day++) {
    const seen = drawCount(aDay, random)
    shown[day] = seen
    taken[day] = drawBinomial(seen, rate * shopFactor(day) * (day >= FALL_DAY ? factor : 1), random)
  }
  return { shown, taken }
}

/** Five add-ons of an anchor: weighed anew each day from what was seen, as src/next/open-arm-chances.ts does. */
function plantAdaptive(aDay: number, random: Random): readonly Days[] {
  const arms = Array.from({ length: 5 }, () => ({
    rate: drawBeta(4, 76, random),
    sums: { shown: 0, taken: 0 },
    shown: new Float64Array(DAYS),
    taken: new Float64Array(DAYS),
  }))
  for (let day = 0; day < DAYS; day++) {
    const chances = choiceProbabilities(
      arms.map(({ sums }) => ({ ...sums, prior: { a: 4, b: 76 }, worth: 1 })),
    )
    for (let showing = drawCount(5 * aDay, random); showing > 0; showing--) {
      const arm = arms[drawChoice(chances, random)]
      if (arm === undefined) throw new Error('no such arm')
      arm.shown[day] = (arm.shown[day] ?? 0) + 1
      if (random() < arm.rate * shopFactor(day)) arm.taken[day] = (arm.taken[day] ?? 0) + 1
    }
    for (const { sums, shown, taken } of arms) {
      sums.shown = 0.99 * (sums.shown + (shown[day] ?? 0))
      sums.taken = 0.99 * (sums.taken + (taken[day] ?? 0))
    }
  }
  return arms
}

/** Sums from the first day on, so that a week is a difference. */
function summed(days: Float64Array): Float64Array {
  const sums = new Float64Array(days.length + 1)
  for (let day = 0; day < days.length; day++) sums[day + 1] = (sums[day] ?? 0) + (days[day] ?? 0)
  return sums
}

/** As the store answers on the night after `day`. */
function weeksOf(shop: readonly Days[], day: number): ArmWeek[] {
  const weeks: ArmWeek[] = []
  for (const [pairing, { shown, taken }] of shop.entries()) {
    const anchor = `a${pairing}`
    for (let weeksAgo = 0; weeksAgo < TRACKED_WEEKS && day + 1 - 7 * (weeksAgo + 1) >= 0; weeksAgo++) {
      const [to, from] = [day + 1 - 7 * weeksAgo, day + 1 - 7 * (weeksAgo + 1)]
      weeks.push({
        placement: 'thank-you',
        anchor,
        addOn: 'b',
        relation: 'complete',
        weeksAgo,
        shown: (shown[to] ?? 0) - (shown[from] ?? 0),
        taken: (taken[to] ?? 0) - (taken[from] ?? 0),
      })
    }
  }
  return weeks
}

/** What a method says of each pairing of a shop: the day on which it is retired, or `null`. */
type Method = {
  readonly name: string
  readonly retiredAt: (shop: readonly Days[]) => readonly (number | null)[]
}

const ours: Method = {
  name: 'ours, every night',
  retiredAt(shop) {
    const found = new Map<string, number>()
    const sums = shop.map(({ shown, taken }) => ({ shown: summed(shown), taken: summed(taken) }))
    for (let day = FIRST_NIGHT; day < DAYS; day++)
      for (const { anchor } of findFallen(weeksOf(sums, day), (arm) => (found.has(arm.anchor) ? 0 : 99)))
        found.set(anchor, day)
    return shop.map((_, pairing) => found.get(`a${pairing}`) ?? null)
  },
}

/** Expected: its own rate of the first year, and what the shop does, which it is told. */
const pageHinkley: Method = {
  name: 'Page-Hinkley, daily, the trend known',
  retiredAt: (shop) =>
    shop.map(({ shown, taken }) => {
      const [sums] = [sumsOf({ shown, taken }, 0, FIRST_NIGHT)]
      const rate = Math.max(sums.taken, 0.5) / Math.max(1, sums.shown)
      const scores: number[] = []
      for (let day = FIRST_NIGHT; day < DAYS; day++) {
        const expected = (shown[day] ?? 0) * rate * shopFactor(day)
        scores.push(expected > 0 ? ((taken[day] ?? 0) - expected) / Math.sqrt(expected) : 0)
      }
      const shift = findShift(scores)
      return shift?.direction === 'down' ? FIRST_NIGHT + shift.at : null
    }),
}

/** The second and third year together against the first, both by intervals that hold at every look. */
const sequences: Method = {
  name: 'rate-sequence, the trend known',
  retiredAt: (shop) =>
    shop.map((days) => {
      const before = sumsOf(days, 0, FIRST_NIGHT)
      const { low } = rateSequence(before.taken, before.shown, { tunedFor: 1000 })
      const sums = { shown: 0, taken: 0 }
      for (let day = FIRST_NIGHT; day < DAYS; day++) {
        sums.shown += (days.shown[day] ?? 0) * shopFactor(day)
        sums.taken += days.taken[day] ?? 0
        if (day % 7 > 0) continue
        const trials = Math.max(Math.round(sums.shown), sums.taken)
        if (rateSequence(sums.taken, trials, { tunedFor: 1000 }).high < low) return day
      }
      return null
    }),
}

/** Showings count as the shop's factor makes them. */
function sumsOf({ shown, taken }: Days, from: number, to: number) {
  const sums = { shown: 0, taken: 0 }
  for (let day = from; day < to; day++) {
    sums.shown += (shown[day] ?? 0) * shopFactor(day)
    sums.taken += taken[day] ?? 0
  }
  return { shown: Math.max(Math.round(sums.shown), sums.taken), taken: sums.taken }
}

type Row = Readonly<Record<string, string | number>>

/** Of a shop: 2 % of the pairings each are halved, quartered and gone on one day, the others never change. */
function plantShop(aDay: number, pairings: number, random: Random) {
  const each = Math.round(pairings * 0.02)
  return Array.from({ length: pairings }, (_, place) => {
    const fall = falls[Math.floor(place / each)] ?? null
    const rate = fall === null ? drawBeta(4, 76, random) : FALLING_RATE
    return { fall, days: plant(aDay, rate, fall?.factor ?? 1, random) }
  })
}

function rowsFor(aDay: number): readonly Row[] {
  const planted = Array.from({ length: Number(values.shops) }, (_, shop) =>
    plantShop(aDay, Number(values.pairings), seededRandom(Number(values.seed) + 1000 * shop + aDay)),
  )
  return [ours, pageHinkley, sequences].map((method) => {
    const told = planted.flatMap((shop) => {
      const days = method.retiredAt(shop.map((one) => one.days))
      return shop.map(({ fall }, place) => ({ fall, day: days[place] ?? null }))
    })
    const constant = told.filter(({ fall }) => fall === null)
    const row: Record<string, string | number> = {
      'shown a day': aDay,
      method: method.name,
      'never changed': constant.length,
      'of these retired in 2 years': constant.filter(({ day }) => day !== null).length,
    }
    for (const { name } of falls) {
      const some = told.filter(({ fall, day }) => fall?.name === name && (day === null || day >= FALL_DAY))
      const waits = some.map(({ day }) => (day ?? Number.POSITIVE_INFINITY) - FALL_DAY).sort((a, b) => a - b)
      const at = (share: number): string => {
        const wait = waits[Math.floor(share * waits.length)] ?? Number.POSITIVE_INFINITY
        return wait === Number.POSITIVE_INFINITY ? '–' : String(wait)
      }
      row[`${name}: noticed`] =
        `${waits.filter((wait) => wait !== Number.POSITIVE_INFINITY).length} of ${some.length}`
      row[`${name}: days, median`] = at(0.5)
    }
    return row
  })
}

function adaptiveRow(aDay: number): Row {
  const random = seededRandom(Number(values.seed) + aDay)
  const shop = Array.from({ length: Math.round(Number(values.pairings) / 5) }, () =>
    plantAdaptive(aDay, random),
  ).flat()
  const retired = ours.retiredAt(shop).filter((day) => day !== null).length
  return { 'shown a day': aDay, 'never changed, shown by the choice': shop.length, retired }
}

const rates = values['a-day'].split(',').map(Number)
const rows: Row[] = []
const tell = (row: Row): void => {
  rows.push({ ...row, load: (loadavg()[0] ?? 0).toFixed(1) })
  if (!values.json) console.log(rows.at(-1))
}
for (const aDay of rates) {
  for (const row of rowsFor(aDay)) tell(row)
  tell(adaptiveRow(aDay))
}
if (values.json) console.log(JSON.stringify(rows))

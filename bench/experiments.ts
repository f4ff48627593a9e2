// Is the verdict of an experiment right as often as it says, although the owner looks every day? Seeded simulations:
//   equal     two arms of 5 % and 5 %, `--per-arm` customers each, looked at `--looks` times: how often is one called
//             better or worse? The product's verdict, and beside it what others would say.
//   unequal   5 % against 6 %: how often is the better one found?
//   revenue   spend per customer, of which most spend nothing and the others a lognormal sum, against a hold-out of 10 %:
//             how often does the 95 % interval of what was caused hold the truth, looked at once and at every look?
//   split     customers sent 90 : 10, as they were sent and with a leak: how often is the alarm raised?
//
//   node bench/experiments.ts [--looks 28] [--runs 10000] [--per-arm 14000] [--json]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import {
  type ArmSums,
  judgeExperiment,
  type Look,
  standingVerdict,
  usualJudge,
} from '../src/measuring/judge-experiment.ts'
import { drawBinomial } from '../src/stats/binomial-draw.ts'
import { confidenceSequence, plannedSequence } from '../src/stats/confidence-sequence.ts'
import { compareMeans, estimateEffect } from '../src/stats/mean-difference.ts'
import { lnMixtureRatio } from '../src/stats/mixture-sprt.ts'
import { momentsOfRate, momentsOfSums, type SampleMoments } from '../src/stats/sample-moments.ts'
import { testSampleRatio } from '../src/stats/sample-ratio.ts'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'
import { wilsonInterval } from '../src/stats/wilson-interval.ts'

const { values } = parseArgs({
  options: {
    looks: { type: 'string', default: '28' },
    runs: { type: 'string', default: '10000' },
    'per-arm': { type: 'string', default: '14000' },
    json: { type: 'boolean', default: false },
  },
})
const looks = Number(values.looks)
const runs = Number(values.runs)
const perArm = Number(values['per-arm'])

type Share = { readonly what: string; readonly share: number; readonly low: number; readonly high: number }

function shareOf(what: string, hits: number, of: number): Share {
  const { low, high } = wilsonInterval(hits, of)
  const round = (value: number): number => Number(value.toFixed(4))
  return { what, share: round(hits / of), low: round(low), high: round(high) }
}

/** Says at one look whether the second arm is another than the first: its sign, or 0. */
type Judge = (one: ArmSums, other: ArmSums, look: number) => number

const momentsOfHits = ({ sum, units }: ArmSums): SampleMoments => momentsOfRate(sum, units)
const signOf = ({ low, high }: { readonly low: number; readonly high: number }): number =>
  low > 0 ? 1 : high < 0 ? -1 : 0

const naive: Judge = (one, other) => {
  const found = compareMeans(momentsOfHits(one), momentsOfHits(other))
  return 'kind' in found ? 0 : signOf(found)
}
const sequenceTunedFor =
  (tunedFor: number): Judge =>
  (one, other) => {
    const found = estimateEffect(momentsOfHits(one), momentsOfHits(other))
    return 'kind' in found ? 0 : signOf(confidenceSequence(found, { tunedFor }))
  }
/** Remembers what was said since the first look. */
function openProduct(): Judge {
  let said: Look[] = []
  return (one, other, look) => {
    if (look === 1) said = []
    const days = (look * 28) / looks
    const found = judgeExperiment({ arms: [one, other], shares: [1, 1], days })
    const kind = found.kind === 'judged' ? found.arms[0]?.kind : undefined
    said.push({ days, units: 2 * one.units, kind: kind ?? 'not-enough-yet' })
    const standing = standingVerdict(said, usualJudge.plannedUnits)
    return standing === 'better' ? 1 : standing === 'worse' ? -1 : 0
  }
}
const judges: Readonly<Record<string, Judge>> = {
  'the product: judge-experiment.ts, stands for three days or at the end': openProduct(),
  'fixed interval at every look': naive,
  'fixed interval, the last look alone': (one, other, look) => (look === looks ? naive(one, other, look) : 0),
  'planned sequence for 28,000, no least days': (one, other) => {
    const found = estimateEffect(momentsOfHits(one), momentsOfHits(other))
    return 'kind' in found ? 0 : signOf(plannedSequence(found, { plannedUnits: 28_000 }))
  },
  'planned sequence for 10,000, no least days': (one, other) => {
    const found = estimateEffect(momentsOfHits(one), momentsOfHits(other))
    return 'kind' in found ? 0 : signOf(plannedSequence(found, { plannedUnits: 10_000 }))
  },
  'confidence sequence tuned for 28,000': sequenceTunedFor(28_000),
  'confidence sequence tuned for 5,000': sequenceTunedFor(5000),
  'mixture SPRT, τ² = 1e-4': (one, other) => {
    const [first, second] = [momentsOfHits(one), momentsOfHits(other)]
    const variance = first.variance + second.variance
    const difference = second.mean - first.mean
    return variance > 0 && lnMixtureRatio(one.units, difference, variance, 1e-4) > -Math.log(0.05)
      ? Math.sign(difference)
      : 0
  },
}

/** How often each judge says at any look that the second arm is better, and that it is worse. */
function simulateRates(rates: readonly [number, number], seed: number): Record<string, [number, number]> {
  const said: Record<string, [number, number]> = {}
  const random = seededRandom(seed)
  const perLook = Math.round(perArm / looks)
  for (let run = 0; run < runs; run++) {
    let [one, other] = [0, 0]
    const answers: Record<string, number> = {}
    for (let look = 1; look <= looks; look++) {
      one += drawBinomial(perLook, rates[0], random)
      other += drawBinomial(perLook, rates[1], random)
      const units = look * perLook
      for (const [name, judge] of Object.entries(judges)) {
        // The first answer ends the experiment.
        answers[name] ||= judge(
          { units, sum: one, sumOfSquares: one },
          { units, sum: other, sumOfSquares: other },
          look,
        )
      }
    }
    for (const [name, answer] of Object.entries(answers)) {
      said[name] ??= [0, 0]
      if (answer > 0) said[name][0] += 1
      if (answer < 0) said[name][1] += 1
    }
  }
  return said
}

/** Spend of one customer: nothing with chance 1 - `buys`, else lognormal with median `median`. */
type Spend = { readonly buys: number; readonly median: number; readonly sigma: number }

function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function addSpend(arm: { units: number; sum: number; squares: number }, spend: Spend, random: Random): void {
  arm.units += 1
  if (random() >= spend.buys) return
  const amount = spend.median * Math.exp(spend.sigma * drawNormal(random))
  arm.sum += amount
  arm.squares += amount * amount
}

const meanSpend = ({ buys, median, sigma }: Spend): number => buys * median * Math.exp((sigma * sigma) / 2)

/** How often the truth lies in the interval at the end, and in all intervals from the product's least sample on. */
function simulateRevenue(customers: number, sigma: number, effect: boolean, seed: number): Share[] {
  const random = seededRandom(seed)
  const without: Spend = { buys: 0.25, median: 40, sigma }
  const offered: Spend = effect ? { buys: 0.26, median: 41, sigma } : without
  const truth = meanSpend(offered) - meanSpend(without)
  const repeats = Math.max(200, Math.round(runs / 5))
  const held = { fixed: 0, always: 0, falseWinners: 0 }
  for (let run = 0; run < repeats; run++) {
    const holdOut = { units: 0, sum: 0, squares: 0 }
    const treated = { units: 0, sum: 0, squares: 0 }
    let [missed, called] = [false, false]
    for (let look = 1; look <= looks; look++) {
      for (let customer = 0; customer < customers / looks; customer++) {
        if (random() < 0.1) addSpend(holdOut, without, random)
        else addSpend(treated, offered, random)
      }
      const arms = [holdOut, treated].map(({ units, sum, squares }) => ({
        units,
        sum,
        sumOfSquares: squares,
      }))
      const found = judgeExperiment({ arms, shares: [0.1, 0.9], days: look }, { ...usualJudge, alpha: 0.05 })
      const verdict = found.kind === 'judged' ? found.arms[0] : undefined
      if (verdict?.kind === 'better' || verdict?.kind === 'worse') called = true
      const soFar = verdict?.kind === 'not-enough-yet' ? verdict.soFar : verdict
      if (holdOut.units < usualJudge.unitsMin || soFar === undefined || soFar === null) continue
      if (soFar.absolute.low > truth || soFar.absolute.high < truth) missed = true
    }
    const [one, other] = [holdOut, treated].map(({ units, sum, squares }) =>
      momentsOfSums(units, sum, squares),
    )
    const atEnd = one && other && compareMeans(one, other)
    if (atEnd && !('kind' in atEnd) && atEnd.low <= truth && truth <= atEnd.high) held.fixed += 1
    if (!missed) held.always += 1
    if (called) held.falseWinners += 1
  }
  const name = `${customers} customers, σ ${sigma}${effect ? '' : ', no effect'}`
  return [
    shareOf(`${name}: interval of one look holds the truth`, held.fixed, repeats),
    shareOf(`${name}: intervals of all looks hold the truth`, held.always, repeats),
    ...(effect ? [] : [shareOf(`${name}: called better or worse`, held.falseWinners, repeats)]),
  ]
}

function simulateSplits(leak: number, seed: number): Share[] {
  const random = seededRandom(seed)
  let [atEnd, ever] = [0, 0]
  for (let run = 0; run < runs; run++) {
    let [held, all] = [0, 0]
    let [last, any] = [false, false]
    for (let look = 1; look <= looks; look++) {
      const units = Math.round((2 * perArm) / looks)
      all += units
      held += drawBinomial(units, 0.1 * (1 - leak), random)
      const found = testSampleRatio([all - held, held], [0.9, 0.1])
      last = found.kind === 'tested' && found.alarm
      any ||= last
    }
    if (last) atEnd += 1
    if (any) ever += 1
  }
  const name = leak === 0 ? 'as sent' : `${100 * leak} % of the hold-out lost`
  return [
    shareOf(`${name}: alarm at the last look`, atEnd, runs),
    shareOf(`${name}: alarm at any look`, ever, runs),
  ]
}

const started = performance.now()
const equal = Object.entries(simulateRates([0.05, 0.05], 1)).map(([name, [up, down]]) =>
  shareOf(name, up + down, runs),
)
const unequal = Object.entries(simulateRates([0.05, 0.06], 2)).flatMap(([name, [up, down]]) => [
  shareOf(name, up, runs),
  ...(down > 0 ? [shareOf(`${name}: the wrong one`, down, runs)] : []),
])
const revenue = [
  ...simulateRevenue(20_000, 1, true, 3),
  ...simulateRevenue(20_000, 1, false, 4),
  ...simulateRevenue(5000, 1, true, 5),
  ...simulateRevenue(20_000, 1.5, true, 6),
]
const split = [...simulateSplits(0, 7), ...simulateSplits(0.1, 8)]
const found = {
  load: loadavg().map((one) => Number(one.toFixed(1))),
  settings: { looks, runs, perArm },
  seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
  equal,
  unequal,
  revenue,
  split,
}
if (values.json) console.log(JSON.stringify(found, null, 2))
else {
  for (const [name, rows] of Object.entries({ equal, unequal, revenue, split })) {
    console.log(name)
    console.table(rows)
  }
  console.log(`${found.seconds} s, load ${found.load.join(' ')}`)
}

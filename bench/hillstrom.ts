// A real experiment with a known end: MineThatData's e-mail test of 2008, 64,000 customers, a third got an e-mail with men's
// products, a third one with women's, a third none. Printed: conversion and spend of each e-mail against none at the end,
// and what the product's verdict says if the owner looks 28 times while customers come in, in `--orders` seeded orders:
// how often it found the effect, after how many looks (an answer has to stand for three days), and how often it said the opposite or called two halves of the
// customers without e-mail different. Spend is judged with the spend of the year before taken out (CUPED).
// The file is evaluated where it lies; its licence is not stated, so it does not ship.
//
//   node bench/hillstrom.ts <hillstrom.csv.gz> [--orders 200] [--looks 28] [--json]

import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import {
  type ArmSums,
  type ArmVerdict,
  judgeExperiment,
  standingVerdict,
  usualJudge,
} from '../src/measuring/judge-experiment.ts'
import { compareMeans } from '../src/stats/mean-difference.ts'
import { momentsOf } from '../src/stats/sample-moments.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: 'string', default: '200' },
    looks: { type: 'string', default: '28' },
    json: { type: 'boolean', default: false },
  },
})
const looks = Number(values.looks)
const [file] = positionals
if (file === undefined) throw new Error('Nothing to measure: name hillstrom.csv.gz.')

type Customer = {
  readonly arm: string
  readonly conversion: number
  readonly spend: number
  readonly history: number
}
type Metric = 'conversion' | 'spend'

function readCustomers(path: string): Customer[] {
  const [head = '', ...rows] = gunzipSync(readFileSync(path)).toString().trim().split(/\r?\n/)
  const columns = head.split(',')
  // The second column holds commas ("7) $1,000 +"): the others are counted from the end.
  const at = (cells: readonly string[], name: string): string =>
    cells.at(columns.indexOf(name) - columns.length) ?? ''
  return rows.map((row) => {
    const cells = row.split(',')
    return {
      arm: at(cells, 'segment'),
      conversion: Number(at(cells, 'conversion')),
      spend: Number(at(cells, 'spend')),
      history: Number(at(cells, 'history')),
    }
  })
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed)
  const mixed = [...items]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [one, two] = [mixed[last], mixed[other]]
    if (one !== undefined && two !== undefined) [mixed[last], mixed[other]] = [two, one]
  }
  return mixed
}

function openSums() {
  const sums = { units: 0, sum: 0, sumOfSquares: 0 }
  const past = { sum: 0, sumOfSquares: 0, sumOfProducts: 0 }
  return {
    add(value: number, before: number): void {
      sums.units += 1
      sums.sum += value
      sums.sumOfSquares += value * value
      past.sum += before
      past.sumOfSquares += before * before
      past.sumOfProducts += before * value
    },
    /** Frozen as of now. */
    read: (withPast: boolean): ArmSums => (withPast ? { ...sums, past: { ...past } } : { ...sums }),
  }
}

/** What is said at each look, as customers come in. */
function judgeLooks(
  customers: readonly { readonly treated: boolean; readonly value: number; readonly before: number }[],
  withPast: boolean,
): ArmVerdict[] {
  const [control, treated] = [openSums(), openSums()]
  const verdicts: ArmVerdict[] = []
  for (let look = 1; look <= looks; look++) {
    const from = Math.round(((look - 1) * customers.length) / looks)
    for (const one of customers.slice(from, Math.round((look * customers.length) / looks))) {
      const arm = one.treated ? treated : control
      arm.add(one.value, one.before)
    }
    const arms = [control.read(withPast), treated.read(withPast)]
    const found = judgeExperiment(
      { arms, shares: [1, 1], days: (look * 28) / looks },
      { ...usualJudge, plannedUnits: customers.length },
    )
    const verdict = found.kind === 'judged' ? found.arms[0] : undefined
    // A sample ratio that chance alone made alarming: nothing is said at this look.
    const reason = 'the split looks broken'
    verdicts.push(verdict ?? { kind: 'not-enough-yet', reason, moreDays: null, soFar: null })
  }
  return verdicts
}

const round = (value: number, digits = 4): number => Number(value.toFixed(digits))

function measure(customers: readonly Customer[], control: string, treated: string, metric: Metric): unknown {
  const chosen = customers
    .filter(({ arm }) => arm === control || arm === treated)
    .map((one) => ({ treated: one.arm === treated, value: one[metric], before: one.history }))
  const valuesOf = (wanted: boolean) =>
    momentsOf(chosen.filter((one) => one.treated === wanted).map(({ value }) => value))
  const fixed = compareMeans(valuesOf(false), valuesOf(true))
  if ('kind' in fixed) throw new Error(fixed.reason)
  const counts: Record<string, number> = { better: 0, worse: 0, opposite: 0, undecidedAtEnd: 0 }
  const firstLooks: number[] = []
  let last: ArmVerdict | undefined
  for (let seed = 1; seed <= Number(values.orders); seed++) {
    const verdicts = judgeLooks(shuffled(chosen, seed), metric === 'spend')
    const said = verdicts.map(({ kind }, look) => ({
      kind,
      days: ((look + 1) * 28) / looks,
      units: Math.round(((look + 1) * chosen.length) / looks),
    }))
    const first = said.findIndex(
      (_, look) => standingVerdict(said.slice(0, look + 1), chosen.length) !== null,
    )
    const kind = said[first]?.kind ?? 'undecidedAtEnd'
    counts[kind] = (counts[kind] ?? 0) + 1
    if (first >= 0) firstLooks.push(first + 1)
    if (verdicts.some((one) => one.kind === (fixed.effect > 0 ? 'worse' : 'better'))) {
      counts.opposite = (counts.opposite ?? 0) + 1
    }
    last = verdicts.at(-1)
  }
  const atEnd = last?.kind === 'not-enough-yet' ? last.soFar : last
  return {
    what: `${metric}: ${treated} against ${control}`,
    effect: round(fixed.effect),
    fixed: `${round(fixed.low)} to ${round(fixed.high)}`,
    everyLook: atEnd ? `${round(atEnd.absolute.low)} to ${round(atEnd.absolute.high)}` : '',
    varianceLeft: atEnd ? round(atEnd.varianceLeft, 3) : 1,
    atEnd: last?.kind,
    ...counts,
    medianLook: firstLooks.sort((one, other) => one - other)[Math.floor(firstLooks.length / 2)] ?? null,
  }
}

const customers = readCustomers(file)
const random = seededRandom(1)
const halves = customers
  .filter(({ arm }) => arm === 'No E-Mail')
  .map((one) => ({ ...one, arm: random() < 0.5 ? 'one half of none' : 'other half of none' }))
const rows = (['conversion', 'spend'] as const).flatMap((metric) => [
  measure(customers, 'No E-Mail', 'Mens E-Mail', metric),
  measure(customers, 'No E-Mail', 'Womens E-Mail', metric),
  measure(halves, 'one half of none', 'other half of none', metric),
])
const load = loadavg().map((one) => round(one, 1))
if (values.json) console.log(JSON.stringify({ load, customers: customers.length, rows }, null, 2))
else {
  console.dir(rows, { depth: 3 })
  console.log(
    `${customers.length} customers, ${values.orders} orders, ${looks} looks, load ${load.join(' ')}`,
  )
}

// Real experiments that somebody looked at twice a day: the 78 of ASOS (Liu et al. 2021, CC BY 4.0), 99 treatments, four
// metrics each, as running counts, means and variances. The product's verdict is asked at every look; printed is how many
// series end clearly null (an interval of one look at the end that lies around 0, |z| below 1), how many of these were
// called better or worse, for three days on end as the product asks, or at any one look, and the same for an interval of
// one look that is looked at all the time. For the
// size that was planned stands the size it had at the end, and beside it the product's usual one.
// Also printed: how many of the series that end beyond every doubt (|z| above 4) were found, and after which part of the
// time; and how many treatments have a sample ratio that 1 : 1 cannot explain.
//
//   node bench/asos.ts <asos_digital_experiments_dataset.parquet> [--json]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  type ArmSums,
  judgeExperiment,
  standingVerdict,
  usualJudge,
} from '../src/measuring/judge-experiment.ts'
import { compareMeans } from '../src/stats/mean-difference.ts'
import { testSampleRatio } from '../src/stats/sample-ratio.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
})
const [file] = positionals
if (file === undefined) throw new Error('Nothing to measure: name the Parquet file.')

type Arm = { readonly units: number; readonly mean: number; readonly variance: number }
type Look = { readonly days: number; readonly control: Arm; readonly treated: Arm }

async function readSeries(path: string): Promise<Look[][]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const reader = await connection.runAndReadAll(
    `SELECT experiment_id, variant_id::INTEGER, metric_id::INTEGER, time_since_start,
            count_c, mean_c, variance_c, count_t, mean_t, variance_t
     FROM read_parquet($path)
     WHERE count_c >= 2 AND count_t >= 2
     ORDER BY experiment_id, variant_id, metric_id, time_since_start`,
    { path },
  )
  const series = new Map<string, Look[]>()
  for (const [experiment, variant, metric, ...rest] of reader.getRows()) {
    const [days = 0, unitsC = 0, meanC = 0, varianceC = 0, unitsT = 0, meanT = 0, varianceT = 0] =
      rest.map(Number)
    const key = `${experiment} ${variant} ${metric}`
    const looks = series.get(key) ?? []
    series.set(key, looks)
    looks.push({
      days,
      control: { units: unitsC, mean: meanC, variance: varianceC },
      treated: { units: unitsT, mean: meanT, variance: varianceT },
    })
  }
  return [...series.values()]
}

const sumsOf = ({ units, mean, variance }: Arm): ArmSums => ({
  units,
  sum: units * mean,
  sumOfSquares: variance * (units - 1) + units * mean * mean,
})

type Calls = {
  /** Looks, from 0, at which it is first called better or worse, and at which that has stood; -1 where it never is. */
  readonly first: number
  readonly standing: number
}

function callsOf(looks: readonly Look[], plannedUnits: number): Calls {
  const said = looks.map(({ days, control, treated }) => {
    const found = judgeExperiment(
      // The sample ratio is judged apart: what the shares were is not told.
      { arms: [control, treated].map(sumsOf), shares: [control.units, treated.units], days },
      { ...usualJudge, plannedUnits },
    )
    const kind = found.kind === 'judged' ? found.arms[0]?.kind : undefined
    return { days, units: control.units + treated.units, kind: kind ?? ('not-enough-yet' as const) }
  })
  const differs = (kind: string | null): boolean => kind === 'better' || kind === 'worse'
  return {
    first: said.findIndex(({ kind }) => differs(kind)),
    standing: said.findIndex((_, look) => differs(standingVerdict(said.slice(0, look + 1), plannedUnits))),
  }
}

function zOf({ control, treated }: Look): number {
  const found = compareMeans(control, treated)
  return 'kind' in found ? 0 : found.effect / found.standardError
}

const all = await readSeries(file)
const found = { series: 0, looks: 0, clearlyNull: 0, clearlyDifferent: 0 }
const openCount = () => ({
  nullsCalled: 0,
  nullsCalledAtOneLook: 0,
  differencesFound: 0,
  oppositeToTheEnd: 0,
})
const counts = { plannedAsItEnded: openCount(), plannedAsUsual: openCount() }
const partsOfTime: number[] = []
const brokenSplits = new Set<string>()
let nullsCalledByOneLookIntervals = 0
for (const looks of all) {
  const last = looks.at(-1)
  if (last === undefined) continue
  found.series += 1
  found.looks += looks.length
  const z = zOf(last)
  const isNull = Math.abs(z) < 1
  const isDifferent = Math.abs(z) > 4
  if (isNull) found.clearlyNull += 1
  if (isDifferent) found.clearlyDifferent += 1
  if (isNull && looks.some((look) => Math.abs(zOf(look)) > 1.96)) nullsCalledByOneLookIntervals += 1
  for (const [name, count] of Object.entries(counts)) {
    const planned =
      name === 'plannedAsItEnded' ? last.control.units + last.treated.units : usualJudge.plannedUnits
    const { first, standing } = callsOf(looks, planned)
    if (isNull && first >= 0) count.nullsCalledAtOneLook += 1
    const at = looks[standing]
    if (at === undefined) continue
    if (isNull) count.nullsCalled += 1
    if (isDifferent) count.differencesFound += 1
    if (isDifferent && name === 'plannedAsItEnded') partsOfTime.push(at.days / last.days)
    if (Math.abs(z) > 1.96 && Math.sign(zOf(at)) !== Math.sign(z)) count.oppositeToTheEnd += 1
  }
  const split = testSampleRatio([last.control.units, last.treated.units], [1, 1])
  if (split.kind === 'tested' && split.alarm) brokenSplits.add(`${last.control.units} ${last.treated.units}`)
}
partsOfTime.sort((one, other) => one - other)
const report = {
  load: loadavg().map((one) => Number(one.toFixed(1))),
  ...found,
  ...counts,
  nullsCalledByOneLookIntervals,
  medianPartOfTime: Number((partsOfTime[Math.floor(partsOfTime.length / 2)] ?? 0).toFixed(2)),
  treatmentsNotOneToOne: brokenSplits.size,
}
if (values.json) console.log(JSON.stringify(report, null, 2))
else console.dir(report, { depth: 4 })

// How well are the next 39 weeks of CDNOW's customers foretold from the first 39? The file of a music shop is named by
// its path, since it is no part of this repository (CDNOW_sample.txt: a tenth of the customers; CDNOW_master.txt: all).
// Models are fitted to what was known then; which is used was chosen on weeks 1 to 39 alone: by the likelihood there,
// and beside it by what two cuts inside of them foretell. Weeks 40 to 78 are looked at once, at the end.
//
//   node bench/lifetime-value.ts --cdnow <file> [--learn-from <file>] [--json]
//   node bench/lifetime-value.ts --cdnow <sample> --future-of <master>
//       what is foretold where the later purchases of all other customers are known, which no shop can know: a bound
//   node bench/lifetime-value.ts --data <folder>        the measurement of an installation, and how long it takes
//   node bench/lifetime-value.ts --customers 1000000    how long it takes on so many planted customers

import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { sameThread } from '../src/adapters/parallel/same-thread.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { keepLifetimeValue } from '../src/measuring/keep-lifetime-value.ts'
import { valueCustomers } from '../src/measuring/value-customers.ts'
import {
  compressRecords,
  expectedPurchases,
  fitBgNbd,
  logLikelihood,
  type PurchaseRecord,
} from '../src/stats/bg-nbd.ts'
import { fitParetoNbd, paretoPurchases } from '../src/stats/pareto-nbd.ts'
import { fifthsOf, fitSizedBgNbd, modelOfSize, type SizedRecord } from '../src/stats/sized-bg-nbd.ts'
import { plantCustomers } from '../test/planted-customers.ts'

const { values } = parseArgs({
  options: {
    cdnow: { type: 'string' },
    'learn-from': { type: 'string' },
    'future-of': { type: 'string' },
    data: { type: 'string' },
    customers: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const START = Date.UTC(1997, 0, 1)
const DAY_MS = 86_400_000

type Day = { readonly day: number; value: number }

/** Days with an order, of each customer by the number that both files give them; day 1 is 1 January 1997. */
function readCustomers(path: string): ReadonlyMap<string, Day[]> {
  const customers = new Map<string, Map<number, Day>>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const fields = line.trim().split(/\s+/)
    const date = fields.findIndex((field) => /^199[78]\d{4}$/.test(field))
    if (date < 1) continue
    const text = fields[date] ?? ''
    const at = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6)))
    const day = Math.round((at - START) / DAY_MS) + 1
    const customer = fields[0] ?? ''
    const days = customers.get(customer) ?? new Map<number, Day>()
    customers.set(customer, days)
    const known = days.get(day)
    const value = Number(fields[date + 2])
    if (known === undefined) days.set(day, { day, value })
    else known.value += value
  }
  return new Map(
    [...customers].map(([customer, days]) => [customer, [...days.values()].sort((a, b) => a.day - b.day)]),
  )
}

type Known = { readonly record: PurchaseRecord; readonly firstValue: number; readonly later: number }

/** What was known of each customer at the end of day `cut`, and how often they bought in the `horizon` days after. */
function knownAt(customers: readonly Day[][], cut: number, horizon: number): Known[] {
  return customers.flatMap((days) => {
    const until = days.filter(({ day }) => day <= cut)
    const [first, last] = [until[0], until.at(-1)]
    if (first === undefined || last === undefined) return []
    const record = {
      repeats: until.length - 1,
      lastAt: (last.day - first.day) / 7,
      watched: (cut - first.day) / 7,
    }
    const later = days.filter(({ day }) => day > cut && day <= cut + horizon).length
    return [{ record, firstValue: first.value, later }]
  })
}

type Foretold = { readonly name: string; readonly logLikelihood: number | null; of(known: Known): number }

function modelsOf(known: readonly Known[], weeks: number): Foretold[] {
  const records = compressRecords(known.map(({ record }) => record))
  const sizeOf = fifthsOf(Float64Array.from(known, ({ firstValue }) => firstValue))
  const sized: SizedRecord[] = known.map(({ record, firstValue }) => ({
    ...record,
    customers: 1,
    size: sizeOf(firstValue),
  }))
  const bg = fitBgNbd(records)
  const withSize = fitSizedBgNbd(sized)
  if (bg.kind !== 'fitted' || withSize.kind !== 'fitted') throw new RangeError('too few customers came back')
  const pareto = fitParetoNbd(records)
  return [
    {
      name: 'as often as until now',
      logLikelihood: null,
      of: ({ record }) => (record.repeats * weeks) / record.watched,
    },
    {
      name: 'Pareto/NBD',
      logLikelihood: pareto.logLikelihood,
      of: ({ record }) => paretoPurchases(record, weeks, pareto.model),
    },
    {
      name: 'BG/NBD',
      logLikelihood: logLikelihood(records, bg.model),
      of: ({ record }) => expectedPurchases(record, weeks, bg.model),
    },
    {
      name: 'BG/NBD with first-order size (used)',
      logLikelihood: withSize.logLikelihood,
      of: ({ record, firstValue }) =>
        expectedPurchases(record, weeks, modelOfSize(withSize.model, sizeOf(firstValue))),
    },
  ]
}

type Score = {
  readonly model: string
  readonly logLikelihood: number | null
  readonly bought: number
  readonly foretold: number
  readonly bias: number
  readonly meanError: number
  readonly rootMeanSquare: number
}

function scoreAll(learnt: readonly Known[], asked: readonly Known[], weeks: number): Score[] {
  const bought = asked.reduce((sum, { later }) => sum + later, 0)
  return modelsOf(learnt, weeks).map((model) => {
    let [foretold, absolute, squares] = [0, 0, 0]
    for (const one of asked) {
      const expected = model.of(one)
      foretold += expected
      absolute += Math.abs(expected - one.later)
      squares += (expected - one.later) ** 2
    }
    return {
      model: model.name,
      logLikelihood: model.logLikelihood,
      bought,
      foretold,
      bias: foretold / bought - 1,
      meanError: absolute / asked.length,
      rootMeanSquare: Math.sqrt(squares / asked.length),
    }
  })
}

/** Days: the cut, and how far is looked ahead from it. */
const trials = [
  { title: 'inside, weeks 1 to 20 foretell 21 to 39', cut: 140, horizon: 133 },
  { title: 'inside, weeks 1 to 26 foretell 27 to 39', cut: 182, horizon: 91 },
  { title: 'held back, weeks 1 to 39 foretell 40 to 78', cut: 273, horizon: 273 },
]

function benchCdnow(path: string): void {
  const customers = [...readCustomers(path).values()]
  const others =
    values['learn-from'] === undefined ? customers : [...readCustomers(values['learn-from']).values()]
  const results = trials.map(({ title, cut, horizon }) => ({
    title,
    customers: knownAt(customers, cut, horizon).length,
    scores: scoreAll(knownAt(others, cut, 0), knownAt(customers, cut, horizon), horizon / 7),
  }))
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`)
  else for (const result of results) printScores(result)
}

/** How alike two customers are, for `benchFuture`: their purchases so far, faded by half in 60 and in 240 days. */
function pastOf(days: readonly Day[], cut: number): readonly [number, number] {
  const faded = (halfLife: number) =>
    Math.sqrt(days.reduce((sum, { day }) => (day <= cut ? sum + 0.5 ** ((cut - day) / halfLife) : sum), 0))
  return [faded(60), faded(240)]
}

/**
 * How small could the error be? For each customer of the sample the mean of what the most alike of all others bought in the
 * weeks that are asked for. It knows the future, the Christmas in it too, and nothing is assumed of its form.
 */
function benchFuture(path: string, master: string): void {
  const sample = readCustomers(path)
  const [cut, horizon] = [273, 273]
  const pasts = (of: Iterable<Day[]>) =>
    [...of].flatMap((days) => {
      const [known] = knownAt([days], cut, horizon)
      return known === undefined ? [] : [{ past: pastOf(days, cut), later: known.later }]
    })
  const others = pasts([...readCustomers(master)].flatMap(([id, days]) => (sample.has(id) ? [] : [days])))
  const asked = pasts(sample.values())
  for (const count of [50, 100, 200]) {
    let squares = 0
    for (const { past, later } of asked) {
      const near = others
        .map((other) => ({
          apart: (other.past[0] - past[0]) ** 2 + (other.past[1] - past[1]) ** 2,
          later: other.later,
        }))
        .sort((one, other) => one.apart - other.apart)
        .slice(0, count)
      squares += (near.reduce((sum, one) => sum + one.later, 0) / count - later) ** 2
    }
    const error = Math.sqrt(squares / asked.length).toFixed(4)
    process.stdout.write(`the future of the ${count} most alike of ${others.length} others: RMSE ${error}\n`)
  }
}

function printScores({
  title,
  customers,
  scores,
}: {
  title: string
  customers: number
  scores: Score[]
}): void {
  const bought = scores[0]?.bought ?? 0
  process.stdout.write(`${title}: ${customers} customers bought ${bought} times\n`)
  for (const score of scores) {
    const bias = `${score.bias < 0 ? '' : '+'}${(100 * score.bias).toFixed(1)} %`
    const columns = [
      score.model.padEnd(38),
      score.foretold.toFixed(1).padStart(10),
      bias.padStart(9),
      `MAE ${score.meanError.toFixed(4)}`,
      `RMSE ${score.rootMeanSquare.toFixed(4)}`,
      score.logLikelihood === null ? '' : `ln L ${score.logLikelihood.toFixed(1)}`,
    ]
    process.stdout.write(`  ${columns.join('  ')}\n`)
  }
}

/** Seconds on the clock, and of this process on its cores: others may use the machine meanwhile. */
async function timed<T>(act: () => T | Promise<T>): Promise<{ readonly made: T; readonly took: string }> {
  const [from, used] = [performance.now(), process.cpuUsage()]
  const made = await act()
  const { user, system } = process.cpuUsage(used)
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  return { made, took: `${seconds} s, ${((user + system) / 1e6).toFixed(1)} s of them computing` }
}

async function benchInstallation(data: string): Promise<void> {
  const installation = await openInstallation({ data })
  try {
    const { settings, store, openHistory } = installation
    const ask = keepLifetimeValue(settings.measuring, { openHistory, store, parallel: sameThread() })
    const { made, took } = await timed(ask)
    const again = await timed(ask)
    process.stdout.write(`${JSON.stringify(made, null, 1)}\n${took}; asked again ${again.took}\n`)
  } finally {
    await installation.close()
  }
}

async function benchPlanted(count: number): Promise<void> {
  const customers = plantCustomers(count, 0)
  const { made, took } = await timed(() => valueCustomers({ customers, marginShare: 1 }))
  const memory = Math.round(process.memoryUsage().rss / 1e6)
  const model = made.kind === 'valued' ? JSON.stringify(made.model) : made.because
  process.stdout.write(`${count} customers: ${took}, ${memory} MB\n${model}\n`)
}

if (values.cdnow !== undefined && values['future-of'] !== undefined)
  benchFuture(values.cdnow, values['future-of'])
else if (values.cdnow !== undefined) benchCdnow(values.cdnow)
if (values.data !== undefined) await benchInstallation(values.data)
if (values.customers !== undefined) await benchPlanted(Number(values.customers))
process.stdout.write(`load ${loadavg()[0]?.toFixed(1)}\n`)

// What is in a shopper's next basket? TaFeng after the protocol of Li et al. (TOIS 2023, "A Next Basket Recommendation
// Reality Check"): the last basket is predicted from those before, nDCG with the ideal over the whole truth. Shoppers
// whose number is divisible by 5 are the test; `--on validation` answers for those whose last digit is 1, on whom our
// settings were chosen. No basket to predict is ever learned from. Beside it the baselines of the paper, in the same run.
//   node bench/next-basket.ts <folder with tafeng_history.json.gz and tafeng_future.json.gz> [--on validation] [--json]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { hitAt, ndcgAt, recallAt } from '../src/stats/ranking-metrics.ts'
import { rankNextBasket } from './next-basket/rank-next-basket.ts'
import { readBaskets, type Shopper } from './next-basket/read-baskets.ts'
import { buildShopperColumns, type ShopperColumns } from './next-basket/shopper-columns.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: 'string', default: 'test' }, json: { type: 'boolean', default: false } },
})
const [folder] = positionals
if (folder === undefined) {
  process.stderr.write('Name the folder that holds tafeng_history.json.gz and tafeng_future.json.gz.\n')
  process.exit(1)
}

type Scores = {
  readonly recallAt10: number
  readonly ndcgAt10: number
  readonly hitRateAt10: number
  /** Of items that the shopper never had, and with only those allowed as an answer. */
  readonly newRecallAt10: number
  readonly newHitRateAt1: number
  readonly newHitRateAt2: number
}

function best(scores: Float64Array, allowed: (item: number) => boolean): readonly number[] {
  const top: number[] = []
  let least = 0
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item] as number
    if (score <= least || !allowed(item)) continue
    let at = top.length
    while (at > 0 && (scores[top[at - 1] as number] as number) < score) at -= 1
    top.splice(at, 0, item)
    if (top.length > 10) top.pop()
    if (top.length === 10) least = scores[top[9] as number] as number
  }
  return top
}

function openScores() {
  const rows: number[][] = []
  const newRows: number[][] = []
  return {
    add({ baskets, truth }: Shopper, scores: Float64Array) {
      const had = new Set(baskets.flat())
      const top = best(scores, () => true)
      rows.push([recallAt(top, truth, 10), ndcgAt(top, truth, 10), hitAt(top, truth, 10)])
      const fresh = new Set([...truth].filter((item) => !had.has(item)))
      if (fresh.size === 0) return
      const topNew = best(scores, (item) => !had.has(item))
      newRows.push([recallAt(topNew, fresh, 10), hitAt(topNew, fresh, 1), hitAt(topNew, fresh, 2)])
    },
    mean(): Scores {
      const of = (all: readonly number[][], column: number): number =>
        all.reduce((sum, row) => sum + (row[column] ?? 0), 0) / all.length
      return {
        recallAt10: of(rows, 0),
        ndcgAt10: of(rows, 1),
        hitRateAt10: of(rows, 2),
        newRecallAt10: of(newRows, 0),
        newHitRateAt1: of(newRows, 1),
        newHitRateAt2: of(newRows, 2),
      }
    },
  }
}

/** Baskets that hold each item; of them, the ones where a shopper had it for the first time, not in their first basket. */
function popularities({ items, item, times, first, start }: ShopperColumns) {
  const all = new Float64Array(items)
  const firstTime = new Float64Array(items)
  for (let e = 0; e < (start.at(-1) ?? 0); e++) {
    const bought = item[e] as number
    all[bought] = (all[bought] as number) + (times[e] as number)
    if ((first[e] as number) > 0) firstTime[bought] = (firstTime[bought] as number) + 1
  }
  return { all, firstTime }
}

/** P-TopFreq and, with `fill`, GP-TopFreq: own counts, ties by what was bought first, then the counts of all. */
function ownCounts(columns: ShopperColumns, shopper: number, fill: Float64Array | null): Float64Array {
  const scores = fill === null ? new Float64Array(columns.items) : fill.map((count) => count / 1e9)
  const begin = columns.start[shopper] as number
  for (let e = begin; e < (columns.start[shopper + 1] as number); e++) {
    scores[columns.item[e] as number] = (columns.times[e] as number) + 0.5 - (e - begin) / 1e4
  }
  return scores
}

const started = performance.now()
const cpuBefore = process.cpuUsage()
const loadBefore = loadavg()[0] ?? 0
const { shoppers, items } = readBaskets(folder)
const isAsked = (id: number): boolean => (values.on === 'validation' ? id % 10 === 1 : id % 5 === 0)
const asked = Uint32Array.from([...shoppers.keys()].filter((place) => isAsked(shoppers[place]?.id ?? 0)))
const columns = buildShopperColumns(shoppers, items)
const ours = openScores()
rankNextBasket(columns, shoppers, asked, (place, scores) => {
  ours.add(shoppers[place] as Shopper, scores)
})
const seconds = (performance.now() - started) / 1000
const cpu = process.cpuUsage(cpuBefore)
/** Of all threads; on an idle machine a run takes no longer than this. */
const cpuSeconds = (cpu.user + cpu.system) / 1e6

const { all, firstTime } = popularities(columns)
const peers: Readonly<Record<string, (shopper: number) => Float64Array>> = {
  'G-TopFreq': () => all,
  'P-TopFreq': (shopper) => ownCounts(columns, shopper, null),
  'GP-TopFreq': (shopper) => ownCounts(columns, shopper, all),
  'first-time popularity': () => firstTime,
}
const methods: Record<string, Scores> = { aftercart: ours.mean() }
for (const [name, scoresOf] of Object.entries(peers)) {
  const sheet = openScores()
  for (const shopper of asked) sheet.add(shoppers[shopper] as Shopper, scoresOf(shopper))
  methods[name] = sheet.mean()
}
if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ asked: asked.length, seconds, cpuSeconds, loadBefore, methods })}\n`,
  )
} else {
  console.log(
    `${asked.length} shoppers, read + fit + predict + score ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU (load ${loadBefore.toFixed(1)})`,
  )
  console.table(
    Object.fromEntries(
      Object.entries(methods).map(([name, scores]) => [
        name,
        Object.fromEntries(Object.entries(scores).map(([key, rate]) => [key, rate.toFixed(4)])),
      ]),
    ),
  )
}

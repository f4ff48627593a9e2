// How much of a planted truth does the whole way find? For each seed: simulate a shop, import its files, mine them, and
// score the plan against the truth. Prints a line per seed and the means. The shop's catalog can be left out, so that
// categories, forms and prices come from the orders alone.
//
// harmful: of the live pairings; harm picks and harm later: of the picks on the thank-you page and in follow-ups for
// orders that were not mined; right picks: of those that came from pairings; served: orders that lacked a planted
// complement and were offered one; refill 15 %: products with 20 repeaters whose day is within 15 % of the truth.
//
//   npx node bench/simulator.ts [--seeds 20] [--from-seed 1] [--orders 60000] [--products 1200] [--no-catalog]

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { scoreInstallation } from '../src/cli/score-installation.ts'
import { writeSimulatedShop } from '../src/cli/simulated-files.ts'
import { silentProgress } from '../src/ports/progress.ts'
import type { PlanScore } from '../src/simulating/score-plan.ts'
import { defaultSimulation } from '../src/simulating/simulation.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    'from-seed': { type: 'string', default: '1' },
    orders: { type: 'string', default: String(defaultSimulation.orders) },
    products: { type: 'string', default: String(defaultSimulation.products) },
    'no-catalog': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const orders = Number(values.orders)
const customers = Math.round((orders * defaultSimulation.customers) / defaultSimulation.orders)
const settings = { ...defaultSimulation, orders, customers, products: Number(values.products) }

type Column = {
  readonly name: string
  readonly target: string
  readonly digits: number
  readonly of: (score: PlanScore) => number
}

const columns: readonly Column[] = [
  { name: 'precision', target: '≥ 0.90', digits: 3, of: ({ pairings }) => pairings.complete.precision },
  { name: 'strict', target: '', digits: 3, of: ({ pairings }) => pairings.complete.precisionStrict },
  { name: 'recall', target: '≥ 0.80', digits: 3, of: ({ pairings }) => pairings.complete.recall },
  { name: 'raw recall', target: '', digits: 3, of: ({ pairings }) => pairings.complete.recallRaw },
  { name: 'harmful', target: '≤ 0.02', digits: 3, of: ({ pairings }) => pairings.harmfulShare },
  { name: 'harm picks', target: '≤ 0.02', digits: 3, of: ({ thankYou }) => thankYou.harmfulShare },
  { name: 'harm later', target: '≤ 0.02', digits: 3, of: ({ followUp }) => followUp.harmfulShare },
  { name: 'right picks', target: '', digits: 3, of: ({ thankYou }) => thankYou.pairingRightShare },
  { name: 'served', target: '', digits: 3, of: ({ thankYou }) => thankYou.servedShare },
  { name: 'ext prec', target: '', digits: 3, of: ({ pairings }) => pairings.extend.precision },
  { name: 'ext recall', target: '', digits: 3, of: ({ pairings }) => pairings.extend.recall },
  { name: 'refill 15 %', target: 'all', digits: 3, of: ({ refills }) => refills.oneUnit.withinShare },
  { name: 'error', target: '≤ 0.15', digits: 3, of: ({ refills }) => refills.oneUnit.medianError },
  { name: 'ratio', target: '', digits: 3, of: ({ refills }) => refills.oneUnit.medianRatio },
  { name: 'two 15 %', target: '', digits: 3, of: ({ refills }) => refills.twoUnits.withinShare },
  { name: 'next day err', target: '', digits: 3, of: ({ nextDays }) => nextDays.medianError },
]

async function run(
  seed: number,
): Promise<{ readonly score: PlanScore; readonly seconds: number; readonly cpu: number }> {
  const started = performance.now()
  const used = process.cpuUsage()
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-simulator-'))
  const installation = await openInstallation({ data: join(folder, 'data'), create: true, apart: true })
  try {
    const shop = join(folder, 'shop')
    const { ordersFile, catalogFile, truth } = writeSimulatedShop(
      { settings, seed, folder: shop, force: false },
      silentProgress,
    )
    const catalog = values['no-catalog'] ? null : catalogFile
    await importFiles(
      { files: [ordersFile], catalogFile: catalog, columns: null, currency: settings.currency },
      installation,
    )
    await mine(installation)
    const score = await scoreInstallation(installation, truth)
    const { user, system } = process.cpuUsage(used)
    return { score, seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 }
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const printed = (cells: readonly string[]): void => {
  console.log(cells.map((cell) => cell.padStart(13)).join(''))
}

const scores: PlanScore[] = []
printed(['seed', ...columns.map(({ name }) => name), 'seconds', 'CPU s'])
for (let at = 0; at < Number(values.seeds); at++) {
  const seed = Number(values['from-seed']) + at
  const { score, seconds, cpu } = await run(seed)
  scores.push(score)
  const cells = columns.map(({ of, digits }) => of(score).toFixed(digits))
  printed([String(seed), ...cells, seconds.toFixed(1), cpu.toFixed(1)])
  if (values.json) console.log(JSON.stringify(score))
}
const mean = (of: Column['of']): number => scores.reduce((sum, score) => sum + of(score), 0) / scores.length
printed(['mean', ...columns.map(({ of, digits }) => mean(of).toFixed(digits))])
printed(['target', ...columns.map(({ target }) => target)])
const kinds = scores.map(({ pairings }) => pairings.complete.kinds)
for (const kind of Object.keys(kinds[0] ?? {}) as (keyof (typeof kinds)[number])[]) {
  const sum = kinds.reduce((total, one) => total + one[kind], 0)
  console.log(`live complete pairings that are ${kind}: ${(sum / kinds.length).toFixed(1)} a seed`)
}
console.log(
  `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
)

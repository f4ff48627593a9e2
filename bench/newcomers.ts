// Is a new product put beside the right anchors, and does it help to know its brand? For each seed: simulate a shop whose
// complements are of the anchor's maker as often as asked, take every order line of a tenth of the products away, so that
// the catalog alone names them, import and mine. Then each anchor with a planted complement among these is asked for its
// newcomers, once with brands, once without: is the first one planted, is one of the three? All from one mining,
// so the rows differ by the brand alone.
//
//   npx node bench/newcomers.ts [--seeds 12] [--from-seed 1] [--orders 60000] [--products 1200] [--same-maker 0,0.3,0.6]
//     [--as tags]   the maker stands in the column of the tags

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { loadCurrentPlan } from '../src/cli/load-current-plan.ts'
import { writeSimulatedShop } from '../src/cli/simulated-files.ts'
import type { Plan } from '../src/domain/plan.ts'
import { orderNewcomers } from '../src/next/order-newcomers.ts'
import { silentProgress } from '../src/ports/progress.ts'
import { defaultSimulation, type Truth } from '../src/simulating/simulation.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '12' },
    'from-seed': { type: 'string', default: '1' },
    orders: { type: 'string', default: String(defaultSimulation.orders) },
    products: { type: 'string', default: String(defaultSimulation.products) },
    as: { type: 'string', default: 'brand' },
    'same-maker': { type: 'string', default: '0,0.3,0.6' },
  },
})
const orders = Number(values.orders)
const customers = Math.round((orders * defaultSimulation.customers) / defaultSimulation.orders)
const WITHHELD = 0.1

type Asked = { readonly first: boolean; readonly any: boolean }
type Run = {
  readonly anchors: number
  /** The ln of how many times the odds are, of the newcomers that name a brand; empty where brands do not matter. */
  readonly lnOdds: readonly number[]
  readonly without: readonly Asked[]
  readonly with: readonly Asked[]
}

/** The fourth field of a line is the product; those before it hold no comma. */
function withholdLines(file: string, withheld: ReadonlySet<string>): void {
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !withheld.has(line.split(',', 4)[3] ?? ''))
  writeFileSync(file, kept.join('\n'))
}

function ask(plan: Plan, truth: Truth, withheld: ReadonlySet<string>): Run {
  const planted = new Map<string, Set<string>>()
  for (const { anchor, addOn } of truth.complements) {
    if (!withheld.has(addOn) || withheld.has(anchor)) continue
    planted.set(anchor, (planted.get(anchor) ?? new Set<string>()).add(addOn))
  }
  const [without, together]: [Asked[], Asked[]] = [[], []]
  const lnOdds = [...plan.categoryPairings.values()]
    .flat()
    .flatMap(({ shared }) => (shared ?? []).map(([, one]) => one))
  for (const [id, right] of planted) {
    const anchor = plan.products.get(id)
    const list = plan.categoryPairings.get(anchor?.category ?? '') ?? []
    if (anchor === undefined || !list.some(({ newcomer }) => newcomer)) continue
    const judge = (ordered: typeof list): Asked => {
      const ids = ordered.filter(({ newcomer }) => newcomer).map(({ addOn }) => addOn)
      return { first: right.has(ids[0] ?? ''), any: ids.some((one) => right.has(one)) }
    }
    without.push(judge(orderNewcomers(list, {})))
    together.push(judge(orderNewcomers(list, anchor)))
  }
  return { anchors: without.length, lnOdds, without, with: together }
}

async function run(seed: number, sameMaker: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-newcomers-'))
  const installation = await openInstallation({ data: join(folder, 'data'), create: true, apart: true })
  const settings = { ...defaultSimulation, orders, customers, products: Number(values.products), sameMaker }
  try {
    const shop = join(folder, 'shop')
    const { ordersFile, catalogFile, truth } = writeSimulatedShop(
      { settings, seed, folder: shop, force: false },
      silentProgress,
    )
    const random = seededRandom(seed)
    const sellable = readFileSync(catalogFile, 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => /,active,[1-9]\d*$/.test(line))
    const withheld = new Set(
      sellable.filter(() => random() < WITHHELD).map((line) => line.split(',', 1)[0] ?? ''),
    )
    withholdLines(ordersFile, withheld)
    const [head = '', ...rows] = readFileSync(catalogFile, 'utf8').split('\n')
    writeFileSync(catalogFile, [head.replace('brand', values.as), ...rows].join('\n'))
    await importFiles(
      { files: [ordersFile], catalogFile, columns: null, currency: settings.currency },
      installation,
    )
    await mine(installation)
    return ask(await loadCurrentPlan(installation), truth, withheld)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length
const share = (list: readonly Asked[], of: 'first' | 'any'): number =>
  mean(list.map((one) => Number(one[of])))
const percent = (value: number): string => (100 * value).toFixed(1)

/** The mean over the seeds, and its standard error. */
function overSeeds(list: readonly number[]): string {
  const centre = mean(list)
  const spread = Math.sqrt(
    list.reduce((sum, one) => sum + (one - centre) ** 2, 0) / Math.max(1, list.length - 1),
  )
  return `${percent(centre)} ± ${percent(spread / Math.sqrt(list.length))}`
}

for (const sameMaker of values['same-maker'].split(',').map(Number)) {
  const runs: Run[] = []
  for (let at = 0; at < Number(values.seeds); at++) {
    const seed = Number(values['from-seed']) + at
    const one = await run(seed, sameMaker)
    runs.push(one)
    const [low, high] = [Math.min(...one.lnOdds), Math.max(...one.lnOdds)].map((ln) =>
      Math.exp(ln).toFixed(1),
    )
    console.log(
      `  seed ${seed}: ${one.anchors} anchors; first right, %: ${percent(share(one.without, 'first'))} without, ${percent(share(one.with, 'first'))} with; ${one.lnOdds.length === 0 ? 'the maker does not matter' : `odds where it is shared ${low} to ${high}`}`,
    )
  }
  const row = (name: string, of: (one: Run) => number): void =>
    console.log(`  ${name.padEnd(36)} ${overSeeds(runs.map(of))}`)
  console.log(
    `of the anchor's maker: ${sameMaker}; ${runs.reduce((sum, one) => sum + one.anchors, 0)} anchors; %, over seeds`,
  )
  console.log(
    `  the maker matters in ${runs.filter(({ lnOdds }) => lnOdds.length > 0).length} of ${runs.length} seeds`,
  )
  row('first right, without', (one) => share(one.without, 'first'))
  row('first right, with', (one) => share(one.with, 'first'))
  row('more', (one) => share(one.with, 'first') - share(one.without, 'first'))
  row('one of three right, without', (one) => share(one.without, 'any'))
  row('one of three right, with', (one) => share(one.with, 'any'))
  row('more', (one) => share(one.with, 'any') - share(one.without, 'any'))
}
console.log(
  `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
)

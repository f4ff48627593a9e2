// Does the report tell what was caused? Shops where `--bought-anyway` of those who accept would have bought the add-on
// anyway, one for each seed, each with customers of its own and a secret of its own that says who is held out. Counts how
// often the interval of caused ÷ attributed (30 days) holds the planted share, and how often it excludes 1 (all was caused)
// and 0 (nothing was). The interval may be looked at every day, so it is wider than one for a single look. Prints a table, or
// JSON with `--json`. `--seeds n`, `--bought-anyway share`.

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openInstallation } from '../src/cli/installation.ts'
import { historyStart, simulateLive } from '../src/cli/simulate-live.ts'
import { measureHoldOut } from '../src/measuring/measure-hold-out.ts'
import { defaultSimulation } from '../src/simulating/simulation.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seeds: { type: 'string', default: '20' },
    'bought-anyway': { type: 'string', default: '0.5' },
  },
})
const untilMs = Date.UTC(2026, 9, 1)
const [days, historyDays, holdOutShare] = [140, 365, 0.5]
const boughtAnyway = Number(values['bought-anyway'])

type Told = {
  readonly seed: number
  readonly attachRate: number
  readonly planted: number
  readonly value: number
  readonly low: number
  readonly high: number
}

const told: Told[] = []
for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
  const one = await tell(seed)
  told.push(one)
  console.error(one, `load ${(loadavg()[0] ?? 0).toFixed(1)}`)
}
const share = (is: (one: Told) => boolean) => told.filter(is).length / told.length
const summary = {
  shops: told.length,
  holdPlanted: share(({ low, high, planted }) => low < planted && planted < high),
  exclude1: share(({ high }) => high < 1),
  exclude0: share(({ low }) => low > 0),
  meanError: told.reduce((sum, { value, planted }) => sum + value - planted, 0) / told.length,
}
if (values.json) console.log(JSON.stringify({ summary, told }))
else console.table([summary])

async function tell(seed: number): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-report-truth-'))
  try {
    const data = join(folder, 'data')
    const startAtMs = historyStart(untilMs, historyDays, days)
    const { truth } = await simulateLive({
      shop: {
        ...defaultSimulation,
        ...{ orders: 8000, products: 150, customers: 2000, days: historyDays, startAtMs },
      },
      live: { customers: 6000, days, untilMs, attachRate: 0.25, boughtAnyway },
      ...{ seed, out: join(folder, 'shop'), force: false, data, holdOutShare },
    })
    const installation = await openInstallation({ data, apart: true })
    const question = {
      windowDays: 30,
      untilMs,
      currency: 'EUR',
      term: { share: holdOutShare, fromMs: null, untilMs: null },
      marginShare: null,
    } as const
    const { incrementality } = await measureHoldOut(question, installation)
    await installation.close()
    if (incrementality === null) throw new Error(`seed ${seed}: nothing was told`)
    const attachRate = truth.accepted / truth.ordersExposed
    return { seed, attachRate, planted: truth.incrementality, ...incrementality }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

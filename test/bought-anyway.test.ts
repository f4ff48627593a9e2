// A shop where accepted add-ons look splendid, and half of them would have been bought anyway: planted by
// `aftercart simulate --live`, read by the report. The secret is fixed, so that the same customers are held out each time.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Installation, openInstallation } from '../src/cli/installation.ts'
import { fillNewFolder, historyStart, type LiveShop, simulateLive } from '../src/cli/simulate-live.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import type { Figures } from '../src/measuring/figures.ts'
import { headlines } from '../src/measuring/headlines.ts'
import { readFigures } from '../src/measuring/measure-period.ts'
import { readOwnFigures } from '../src/measuring/own-figures.ts'
import { defaultSimulation } from '../src/simulating/simulation.ts'

const UNTIL_MS = Date.UTC(2026, 9, 1)
const LIVE_DAYS = 140
const HISTORY_DAYS = 365

function request(folder: string, data: string) {
  const startAtMs = historyStart(UNTIL_MS, HISTORY_DAYS, LIVE_DAYS)
  const size = { orders: 8000, products: 150, customers: 2000, days: HISTORY_DAYS, startAtMs }
  return {
    shop: { ...defaultSimulation, ...size },
    live: { customers: 6000, days: LIVE_DAYS, untilMs: UNTIL_MS, attachRate: 0.25, boughtAnyway: 0.5 },
    ...{ seed: 7, out: join(folder, 'shop'), force: false, data, holdOutShare: 0.5 },
  }
}

describe('half of what was accepted would have been bought anyway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-anyway-'))
  const data = join(folder, 'data')
  let shop: LiveShop
  let installation: Installation
  let figures: Figures

  before(async () => {
    mkdirSync(data)
    writeFileSync(join(data, 'secret.key'), Buffer.alloc(32, 7))
    shop = await fillNewFolder(request(folder, data))
    installation = await openInstallation({ data, apart: true })
    const { store, settings } = installation
    const plan = holdCurrentPlan(store, settings)
    await plan.refresh()
    figures = await readFigures(
      {
        period: { fromMs: UNTIL_MS - LIVE_DAYS * DAY_MS, toMs: UNTIL_MS },
        ...{ currency: 'EUR', ordersPerMonth: null, experiments: [] },
        titleOf: (product) => plan.get()?.products.get(product)?.title ?? product,
      },
      { store, settings, clock: { nowMs: () => UNTIL_MS } },
    )
  })
  after(async () => {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('what is attributed looks splendid: one in four who saw an offer took it', () => {
    const { total } = figures
    assert.equal(total.ordersExposed, shop.truth.ordersExposed)
    assert.equal(total.accepted, shop.truth.accepted)
    assert.ok(Math.abs(total.accepted / total.ordersExposed - 0.25) < 0.03)
    assert.ok(shop.truth.heldOutBoughtLater > 100, 'without an offer customers come back for it')
  })

  test('the money of the ledger, of the figures and of the truth is the same to the cent', async () => {
    const { store } = installation
    const entries = (
      await Promise.all(
        (['charged', 'refunded'] as const).map((kind) => store.readLedger({ kind, limit: 100_000 })),
      )
    ).flat()
    const net = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    // A refund comes six days later: what is charged in the last days may go back after the end.
    const openRefunds = figures.total.netMinor - shop.truth.attributedMinor
    assert.equal(figures.total.netMinor, net)
    assert.equal(
      figures.pairings.length < 200 ? figures.pairings.reduce((sum, { netMinor }) => sum + netMinor, 0) : net,
      net,
    )
    assert.ok(openRefunds >= 0 && openRefunds < 0.02 * net, `${openRefunds} of ${net}`)
    assert.equal(shop.truth.causedMinor, shop.truth.attributedMinor - shop.truth.anywayMinor)
  })

  test('the interval of what was caused holds the planted half, and neither nothing nor all of it', () => {
    for (const { incrementality, sampleRatioAlarm, windowDays } of figures.caused) {
      assert.equal(sampleRatioAlarm, false)
      assert.ok(incrementality !== null)
      const { low, high } = incrementality
      const told = `${windowDays} days: ${low} to ${high}`
      assert.ok(low < shop.truth.incrementality && shop.truth.incrementality < high, told)
      assert.ok(low > 0, told)
      // Who can be followed for 90 days came in the first third: too few to exclude 1.
      if (windowDays === 30) assert.ok(high < 1, told)
    }
  })

  test('the first line of the report says that about half would have been spent anyway', () => {
    const [first = ''] = headlines(figures)
    const [, anyway] =
      /^Of every €100 that offers brought, about €(\d+) would have been spent anyway/.exec(first) ?? []
    assert.ok(Number(anyway) >= 35 && Number(anyway) <= 65, first)
  })

  test('the calculator asks the hold-out too, by its command as on the page', async () => {
    const { store, settings } = installation
    const held = holdCurrentPlan(store, settings)
    await held.refresh()
    const page = await readOwnFigures(
      { summary: null, plan: held.get(), nowMs: UNTIL_MS },
      { store, settings },
    )
    const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...[bin, 'calculate', '--data', data, '--json'],
    ])
    const { causedShare } = JSON.parse(stdout).figures
    assert.equal(causedShare.source, 'own')
    assert.match(causedShare.because, /^of [\d,]+ held-out customers over \d+ days$/)
    const [onPage, byCommand] = [page.figures.causedShare?.value ?? assert.fail(), causedShare.value]
    // The command asks today, when all customers have been followed to the end.
    assert.ok(Math.abs(onPage - 0.5) < 0.2 && Math.abs(byCommand - 0.5) < 0.2, `${onPage}, ${byCommand}`)
  })

  test('the truth stands beside the files', () => {
    const written = JSON.parse(readFileSync(shop.truthFile, 'utf8'))
    assert.deepEqual(written, { seed: 7, ...shop.truth })
  })

  test('an installation that holds anything is refused in one sentence, and left as it is', async () => {
    await assert.rejects(simulateLive(request(join(folder, 'again'), data)), /holds files already.*--data/)
  })
})

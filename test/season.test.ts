// The season of a simulated shop, from its files to what an order is offered: Christmas pairings that were planted are
// offered in November and December of the next year and are gone in January, with a plan that was mined once.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { loadCurrentPlan } from '../src/cli/load-current-plan.ts'
import { writeSimulatedShop } from '../src/cli/simulated-files.ts'
import { makeDecision } from '../src/deciding/decide-offer.ts'
import { silentProgress } from '../src/ports/progress.ts'
import { defaultSimulation } from '../src/simulating/simulation.ts'

const settings = { ...defaultSimulation, orders: 24_000, products: 420, customers: 6000 }

test('a planted Christmas pairing is offered next November and December, and is gone in January', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-season-'))
  const installation = await openInstallation({ data: join(folder, 'data'), create: true, apart: true })
  try {
    const { ordersFile, catalogFile, truth } = writeSimulatedShop(
      { settings, seed: 11, folder: join(folder, 'shop'), force: false },
      silentProgress,
    )
    await importFiles(
      { files: [ordersFile], catalogFile, columns: null, currency: settings.currency },
      installation,
    )
    const seasonOf = new Map(truth.seasonal.map(({ product, season }) => [product, season]))
    // A shop whose categories name the occasion, as most do: "Christmas > Fairy lights".
    const catalog = await installation.store.listProducts()
    const pathOf = ({ id, category }: (typeof catalog)[number]): string =>
      `${seasonOf.get(id) ?? 'all year'} > ${category}`
    await installation.store.putProducts(catalog.map((one) => ({ ...one, category: pathOf(one) })))
    await mine(installation)
    const plan = await loadCurrentPlan(installation)
    const planted = truth.complements.filter(
      ({ anchor, addOn }) =>
        seasonOf.get(addOn) === 'christmas' &&
        plan.pairings.get(anchor)?.some((one) => one.addOn === addOn && one.verdict.status === 'live') &&
        plan.products.get(addOn)?.buyable,
    )
    assert.ok(planted.length >= 5, `only ${planted.length} planted Christmas pairings are live`)

    /** What became of each planted pairing when only its anchor was bought on this day. */
    const fates = (day: string): ReadonlySet<string> => {
      const atMs = Date.parse(day)
      const effects = { plan, settings: installation.settings, clock: { nowMs: () => atMs } }
      return new Set(
        planted.map(({ anchor, addOn }) => {
          const lines = [{ productId: anchor, quantity: 1, unitPriceMinor: 100_000 }]
          const order = { id: 'o', customerId: null, placedAtMs: atMs, currency: 'EUR', lines }
          const { picks, dropped } = makeDecision(order, null, 'thank-you', effects)
          if (picks.some(({ product }) => product === addOn)) return 'offered'
          return dropped.find(({ product }) => product === addOn)?.rule ?? 'not proposed'
        }),
      )
    }
    for (const day of ['2026-11-15', '2026-12-10']) {
      // One is offered at a time: the others lose to it, and to nothing else.
      assert.ok(fates(day).has('offered'), day)
      const lost = new Set(['offered', 'outranked', 'variant-of-pick'])
      assert.deepEqual(
        [...fates(day)].filter((fate) => !lost.has(fate)),
        [],
        day,
      )
    }
    for (const day of ['2026-01-15', '2027-01-15', '2027-06-15'])
      assert.deepEqual(fates(day), new Set(['out-of-season']), day)
    const evergreen = [...plan.products.values()].filter(({ id }) => !seasonOf.has(id))
    assert.ok(evergreen.length > 300)
    assert.deepEqual(
      evergreen.filter(({ season }) => season !== undefined),
      [],
    )
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

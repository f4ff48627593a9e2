// Planted truth, through the store: half of what is accepted would have been bought anyway, later and by itself, in both
// arms. The ledger attributes all of it; the hold-out must say that half was caused. The figures are read as a report does.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import type { LedgerEntry } from '../src/domain/ledger.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { readFigures } from '../src/measuring/measure-period.ts'
import type { Store } from '../src/ports/store.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'

const DAY_MS = 86_400_000
const CUSTOMERS = 3_000
const PRICE_MINOR = 1_000

test('half of what was accepted would have come anyway, and the report says so', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-caused-'))
  const store = await openStore({ dataFolder })
  try {
    const random = seededRandom(20_261_126)
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, customer) => liveOn(customer, random, store)))
    const figures = await readFigures(
      {
        period: { fromMs: 0, toMs: 400 * DAY_MS },
        ...{ currency: 'GBP', ordersPerMonth: 100, titleOf: (product: string) => product, experiments: [] },
      },
      {
        store,
        settings: { measuring: { ...defaultSettings.measuring, holdOutShare: 0.5 } },
        clock: { nowMs: () => 200 * DAY_MS },
      },
    )
    assert.equal(figures.ordersEligible, CUSTOMERS)
    assert.equal(figures.pairings[0]?.netMinor, figures.total.netMinor)
    for (const caused of figures.caused) {
      assert.equal(caused.attributedMinor, figures.total.netMinor)
      assert.equal(caused.sampleRatioAlarm, false)
      const { incrementality } = caused
      assert.ok(incrementality !== null)
      const { low, high } = incrementality
      assert.ok(low < 0.5 && high > 0.5 && low > 0 && high < 1, JSON.stringify(incrementality))
      const attach = caused.perOrder?.attach
      assert.ok(attach !== undefined && attach.low < 0.15 && attach.high > 0.15, JSON.stringify(attach))
    }
  } finally {
    await store.close()
    rmSync(dataFolder, { recursive: true })
  }
})

/** One order each; 30 % want the cup, half of whom need no offer for it. */
async function liveOn(customer: number, random: () => number, store: Store): Promise<void> {
  const [isHeldOut, wants, wantsAnyway] = [random() < 0.5, random() < 0.3, random() < 0.5]
  const atMs = Math.floor(random() * 60 * DAY_MS)
  const [id, customerId] = [`order-${customer}`, `customer-${customer}`]
  const line = { productId: 'pot', quantity: 1, unitPriceMinor: 2_000 + Math.floor(random() ** 3 * 20_000) }
  const base = { customerId, currency: 'GBP' }
  await store.putOrder({ ...base, id, placedAtMs: atMs, lines: [line] }, atMs)
  const variation = isHeldOut ? 'held-out' : 'offered'
  const pairing = { placement: 'thank-you', anchor: 'pot', product: 'cup' } as const
  const place = { experiment: 'hold-out', variation, unit: `customer:${customerId}` }
  await store.addTrials([{ ...place, ...pairing, orderId: id, atMs: atMs + 1 }])
  if (isHeldOut && wants && wantsAnyway) {
    const cup = { productId: 'cup', quantity: 1, unitPriceMinor: PRICE_MINOR }
    const laterMs = atMs + 10 * DAY_MS
    await store.putOrder({ ...base, id: `${id}-later`, placedAtMs: laterMs, lines: [cup] }, laterMs)
  }
  if (isHeldOut) return
  const entry = (kind: LedgerEntry['kind'], amountMinor = 0): LedgerEntry => ({
    ...{ key: `offer-${customer}:${kind}`, kind, atMs: atMs + 2, offerId: `offer-${customer}`, orderId: id },
    ...{ ...pairing, relation: 'complete', amountMinor, currency: 'GBP', detail: null },
  })
  const taken = wants ? [entry('accepted'), entry('charged', PRICE_MINOR), entry('completed')] : []
  await store.addToLedger([entry('offer-issued'), entry('exposed'), ...taken])
}

// A shop with live orders in a real store: 1,500 shoppers of an espresso machine, a third held out. 30 % want the cleaner,
// and half of these would have bought it anyway, later and by themselves. Beside it a plan with the cleaner and a brush.

import { type Installation, openInstallation } from '../../src/cli/installation.ts'
import { DAY_MS } from '../../src/domain/instant.ts'
import type { LedgerEntry } from '../../src/domain/ledger.ts'
import type { Store } from '../../src/ports/store.ts'
import { seededRandom } from '../../src/stats/seeded-random.ts'
import { tinyPairing, tinyPlan, tinyProduct } from '../tiny-plan.ts'

export const LIVE_NOW_MS = Date.UTC(2026, 10, 23, 7)
const SHOPPERS = 1500
const PRICE_MINOR = 900

export async function openLiveShop(folder: string): Promise<Installation> {
  const installation = await openInstallation({ data: folder, create: true, apart: true })
  const random = seededRandom(20_261_123)
  const { store } = installation
  await Promise.all(Array.from({ length: SHOPPERS }, (_, shopper) => shopOnce(shopper, random, store)))
  const plan = tinyPlan(
    [
      tinyProduct('espresso-machine', 24_000),
      tinyProduct('cleaner', PRICE_MINOR, { title: '<script>alert(1)</script> =Cleaner' }),
      tinyProduct('brush', 1100),
    ],
    ['cleaner', 'brush'].map((addOn) => tinyPairing('espresso-machine', addOn, 0.3)),
  )
  await store.publishPlan({ ...plan, pairings: plan.pairings.entries() }, LIVE_NOW_MS - DAY_MS)
  const { settings } = installation
  const measuring = { ...settings.measuring, holdOutShare: 1 / 3 }
  return { ...installation, settings: { ...settings, measuring }, clock: { nowMs: () => LIVE_NOW_MS } }
}

async function shopOnce(shopper: number, random: () => number, store: Store): Promise<void> {
  const [isHeldOut, wants, wantsAnyway] = [random() < 1 / 3, random() < 0.3, random() < 0.5]
  const atMs = LIVE_NOW_MS - 80 * DAY_MS + Math.floor(random() * 40 * DAY_MS)
  const [id, customerId] = [`order-${shopper}`, `customer-${shopper}`]
  const line = { productId: 'espresso-machine', quantity: 1, unitPriceMinor: 24_000 }
  const base = { customerId, currency: 'GBP' }
  await store.putOrder({ ...base, id, placedAtMs: atMs, lines: [line] }, atMs)
  const pairing = { placement: 'thank-you', anchor: 'espresso-machine', product: 'cleaner' } as const
  const variation = isHeldOut ? 'held-out' : 'offered'
  await store.addTrials([
    {
      ...{ experiment: 'hold-out', variation, unit: `customer:${customerId}` },
      ...{ ...pairing, orderId: id, atMs: atMs + 1 },
    },
  ])
  if (isHeldOut && wants && wantsAnyway) {
    const cleaner = { productId: 'cleaner', quantity: 1, unitPriceMinor: PRICE_MINOR }
    const laterMs = atMs + 10 * DAY_MS
    await store.putOrder({ ...base, id: `${id}-later`, placedAtMs: laterMs, lines: [cleaner] }, laterMs)
  }
  if (isHeldOut) return
  const entry = (kind: LedgerEntry['kind'], amountMinor = 0): LedgerEntry => ({
    ...{ key: `offer-${shopper}:${kind}`, kind, atMs: atMs + 2, offerId: `offer-${shopper}`, orderId: id },
    ...{ ...pairing, relation: 'complete', amountMinor, currency: 'GBP', detail: null },
  })
  const taken = wants ? [entry('accepted'), entry('charged', PRICE_MINOR), entry('completed')] : []
  await store.addToLedger([entry('offer-issued'), entry('exposed'), ...taken])
}

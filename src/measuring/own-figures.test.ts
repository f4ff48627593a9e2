import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import { defaultSettings } from '../domain/settings.ts'
import { type OwnStore, readOwnFigures } from './own-figures.ts'

const NOW_MS = 1000 * DAY_MS

function entry(kind: LedgerKind, order: number): LedgerEntry {
  return {
    key: `${kind}-${order}`,
    kind,
    atMs: NOW_MS - DAY_MS,
    offerId: `offer-${order}`,
    orderId: `order-${order}`,
    product: 'cleaner',
    placement: 'thank-you',
    anchor: null,
    relation: null,
    amountMinor: 0,
    currency: 'GBP',
    detail: null,
  }
}

function ledgerOf(entries: readonly LedgerEntry[]): OwnStore {
  return {
    holdOutChosen: async () => null,
    holdOutTerms: async () => [],
    unitMoments: async () => ({ variations: [], capMinor: null, unitsInTwo: 0, sinceMs: null }),
    readLedger: async ({ kind, fromMs = 0 }) =>
      entries.filter((one) => one.kind === kind && one.atMs >= fromMs),
  }
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, order) => order)

test('without data nothing is claimed', async () => {
  const found = await readOwnFigures(
    { summary: null, plan: null, nowMs: NOW_MS },
    { store: ledgerOf([]), settings: defaultSettings },
  )
  assert.deepEqual(found, { currency: null, figures: {} })
})

test('orders a month, the usual add-on price, attach and refund rate come from the shop itself', async () => {
  const plan = tinyPlan(
    [
      tinyProduct('machine', 20_000, { orders: 300 }),
      tinyProduct('mug', 4000, { orders: 100 }),
      tinyProduct('cleaner', 1000),
      tinyProduct('tray', 2000),
    ],
    [
      tinyPairing('machine', 'cleaner', 0.4),
      tinyPairing('machine', 'tray', 0.2),
      // What costs five times as much would never be offered.
      tinyPairing('mug', 'machine', 0.3),
      tinyPairing('mug', 'tray', 0.1),
    ],
  )
  const summary = {
    orders: 1200,
    orderLines: 2000,
    customers: 500,
    products: 4,
    fromAtMs: NOW_MS - 364 * DAY_MS,
    toAtMs: NOW_MS,
  }
  const entries = [
    ...numbers(200).map((order) => entry('exposed', order)),
    ...numbers(120).map((order) => entry('accepted', order)),
    ...numbers(120).map((order) => entry('charged', order)),
    ...numbers(6).map((order) => entry('refunded', order)),
    ...numbers(3).map((order) => entry('undone', order)),
  ]
  const { currency, figures } = await readOwnFigures(
    { summary, plan, nowMs: NOW_MS },
    { store: ledgerOf(entries), settings: defaultSettings },
  )
  assert.equal(currency, 'GBP')
  assert.equal(figures.orders?.value, 100)
  assert.equal(figures.addOnPrice?.value, 12.5)
  assert.equal(figures.attachRate?.value, 0.6)
  assert.equal(figures.refundRate?.value, 0.05)
  for (const figure of Object.values(figures)) assert.equal(figure.source, 'own')
})

test('a rate of fewer than 100 orders, or a history of a week, is no figure', async () => {
  const summary = {
    orders: 70,
    orderLines: 70,
    customers: 70,
    products: 4,
    fromAtMs: NOW_MS - 6 * DAY_MS,
    toAtMs: NOW_MS,
  }
  const entries = numbers(99).flatMap((order) => [entry('exposed', order), entry('accepted', order)])
  const { figures } = await readOwnFigures(
    { summary, plan: null, nowMs: NOW_MS },
    { store: ledgerOf(entries), settings: defaultSettings },
  )
  assert.deepEqual(figures, {})
})

// A replay never looks ahead: a test day sees the days before it, never its own; with `never`, nothing after the split.

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { defaultSettings } from '../domain/settings.ts'
import { silentProgress } from '../ports/progress.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { runBacktest } from './backtest.ts'
import type { ReplayOrder } from './replay.ts'

const PRODUCTS = ['lamp', 'bulb', 'shade', 'mug']
const catalog: CatalogProduct[] = PRODUCTS.map((id) => tinyCatalogProduct(id, id.toUpperCase(), 1000))

const order = (day: number, ...products: number[]): ReplayOrder => ({
  customer: null,
  day,
  lines: products.map((product) => ({ product, quantity: 1, unitPriceMinor: 1000 })),
})

/** Up to the split a lamp goes with a mug; from the split on with a bulb. */
const before = Array.from({ length: 30 }, (_, place) => order(place, 0, 3))
const after = Array.from({ length: 30 }, (_, place) => order(30 + place, 0, 1))

function hits(refresh: 'daily' | 'never', orders: readonly ReplayOrder[]): number {
  const request = {
    question: 'completion',
    refresh,
    newOnly: false,
    splitDay: 30,
    halfLifeDays: 5,
    windowDays: 30,
    replay: { productIds: PRODUCTS, orders },
    catalog,
    settings: defaultSettings,
  } as const
  const result = runBacktest(request, { random: seededRandom(1), progress: silentProgress })
  assert.equal(result.queries, orders.filter(({ day }) => day >= 30).length)
  return Math.round(result.methods.ranking.hitRateAt1 * result.queries)
}

test('refreshed daily, the first test day knows nothing of itself, and later days learn', () => {
  assert.equal(hits('daily', [...before, ...after.slice(0, 1)]), 0)
  assert.ok(hits('daily', [...before, ...after]) > 10)
})

test('many orders of one day do not see one another', () => {
  const oneDay = Array.from({ length: 30 }, () => order(30, 0, 1))
  assert.equal(hits('daily', [...before, ...oneDay]), 0)
})

test('mined once, no test day teaches the next', () => {
  assert.equal(hits('never', [...before, ...after]), 0)
})

test('the price ceiling is a share of all that was paid, also where products of the order are withheld', () => {
  const orders = Array.from({ length: 40 }, (_, place) => order(place, ...(place % 2 ? [3] : [0, 1, 2])))
  const offered = (unitPriceMinor: number) => {
    const priced = orders.map((one) => ({
      ...one,
      lines: one.lines.map((line) => ({ ...line, quantity: 2, unitPriceMinor })),
    }))
    const request = {
      question: 'completion',
      refresh: 'daily',
      newOnly: false,
      splitDay: 30,
      halfLifeDays: 120,
      windowDays: 30,
      replay: { productIds: PRODUCTS, orders: priced },
      catalog,
      settings: defaultSettings,
    } as const
    const { methods } = runBacktest(request, { random: seededRandom(1), progress: silentProgress })
    return methods.aftercart.hitRateAt2
  }
  // An add-on costs 1000; six units were paid: at 700 each a quarter of it is 1050, at 600 each it is 900.
  assert.deepEqual([offered(700), offered(600)], [1, 0])
})

// What a customer is worth, from an import to the answer of the API: the statements against sums made by hand, when it is
// measured anew, and the whole of it on a shop whose customers were drawn as the models have it.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openParquetHistory } from '../src/adapters/history/parquet/open-parquet-history.ts'
import { sameThread } from '../src/adapters/parallel/same-thread.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { DAY_MS, isoDate } from '../src/domain/instant.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { keepLifetimeValue } from '../src/measuring/keep-lifetime-value.ts'
import type { LifetimeValue } from '../src/measuring/lifetime-value.ts'
import { readCohorts, readCustomers, readSources } from '../src/measuring/worth-queries.ts'
import { type ImportBench, openImportBench } from './import-into.ts'
import { plantCustomers } from './planted-customers.ts'

const header = 'order,date,customer,product,quantity,price'
const columns = Object.fromEntries(header.split(',').map((name) => [name, name]))
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS

describe('what a customer is worth', () => {
  let bench: ImportBench
  beforeEach(async () => {
    bench = await openImportBench()
  })
  afterEach(() => bench.close())

  const take = (name: string, rows: readonly string[]) =>
    bench.import([bench.write(name, `${[header, ...rows].join('\n')}\n`)], { columns, currency: 'GBP' })

  test('purchases are days with paid goods of a known customer, net of returns; guests and postage are out', async () => {
    await take('orders.csv', [
      // Two orders of one day are one purchase; postage is none; one of three mugs comes back.
      '1,2025-01-10 09:00,ada,MUG,3,4.00',
      '2,2025-01-10 18:00,ada,JUG,1,10.00',
      '3,2025-02-09 09:00,ada,JUG,2,10.00',
      '3,2025-02-09 09:00,ada,POST,1,5.00',
      '4,2025-03-01 09:00,ada,POST,1,5.00',
      '5,2025-04-20 09:00,ada,MUG,1,4.00',
      // Came back as a whole: no purchase, so that this customer begins with the next one.
      '6,2025-01-31 09:00,bob,MUG,5,4.00',
      '7,2025-02-20 09:00,bob,MUG,2,4.00',
      '8,2025-02-21 09:00,,MUG,9,4.00',
      'C1,2025-01-12 09:00,ada,MUG,-1,4.00',
      'C6,2025-02-02 09:00,bob,MUG,-5,4.00',
      'C9,2025-02-25 09:00,bob,JUG,-1,10.00',
    ])
    const history = await openParquetHistory(bench.dataFolder)
    try {
      const [source, ...others] = await readSources(history, ['POST'])
      assert.deepEqual(source, {
        currency: 'GBP',
        firstDay: day('2025-01-10'),
        lastDay: day('2025-04-20'),
        revenueMinor: 800 + 1000 + 2000 + 400 + 800 + 3600,
        guestsMinor: 3600,
        unmatchedMinor: 1000,
      })
      assert.equal(others.length, 0)
      const goods = { notGoods: ['POST'], currency: 'GBP' }
      const known = await readCustomers(history, goods, { fromDay: day('2025-03-02'), days: 60 })
      const customers = Array.from(known.repeats, (repeats, at) => ({
        repeats,
        lastDays: known.lastDays[at],
        watchedDays: known.watchedDays[at],
        firstMinor: known.firstMinor[at],
        repeatsMinor: known.repeatsMinor[at],
        later: known.later[at],
        laterMinor: known.laterMinor[at],
      })).sort((one, other) => other.repeats - one.repeats)
      assert.deepEqual(customers, [
        {
          repeats: 1,
          lastDays: 30,
          watchedDays: 50,
          firstMinor: 1800,
          repeatsMinor: 2000,
          later: 1,
          laterMinor: 400,
        },
        {
          repeats: 0,
          lastDays: 0,
          watchedDays: 9,
          firstMinor: 800,
          repeatsMinor: 0,
          later: 0,
          laterMinor: 0,
        },
      ])
      // January is over for a month from its last day on: the 29th day after 31 January is 1 March.
      const cohorts = await readCohorts(history, goods, day('2025-03-01'))
      assert.deepEqual(
        cohorts.map(({ month, customers: count, revenueMinor }) => ({ month, count, ...revenueMinor })),
        [
          { month: '2025-01', count: 1, 1: 1800, 3: null, 6: null, 12: null },
          { month: '2025-02', count: 1, 1: null, 3: null, 6: null, 12: null },
        ],
      )
      const [january] = await readCohorts(history, goods, day('2025-05-01'))
      assert.equal(january?.revenueMinor[3], 3800, 'the purchase 100 days later is in no quarter')
    } finally {
      await history.close()
    }
  })

  test('below 500 customers whole months of customers speak, and the measurement says so', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => [
      `${at},2025-01-0${1 + (at % 9)},c${at},MUG,1,4.00`,
      ...(at % 4 === 0 ? [`${at}b,2025-02-20,c${at},MUG,2,4.00`] : []),
    ]).flat()
    await take('orders.csv', [...rows, 'last,2025-06-30,late,MUG,1,4.00'])
    const ask = keepLifetimeValue({ marginShare: 0.5 }, effectsWith(sameThread()))
    const value = await ask()
    assert.ok(value.kind === 'measured')
    assert.match(value.method.kind === 'cohort-mean' ? value.method.because : '', /^41 customers of whom 10/)
    assert.equal(value.nextYear, null)
    // Of a month's first orders, (40 × 4 + 10 × 8) ÷ 40 = 6.00 in three months, of which half is left.
    assert.deepEqual(value.newCustomer, {
      months: 3,
      repeatPurchases: null,
      valueMinor: 300,
      firstOrderMinor: null,
    })
    assert.equal(value.basis, 'margin')
    assert.deepEqual(value.heldBack, [])
  })

  test('without orders, and without customers, there is nothing yet', async () => {
    const ask = keepLifetimeValue({ marginShare: null }, effectsWith(sameThread()))
    assert.deepEqual(await ask(), { kind: 'nothing-yet', sentence: 'No orders were imported yet.' })
    await take('orders.csv', ['1,2025-01-10,,MUG,3,4.00'])
    const value = await ask()
    assert.match(value.kind === 'nothing-yet' ? value.sentence : '', /^No order names its customer/)
  })

  test('it is measured once for each history, also when many ask at once, and anew when the history grows', async () => {
    const { parallel, runs } = countRuns()
    const ask = keepLifetimeValue({ marginShare: null }, effectsWith(parallel))
    await take('orders.csv', ['1,2025-01-10,ada,MUG,3,4.00'])
    const [first, second] = await Promise.all([ask(), ask()])
    assert.deepEqual(await ask(), first)
    assert.deepEqual(second, first)
    assert.equal(runs(), 1)
    await take('more.csv', ['2,2025-02-10,bob,MUG,3,4.00'])
    const grown = await ask()
    assert.equal(grown.kind === 'measured' && grown.customers, 2)
    assert.equal(runs(), 2)
  })

  test('it is measured anew when the hold-out begins a new term, since other customers are compared then', async () => {
    const { parallel, runs } = countRuns()
    const ask = keepLifetimeValue({ marginShare: null }, effectsWith(parallel))
    await take('orders.csv', ['1,2025-01-10,ada,MUG,3,4.00'])
    await bench.store.noteHoldOut(0.1, 0)
    await ask()
    // A server that starts again with the same share begins none.
    await bench.store.noteHoldOut(0.1, 500)
    await ask()
    assert.equal(runs(), 1)
    await bench.store.noteHoldOut(0.2, 1000)
    await ask()
    assert.equal(runs(), 2)
  })

  test('GET /v1/reports/lifetime-value answers what was measured, and knows nobody without a key', async () => {
    await take('orders.csv', plantedOrders())
    await bench.store.addApiKey({ name: 'test', hash: hashApiKey('key'), createdAtMs: 0 })
    const effects = openHttpEffects({
      store: bench.store,
      plan: { get: () => null, refresh: async () => false, heed: async () => {} },
      clock: { nowMs: () => Date.UTC(2027, 0, 1) },
      settings: defaultSettings,
      ...{ secret: Buffer.alloc(32), dataFolder: bench.dataFolder },
      hashCustomer: (id) => id,
      log: { error() {}, info() {} },
    })
    const app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
    const send = (key: string) =>
      app.request('/v1/reports/lifetime-value', { headers: { authorization: `Bearer ${key}` } })
    assert.equal((await send('wrong')).status, 401)
    const response = await send('key')
    assert.equal(response.status, 200)
    const value = (await response.json()) as LifetimeValue
    assert.ok(value.kind === 'measured' && value.nextYear !== null)
    assert.equal(value.customers, 900)
    assert.equal(value.basis, 'revenue')
    assert.equal(value.method.kind, 'model')
    assert.ok(value.nextYear.valuePerCustomerMinor > 0)
    assert.deepEqual(
      value.heldBack.map(({ days }) => days),
      [91],
    )
    assert.ok(value.warnings.some(({ kind }) => kind === 'no-margin'))
    assert.equal(value.causedByOffers?.kind, 'not-yet')
  })

  test('the hold-out’s customers are found in the order history, those who were met in its last 90 days left out', async () => {
    await take('orders.csv', plantedOrders())
    const known = await bench.ask('SELECT DISTINCT customer_id FROM order_lines ORDER BY customer_id')
    const ids = known.map(({ customer_id: id }) => String(id))
    const end = Date.UTC(2026, 11, 31)
    const metMs = (place: number) => end - (place < 700 ? 90 : 88) * DAY_MS
    await bench.store.addTrials([
      ...ids.map((id, place) => ({
        ...{ experiment: 'hold-out', variation: place % 3 === 0 ? 'held-out' : 'offered' },
        ...{ orderId: `trial-${place}`, unit: `customer:${id}`, atMs: metMs(place) },
        ...({ placement: 'thank-you', anchor: 'MUG', product: 'JUG' } as const),
      })),
    ])
    const value = await keepLifetimeValue({ marginShare: null }, effectsWith(sameThread()))()
    assert.ok(value.kind === 'measured' && value.causedByOffers?.kind === 'told')
    assert.deepEqual(value.causedByOffers.customers, { offered: 466, heldOut: 234 })
    const { low, high } = value.causedByOffers.differenceMinor
    assert.ok(low < 0 && high > 0, 'nothing was planted')
  })

  function countRuns() {
    const parallel = sameThread()
    let runs = 0
    const run: typeof parallel.run = (job, input) => {
      runs += 1
      return parallel.run(job, input)
    }
    return { parallel: { ...parallel, run }, runs: () => runs }
  }

  function effectsWith(parallel: ReturnType<typeof sameThread>) {
    const openHistory = () => openParquetHistory(bench.dataFolder)
    return { openHistory, store: bench.store, parallel }
  }
})

/**
 * 900 planted customers as orders: repeats lie evenly between the first purchase and the last. One price: a product at
 * any price is taken for a service.
 */
function plantedOrders(): string[] {
  const { repeats, lastDays, watchedDays, firstMinor, repeatsMinor } = plantCustomers(900, 0)
  const end = day('2026-12-31')
  return Array.from(repeats, (times, customer) => {
    const first = end - (watchedDays[customer] ?? 0)
    return Array.from({ length: times + 1 }, (_, place) => {
      const at = place === 0 ? 0 : Math.ceil(((lastDays[customer] ?? 0) * place) / times)
      const minor = place === 0 ? (firstMinor[customer] ?? 0) : (repeatsMinor[customer] ?? 0) / times
      const date = isoDate((first + at) * DAY_MS)
      return `${customer}-${place},${date},c${customer},MUG,${Math.max(1, Math.round(minor / 10))},0.10`
    })
  }).flat()
}

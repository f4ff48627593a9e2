// Mining again after new orders, from the outside: what a run kept and what came in since give the very plan and the very
// customers that reading all anew gives. Simulated shops with returns, guests and new products; an order in a new version,
// the end of a month, and a kept file that was cut or garbled.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openParquetHistory } from '../src/adapters/history/parquet/open-parquet-history.ts'
import { folderKeptFiles } from '../src/adapters/kept-files/folder-kept-files.ts'
import { sameThread } from '../src/adapters/parallel/same-thread.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { type MineResult, minePairings } from '../src/mining/mine-pairings.ts'
import { silentProgress } from '../src/ports/progress.ts'
import { catalogColumns, catalogRow, orderColumns, orderRows } from '../src/simulating/shop-files.ts'
import { simulateShop } from '../src/simulating/simulate-shop.ts'
import { defaultSimulation, type SimulatedOrder } from '../src/simulating/simulation.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

const size = { ...defaultSimulation, orders: 900, products: 60, customers: 250, days: 420 }

type Shop = { readonly bench: ImportBench; readonly orders: readonly SimulatedOrder[] }

async function withShop(seed: number, work: (shop: Shop) => Promise<void>): Promise<void> {
  const bench = await openImportBench()
  try {
    const shop = simulateShop(size, { random: seededRandom(seed) })
    const catalog = bench.write('catalog.csv', catalogColumns + shop.products.map(catalogRow).join(''))
    const orders = [...shop.orders]
    await addOrders({ bench, orders }, before(orders, lastDays(orders, 3)), catalog)
    await work({ bench, orders })
  } finally {
    await bench.close()
  }
}

function lastDays(orders: readonly SimulatedOrder[], days: number): number {
  const last = orders.reduce((latest, { placedAtMs }) => Math.max(latest, placedAtMs), 0)
  return (Math.floor(last / DAY_MS) + 1 - days) * DAY_MS
}

const before = (orders: readonly SimulatedOrder[], ms: number) => orders.filter((one) => one.placedAtMs < ms)
const within = (orders: readonly SimulatedOrder[], from: number, to: number) =>
  orders.filter((one) => one.placedAtMs >= from && one.placedAtMs < to)

let written = 0
async function addOrders(
  { bench }: Shop,
  orders: readonly SimulatedOrder[],
  catalogFile: string | null = null,
): Promise<void> {
  await addRows(bench, orders.map((order) => orderRows(order, size)).join(''), catalogFile)
}

async function addRows(bench: ImportBench, rows: string, catalogFile: string | null = null): Promise<void> {
  const file = bench.write(`orders-${written++}.csv`, orderColumns + rows)
  await bench.import([file], { catalogFile, currency: 'EUR' })
}

async function mine({ dataFolder, store }: ImportBench): Promise<MineResult> {
  const history = await openParquetHistory(dataFolder)
  try {
    return await minePairings(defaultSettings, {
      ...{ history, store, kept: folderKeptFiles(join(dataFolder, 'mined')), parallel: sameThread() },
      ...{ clock: openManualClock(Date.UTC(2027, 0, 1)), progress: silentProgress },
    })
  } finally {
    await history.close()
  }
}

type Left = Readonly<Record<string, unknown>>

/** Everything that servers read of a run. */
async function leftBy(bench: ImportBench, { planVersion, summary }: MineResult): Promise<Left> {
  const plan = await bench.store.loadPlan(planVersion)
  const sold = 'FROM sold_lines WHERE customer_id IS NOT NULL ORDER BY id'
  const rows = await bench.ask(`SELECT DISTINCT customer_id AS id ${sold}`)
  const customers = await Promise.all(rows.map(({ id }) => bench.store.getCustomerPurchases(String(id))))
  assert.ok(customers.length > 100 && plan !== null && plan.pairings.size > 20)
  return { ...plan, summary, version: null, publishedAtMs: null, customers }
}

/** Piece by piece: the difference of two whole plans takes minutes to print. */
function assertSame(left: Left, right: Left): void {
  assert.deepEqual(Object.keys(left), Object.keys(right))
  for (const [name, part] of Object.entries(left)) {
    const other = right[name]
    if (part instanceof Map && other instanceof Map) {
      assert.deepEqual([...part.keys()], [...other.keys()], name)
      for (const [key, value] of part) assert.deepEqual(value, other.get(key), `${name} of ${key}`)
    } else if (Array.isArray(part) && Array.isArray(other)) {
      assert.equal(part.length, other.length, name)
      for (const [place, value] of part.entries()) assert.deepEqual(value, other[place], name)
    } else assert.deepEqual(part, other, name)
  }
}

const keptFile = ({ dataFolder }: ImportBench): string => join(dataFolder, 'mined', 'orders.kept')

async function assertSameAsWhole(bench: ImportBench): Promise<void> {
  const again = await mine(bench)
  assert.deepEqual(again.read, { how: 'changes', because: null, notKept: null })
  const left = await leftBy(bench, again)
  rmSync(keptFile(bench))
  const whole = await mine(bench)
  assert.equal(whole.read.how, 'whole')
  assertSame(left, await leftBy(bench, whole))
}

for (const seed of [1, 2]) {
  test(`day after day, mining again leaves what mining anew leaves (shop ${seed})`, async () => {
    await withShop(seed, async (shop) => {
      assert.equal((await mine(shop.bench)).read.how, 'whole')
      const from = lastDays(shop.orders, 3)
      for (const day of [0, 1, 2]) {
        await addOrders(shop, within(shop.orders, from + day * DAY_MS, from + (day + 1) * DAY_MS))
        await assertSameAsWhole(shop.bench)
      }
    })
  })
}

test('several days at once, a new product, a new version of an order and a return of a guest make no difference', async () => {
  await withShop(4, async (shop) => {
    await mine(shop.bench)
    const from = lastDays(shop.orders, 3)
    await addOrders(shop, within(shop.orders, from, from + 3 * DAY_MS))
    const old = before(shop.orders, from).filter(
      ({ returnOf, lines }) => returnOf === null && lines.length > 1,
    )
    const known = old.find(({ customer }) => customer !== null) ?? assert.fail('nobody is known')
    const guest = old.find(({ customer }) => customer === null) ?? assert.fail('there is no guest')
    const nextMonth = new Date(from + 32 * DAY_MS).toISOString().slice(0, 10)
    await addRows(
      shop.bench,
      orderRows({ ...known, customer: null, lines: known.lines.slice(1) }, size) +
        orderRows({ ...guest, id: 'back', returnOf: guest.id, lines: guest.lines.slice(0, 1) }, size) +
        `late,${nextMonth},somebody new,brand-new,Brand-new thing,2,9.00,EUR,\n`,
    )
    await assertSameAsWhole(shop.bench)
  })
})

test('a product whose last piece came back, and a customer who has nothing left, are forgotten', async () => {
  await withShop(5, async ({ bench }) => {
    await addRows(bench, 'once,2025-06-01,nobody else,only-one,Only one,1,9.00,EUR,\n')
    await mine(bench)
    await addRows(bench, 'once-back,2025-06-05,nobody else,only-one,Only one,-1,9.00,EUR,once\n')
    await assertSameAsWhole(bench)
  })
})

test('of very large orders the same sample is counted again, whatever comes in, changes, or is numbered anew', async () => {
  await withShop(9, async ({ bench }) => {
    const order = (id: string, day: string, customer: string, products: number, from = 0) =>
      Array.from({ length: products }, (_, one) => `w-${from + one}`)
        .map((sku) => `${id},${day},${customer},${sku},Ware ${sku},1,2.00,EUR,\n`)
        .join('')
    const sampled = async () => (await mine(bench)).summary.sampledOrders
    await addRows(bench, order('bulk 1', '2025-06-01', 'a shop', 1_100))
    assert.equal(await sampled(), 1)
    // A product whose id comes before all others moves the number of each.
    await addRows(bench, '0-first,2025-06-02,somebody,0-first,First of all,1,9.00,EUR,\n')
    await assertSameAsWhole(bench)
    await addRows(bench, order('bulk 2', '2025-06-03', 'another shop', 1_050, 400))
    await assertSameAsWhole(bench)
    assert.equal(await sampled(), 2)
    await addRows(bench, order('bulk 1', '2025-06-01', 'a shop', 20))
    await assertSameAsWhole(bench)
    assert.equal(await sampled(), 1)
  })
})

test('whatever was cut or garbled of what was kept, all is read again, with the same result', async () => {
  await withShop(6, async (shop) => {
    const { bench } = shop
    const whole = await leftBy(bench, await mine(bench))
    const path = keptFile(bench)
    const random = seededRandom(7)
    for (let time = 0; time < 4; time++) {
      const bytes = readFileSync(path)
      const at = Math.floor(random() * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255))
      writeFileSync(path, time % 2 === 0 ? bytes : bytes.subarray(0, at))
      const again = await mine(bench)
      assert.equal(again.read.because, 'nothing readable was kept of a run before')
      assertSame(await leftBy(bench, again), whole)
    }
    assert.deepEqual(readdirSync(join(bench.dataFolder, 'mined')), ['orders.kept'])
  })
})

test('another history under the same name, or a store that knows other customers, is noticed', async () => {
  await withShop(8, async (shop) => {
    const { bench, orders } = shop
    await mine(bench)
    await bench.store.replaceCustomerPurchases([])
    const from = lastDays(orders, 3)
    await addOrders(shop, within(orders, from, from + DAY_MS))
    await assertSameAsWhole(bench)
    rmSync(join(bench.dataFolder, 'history'), { recursive: true })
    assert.ok(!existsSync(join(bench.dataFolder, 'history')))
    await addOrders(shop, before(orders, from + 2 * DAY_MS))
    const { read } = await mine(bench)
    assert.equal(read.because, 'the history is not the one that the run before read, with orders added')
  })
})

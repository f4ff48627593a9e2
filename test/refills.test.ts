// Refills from the outside: a coffee shop whose customers come back every 30 days or so for each bag, in the middle, half
// of them only once. Orders and a catalog go in; the rhythm, the newcomer's and the catalog's days come out.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PairingRow } from '../src/deciding/list-pairings.ts'
import type { Pick } from '../src/domain/decision.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const run = promisify(execFile)
const startMs = Date.UTC(2025, 0, 1)
const DAYS = 420

let bench: ImportBench
let pairings: readonly PairingRow[] = []
before(async () => {
  bench = await openImportBench()
  const catalog = [
    'sku,title,category,price,lasts_days',
    ...['house', 'dark', 'mild'].map((id) => `${id},${id} roast 500 g,Coffee,12.00,`),
    'big,New roast 1 kg,Coffee,21.00,',
    'descaler,Descaler,Care,9.00,3 months',
    'grinder,Grinder,Machines,120.00,',
  ]
  const files = [bench.write('orders.csv', orderFile())]
  await bench.import(files, { catalogFile: bench.write('catalog.csv', catalog.join('\n')), currency: 'EUR' })
  await aftercart('mine')
  pairings = await aftercart('pairings', '--limit', '1000')
})
after(() => bench.close())

async function aftercart<T>(...words: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [bin, ...words, '--data', bench.dataFolder, '--json'])
  return JSON.parse(stdout)
}

function orderFile(): string {
  const random = seededRandom(11)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const rows = ['order_id,customer_id,sku,date,quantity,price']
  let orders = 0
  const buy = (customer: string, sku: string, day: number, quantity: number): void => {
    const date = new Date(startMs + Math.floor(day) * DAY_MS).toISOString().slice(0, 10)
    rows.push(`o${orders++},${customer},${sku},${date},${quantity},12.00`)
  }
  for (const coffee of ['house', 'dark', 'mild']) {
    for (let customer = 0; customer < 150; customer++) {
      const pace = Math.exp(0.2 * normal())
      for (let day = DAYS * random(), times = 0; day < DAYS; times++) {
        const quantity = 1 + Math.floor(3 * random())
        buy(`${coffee}-${customer}`, coffee, day, quantity)
        if (random() < (times === 0 ? 0.5 : 0.1)) break
        day += Math.max(1, 30 * quantity * pace * Math.exp(0.3 * normal()))
      }
    }
  }
  // This customer drinks a bag a week, and has just bought one.
  for (let week = 0; week < 12; week++) buy('hurry', 'house', DAYS - 7 * week, 1)
  for (let customer = 0; customer < 30; customer++) {
    buy(`new-${customer}`, 'big', DAYS - random() * 20, 1)
    buy(`new-${customer}`, 'descaler', DAYS - random() * 20, 1)
    buy(`new-${customer}`, 'grinder', DAYS - random() * 20, 1)
  }
  return `${rows.join('\n')}\n`
}

function windowOf(product: string): PairingRow['windows'][number] | undefined {
  return pairings.find(
    ({ anchor, relation, status }) => anchor === product && relation === 'refill' && status === 'live',
  )?.windows[0]
}

async function refillPick(basket: string, customer: string): Promise<Pick | undefined> {
  const at = new Date(startMs + (DAYS + 7) * DAY_MS).toISOString()
  const words = ['decide', '--basket', basket, '--customer', customer, '--placement', 'follow-up', '--at', at]
  const { picks } = await aftercart<{ picks: Pick[] }>(...words)
  return picks.find(({ relation }) => relation === 'refill')
}

/** The offer comes at 0.85 of the days, less three of delivery. */
const offerOf = (days: number): number => 0.85 * days - 3

function near(actual: number | undefined, expected: number, share: number): void {
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= share * expected,
    `${actual} is not about ${expected}`,
  )
}

test('each bag is offered again when it runs out, whatever was bought at once in the history', () => {
  for (const coffee of ['house', 'dark', 'mild']) near(windowOf(coffee)?.fromDay, offerOf(30), 0.15)
})

test('a new product borrows the rhythm of its category by the size of its pack', () => {
  near(windowOf('big')?.fromDay, offerOf(60), 0.15)
})

test('days that the catalog names make a refill before anybody came back, and what nobody rebuys is none', () => {
  near(windowOf('descaler')?.fromDay, offerOf(90), 0.02)
  assert.equal(windowOf('grinder'), undefined)
})

test('three bags last three times as long, and a customer’s own rhythm counts more than that of others', async () => {
  const three = await refillPick('house*3', 'nobody')
  near(three?.afterDays, offerOf(90), 0.15)
  assert.match(three?.need ?? '', /^Time for more: 3 × house roast 500 g last about (12 weeks|3 months)\.$/)
  const own = await refillPick('house', 'hurry')
  // 0.85 of 7 to 9 days, less three of delivery.
  assert.ok(own !== undefined && own.afterDays >= 3 && own.afterDays <= 5, `${own?.afterDays}`)
  assert.match(own.reason, /with 12 intervals of this customer’s own: it runs out about [78] days after/)
})

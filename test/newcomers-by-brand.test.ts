// New products from a catalog file to what a camera's buyer is offered: where cards are bought with cameras of their
// maker, a card that nobody has bought yet stands first beside its maker's cameras, and where they are not, it does not.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { loadCurrentPlan } from '../src/cli/load-current-plan.ts'
import type { Plan } from '../src/domain/plan.ts'
import { orderNewcomers } from '../src/next/order-newcomers.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'

const brands = ['Aldera', 'Brisa', 'Corvin', 'Dunmore']
const numbers = Array.from({ length: 12 }, (_, number) => number)
/** Titles that say nothing of the brand, and are no forms of one another. */
const names =
  `Heron Ibis Jay Kite Lark Magpie Nightjar Osprey Puffin Quail Raven Swift Tern Auk Bunting Crane Dunlin
  Egret Finch Grebe Hobby Linnet Merlin Nuthatch Oriole Petrel Redstart Shrike Thrush Vireo Wren Curlew`.split(
    /\s+/,
  )
const cameraTitle = (number: number): string => `${names[number]} camera`
const cardTitle = (number: number): string => `${names[12 + number]} card`
const newTitle = (number: number): string => `${names[24 + number]} card`

const brandOf = (number: number): string => brands[number % 4] ?? ''

/** 40 orders of each camera, most of them with one of three cards; mugs, plates and bowls by themselves. */
function orderFile(cardsOf: (camera: number) => readonly number[]): string {
  const random = seededRandom(7)
  const rows = ['order_id,created_at,customer_id,sku,product_title,quantity,unit_price,currency']
  let order = 0
  const add = (sku: string, title: string, price: string): void => {
    const day = new Date(Date.UTC(2025, 0, 1 + (order % 300))).toISOString().slice(0, 10)
    rows.push(`${order},${day},c${order},${sku},${title},1,${price},EUR`)
  }
  for (const camera of numbers) {
    const cards = cardsOf(camera)
    for (let bought = 0; bought < 40; bought++, order++) {
      add(`camera-${camera}`, cameraTitle(camera), '400.00')
      const card = cards[bought % cards.length] ?? 0
      if (random() < 0.75) add(`card-${card}`, cardTitle(card), '14.00')
    }
  }
  for (let single = 0; single < 1500; single++, order++) add(`mug-${single % 20}`, 'Mug', '9.00')
  return `${rows.join('\n')}\n`
}

function catalogFile(): string {
  const rows = ['sku,title,category,brand,tags,price,status']
  for (const number of numbers) {
    rows.push(
      `camera-${number},${cameraTitle(number)},Cameras,${brandOf(number)},"photo, ${number}",400.00,active`,
    )
    rows.push(`card-${number},${cardTitle(number)},Cards,${brandOf(number)},photo,14.00,active`)
    if (number < 8) rows.push(`new-${number},${newTitle(number)},Cards,${brandOf(number)},photo,14.00,active`)
  }
  return `${rows.join('\n')}\n`
}

async function planOf(cardsOf: (camera: number) => readonly number[]): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-brands-'))
  const installation = await openInstallation({ data: join(folder, 'data'), create: true, apart: true })
  try {
    const [orders, catalog] = [join(folder, 'orders.csv'), join(folder, 'catalog.csv')]
    writeFileSync(orders, orderFile(cardsOf))
    writeFileSync(catalog, catalogFile())
    await importFiles({ files: [orders], catalogFile: catalog, columns: null, currency: null }, installation)
    await mine(installation)
    return await loadCurrentPlan(installation)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function newcomersOf(camera: number, plan: Plan): readonly string[] {
  const anchor = plan.products.get(`camera-${camera}`) ?? assert.fail('the plan knows the camera')
  return orderNewcomers(plan.categoryPairings.get('Cameras') ?? [], anchor).flatMap(({ addOn, newcomer }) =>
    newcomer ? [addOn] : [],
  )
}

test('cards of one maker: a new card stands first beside the cameras of its maker', async () => {
  const plan = await planOf((camera) => numbers.filter((card) => card % 4 === camera % 4))
  for (const camera of numbers) {
    const own = [`new-${camera % 4}`, `new-${(camera % 4) + 4}`]
    assert.deepEqual(newcomersOf(camera, plan).slice(0, 2), own, `camera-${camera}`)
  }
})

test('cards of any maker: a brand changes nothing', async () => {
  const plan = await planOf((camera) => numbers.filter((card) => (camera * 5 + card * 7) % 12 < 3))
  for (const camera of numbers) assert.deepEqual(newcomersOf(camera, plan), ['new-0', 'new-1', 'new-2'])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import { tinyOrder, tinyPlan } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { makePlan, type PairRow, type ProductFacts } from './make-plan.ts'
import { orderNewcomers } from './order-newcomers.ts'
import { withCatalog } from './with-catalog.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

const brands = ['Aldera', 'Brisa', 'Corvin', 'Dunmore']
const numbers = Array.from({ length: 12 }, (_, number) => number)

function listed(id: string, title: string, category: string, more: Partial<CatalogProduct>): CatalogProduct {
  const told = { categoryIsGuess: false, source: 'catalog-file', firstSoldAtMs: 0, category } as const
  return tinyCatalogProduct(id, title, category === 'Cameras' ? 40_000 : 800, { ...told, ...more })
}

/** Titles say nothing of the brand. Of each brand there are three cameras and three cards, and two new cards. */
const shop = numbers.flatMap((number) => [
  listed(`camera-${number}`, 'Camera', 'Cameras', { brand: brands[number % 4] ?? null }),
  listed(`card-${number}`, 'Memory card', 'Cards', { brand: brands[number % 4] ?? null }),
])
const fresh = numbers.slice(0, 8).map((number) =>
  listed(`new-${number}`, 'Memory card', 'Cards', {
    brand: brands[number % 4] ?? null,
    firstSoldAtMs: null,
  }),
)

const facts = (id: string, orders: number): ProductFacts => ({
  ...{ id, orders, ordersWeight: orders, customers: orders, rebuyShare: 0.05, takenUp: 0 },
  ...{ rhythm: null, buyersTakeUp: null },
})

const pair = (anchorId: string, addOnId: string): PairRow => ({
  ...{ anchorId, addOnId, ordersTogether: 30, togetherWeight: 30, expectedTogether: 3 },
  ...{ customersFollowed: 40, customersLaterFollowed: 0, customersLater: 0, customersLaterExpected: 1 },
  ...{ ordersBulk: 0, kindLift: 1, within: NOBODY_CHOSE, gaps: null },
})

function planOf(
  goes: (camera: number, card: number) => boolean,
  more: readonly CatalogProduct[] = fresh,
  old: readonly CatalogProduct[] = shop,
) {
  const catalog = [...old, ...more]
  const draft = makePlan(
    {
      products: [...old.map(({ id }) => facts(id, 50)), ...more.map(({ id }) => facts(id, 0))],
      pairs: numbers.map((camera) => ({
        anchorId: `camera-${camera}`,
        rows: numbers
          .filter((card) => goes(camera, card))
          .map((card) => pair(`camera-${camera}`, `card-${card}`)),
        silent: 0,
        silentRow: () => undefined,
      })),
      totals: { orders: 1000, ordersWeight: 1000 },
      ...{ historyFromAtMs: 0, historyToAtMs: 400 * DAY_MS, sampledOrders: 0, habitShare: 0.5 },
    },
    catalog,
    defaultSettings,
  )
  const pairings = [...draft.pairings].flatMap(([, list]) => list)
  const made = tinyPlan([...draft.products.values()], pairings, { categoryPairings: draft.categoryPairings })
  return withCatalog(made, catalog)
}

const ofOneBrand = (camera: number, card: number): boolean => camera % 4 === card % 4
const byChance = (camera: number, card: number): boolean => (camera * 5 + card * 7) % 12 < 3

function newcomersFor(camera: string, plan: ReturnType<typeof planOf>): readonly string[] {
  const anchor = plan.products.get(camera) ?? assert.fail(camera)
  return orderNewcomers(plan.categoryPairings.get('Cameras') ?? [], anchor).flatMap(({ addOn, newcomer }) =>
    newcomer ? [addOn] : [],
  )
}

test('a newcomer of the anchor’s brand stands first where live completions share brands', () => {
  const plan = planOf(ofOneBrand)
  assert.deepEqual(newcomersFor('camera-0', plan), ['new-0', 'new-4', 'new-1'])
  assert.deepEqual(newcomersFor('camera-3', plan), ['new-3', 'new-7', 'new-0'])
  const of = (camera: string) => plan.products.get(camera) ?? assert.fail(camera)
  const list = orderNewcomers(plan.categoryPairings.get('Cameras') ?? [], of('camera-3'))
  const scores = list.map(({ score }) => score)
  assert.deepEqual(
    scores,
    [...scores].sort((one, other) => other - one),
  )
  assert.ok(list.findIndex(({ newcomer }) => newcomer) === list.length - 3, 'behind all that is proven')
})

test('where live completions do not share brands, a brand changes nothing', () => {
  const plan = planOf(byChance)
  for (const camera of ['camera-0', 'camera-3'])
    assert.deepEqual(newcomersFor(camera, plan), ['new-0', 'new-1', 'new-2'])
  const unbranded = planOf(
    byChance,
    fresh.map((one) => ({ ...one, brand: null })),
  )
  assert.deepEqual(plan.categoryPairings, unbranded.categoryPairings)
  assert.ok([...plan.products.values()].every(({ attributes }) => attributes === undefined))
})

test('an anchor of a brand without newcomers, or of none, has those of its category', () => {
  const plan = planOf(
    ofOneBrand,
    fresh.filter(({ brand }) => brand !== 'Dunmore'),
  )
  assert.deepEqual(newcomersFor('camera-3', plan), ['new-0', 'new-1', 'new-2'])
  const list = orderNewcomers(plan.categoryPairings.get('Cameras') ?? [], {})
  assert.deepEqual(
    list.filter(({ newcomer }) => newcomer).map(({ addOn }) => addOn),
    ['new-0', 'new-1', 'new-2'],
  )
})

test('a newcomer with every tag of the shop stands no higher than one that shares the tag which matters', () => {
  const tagged = (products: readonly CatalogProduct[]) =>
    products.map((one) => ({ ...one, brand: null, tags: [one.brand ?? '', 'sale'] }))
  const hostile = listed('aaa', 'Memory card', 'Cards', { tags: [...brands, 'sale'], firstSoldAtMs: null })
  const plan = planOf(ofOneBrand, [...tagged(fresh), hostile], tagged(shop))
  const list = newcomersFor('camera-3', plan)
  assert.deepEqual(list, ['aaa', 'new-3', 'new-7'], 'alike in score, the first id first')
  const [one, other] = ['aaa', 'new-3'].map((id) =>
    plan.categoryPairings
      .get('Cameras')
      ?.find(({ addOn }) => addOn === id)
      ?.shared?.find(([attribute]) => attribute === 'tag:dunmore'),
  )
  assert.deepEqual(one, other)
})

test('the reason says what the two share; the sentence that shoppers read does not', () => {
  const plan = planOf(ofOneBrand)
  const order = tinyOrder([['camera-3', 1, 40_000]])
  const soldOut = new Map(
    [...plan.products].map(([id, product]) => [id, { ...product, buyable: product.orders === 0 }] as const),
  )
  const { picks } = choosePicks(order, null, 'thank-you', { ...plan, products: soldOut }, defaultSettings)
  assert.equal(picks[0]?.product, 'new-3')
  assert.equal(picks[0]?.need, 'Goes by its kind with your Camera.')
  assert.match(
    picks[0]?.reason ?? '',
    /^Hardly bought yet; products of its kind \(Cards\) were bought with Cameras 1,080 times\. Both are of one brand, as is/,
  )
})

test('the newcomers of a plan are the same in whatever sequence catalog and counts come', () => {
  const one = planOf(ofOneBrand)
  const other = planOf(ofOneBrand, [...fresh].reverse(), [...shop].reverse())
  for (const { id } of shop) {
    if (id.startsWith('camera')) assert.deepEqual(newcomersFor(id, one), newcomersFor(id, other))
  }
})

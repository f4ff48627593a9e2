import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import { tinyOrder, tinyPlan } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { makePlan, type PairRow, type ProductFacts } from './make-plan.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

const historyToAtMs = 400 * DAY_MS
const listed = { categoryIsGuess: false, source: 'catalog-file' } as const

function listedProduct(id: string, title: string, category: string, more: Partial<CatalogProduct> = {}) {
  return tinyCatalogProduct(id, title, 800, { ...listed, category, firstSoldAtMs: 0, ...more })
}

const shop = [
  listedProduct('eos', 'Canon EOS camera', 'Cameras', { priceMinor: 40000 }),
  listedProduct('nikon', 'Nikon camera', 'Cameras', { priceMinor: 40000 }),
  listedProduct('card', 'Memory card', 'Cards'),
  listedProduct('vase', 'Vase', 'Vases'),
]

const soldLately = { firstSoldAtMs: 390 * DAY_MS }
const neverSold = { firstSoldAtMs: null }

const none = { rhythm: null, buyersTakeUp: null }

function facts(id: string, orders: number): ProductFacts {
  return { id, orders, ordersWeight: orders, customers: orders, rebuyShare: 0.05, takenUp: 0, ...none }
}

const pair: PairRow = {
  ...{ anchorId: 'eos', addOnId: 'card', ordersTogether: 30, togetherWeight: 30, expectedTogether: 3 },
  ...{ customersFollowed: 40, customersLaterFollowed: 0, customersLater: 0, customersLaterExpected: 1 },
  ...{ ordersBulk: 0, kindLift: 1, within: NOBODY_CHOSE, gaps: null },
}

/** The plan of the shop with `more` products, which stand in `orders` orders each. */
function planWith(more: readonly CatalogProduct[], { orders = 1, historyFromAtMs = 0, pairs = [pair] } = {}) {
  const draft = makePlan(
    {
      products: [...shop.map(({ id }) => facts(id, 50)), ...more.map(({ id }) => facts(id, orders))],
      pairs: [{ anchorId: 'eos', rows: pairs, silent: 0, silentRow: () => undefined }],
      totals: { orders: 1000, ordersWeight: 1000 },
      ...{ historyFromAtMs, historyToAtMs, sampledOrders: 0, habitShare: 0.5 },
    },
    [...shop, ...more],
    defaultSettings,
  )
  const pairings = [...draft.pairings].flatMap(([, list]) => list)
  return tinyPlan([...draft.products.values()], pairings, { categoryPairings: draft.categoryPairings })
}

function newcomersFor(category: string, plan: ReturnType<typeof planWith>): readonly string[] {
  return (plan.categoryPairings.get(category) ?? []).flatMap(({ addOn, newcomer }) =>
    newcomer ? [addOn] : [],
  )
}

test('a newcomer whose kind goes with the anchor’s is seated behind what orders show, the kindred title first', () => {
  const plan = planWith([
    listedProduct('strap-card', 'Card with strap', 'Cards', neverSold),
    listedProduct('eos-card', 'Card for Canon EOS', 'Cards', soldLately),
  ])
  const list = plan.categoryPairings.get('Cameras') ?? []
  assert.deepEqual(
    list.map(({ addOn }) => addOn),
    ['card', 'eos-card', 'strap-card'],
  )
  const scores = list.map(({ score }) => score)
  assert.deepEqual(
    scores,
    [...scores].sort((one, other) => other - one),
  )
  assert.ok((scores[0] ?? 0) > (scores[1] ?? 0))
})

test('no newcomer of the anchor’s own kind, nor of a kind that was not bought with it', () => {
  const plan = planWith([
    listedProduct('eos-2', 'Canon EOS camera two', 'Cameras', soldLately),
    listedProduct('eos-vase', 'Canon EOS vase', 'Vases', soldLately),
  ])
  for (const category of ['Cameras', 'Cards', 'Vases']) assert.deepEqual(newcomersFor(category, plan), [])
  const bothCameras = planWith([listedProduct('eos-2', 'Canon EOS camera two', 'Cameras', soldLately)], {
    pairs: [pair, { ...pair, addOnId: 'nikon' }],
  })
  assert.deepEqual(newcomersFor('Cameras', bothCameras), [], 'though two cameras are bought together')
})

test('at most three newcomers are seated for a category', () => {
  const many = Array.from({ length: 9 }, (_, number) =>
    listedProduct(`card-${number}`, `Card ${number}`, 'Cards', soldLately),
  )
  assert.equal(newcomersFor('Cameras', planWith(many)).length, 3)
})

test('only what is new, buyable and of a named kind is a newcomer', () => {
  const cards = (more: Partial<CatalogProduct>, span = {}) =>
    newcomersFor(
      'Cameras',
      planWith([listedProduct('new', 'Card', 'Cards', { ...soldLately, ...more })], span),
    )
  assert.deepEqual(cards({}), ['new'])
  assert.deepEqual(cards({}, { orders: 4 }), ['new'])
  assert.deepEqual(cards({}, { orders: 5 }), [])
  assert.deepEqual(cards({ firstSoldAtMs: 300 * DAY_MS }), [])
  assert.deepEqual(cards({ firstSoldAtMs: historyToAtMs + 1 }), [])
  assert.deepEqual(cards({ stock: 0 }), [])
  assert.deepEqual(cards({ priceMinor: null }), [])
  assert.deepEqual(cards({ categoryIsGuess: true }), [])
  assert.deepEqual(cards({ goods: { kind: 'not-goods', reason: 'a fee', source: 'owner' } }), [])
  assert.deepEqual(cards({ firstSoldAtMs: null, source: 'derived' }), [])
  assert.deepEqual(cards({}, { historyFromAtMs: 300 * DAY_MS }), [], 'in a young history all is new')
})

test('a shop without new products has the category pairings that orders show, and no others', () => {
  const old = planWith([])
  assert.deepEqual(old.categoryPairings.get('Cameras'), [
    { category: 'Cameras', addOn: 'card', score: 0.3, ordersTogether: 30 },
  ])
  const withOld = planWith([listedProduct('old-card', 'Card for EOS', 'Cards')])
  assert.deepEqual(withOld.categoryPairings, old.categoryPairings)
})

test('a newcomer is offered where what is proven may not be, and says what it rests on', () => {
  const plan = planWith([listedProduct('nikon-card', 'Card for Nikon', 'Cards', soldLately)])
  const choose = (...ids: readonly string[]) =>
    choosePicks(tinyOrder(ids.map((id) => [id, 1, 40000])), null, 'thank-you', plan, defaultSettings)
  assert.deepEqual(
    choose('nikon').picks.map(({ product }) => product),
    ['card'],
  )
  const email = choosePicks(
    tinyOrder([['nikon', 1, 40000]]),
    null,
    'confirmation-email',
    plan,
    defaultSettings,
  )
  const second = email.picks[1]
  assert.equal(email.fallback, 'category-pairing')
  assert.equal(second?.product, 'nikon-card')
  assert.equal(second?.need, 'Goes by its kind with your Nikon camera.')
  assert.equal(
    second?.reason,
    'Hardly bought yet; products of its kind (Cards) were bought with Cameras 30 times.',
  )
  assert.equal(second?.evidence, null)
  // The order holds a card already: another of its kind is no offer.
  assert.deepEqual(choose('nikon', 'card').picks, [])
})

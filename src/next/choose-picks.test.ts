import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { tinyEvidence, tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { CustomerPurchases, Order } from '../domain/order.ts'
import { placements } from '../domain/placement.ts'
import type { Plan } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'

const machine = tinyProduct('espresso-machine', 40000, { durable: true })
const cleaner = tinyProduct('cleaner', 1400)
const beans = tinyProduct('beans', 1200)
const grinder = tinyProduct('grinder', 30000)

function choose(
  order: Order,
  plan: Plan,
  placement: (typeof placements)[number] = 'thank-you',
  customer = null,
) {
  return choosePicks(order, customer, placement, plan, defaultSettings)
}

const boughtMachine = tinyOrder([['espresso-machine', 1, 40000]])

/** A customer with an order on each of the days before, newest first. */
function pastOf(...orders: readonly (readonly string[])[]): CustomerPurchases {
  return {
    customerId: 'c',
    orders: orders.map((productIds, place) => ({
      orderId: `past-${place}`,
      placedAtMs: boughtMachine.placedAtMs - (place + 1) * DAY_MS,
      productIds,
      quantities: productIds.map(() => 1),
    })),
    earlier: [],
  }
}

test('the thank-you page gets the one best pick, and the rest are dropped with their rule', () => {
  const plan = tinyPlan(
    [machine, cleaner, beans, grinder],
    [
      tinyPairing('espresso-machine', 'grinder', 0.5),
      tinyPairing('espresso-machine', 'cleaner', 0.4),
      tinyPairing('espresso-machine', 'beans', 0.3),
    ],
  )
  const choice = choose(boughtMachine, plan)
  assert.deepEqual(
    choice.picks.map((pick) => pick.product),
    ['cleaner'],
  )
  assert.equal(choice.fallback, 'pairing')
  assert.deepEqual(
    choice.dropped.map(({ product, rule }) => [product, rule]),
    [
      ['grinder', 'over-price-ceiling'],
      ['beans', 'outranked'],
    ],
  )
})

test('the confirmation e-mail gets two picks at most', () => {
  const plan = tinyPlan(
    [machine, cleaner, beans, tinyProduct('cups', 900)],
    [
      tinyPairing('espresso-machine', 'cleaner', 0.4),
      tinyPairing('espresso-machine', 'beans', 0.3),
      tinyPairing('espresso-machine', 'cups', 0.2),
    ],
  )
  const choice = choose(boughtMachine, plan, 'confirmation-email')
  assert.deepEqual(
    choice.picks.map((pick) => pick.product),
    ['cleaner', 'beans'],
  )
})

test('a product that the order already holds is never offered', () => {
  const plan = tinyPlan([machine, cleaner], [tinyPairing('espresso-machine', 'cleaner', 0.4)])
  const order = tinyOrder([
    ['espresso-machine', 1, 40000],
    ['cleaner', 1, 1400],
  ])
  const choice = choose(order, plan)
  assert.equal(choice.fallback, 'helpful-page')
  assert.equal(choice.dropped[0]?.rule, 'already-in-order')
})

test('another form of an ordered product is dropped unless customers buy the forms as a set', () => {
  const cup = (colour: string) => tinyProduct(`cup-${colour}`, 295, { variantGroup: 'cup' })
  const bag = tinyProduct('bag', 295)
  const order = tinyOrder([
    ['cup-green', 6, 295],
    ['bag', 6, 295],
  ])
  const products = [cup('green'), cup('pink'), bag]
  const set = choose(order, tinyPlan(products, [tinyPairing('cup-green', 'cup-pink', 0.5)]))
  assert.deepEqual(
    set.picks.map((pick) => pick.product),
    ['cup-pink'],
  )
  const fromElsewhere = choose(order, tinyPlan(products, [tinyPairing('bag', 'cup-pink', 0.5)]))
  assert.deepEqual(fromElsewhere.picks, [])
  assert.equal(fromElsewhere.dropped[0]?.rule, 'variant-of-order')
})

test('a durable that the customer owns is dropped, however long ago they bought it; a consumable is not', () => {
  const kettle = tinyProduct('kettle', 1500, { durable: true })
  const plan = tinyPlan(
    [machine, kettle, beans],
    [tinyPairing('espresso-machine', 'kettle', 0.4), tinyPairing('espresso-machine', 'beans', 0.3)],
  )
  for (const customer of [pastOf(['kettle'], ['beans']), { ...pastOf(['beans']), earlier: ['kettle'] }]) {
    const choice = choosePicks(boughtMachine, customer, 'thank-you', plan, defaultSettings)
    assert.deepEqual(
      choice.picks.map((pick) => pick.product),
      ['beans'],
    )
    assert.deepEqual(
      choice.dropped.map(({ rule }) => rule),
      ['already-owned'],
    )
  }
})

test('a customer who buys something in every order moves it to the front', () => {
  const plan = tinyPlan(
    [machine, cleaner, beans],
    [tinyPairing('espresso-machine', 'cleaner', 0.3), tinyPairing('espresso-machine', 'beans', 0.2)],
  )
  const customer = pastOf(...Array.from({ length: 8 }, () => ['beans']))
  const choice = choosePicks(boughtMachine, customer, 'thank-you', plan, defaultSettings)
  assert.deepEqual(
    choice.picks.map((pick) => pick.product),
    ['beans'],
  )
  assert.deepEqual(
    choose(boughtMachine, plan).picks.map((pick) => pick.product),
    ['cleaner'],
  )
})

test('what a customer took with this very product before counts for more than what others take with it', () => {
  const plan = tinyPlan(
    [machine, cleaner, beans],
    [tinyPairing('espresso-machine', 'cleaner', 0.3), tinyPairing('espresso-machine', 'beans', 0.2)],
    { habitShare: 0 },
  )
  const customer = pastOf(['espresso-machine', 'beans'], ['espresso-machine', 'beans'], ['cleaner'])
  assert.deepEqual(
    choosePicks(boughtMachine, customer, 'thank-you', plan, defaultSettings).picks.map(
      (pick) => pick.product,
    ),
    ['beans'],
  )
})

test('the order itself and later ones are no part of its customer’s past', () => {
  const kettle = tinyProduct('kettle', 1500, { durable: true })
  const plan = tinyPlan([machine, kettle], [tinyPairing('espresso-machine', 'kettle', 0.4)])
  const itself = {
    orderId: boughtMachine.id,
    placedAtMs: boughtMachine.placedAtMs - 1,
    productIds: ['kettle'],
    quantities: [1],
  }
  const later = {
    orderId: 'later',
    placedAtMs: boughtMachine.placedAtMs + 1,
    productIds: ['kettle'],
    quantities: [1],
  }
  const customer = { customerId: 'c', orders: [later, itself], earlier: [] }
  assert.equal(choosePicks(boughtMachine, customer, 'thank-you', plan, defaultSettings).picks.length, 1)
})

test('two picks are never forms of one product', () => {
  const white = tinyProduct('filter-white', 500, { variantGroup: 'filter' })
  const brown = tinyProduct('filter-brown', 500, { variantGroup: 'filter' })
  const plan = tinyPlan(
    [machine, white, brown, beans],
    [
      tinyPairing('espresso-machine', 'filter-white', 0.5),
      tinyPairing('espresso-machine', 'filter-brown', 0.4),
      tinyPairing('espresso-machine', 'beans', 0.3),
    ],
  )
  const choice = choose(boughtMachine, plan, 'confirmation-email')
  assert.deepEqual(
    choice.picks.map((pick) => pick.product),
    ['filter-white', 'beans'],
  )
  assert.equal(choice.dropped[0]?.rule, 'variant-of-pick')
})

test('without a pairing the ladder asks tastes, the category, then the best sellers, then helps without an offer', () => {
  const scales = tinyProduct('scales', 9000, { category: 'kitchen' })
  const products = [scales, cleaner, beans]
  const order = tinyOrder([['scales', 1, 9000]])
  const categoryPairings = new Map([
    ['kitchen', [{ category: 'kitchen', addOn: 'cleaner', score: 0.1, ordersTogether: 12 }]],
  ])
  const byCategory = choose(order, tinyPlan(products, [], { categoryPairings }))
  assert.deepEqual([byCategory.fallback, byCategory.picks[0]?.product], ['category-pairing', 'cleaner'])
  const byPopularity = choose(order, tinyPlan(products, [], { bestSellers: ['beans'] }))
  assert.deepEqual([byPopularity.fallback, byPopularity.picks[0]?.product], ['best-seller', 'beans'])
  const none = choose(order, tinyPlan(products, []))
  assert.deepEqual([none.fallback, none.picks.length, none.ladderTrail.length], ['helpful-page', 0, 5])
})

test('an order of products that the plan has never seen still gets a best seller or the helpful page', () => {
  const order = tinyOrder([['brand-new', 2, 5000]])
  const choice = choose(order, tinyPlan([beans], [], { bestSellers: ['beans'] }))
  assert.deepEqual([choice.fallback, choice.picks[0]?.product], ['best-seller', 'beans'])
  assert.equal(choose(order, tinyPlan([], [])).fallback, 'helpful-page')
})

test('a curated pairing answers only after the mined ones and says that it is curated', () => {
  const curated = tinyPairing('espresso-machine', 'cleaner', 0, {
    source: 'curated',
    verdict: {
      status: 'live',
      relation: 'complete',
      because: "named as a cross-sell in the shop's catalog",
      decidedBy: 'catalog',
    },
  })
  const plan = tinyPlan([machine, cleaner], [curated])
  const choice = choose(boughtMachine, plan)
  assert.equal(choice.fallback, 'curated')
  assert.match(choice.picks[0]?.reason ?? '', /catalog/)
  assert.equal(choice.picks[0]?.evidence, null)
})

test('a refused pairing is never offered and its verdict is told', () => {
  const refused = tinyPairing('espresso-machine', 'cleaner', 0.9, {
    verdict: {
      status: 'refused',
      relation: 'substitute',
      because: 'one replaces the other',
      decidedBy: 'orders-together',
    },
    windows: [],
  })
  const choice = choose(boughtMachine, tinyPlan([machine, cleaner], [refused]))
  assert.deepEqual(choice.picks, [])
  assert.deepEqual(choice.dropped[0], {
    product: 'cleaner',
    anchor: 'espresso-machine',
    rule: 'refused-substitute',
    detail: 'one replaces the other',
  })
})

test('sold out, without a price, not goods, or in another currency: never offered', () => {
  for (const [more, rule] of [
    [{ buyable: false }, 'not-buyable'],
    [{ priceMinor: null }, 'not-buyable'],
    [{ goods: false }, 'not-goods'],
    [{ currency: 'EUR' }, 'other-currency'],
  ] as const) {
    const plan = tinyPlan(
      [machine, { ...cleaner, ...more }],
      [tinyPairing('espresso-machine', 'cleaner', 0.4)],
    )
    const choice = choose(boughtMachine, plan)
    assert.deepEqual([choice.picks.length, choice.dropped[0]?.rule], [0, rule])
  }
})

test('for any plan and order: limits, price ceiling and no product that is already there', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const products = fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          priceMinor: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 5000 })),
          buyable: fc.boolean(),
          variantGroup: fc.constantFrom(null, 'one', 'two'),
        })
        .map((more) => tinyProduct(id, more.priceMinor, more)),
    ),
  )
  const pairings = fc.array(
    fc.record({
      anchor: fc.constantFrom(...ids),
      addOn: fc.constantFrom(...ids),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 20 },
  )
  const lines = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(
      products,
      pairings,
      lines,
      fc.constantFrom(...placements),
      (shop, pairs, bought, placement) => {
        const plan = tinyPlan(
          shop,
          pairs
            .filter((pair) => pair.anchor !== pair.addOn)
            .map((pair) => tinyPairing(pair.anchor, pair.addOn, pair.score)),
          { bestSellers: ids },
        )
        const order = tinyOrder(bought.map((id) => [id, 1, plan.products.get(id)?.priceMinor ?? 100]))
        const subtotal = order.lines.reduce((sum, line) => sum + line.unitPriceMinor, 0)
        const choice = choose(order, plan, placement)
        assert.ok(choice.picks.length <= (placement === 'thank-you' ? 1 : 2))
        for (const pick of choice.picks) {
          assert.ok(!bought.includes(pick.product))
          assert.ok(pick.price.amountMinor < subtotal)
          assert.ok(plan.products.get(pick.product)?.buyable)
        }
        const groups = choice.picks
          .map((pick) => plan.products.get(pick.product)?.variantGroup)
          .filter(Boolean)
        assert.equal(new Set(groups).size, groups.length)
        assert.deepEqual(choose(order, plan, placement), choice)
      },
    ),
  )
})

test('the reason names the counts', () => {
  const evidence = tinyEvidence({ ordersTogether: 412, orders: 1030, expected: 42 })
  const plan = tinyPlan([machine, cleaner], [tinyPairing('espresso-machine', 'cleaner', 0.4, { evidence })])
  const [pick] = choose(boughtMachine, plan).picks
  assert.equal(pick?.reason, 'Bought together in 412 of 1,030 orders; by chance it would have been 42.')
})

test('what one line of the order refuses is not offered because of another line, on any step of the ladder', () => {
  const mat = tinyProduct('doormat', 4000)
  const bowl = tinyProduct('bowl', 3000)
  const bakingSet = tinyProduct('baking-set', 900)
  const refused = tinyPairing('doormat', 'baking-set', 0.1, {
    verdict: {
      status: 'refused',
      relation: 'substitute',
      because: 'one replaces the other',
      decidedBy: 'orders-together',
    },
  })
  const plan = tinyPlan([mat, bowl, bakingSet], [refused, tinyPairing('bowl', 'baking-set', 0.5)], {
    bestSellers: ['baking-set'],
  })
  const both = tinyOrder([
    ['doormat', 1, 4000],
    ['bowl', 1, 3000],
  ])
  const choice = choose(both, plan)
  assert.equal(choice.fallback, 'helpful-page')
  assert.ok(choice.dropped.every(({ rule }) => rule === 'refused-substitute'))
  assert.equal(choose(tinyOrder([['bowl', 1, 3000]]), plan).picks[0]?.product, 'baking-set')
})

test('a pairing whose product has left the catalog is dropped with that rule', () => {
  const choice = choose(boughtMachine, tinyPlan([machine], [tinyPairing('espresso-machine', 'gone', 0.5)]))
  assert.deepEqual(
    choice.dropped.map(({ product, rule }) => [product, rule]),
    [['gone', 'not-in-catalog']],
  )
})

test('of a long list of dropped candidates 200 are told, and the rest is counted', () => {
  const many = Array.from({ length: 260 }, (_, place) => tinyProduct(`dear-${place}`, 39_000))
  const plan = tinyPlan(
    [machine, ...many],
    many.map(({ id }) => tinyPairing('espresso-machine', id, 0.1)),
  )
  const choice = choose(boughtMachine, plan)
  assert.deepEqual([choice.dropped.length, choice.droppedUntold], [200, 60])
})

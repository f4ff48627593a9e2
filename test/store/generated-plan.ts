// Plans made at random for the store's battery: any titles, any finite figures, products without pairings, anchors
// without add-ons, all relations. Minus zero is left out, since JSON has none.

import fc from 'fast-check'
import { deciders, type Evidence, type Pairing } from '../../src/domain/pairing.ts'
import { placements } from '../../src/domain/placement.ts'
import type { PlanDraft, PlanProduct, Season } from '../../src/domain/plan.ts'

/** Records as the program makes them; fast-check also tries objects without a prototype. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true })

const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const count = fc.nat()
const text = fc.string({ unit: 'binary', maxLength: 12 })
const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const evidence: fc.Arbitrary<Evidence> = plain({
  orders: count,
  ordersTogether: count,
  ordersBulk: count,
  ordersCampaign: count,
  errandSpread: count,
  expected: figure,
  kindLift: figure,
  choices: count,
  choicesBeside: count,
  choicesBesideMost: figure,
  lift: figure,
  liftLow: figure,
  liftHigh: figure,
  confidence: figure,
  confidenceLow: figure,
  rootLogLikelihoodRatio: figure,
  togetherWeight: figure,
  ordersWeight: figure,
  customersFollowed: count,
  customersLaterFollowed: count,
  customersLater: count,
  customersLaterExpected: figure,
  customersEarlier: count,
  laterDaysLow: count,
  laterDaysMedian: count,
  laterDaysHigh: count,
})

const verdict: fc.Arbitrary<Pairing['verdict']> = fc.oneof(
  plain({
    status: fc.constant('live' as const),
    relation: fc.constantFrom('complete' as const, 'refill' as const, 'extend' as const),
    because: text,
    decidedBy: fc.constantFrom(...deciders),
  }),
  plain({
    status: fc.constant('refused' as const),
    relation: fc.constantFrom(
      'variant' as const,
      'substitute' as const,
      'upsell' as const,
      'too-little-evidence' as const,
    ),
    because: text,
    decidedBy: fc.constantFrom(...deciders),
  }),
)

const pairingOf = (anchor: string): fc.Arbitrary<Pairing> =>
  plain({
    anchor: fc.constant(anchor),
    addOn: id,
    verdict,
    need: text,
    evidence,
    score: figure,
    priceRatio: orNull(figure),
    windows: fc.array(plain({ placement: fc.constantFrom(...placements), fromDay: count, toDay: count }), {
      maxLength: 2,
    }),
    source: fc.constantFrom('mined' as const, 'curated' as const),
  })

const buyersTakeUp = plain({ orders: figure, products: fc.constant(['p1', 'p2']), amounts: fc.array(figure) })

const season: fc.Arbitrary<Season> = plain({
  quiet: fc.array(plain({ month: count, orders: count, usual: figure }), { maxLength: 3 }),
  sells: fc.array(count, { maxLength: 3 }),
})

const productOf = (productId: string): fc.Arbitrary<PlanProduct> =>
  fc.tuple(steadyOf(productId), orNull(season), orNull(buyersTakeUp)).map(([product, own, takeUp]) => ({
    ...product,
    ...(own === null ? {} : { season: own }),
    ...(takeUp === null ? {} : { buyersTakeUp: takeUp }),
  }))

const steadyOf = (productId: string): fc.Arbitrary<PlanProduct> =>
  plain({
    id: fc.constant(productId),
    title: text,
    category: orNull(text),
    priceMinor: orNull(count),
    currency: fc.constantFrom('GBP', 'JPY'),
    imageUrl: orNull(fc.webUrl()),
    url: orNull(fc.webUrl()),
    buyable: fc.boolean(),
    goods: fc.boolean(),
    variantGroup: orNull(text),
    orders: count,
    ordersWeight: figure,
    customers: count,
    durable: fc.boolean(),
    takenUp: figure,
    refill: orNull(
      plain({
        medianDays: figure,
        sigmaWithin: figure,
        sigmaBetween: figure,
        stops: figure,
        goesOn: figure,
        quantityExponent: figure,
        rebuyShare: figure,
        repeatCustomers: count,
        basis: fc.constantFrom('own' as const, 'similar' as const, 'catalog' as const),
      }),
    ),
  })

const idsOf = (maxLength: number) => fc.uniqueArray(id, { maxLength })
const mapOf = <T>(ids: fc.Arbitrary<string[]>, makeValue: (one: string) => fc.Arbitrary<T>) =>
  ids
    .chain((all) => fc.tuple(...all.map((one) => fc.tuple(fc.constant(one), makeValue(one)))))
    .map((entries) => new Map(entries))

const steadyPairingOf = (category: string) =>
  plain({ category: fc.constant(category), addOn: id, score: figure, ordersTogether: count })

/** Of a newcomer. */
const seat = plain({
  newcomer: fc.constant(true as const),
  kindred: figure,
  shared: fc.array(fc.tuple(text, figure), { maxLength: 3 }),
  waits: fc.constant(true as const),
})

export const generatedPlan: fc.Arbitrary<PlanDraft> = plain({
  summary: plain({
    pairings: plain({ complete: count, refill: count, extend: count, upsell: count, refused: count }),
    products: count,
    orders: count,
    historyFromAtMs: fc.maxSafeInteger(),
    historyToAtMs: fc.maxSafeInteger(),
    sampledOrders: count,
  }),
  totalOrdersWeight: figure,
  habitShare: figure,
  products: mapOf(idsOf(12), productOf),
  pairings: mapOf(idsOf(6), (anchor) => fc.array(pairingOf(anchor), { maxLength: 4 })),
  categoryPairings: mapOf(idsOf(4), (category) =>
    fc.array(
      fc.tuple(steadyPairingOf(category), orNull(seat)).map(([steady, one]) => ({ ...steady, ...one })),
      {
        maxLength: 3,
      },
    ),
  ),
  bestSellers: idsOf(8),
})

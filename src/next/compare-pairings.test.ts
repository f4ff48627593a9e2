import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPairing, tinyProduct } from '../../test/tiny-plan.ts'
import type { HeldWord, OwnerWord } from '../domain/owner-word.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import { type Comparing, comparePairings, type Left } from './compare-pairings.ts'
import { openOwnerGuide } from './owner-guide.ts'
import { openPriceFit } from './price-fit.ts'

const cup = tinyProduct('cup', 2000)
const saucer = tinyProduct('saucer', 500)
const spoon = tinyProduct('spoon', 300)
const shelf = [cup, saucer, spoon]
const both = [tinyPairing('cup', 'saucer', 0.5), tinyPairing('cup', 'spoon', 0.2)]
const publishedAtMs = Date.UTC(2026, 0, 5)
const nowMs = Date.UTC(2026, 1, 5)

type Change = {
  readonly before?: readonly Pairing[]
  readonly now?: readonly Pairing[]
  readonly left?: readonly Left[]
  readonly products?: readonly PlanProduct[]
  readonly words?: readonly { readonly word: OwnerWord; readonly saidAtMs: number }[]
  readonly settings?: typeof defaultSettings
}

function compare({
  before = both,
  now = both,
  left = [],
  products = shelf,
  words = [],
  settings = defaultSettings,
}: Change) {
  const held: HeldWord[] = words.map((one, place) => ({
    ...one,
    key: '',
    source: 'cli',
    saidBy: 'Zoë',
    sequence: place + 1,
  }))
  const comparing: Comparing = {
    before: { products: new Map(shelf.map((one) => [one.id, one])), atMs: publishedAtMs },
    now: { products: new Map(products.map((one) => [one.id, one])), atMs: nowMs },
    guide: openOwnerGuide(held, held.length),
    refusedAtMs: (_, addOn) =>
      held.find(({ word }) => word.kind === 'standing' && word.standing === 'vetoed' && word.addOn === addOn)
        ?.saidAtMs ?? null,
    priceFit: openPriceFit(settings),
  }
  const leftOf = (addOn: string) => left.find(({ pairing }) => pairing.addOn === addOn)
  return comparePairings('cup', { before, now, left: leftOf }, comparing)
}

function retired(change: Change) {
  const [found, ...more] = compare(change).filter(({ kind }) => kind === 'retired')
  assert.equal(more.length, 0)
  assert.ok(found?.kind === 'retired')
  assert.equal(found.addOn, 'saucer')
  return found
}

const withSaucer = (more: Partial<PlanProduct>): readonly PlanProduct[] => [
  cup,
  { ...saucer, ...more },
  spoon,
]
const withoutSaucer = [tinyPairing('cup', 'spoon', 0.2)]

test('two equal plans change nothing', () => {
  assert.deepEqual(compare({}), [])
})

test('what cannot be had any more is retired with its reason, and the next best takes its place', () => {
  const gone = retired({ products: withSaucer({ buyable: false, offSale: 'sold-out' }) })
  assert.deepEqual([gone.reason, gone.because, gone.replacedBy], ['sold-out', 'it is sold out', 'spoon'])
  assert.equal(
    retired({ products: withSaucer({ buyable: false, offSale: 'discontinued' }) }).reason,
    'discontinued',
  )
  assert.equal(retired({ products: withSaucer({ buyable: false, offSale: 'no-price' }) }).reason, 'no-price')
  assert.equal(retired({ products: [cup, spoon], now: withoutSaucer }).reason, 'discontinued')
})

test('out of season is told with the months, and retires nothing that the owner approved', () => {
  const products = withSaucer({ season: { quiet: [{ month: 2, orders: 1, usual: 60 }], sells: [11, 12] } })
  const gone = retired({ products })
  assert.equal(gone.reason, 'out-of-season')
  assert.match(gone.because, /February: 1 of its orders .* 60; it sells in November to December/)
  const word: OwnerWord = { kind: 'standing', anchor: 'cup', addOn: 'saucer', standing: 'approved' }
  assert.deepEqual(compare({ products, words: [{ word, saidAtMs: 0 }] }), [])
})

test('a price that leaves the ceiling is told with both prices', () => {
  const gone = retired({ products: withSaucer({ priceMinor: 1500 }) })
  assert.equal(gone.reason, 'price-out-of-ceiling')
  assert.equal(
    gone.because,
    'it costs £15.00 beside £20.00 now, £5.00 beside £20.00 before; only larger orders let it pass',
  )
  const ofAnchorAlone = { ...defaultSettings, priceCeiling: { anchorShare: 0.5, subtotalShare: 0 } }
  const inNone = retired({ products: withSaucer({ priceMinor: 1500 }), settings: ofAnchorAlone })
  assert.match(inNone.because, /^it costs £15\.00 .*; no order lets it pass$/)
})

test('a pairing that faded, or of which too little is left, says so', () => {
  const because = 'of late 2.0 %'
  const faded: Left = {
    pairing: tinyPairing('cup', 'saucer', 0.1),
    faded: { reason: 'bought-together-less', because },
  }
  const gone = retired({ now: withoutSaucer, left: [faded] })
  assert.deepEqual([gone.reason, gone.because], ['bought-together-less', because])
  const takenLess = tinyPairing('cup', 'saucer', 0.5, {
    verdict: { status: 'refused', relation: 'taken-less', because: 'taken never', decidedBy: 'showings' },
  })
  const fallen = retired({ now: [takenLess, ...withoutSaucer] })
  assert.deepEqual(
    [fallen.reason, fallen.because, fallen.replacedBy],
    ['attach-rate-fallen', 'taken never', 'spoon'],
  )
  const weak = tinyPairing('cup', 'saucer', 0.1, {
    verdict: {
      status: 'refused',
      relation: 'too-little-evidence',
      because: '4 orders together',
      decidedBy: 'orders-together',
    },
  })
  assert.equal(
    retired({ now: withoutSaucer, left: [{ pairing: weak, faded: null }] }).reason,
    'evidence-decayed',
  )
})

test('another relation retires the pairing as it was and adds it as it is', () => {
  const other = tinyPairing('cup', 'saucer', 0.1, {
    verdict: { status: 'live', relation: 'extend', because: '9 customers', decidedBy: 'orders-later' },
  })
  const changes = compare({ now: [...withoutSaucer, other] })
  assert.deepEqual(
    changes.map(({ kind, addOn, relation }) => [kind, addOn, relation]),
    [
      ['retired', 'saucer', 'complete'],
      ['added', 'saucer', 'extend'],
    ],
  )
  const substitute = tinyPairing('cup', 'saucer', 0.1, {
    verdict: {
      status: 'refused',
      relation: 'substitute',
      because: 'taken in turns',
      decidedBy: 'orders-later',
    },
  })
  const gone = retired({ now: [...withoutSaucer, substitute] })
  assert.deepEqual([gone.reason, gone.because], ['relation-changed', 'substitute: taken in turns'])
})

test('what likelier ones displaced is told with the rates, and what stands newly is added', () => {
  const bowl = tinyPairing('cup', 'bowl', 0.3)
  const products = [...shelf, tinyProduct('bowl', 400)]
  const left = [{ pairing: tinyPairing('cup', 'saucer', 0.01), faded: null }]
  const changes = compare({ now: [bowl, ...withoutSaucer], left, products })
  assert.deepEqual(
    changes.map(({ kind, addOn }) => [kind, addOn]),
    [
      ['retired', 'saucer'],
      ['added', 'bowl'],
    ],
  )
  const [gone] = changes
  assert.ok(gone?.kind === 'retired')
  assert.deepEqual([gone.reason, gone.replacedBy], ['displaced', 'bowl'])
  assert.match(gone.because, /2 others are likelier: .* 20\.0 % .* this one in 1\.0 %/)
})

test('a veto since the last plan retires, an older one does not again', () => {
  const word: OwnerWord = { kind: 'standing', anchor: 'cup', addOn: 'saucer', standing: 'vetoed' }
  const gone = retired({ words: [{ word, saidAtMs: publishedAtMs + 1 }] })
  assert.deepEqual([gone.reason, gone.because], ['owner', 'you said no to it'])
  assert.deepEqual(compare({ words: [{ word, saidAtMs: publishedAtMs - 1 }] }), [])
})

test('where nothing is left, nothing takes its place', () => {
  const [one] = both
  assert.ok(one)
  const gone = compare({
    before: [one],
    now: [],
    products: withSaucer({ buyable: false, offSale: 'sold-out' }),
  })
  assert.deepEqual(
    gone.map((change) => change.kind === 'retired' && change.replacedBy),
    [null],
  )
})

test('a refill that is none any more was displaced by nothing: its evidence is gone', () => {
  const refill = tinyPairing('cup', 'cup', 0.3, {
    verdict: { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' },
  })
  const [gone, ...more] = compare({ before: [refill, ...both] })
  assert.equal(more.length, 0)
  assert.ok(gone?.kind === 'retired')
  assert.equal(gone.reason, 'evidence-decayed')
  assert.equal(gone.because, 'too few buy it again now, or at no particular time')
})

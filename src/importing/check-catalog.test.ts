import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import { tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { checkCatalog } from './check-catalog.ts'
import { findNote } from './internal-note.ts'

const imageUrl = 'https://shop.example/x.jpg'
const sound = (id: string, title: string, more: Partial<CatalogProduct> = {}): CatalogProduct =>
  tinyCatalogProduct(id, title, 1000, { imageUrl, source: 'catalog-file', ...more })

const problemsOf = (products: readonly CatalogProduct[], pairings: readonly Pairing[] = []) =>
  checkCatalog(
    products,
    tinyPlan(
      products.map(({ id, priceMinor }) => tinyProduct(id, priceMinor)),
      pairings,
    ),
  ).map(({ problem, product }) => [problem, product])

test('a sound catalog has no problem, with and without a plan', () => {
  const products = [sound('a', 'Espresso machine'), sound('b', 'Cleaner')]
  assert.deepEqual(problemsOf(products, [tinyPairing('a', 'b', 0.5, { priceRatio: 1 })]), [])
  assert.deepEqual(checkCatalog(products, null), [])
  assert.deepEqual(checkCatalog([], null), [])
})

test('each problem of a product is found, and what is no goods is passed over', () => {
  const products = [
    sound('a', 'Espresso machine', { priceMinor: null }),
    sound('b', 'b'),
    sound('c', 'Mug', { imageUrl: null }),
    sound('d', 'damaged stock?'),
    sound('e', 'Tea pot'),
    sound('f', 'TEA  POT'),
    sound('G-1', 'Green lamp'),
    sound('g1', 'Lamp, green one'),
    sound('h', 'Shirt', { variantGroup: 'shirt' }),
    sound('i', 'Shirt', { variantGroup: 'shirt' }),
    sound('j', 'Newcomer', { source: 'derived' }),
    sound('k', '?', { goods: { kind: 'not-goods', reason: 'a fee', source: 'owner' }, imageUrl: null }),
  ]
  assert.deepEqual(problemsOf(products), [
    ['missing-price', 'a'],
    ['missing-title', 'b'],
    ['internal-note', 'd'],
    ['duplicate-id', 'G-1'],
    ['duplicate', 'e'],
    ['unknown-sku', 'j'],
    ['missing-image', 'c'],
  ])
})

test('sold out, discontinued and long unsold products are a problem only where live pairings would offer them', () => {
  const old = { firstSoldAtMs: 0, lastSoldAtMs: 0, source: 'derived' } as const
  const products = [
    sound('anchor', 'Espresso machine', { ...old, lastSoldAtMs: 400 * DAY_MS }),
    sound('out', 'Cleaner', { stock: 0 }),
    sound('gone', 'Brush', { status: 'archived' }),
    sound('old', 'Tamper', old),
    sound('out-alone', 'Cup', { stock: 0 }),
    sound('gone-alone', 'Plate', { status: 'draft' }),
    sound('old-alone', 'Bowl', old),
  ].map((product) => ({ ...product, source: 'derived' as const }))
  const refused = tinyPairing('anchor', 'out-alone', 0.1, {
    verdict: { status: 'refused', relation: 'substitute', because: '', decidedBy: 'orders-together' },
  })
  assert.deepEqual(
    problemsOf(products, [...['out', 'gone', 'old'].map((id) => tinyPairing('anchor', id, 0.5)), refused]),
    [
      ['sold-out', 'out'],
      ['discontinued', 'gone'],
      ['not-sold-lately', 'old'],
    ],
  )
})

test('a price inversion names the anchor once, and one that was chosen by hand is named as such', () => {
  const products = ['a', 'b', 'c', 'd'].map((id) => sound(id, `Thing ${id} of ours`))
  const dear = { priceRatio: 1.5 }
  assert.deepEqual(
    problemsOf(products, [
      tinyPairing('a', 'b', 0.5, dear),
      tinyPairing('a', 'c', 0.4, dear),
      tinyPairing('b', 'c', 0.4, { priceRatio: 0.5 }),
      tinyPairing('c', 'd', 0, { ...dear, source: 'curated' }),
      tinyPairing('d', 'd', 0.4, dear),
    ]),
    [
      ['chosen-price-inversion', 'c'],
      ['price-inversion', 'a'],
    ],
  )
})

test('what concerns the whole catalog is said once, with the number and examples', () => {
  const products = Array.from({ length: 4123 }, (_, i) =>
    sound(`p${i}`, `Thing ${i} of ours`, { imageUrl: null }),
  )
  const problems = checkCatalog(products, null)
  assert.equal(problems.length, 1)
  const [{ product, products: number, detail } = { product: '', products: 0, detail: '' }] = problems
  assert.deepEqual([product, number], [null, 4123])
  assert.equal(
    detail,
    'all 4,123 products, such as p0 "Thing 0 of ours"; p1 "Thing 1 of ours"; p10 "Thing 10 of ours"',
  )
})

test('notes of Online Retail are told from names of Online Retail', () => {
  for (const note of [
    'damaged',
    'Damages/credits from ASOS?',
    'wrongly marked 23343',
    'Wrongly coded 20713',
    'thrown away',
    '?',
    '???missing',
    'Unsaleable, destroyed.',
    'Sold as 22467',
    'Dotcom sales',
    'came coded as 20713',
    'High Resolution Image',
    '*USB Office Mirror Ball',
    'found',
    '85123A',
    '22719',
  ])
    assert.notEqual(findNote(note, 'x', true), null, note)
  for (const name of [
    'LOST & FOUND SIGN',
    'WHITE HANGING HEART T-LIGHT HOLDER',
    'SET/20 RED RETROSPOT PAPER NAPKINS',
    'SOMBRERO',
    'FLOWERS HANDBAG blue and orange',
    'BAG 125g SWIRLY MARBLES',
    "Dr. Jam's Arouzer Stress Ball",
    'AIRLINE LOUNGE,METAL SIGN',
    'TEST TUBE VASE',
    '3 STRIPEY MICE FELTCRAFT',
  ])
    assert.equal(findNote(name, 'x', true), null, name)
})

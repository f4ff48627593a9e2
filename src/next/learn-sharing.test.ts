import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyCatalogProduct } from '../../test/tiny-catalog-product.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { learnSharing } from './learn-sharing.ts'

type Told = Partial<Pick<CatalogProduct, 'brand' | 'tags' | 'variantGroup'>>

function product(id: string, category: string, more: Told = {}): CatalogProduct {
  return tinyCatalogProduct(id, id, 800, { category, ...more })
}

const brands = ['Aldera', 'Brisa', 'Corvin', 'Dunmore']

/** Twelve cameras and twelve lenses, three of each brand; `goes` says which pairs are live. */
function shopOf(
  goes: (camera: number, lens: number) => boolean,
  told: (brand: string) => Told,
  lenses = 'Lenses',
) {
  const twelve = Array.from({ length: 12 }, (_, number) => number)
  const toldOf = (number: number): Told => told(brands[number % 4] ?? '')
  const catalog = [
    ...twelve.map((number) => product(`camera-${number}`, 'Cameras', toldOf(number))),
    ...twelve.map((number) => product(`lens-${number}`, lenses, toldOf(number))),
  ]
  const completions = new Map(
    twelve.map((camera) => [
      `camera-${camera}`,
      twelve.filter((lens) => goes(camera, lens)).map((lens) => ({ addOn: `lens-${lens}` })),
    ]),
  )
  return { catalog, completions }
}

const ofOneBrand = (camera: number, lens: number): boolean => camera % 4 === lens % 4
const byChance = (camera: number, lens: number): boolean => (camera * 5 + lens * 7) % 12 < 3
const wanted = new Set(['brand:aldera', 'tag:aldera', 'brand:new'])

test('odds of a shared brand are the known ones, Mantel and Haenszel over the brands', () => {
  const { catalog, completions } = shopOf(
    (camera, lens) => ofOneBrand(camera, lens) || (camera === 0 && lens < 4) || (camera === 1 && lens < 4),
    (brand) => ({ brand }),
  )
  const lnOdds = learnSharing(catalog, completions, wanted) ?? assert.fail('the brand matters')
  // 36 pairs of one brand and 6 others, from cameras 0 and 1 to the lenses 0 to 3: 42 in all. Of Aldera (camera 0 has 3
  // others, one lens of the 3 that camera 1 has besides is of Aldera) 9 share it, 3 + 1 do not, 29 have neither; Brisa
  // alike; Corvin and Dunmore: 9 share it, 0 cameras and 2 lenses besides, 31 neither.
  const odds = (2 * 9 * 29 + 2 * 9 * 31) / 42
  const counter = (2 * 3 * 1) / 42
  const shop = (odds + 1) / (counter + 1)
  const cell = (odds + shop) / (counter + 1)
  assert.ok(Math.abs(lnOdds('Cameras', 'Lenses', 'brand:aldera') - Math.log(cell)) < 1e-12)
  // A pair of categories without completions, and a brand without any, have the shop's.
  assert.ok(Math.abs(lnOdds('Cameras', 'Bags', 'brand:new') - Math.log(shop)) < 1e-12)
  assert.equal(lnOdds('Cameras', 'Lenses', 'tag:aldera'), 0)
})

test('where live completions share a brand or a tag as often as chance has it, nothing matters', () => {
  for (const told of [(brand: string) => ({ brand }), (brand: string) => ({ tags: [brand] })]) {
    const { catalog, completions } = shopOf(byChance, told)
    assert.equal(learnSharing(catalog, completions, wanted), null)
    const apart = shopOf((camera, lens) => !ofOneBrand(camera, lens), told)
    assert.equal(learnSharing(apart.catalog, apart.completions, wanted), null)
  }
  const everyone = shopOf(byChance, () => ({ brand: 'Aldera', tags: ['Aldera'] }))
  assert.equal(learnSharing(everyone.catalog, everyone.completions, wanted), null, 'who is alike in all')
  assert.equal(learnSharing([], new Map(), wanted), null)
})

test('tags show together what each is too rare to show, and one that has had its chance is heard alone', () => {
  // Sixteen small shops in one: in each a camera and a lens of each brand, tagged with a word of their own. On half of
  // the cameras and half of the lenses stands "sale", by chance.
  const shops = Array.from({ length: 16 }, (_, number) => `${number}`)
  const onSale = new Set(['Cameras Aldera', 'Cameras Brisa', 'Lenses Aldera', 'Lenses Corvin'])
  const catalog = shops.flatMap((shop) =>
    ['Cameras', 'Lenses'].flatMap((kind) =>
      brands.map((brand) =>
        product(`${shop} ${kind} ${brand}`, `${shop} ${kind}`, {
          tags: [`${brand} ${shop}`, ...(onSale.has(`${kind} ${brand}`) ? ['sale'] : [])],
        }),
      ),
    ),
  )
  const completions = new Map(
    shops.flatMap((shop) =>
      brands.map((brand) => [`${shop} Cameras ${brand}`, [{ addOn: `${shop} Lenses ${brand}` }]] as const),
    ),
  )
  const rare = shops.flatMap((shop) => brands.map((brand) => `tag:${brand.toLowerCase()} ${shop}`))
  const lnOdds = learnSharing(catalog, completions, new Set([...rare, 'tag:sale', 'tag:unheard']))
  for (const tag of ['tag:aldera 0', 'tag:unheard'])
    assert.ok((lnOdds?.('0 Cameras', '0 Lenses', tag) ?? 0) > 0.5, tag)
  assert.equal(lnOdds?.('0 Cameras', '0 Lenses', 'tag:sale'), 0)
  assert.equal(learnSharing(catalog, completions, new Set(['tag:aldera 0'])), null, 'one alone is too rare')
})

test('a tag that completions share matters in all categories, one that stands on everything in none', () => {
  const { catalog, completions } = shopOf(ofOneBrand, (brand) => ({ tags: [brand, 'sale'] }))
  const lnOdds = learnSharing(catalog, completions, new Set(['tag:aldera', 'tag:sale', 'tag:unheard']))
  assert.ok((lnOdds?.('Cameras', 'Lenses', 'tag:aldera') ?? 0) > 1)
  assert.ok((lnOdds?.('Bags', 'Straps', 'tag:aldera') ?? 0) > 1, 'everywhere')
  assert.equal(lnOdds?.('Cameras', 'Lenses', 'tag:sale'), 0)
  assert.equal(lnOdds?.('Cameras', 'Lenses', 'tag:unheard'), 0)
})

test('a pair of categories whose completions do not share the brand is judged by its own', () => {
  const lenses = shopOf(ofOneBrand, (brand) => ({ brand }))
  const bags = shopOf(byChance, (brand) => ({ brand }), 'Bags')
  const renamed = bags.catalog.map((one) => ({ ...one, id: `x-${one.id}` }))
  const completions = new Map([
    ...lenses.completions,
    ...[...bags.completions].map(
      ([anchor, list]) => [`x-${anchor}`, list.map(({ addOn }) => ({ addOn: `x-${addOn}` }))] as const,
    ),
  ])
  const lnOdds = learnSharing([...lenses.catalog, ...renamed], completions, wanted)
  const [lens = 0, bag = 0] = ['Lenses', 'Bags'].map((category) =>
    lnOdds?.('Cameras', category, 'brand:aldera'),
  )
  assert.ok(lens > 3)
  assert.equal(bag, 0)
})

test('forms of one product say once what is bought with them', () => {
  const one = (form: number) => product(`camera-${form}`, 'Cameras', { brand: 'Aldera', variantGroup: 'a' })
  const forms = Array.from({ length: 30 }, (_, form) => one(form))
  const others = brands.map((brand) => product(`other-${brand}`, 'Cameras', { brand }))
  const lenses = brands.map((brand) => product(`lens-${brand}`, 'Lenses', { brand }))
  const completions = new Map([
    ...forms.map(({ id }) => [id, [{ addOn: 'lens-Aldera' as string }]] as const),
    ...others.map(({ id }) => [id, [{ addOn: 'lens-Brisa' as string }]] as const),
  ])
  assert.equal(learnSharing([...forms, ...others, ...lenses], completions, wanted), null)
})

test('products without a brand tell nothing, and of each other nothing is learnt within a category', () => {
  const halfListed = shopOf(ofOneBrand, (brand) => (brand < 'C' ? { brand } : {}))
  const lnOdds = learnSharing(halfListed.catalog, halfListed.completions, wanted)
  assert.ok((lnOdds?.('Cameras', 'Lenses', 'brand:aldera') ?? 0) > 1)
  const within = shopOf(ofOneBrand, (brand) => ({ brand }), 'Cameras')
  assert.equal(learnSharing(within.catalog, within.completions, wanted), null)
})

test('what is learnt is the same in whatever sequence the completions come', () => {
  const { catalog, completions } = shopOf(
    (camera, lens) => ofOneBrand(camera, lens) || byChance(camera, lens),
    (brand) => ({ brand, tags: [brand] }),
  )
  const turned = new Map([...completions].reverse())
  const [one, other] = [
    learnSharing(catalog, completions, wanted),
    learnSharing([...catalog].reverse(), turned, wanted),
  ]
  for (const attribute of ['brand:aldera', 'tag:aldera'])
    assert.equal(one?.('Cameras', 'Lenses', attribute), other?.('Cameras', 'Lenses', attribute))
})

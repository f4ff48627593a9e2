// Catalog files beside the orders: what they say wins over guesses, what the owner said wins over both.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { AppError } from '../src/domain/errors.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

let bench: ImportBench
beforeEach(async () => {
  bench = await openImportBench()
})
afterEach(() => bench.close())

const medusa = (name: string) => fileURLToPath(new URL(`./fixtures/medusa/${name}.csv`, import.meta.url))

function orders(): string {
  const rows = [
    'order_id,sku,title,date,quantity,price,currency',
    '1,TEE-S,Tee S (old name),2025-01-01,1,19.00,EUR',
    '1,GONE,Mug nobody lists,2025-01-01,1,7.00,EUR',
    '2,TEE-S,Tee S (old name),2025-02-01,1,21.00,EUR',
  ]
  return bench.write('orders.csv', `${rows.join('\n')}\n`)
}

async function product(id: string) {
  return (await bench.store.listProducts()).find((one) => one.id === id)
}

test('a price in another currency than the orders is no price, whether a column, a code or a sign says so', async () => {
  const rows = [
    ['COLUMN', '15.00', 'usd', null],
    ['CODE', '15.00 USD', '', null],
    ['BEFORE', 'USD 15.00', '', null],
    ['SIGN', '$15.00', '', null],
    ['SAME', 'EUR 15.00', 'EUR', 1500],
    ['EURO', '€15,00', '', 1500],
    ['PLAIN', '15.00', '', 1500],
  ] as const
  const lines = rows.map(([sku, price, currency]) => `${sku},Title,"${price}",${currency},${'c'.repeat(500)}`)
  const catalog = bench.write('products.csv', ['sku,title,price,currency,category', ...lines].join('\n'))
  await bench.import([orders()], { catalogFile: catalog })
  for (const [sku, , , priceMinor] of rows) {
    const { priceMinor: read, currency, category } = (await product(sku)) ?? assert.fail(sku)
    assert.deepEqual([sku, read, currency, category?.length], [sku, priceMinor, 'EUR', 200])
  }
})

test('a Shopify product export: handles group variants, later rows inherit, picture rows are no products', async () => {
  const catalog = bench.write(
    'products.csv',
    [
      'Handle,Title,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status',
      'tee,Linen Tee,Shirts,true,Size,S,TEE-S,4,24.00,https://cdn.example.com/tee.jpg,active',
      'tee,,,,,M,TEE-M,0,24.00,,',
      'tee,,,,,,,,,https://cdn.example.com/tee-2.jpg,',
      'card,Gift card,Gift Cards,true,Title,Default Title,CARD,,25.00,,active',
      'old,Old mug,Mugs,true,Title,Default Title,,,9.00,,archived',
    ].join('\n'),
  )
  const result = await bench.import([orders()], { catalogFile: catalog })
  assert.deepEqual(result.catalogFile, {
    recognisedAs: 'Shopify products',
    rowsRead: 5,
    products: 4,
    rejected: [{ reason: 'the row only adds a picture', rows: 1, example: 'tee, Linen Tee' }],
    tagsCut: null,
  })
  const tee = await product('TEE-S')
  assert.equal(tee?.title, 'Linen Tee - S')
  assert.equal(tee?.priceMinor, 2400)
  assert.equal(tee?.category, 'Shirts')
  assert.equal(tee?.categoryIsGuess, false)
  assert.equal(tee?.imageUrl, 'https://cdn.example.com/tee.jpg')
  assert.equal(tee?.stock, 4)
  assert.equal(tee?.variantGroup, 'tee')
  assert.equal(tee?.lastSoldAtMs, Date.UTC(2025, 1, 1))
  const other = await product('TEE-M')
  assert.deepEqual([other?.title, other?.variantGroup, other?.status], ['Linen Tee - M', 'tee', 'active'])
  assert.equal((await product('Old mug'))?.status, 'archived')
  assert.equal((await product('CARD'))?.goods.kind, 'not-goods')
  assert.equal((await product('GONE'))?.source, 'derived')
})

test("Medusa product exports of its versions 1 and 2 are read, prices in the shop's currency", async () => {
  const first = await bench.import([orders()], { catalogFile: medusa('exported-products-semicolon') })
  assert.equal(first.catalogFile?.recognisedAs, 'Medusa products')
  const variants = (await bench.store.listProducts()).filter(({ source }) => source === 'catalog-file')
  assert.ok(variants.length >= 3)
  const [variant] = variants
  assert.equal(variant?.currency, 'EUR')
  assert.equal(variant?.priceMinor, 4500)
  assert.equal(variant?.status, 'draft')
  const second = await bench.import([], { catalogFile: medusa('v1-template'), currency: 'USD' })
  assert.equal(second.catalogFile?.recognisedAs, 'Medusa products')
  const listed = await product('test-sku-1')
  assert.deepEqual([listed?.priceMinor, listed?.stock], [110, 10])
})

test('a WooCommerce product export: cross-sells become curated pairs, parents of variations are no products', async () => {
  const catalog = bench.write(
    'woo.csv',
    [
      'ID,Type,SKU,Name,Published,Stock,Sale price,Regular price,Categories,Images,Parent,Cross-sells',
      '10,variable,TEE,Tee,1,,,,Clothing > Tees,https://x.example/t.jpg,,',
      '11,variation,TEE-S,Tee - S,1,3,17.5,20,,,TEE,"id:13, MUG"',
      '12,variation,TEE-M,Tee - M,1,0,,20,,,TEE,',
      '13,simple,,Sticker,0,,,2,"Paper, Sale",,,',
    ].join('\n'),
  )
  await bench.import([orders()], { catalogFile: catalog })
  const tee = await product('TEE-S')
  assert.deepEqual(tee?.crossSellIds, ['13', 'MUG'])
  assert.deepEqual([tee?.variantGroup, tee?.priceMinor], ['TEE', 1750])
  assert.deepEqual([(await product('13'))?.category, (await product('13'))?.status], ['Paper', 'draft'])
  assert.equal(await product('TEE'), undefined)
})

async function attributesOf(id: string) {
  const { category, brand, tags } = (await product(id)) ?? assert.fail(id)
  return { category, brand, tags }
}

test('Shopify’s vendor and tags are read, and the product category beside the type; later rows inherit them', async () => {
  const catalog = bench.write(
    'products.csv',
    [
      'Handle,Title,Vendor,Product Category,Type,Tags,Published,Option1 Value,Variant SKU,Variant Price,Status',
      'tee,Tee,Nordvik,Apparel > Tops > T-Shirts,Shirts,"linen, ""summer, sale"", LINEN",true,S,TEE-S,24.00,active',
      'tee,,,,,,,M,TEE-M,24.00,',
    ].join('\n'),
  )
  await bench.import([orders()], { catalogFile: catalog })
  const tee = { category: 'Shirts', brand: 'Nordvik', tags: ['T-Shirts', 'linen', 'summer, sale'] }
  assert.deepEqual([await attributesOf('TEE-S'), await attributesOf('TEE-M')], [tee, tee])
})

test('WooCommerce’s brands, tags and attributes are read; a variation has those of its parent and its own', async () => {
  const catalog = bench.write(
    'woo.csv',
    [
      'ID,Type,SKU,Name,Published,Regular price,Categories,Tags,Parent,Brands,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)',
      '10,variable,TEE,Tee,1,,"Clothing > Tees, Sale","linen, summer",,"Nordvik, Other",Size,"S, M",Fabric,Linen',
      '11,variation,TEE-S,Tee - S,1,20,,,TEE,,Size,S,,',
      '12,variation,TEE-M,Tee - M,1,20,,,id:10,,Size,M,,',
      '13,simple,MUG,Mug,1,9,Mugs,,,,Brand,"Halden",,',
    ].join('\n'),
  )
  await bench.import([orders()], { catalogFile: catalog })
  const tee = (size: string) => ({
    category: 'Tees',
    brand: 'Nordvik',
    tags: [`Size: ${size}`, 'Sale', 'linen', 'summer', 'Fabric: Linen'],
  })
  assert.deepEqual([await attributesOf('TEE-S'), await attributesOf('TEE-M')], [tee('S'), tee('M')])
  assert.deepEqual(await attributesOf('MUG'), { category: 'Mugs', brand: 'Halden', tags: [] })
})

test('Medusa’s tags are read, each in a column of its own or all in one', async () => {
  await bench.import([orders()], { catalogFile: medusa('exported-products-semicolon') })
  const tagged = (await bench.store.listProducts()).filter(({ source }) => source === 'catalog-file')
  assert.ok(tagged.some(({ tags }) => tags.includes('123') && tags.includes('456')))
  await bench.import([], { catalogFile: medusa('v1-template'), currency: 'USD' })
  assert.deepEqual((await attributesOf('test-sku-1')).tags, ['123_1'])
})

test('a plain catalog may name brand and tags, and ten thousand tags are cut with a word', async () => {
  const catalog = bench.write(
    'catalog.jsonl',
    [
      {
        sku: 'A',
        title: 'Lens',
        price: '9',
        category: 'Lenses',
        product_type: 'Optics',
        manufacturer: 'Canon',
        tags: ['rf', 'Zoom, wide'],
      },
      {
        sku: 'B',
        title: 'Bag',
        price: '9',
        category: 'Bags',
        tags: Array.from({ length: 10_000 }, (_, at) => `t${at}`),
      },
      { sku: 'C', title: 'Cap', price: '9', category: 'Caps', tags: `a\0b,${'x'.repeat(300)}` },
    ]
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  )
  const result = await bench.import([orders()], { catalogFile: catalog })
  assert.deepEqual(result.catalogFile?.tagsCut, { products: 2, example: 'B' })
  assert.deepEqual(await attributesOf('A'), {
    category: 'Lenses',
    brand: 'Canon',
    tags: ['Optics', 'rf', 'Zoom, wide'],
  })
  assert.deepEqual((await attributesOf('B')).tags.length, 30)
  assert.deepEqual((await attributesOf('C')).tags, ['a b'])
  // A later import without a catalog leaves them.
  await bench.import([orders()])
  assert.equal((await attributesOf('A')).brand, 'Canon')
})

test("the owner's verdict survives every later import, and orders alone do not undo a catalog file", async () => {
  await bench.import([orders()], {
    catalogFile: bench.write('catalog.csv', 'sku,title,price,category\nTEE-S,Linen tee,24.00,Shirts\n'),
  })
  await bench.store.setGoods('GONE', { kind: 'not-goods', reason: 'Only for staff.', source: 'owner' })
  await bench.import([orders()])
  assert.deepEqual((await product('GONE'))?.goods, {
    kind: 'not-goods',
    reason: 'Only for staff.',
    source: 'owner',
  })
  assert.deepEqual(
    [(await product('TEE-S'))?.title, (await product('TEE-S'))?.priceMinor],
    ['Linen tee', 2400],
  )
})

test('NUL in a catalog is white space, as PostgreSQL stores none, and an id without end is left out', async () => {
  const catalog = bench.write(
    'catalog.jsonl',
    [
      { id: 'TEE-S', title: 'Linen\0tee', category: '\0Shirts', price: '24.00', currency: 'EUR' },
      { id: 'x'.repeat(201), title: 'Mug', category: '', price: '9.00', currency: 'EUR' },
    ]
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  )
  const result = await bench.import([orders()], { catalogFile: catalog })
  assert.deepEqual(
    result.catalogFile?.rejected.map(({ reason }) => reason),
    ['the id is longer than 200 characters'],
  )
  const tee = await product('TEE-S')
  assert.deepEqual([tee?.title, tee?.category], ['Linen tee', 'Shirts'])
})

test('a catalog that cannot be read stops the import before anything is written', async () => {
  const catalog = bench.write('catalog.csv', 'colour,weight\nred,3\n')
  await assert.rejects(
    bench.import([orders()], { catalogFile: catalog }),
    (error) => error instanceof AppError && error.code === 'columns-not-recognised',
  )
  assert.deepEqual(await bench.ask('SELECT count(*) AS lines FROM order_lines'), [{ lines: 0 }])
})

test('a product export alone updates the catalog, and leaves the orders as they are', async () => {
  await bench.import([orders()])
  const catalog = bench.write('products.csv', 'sku,title,price,currency,stock\nTEE-S,Linen tee,24.00,EUR,0\n')
  const result = await bench.import([], { catalogFile: catalog })
  assert.deepEqual([result.rowsRead, result.rowsKept, result.newOrders, result.history.orders], [0, 0, 0, 2])
  assert.deepEqual([result.rejected, result.withoutColumns], [[], []])
  const { title, priceMinor, stock } = (await product('TEE-S')) ?? assert.fail()
  assert.deepEqual([title, priceMinor, stock], ['Linen tee', 2400, 0])
  await bench.import([orders()])
  assert.equal((await product('TEE-S'))?.stock, 0, 'orders that come later leave what the catalog said')
})

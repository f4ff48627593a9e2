// Importing, from the file on disk to the relations of the history: what is kept, what is rejected, what is refused.

import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { AppError, type ErrorCode } from '../src/domain/errors.ts'
import type { ImportResult } from '../src/importing/import-orders.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

const uciHeader = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
const uciRows = [
  '536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
  '536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom',
  '536370,22728,ALARM CLOCK BAKELIKE PINK,24,2010-12-01 08:45:00,3.75,,France',
]

let bench: ImportBench

function sumsUp(result: ImportResult): void {
  const rejected = result.rejected.reduce((sum, { rows }) => sum + rows, 0)
  assert.equal(result.rowsRead, result.rowsKept + rejected)
}

async function refused(code: ErrorCode, words: RegExp, run: () => Promise<unknown>): Promise<void> {
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof AppError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, words)
    return true
  })
  assert.deepEqual(await bench.ask('SELECT count(*) AS lines FROM sold_lines'), [{ lines: 0 }])
}

function csv(...rows: string[]): string {
  return `${rows.join('\n')}\n`
}

describe('importing order files', () => {
  beforeEach(async () => {
    bench = await openImportBench()
  })
  afterEach(() => bench.close())

  test('a file without a column for customer or title is taken, and the result names what is missing', async () => {
    const rows = csv('order,product,date,quantity,price', '1,A,2025-01-01,1,2.50')
    const bare = await bench.import([bench.write('bare.csv', rows)], { currency: 'EUR' })
    assert.deepEqual(bare.withoutColumns, ['customer', 'title'])
    const full = await bench.import([bench.write('full.csv', csv(uciHeader, ...uciRows))])
    assert.deepEqual(full.withoutColumns, [])
  })

  test('UCI Online Retail I, its columns in another sequence and semicolons, is read the same', async () => {
    const flipped = uciRows.map((row) => row.split(',').toReversed().join(';'))
    const path = bench.write(
      'flipped.csv',
      csv(uciHeader.split(',').toReversed().join(';').replace('CustomerID', 'Customer ID'), ...flipped),
    )
    const result = await bench.import([path])
    assert.deepEqual(result.recognisedAs, ['UCI Online Retail'])
    assert.equal(result.rowsKept, 3)
    assert.equal(result.orders, 2)
    assert.equal(result.customers, 1)
    assert.equal(result.from, '2010-12-01')
    assert.deepEqual(
      await bench.ask(
        `SELECT order_id, product_id, quantity, unit_price_minor, currency, customer_id IS NULL AS guest,
          placed_at_ms FROM order_lines ORDER BY order_id, product_id`,
      ),
      [
        line('536365', '71053', 6, 339, false, Date.UTC(2010, 11, 1, 8, 26)),
        line('536365', '85123A', 6, 255, false, Date.UTC(2010, 11, 1, 8, 26)),
        line('536370', '22728', 24, 375, true, Date.UTC(2010, 11, 1, 8, 45)),
      ],
    )
  })

  test('every row of a dirty file is kept or rejected with its reason, and the sums add up', async () => {
    const path = bench.write(
      'dirty.csv',
      csv(
        uciHeader,
        ...uciRows,
        '536371,22086,PAPER CHAIN,abc,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,0,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,1.5,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,1,2010-12-01 09:00:00,0,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,1,2010-12-01 09:00:00,-2,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,1,someday,2.55,13748,United Kingdom',
        '536371,22086,PAPER CHAIN,1,,2.55,13748,United Kingdom',
        ',22086,PAPER CHAIN,1,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        '536371,,PAPER CHAIN,1,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        'A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom',
        '536372,22086,too short',
        '536372,22086,PAPER CHAIN,1,2010-12-01 09:00:00,2.55,13748,United Kingdom,one,two',
        '536372,22086,"PAPER" CHAIN,1,2010-12-01 09:00:00,2.55,13748,United Kingdom',
        '',
        '536373,22086,"PAPER, CHAIN\nof ""50""",1,2010-12-01 09:00:00,2.55,13748,United Kingdom',
      ),
    )
    const result = await bench.import([path])
    sumsUp(result)
    assert.equal(result.rowsRead, 17)
    assert.equal(result.rowsKept, 4)
    assert.deepEqual(result.rejected.map(({ reason, rows }) => `${rows} ${reason}`).sort(), [
      '1 the date cannot be read',
      '1 the price is negative',
      '1 the price is zero',
      '1 the quantity is not a number',
      '1 the quantity is not a whole number',
      '1 the quantity is zero',
      '1 the quotation marks of the row do not close',
      '1 the row has fewer columns than the header',
      '1 the row has more columns than the header',
      '1 the row has no date',
      '1 the row has no order number',
      '1 the row is an accounting adjustment, not an order',
      '1 the row names no product',
    ])
  })

  test('the same file twice changes nothing; an overlapping one adds only what is new; a changed order wins', async () => {
    const first = bench.write('first.csv', csv(uciHeader, ...uciRows))
    await bench.import([first])
    const files = readdirSync(join(bench.dataFolder, 'history'))
    const again = await bench.import([first])
    assert.deepEqual([again.newOrders, again.changedOrders, again.unchangedOrders], [0, 0, 2])
    assert.deepEqual(readdirSync(join(bench.dataFolder, 'history')), files)
    const overlapping = bench.write(
      'second.csv',
      csv(
        uciHeader,
        uciRows[1] ?? '',
        uciRows[0] ?? '',
        '536370,22728,ALARM CLOCK BAKELIKE PINK,12,2010-12-01 08:45:00,3.75,,France',
        '536380,22961,JAM MAKING SET PRINTED,24,2010-12-01 09:41:00,1.45,17809,United Kingdom',
      ),
    )
    const second = await bench.import([overlapping])
    assert.deepEqual([second.newOrders, second.changedOrders, second.unchangedOrders], [1, 1, 1])
    assert.deepEqual(
      await bench.ask('SELECT order_id, sum(quantity) AS units FROM order_lines GROUP BY ALL ORDER BY ALL'),
      [
        { order_id: '536365', units: 12 },
        { order_id: '536370', units: 12 },
        { order_id: '536380', units: 24 },
      ],
    )
    assert.deepEqual(second.history, {
      orders: 3,
      orderLines: 4,
      customers: 2,
      products: 4,
      fromAtMs: Date.UTC(2010, 11, 1, 8, 26),
      toAtMs: Date.UTC(2010, 11, 1, 9, 41),
    })
  })

  test('a cancellation reduces or removes the order it belongs to, also across files; the rest is unmatched', async () => {
    const sold = bench.write(
      'sold.csv',
      csv(
        uciHeader,
        '1,A10001,MUG,10,2010-12-01 08:00:00,2.00,7,UK',
        '2,A10001,MUG,4,2010-12-05 08:00:00,2.00,7,UK',
        '3,A10001,MUG,4,2010-12-20 08:00:00,2.00,7,UK',
      ).replaceAll('A10001', '10001'),
    )
    const returned = bench.write(
      'returned.csv',
      csv(
        uciHeader,
        'C4,10001,MUG,-10,2010-12-10 08:00:00,2.00,7,UK',
        'C5,10001,MUG,-3,2010-12-11 08:00:00,2.00,7,UK',
        'C6,10001,MUG,-9,2010-12-12 08:00:00,2.00,7,UK',
        'C7,10002,JUG,-1,2010-12-12 08:00:00,2.00,7,UK',
        'C8,10001,MUG,-1,2010-12-12 08:00:00,2.00,,UK',
      ),
    )
    await bench.import([sold])
    await bench.import([returned])
    assert.deepEqual(await bench.ask('SELECT order_id, quantity FROM order_lines ORDER BY order_id'), [
      { order_id: '3', quantity: 4 },
    ])
    assert.deepEqual(
      await bench.ask('SELECT order_id, quantity, matched_order_id FROM returns ORDER BY ALL NULLS LAST'),
      [
        { order_id: 'C4', quantity: 10, matched_order_id: '1' },
        { order_id: 'C5', quantity: 3, matched_order_id: '2' },
        { order_id: 'C6', quantity: 1, matched_order_id: '2' },
        { order_id: 'C6', quantity: 8, matched_order_id: null },
        { order_id: 'C7', quantity: 1, matched_order_id: null },
        { order_id: 'C8', quantity: 1, matched_order_id: null },
      ],
    )
    const again = await bench.import([returned, sold])
    assert.equal(again.unchangedOrders, 8)
    assert.deepEqual(again.returns, { matched: 3, unmatched: 3 })
  })

  test('a Shopify export: order fields on the first row, blank names below, refunds, variants, offsets', async () => {
    const path = bench.write(
      'orders_export.csv',
      csv(
        'Name,Email,Financial Status,Paid at,Currency,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Created at,Cancelled at,Shipping Zip',
        "#1001,Ada@Example.com,paid,,EUR,1,Espresso Machine - Black,399.00,ESP-B,2025-10-07 09:50:26 +0200,,'75008",
        '#1001,,,,,2,Descaler,12.50,,,,',
        ',,,,,2,Descaler,12.50,,,,',
        "#1002,ada@example.com ,refunded,,EUR,1,Grinder,89.00,GR,2025-10-08 09:00:00 +0200,,'75008",
        "#1003,bob@example.com,paid,,EUR,1,Grinder,89.00,GR,2025-10-08 09:00:00 +0200,2025-10-09 09:00:00 +0200,'75008",
        "#1004,bob@example.com,partially_refunded,,EUR,3,Grinder,89.00,GR,2025-10-08 09:00:00 +0200,,'75008",
      ),
    )
    const result = await bench.import([path])
    sumsUp(result)
    assert.deepEqual(result.recognisedAs, ['Shopify orders export'])
    assert.equal(result.customers, 2)
    assert.deepEqual(
      await bench.ask(
        'SELECT order_id, product_id, quantity, unit_price_minor, placed_at_ms FROM order_lines ORDER BY order_id, product_id',
      ),
      [
        shopify('#1001', 'Descaler', 2, 1250, Date.UTC(2025, 9, 7, 7, 50, 26)),
        shopify('#1001', 'Descaler', 2, 1250, Date.UTC(2025, 9, 7, 7, 50, 26)),
        shopify('#1001', 'ESP-B', 1, 39900, Date.UTC(2025, 9, 7, 7, 50, 26)),
        shopify('#1004', 'GR', 3, 8900, Date.UTC(2025, 9, 8, 7)),
      ],
    )
    assert.deepEqual(result.returns, { matched: 2, unmatched: 0 })
  })

  test('WooCommerce: one row per item, and all items packed into one field', async () => {
    const rows = bench.write(
      'items.csv',
      csv(
        'status,order_id,order_number,order_date,customer_email,order_currency,item_name,item_sku,item_product_id,item_quantity,item_total',
        'completed,71,71,2025-03-01 10:00:00,a@b.c,USD,Woo Ninja,NINJA,12,2,40.00',
        'failed,72,72,2025-03-01 10:00:00,a@b.c,USD,Woo Ninja,NINJA,12,2,40.00',
        'wc-cancelled,73,73,2025-03-02 10:00:00,a@b.c,USD,Woo Logo,,13,1,18.00',
      ),
    )
    const result = await bench.import([rows])
    sumsUp(result)
    assert.deepEqual(
      result.rejected.map(({ reason, rows: count }) => [reason, count]),
      [['the order was never paid', 1]],
    )
    const packed = bench.write(
      'orders.csv',
      csv(
        'order_id,order_date,status,billing_email,currency,line_items',
        '81,2025-03-03 10:00:00,processing,d@e.f,USD,name:Woo Ninja|product_id:12|sku:NINJA|quantity:1|total:20.00|meta:;name:Woo Logo|product_id:13|sku:|quantity:3|total:54.00',
        '82,2025-03-03 10:00:00,processing,d@e.f,USD,',
      ),
    )
    const second = await bench.import([packed])
    sumsUp(second)
    assert.equal(second.rowsRead, 3)
    assert.deepEqual(
      await bench.ask(
        'SELECT order_id, product_id, quantity, unit_price_minor FROM order_lines ORDER BY ALL',
      ),
      [
        { order_id: '71', product_id: 'NINJA', quantity: 2, unit_price_minor: 2000 },
        { order_id: '81', product_id: '13', quantity: 3, unit_price_minor: 1800 },
        { order_id: '81', product_id: 'NINJA', quantity: 1, unit_price_minor: 2000 },
      ],
    )
  })

  test('columns named by hand, decimal commas, German dates, Windows-1252, a euro sign', async () => {
    const text = csv(
      'Beleg;Artikel;Bezeichnung;Tag;Menge;Preis;Kunde',
      '1;T1;Kännchen – groß;24.12.2024 18:30;2;1.234,50 €;k1',
      '2;T2;Tee;3.1.2025;1;4,5;k1',
    )
    const bytes = Buffer.from(
      [...text].map((char) => (char === '€' ? 0x80 : char === '–' ? 0x96 : char.charCodeAt(0))),
    )
    const columns = {
      order: 'Beleg',
      product: 'Artikel',
      title: 'Bezeichnung',
      date: 'Tag',
      quantity: 'Menge',
      price: 'Preis',
      customer: 'Kunde',
    }
    const path = bench.write('belege.csv', bytes)
    await refused('invalid-argument', /--currency/, () => bench.import([path], { columns }))
    const result = await bench.import([path], { columns, currency: 'EUR' })
    assert.equal(result.rowsKept, 2)
    assert.deepEqual(
      await bench.ask('SELECT unit_price_minor, placed_at_ms FROM order_lines ORDER BY order_id'),
      [
        { unit_price_minor: 123450, placed_at_ms: Date.UTC(2024, 11, 24, 18, 30) },
        { unit_price_minor: 450, placed_at_ms: Date.UTC(2025, 0, 3) },
      ],
    )
    assert.deepEqual(await bench.ask('SELECT title FROM titles ORDER BY product_id'), [
      { title: 'Kännchen – groß' },
      { title: 'Tee' },
    ])
  })

  test('JSONL, packed, keeps objects and rejects the rest by row; UTF-8 with a byte order mark is read', async () => {
    const jsonl = [
      '{"order_id":"a1","sku":"S","quantity":1,"price":2.5,"date":"2025-01-01T10:00:00Z","currency":"USD"}',
      'not json',
      '[1]',
      '{"order_id":"a2","sku":"S","quantity":1,"price":"2.50","date":"2025-01-02","currency":"USD","customer":"é"}',
    ]
    const path = bench.write('orders.jsonl.gz', gzipSync(`${jsonl.join('\n')}\n`))
    const result = await bench.import([path])
    sumsUp(result)
    assert.deepEqual([result.rowsRead, result.rowsKept, result.customers], [4, 2, 1])
    const marked = bench.write('marked.csv', `\ufeff${csv(uciHeader, ...uciRows)}`)
    assert.equal((await bench.import([marked])).rowsKept, 3)
  })

  test('what cannot be imported is refused with a sentence, and leaves nothing behind', async () => {
    const good = bench.write('good.csv', csv(uciHeader, ...uciRows))
    const packed = gzipSync(csv(uciHeader, ...Array.from({ length: 3000 }, () => uciRows.join('\n'))))
    const files: [string, string | Uint8Array, ErrorCode, RegExp][] = [
      ['empty.csv', '', 'file-empty', /holds no rows/],
      ['header.csv', csv(uciHeader), 'file-empty', /holds no rows/],
      ['cut.csv.gz', packed.subarray(0, packed.length / 2), 'file-unreadable', /cut off/],
      ['cut.csv', csv(uciHeader, ...uciRows).slice(0, -30), 'file-unreadable', /breaks off/],
      ['cut.parquet', 'PAR1 and then nothing', 'file-unreadable', /not a whole Parquet file/],
      ['picture.csv', Buffer.from([0x89, 0x50, 0, 0, 0, 13, 10, 0, 1, 10, 2]), 'file-unreadable', /binary/],
      [
        'wide.csv',
        Buffer.from(`\ufeff${csv(uciHeader, ...uciRows)}`, 'utf16le'),
        'file-unreadable',
        /UTF-16/,
      ],
      ['orders.xlsx', 'PK', 'file-format-unknown', /\.csv/],
      ['caret.csv', csv('a^b^c', '1^2^3'), 'columns-not-recognised', /separated by/],
      ['other.csv', csv('a,b,c', '1,2,3'), 'columns-not-recognised', /--columns/],
      [
        'short.csv',
        csv('InvoiceNo,StockCode,Quantity,UnitPrice', '1,2,3,4'),
        'column-missing',
        /InvoiceDate/,
      ],
    ]
    for (const [name, contents, code, words] of files) {
      const path = bench.write(name, contents)
      await refused(code, words, () => bench.import([good, path]))
    }
    await refused('file-not-found', /no file/, () => bench.import([good, '/nowhere/orders.csv']))
    await refused('file-unreadable', /folder/, () => bench.import([good, bench.dataFolder]))
    await refused('column-missing', /"Nope"/, () =>
      bench.import([good], {
        columns: { order: 'Nope', product: 'x', date: 'x', quantity: 'x', price: 'x' },
      }),
    )
    assert.deepEqual(await bench.store.listProducts(), [])
    assert.deepEqual(readdirSync(join(bench.dataFolder, 'tmp')), [])
    assert.equal(existsSync(join(bench.dataFolder, 'writer.lock')), false)
  })
})

function line(
  order: string,
  product: string,
  quantity: number,
  price: number,
  guest: boolean,
  placedAtMs: number,
) {
  return {
    ...{ order_id: order, product_id: product, quantity, unit_price_minor: price, currency: 'GBP', guest },
    placed_at_ms: placedAtMs,
  }
}

function shopify(order: string, product: string, quantity: number, price: number, placedAtMs: number) {
  return {
    ...{ order_id: order, product_id: product, quantity, unit_price_minor: price },
    placed_at_ms: placedAtMs,
  }
}

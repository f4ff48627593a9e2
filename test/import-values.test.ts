// Importing: amounts, quantities, currencies, packed items and titles, to the smallest coin.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { type ImportBench, openImportBench } from './import-into.ts'

let bench: ImportBench

async function importRows(header: string, ...rows: string[]) {
  return await bench.import([bench.write('rows.csv', `${[header, ...rows].join('\n')}\n`)])
}

function reasons(rejected: readonly { readonly rows: number; readonly reason: string }[]): string[] {
  return rejected.map(({ rows, reason }) => `${rows} ${reason}`).sort()
}

describe('importing values', () => {
  beforeEach(async () => {
    bench = await openImportBench()
  })
  afterEach(() => bench.close())

  test('where the comma is the decimal mark, points stand between thousands, and a point after it is no number', async () => {
    const result = await importRows(
      'order;sku;date;quantity;price;currency',
      '1;a;2024-01-01;1;12,50;EUR',
      '2;b;2024-01-01;1.000;1.234;EUR',
      '3;c;2024-01-01;2,0;1.234.567,5;EUR',
      '4;d;2024-01-01;1;1,234.50;EUR',
      '5;e;2024-01-01;1;0.99;EUR',
      '6;f;2024-01-01;1;4,5;EUR',
    )
    assert.deepEqual(reasons(result.rejected), ['1 the price is not a number'])
    assert.deepEqual(
      await bench.ask('SELECT quantity, unit_price_minor FROM order_lines ORDER BY order_id'),
      [
        { quantity: 1, unit_price_minor: 1250 },
        { quantity: 1000, unit_price_minor: 123400 },
        { quantity: 2, unit_price_minor: 123456750 },
        { quantity: 1, unit_price_minor: 99 },
        { quantity: 1, unit_price_minor: 450 },
      ],
    )
  })

  test('where the point is the decimal mark, commas stand between thousands', async () => {
    const result = await importRows(
      'order,sku,date,quantity,price,currency',
      '1,a,2024-01-01,"1,000","$1,234.50",USD',
      '2,b,2024-01-01,1.000,"1,234",USD',
      '3,c,2024-01-01,1,"1.234,5",USD',
      '4,d,2024-01-01,1,9.99,USD',
    )
    assert.deepEqual(reasons(result.rejected), ['1 the price is not a number'])
    assert.deepEqual(
      await bench.ask('SELECT quantity, unit_price_minor FROM order_lines ORDER BY order_id'),
      [
        { quantity: 1000, unit_price_minor: 123450 },
        { quantity: 1, unit_price_minor: 123400 },
        { quantity: 1, unit_price_minor: 999 },
      ],
    )
  })

  test('yen never become euros: rows in another currency than their order are rejected, as are codes that are none', async () => {
    const result = await importRows(
      'order,sku,date,quantity,price,currency',
      '1,a,2024-01-01,1,2.50,EUR',
      '1,b,2024-01-01,1,1000,JPY',
      '2,b,2024-01-01,1,1000,JPY',
      '3,c,2024-01-01,1,1.234,KWD',
      '4,d,2024-01-01,1,5,ZZZ',
      '5,d,2024-01-01,1,5,EURO',
    )
    assert.deepEqual(reasons(result.rejected), [
      '1 the currency differs from that of the order',
      '2 the currency is no code of ISO 4217',
    ])
    assert.equal(result.rowsRead, result.rowsKept + 3)
    assert.deepEqual(
      await bench.ask('SELECT currency, unit_price_minor FROM order_lines ORDER BY order_id'),
      [
        { currency: 'EUR', unit_price_minor: 250 },
        { currency: 'JPY', unit_price_minor: 1000 },
        { currency: 'KWD', unit_price_minor: 1234 },
      ],
    )
  })

  test('a price that rounds to nothing is rejected like a price of nothing', async () => {
    const result = await importRows(
      'order,sku,date,quantity,price,currency',
      '1,a,2024-01-01,1,0.001,EUR',
      '2,b,2024-01-01,1,0.4,JPY',
      '3,c,2024-01-01,1,0.005,EUR',
      '4,d,2024-01-01,1,0.001,KWD',
    )
    assert.deepEqual(reasons(result.rejected), ['2 the price rounds to zero'])
    assert.deepEqual(await bench.ask('SELECT unit_price_minor FROM order_lines'), [
      { unit_price_minor: 1 },
      { unit_price_minor: 1 },
    ])
  })

  test('a semicolon in the name of a packed item does not split it', async () => {
    const result = await importRows(
      'order_id,order_date,status,billing_email,order_currency,line_items',
      '10,2024-01-01 10:00:00,wc-completed,a@x.com,EUR,"name:Tea; green|product_id:5|sku:T1|quantity:2|total:10.00;name:Cup|product_id:6|sku:|quantity:1|total:5.00;"',
    )
    assert.deepEqual(reasons(result.rejected), [])
    assert.deepEqual(await bench.ask('SELECT product_id, title FROM titles ORDER BY ALL'), [
      { product_id: '6', title: 'Cup' },
      { product_id: 'T1', title: 'Tea; green' },
    ])
  })

  test('an order of the day after tomorrow is rejected, since all others would count as long past beside it', async () => {
    const result = await importRows(
      'order,sku,date,quantity,price,currency',
      '1,a,2026-12-31,1,2.50,EUR',
      '2,a,2027-01-01 14:00,1,2.50,EUR',
      '3,a,2027-01-03,1,2.50,EUR',
      '4,a,2125-01-01,1,2.50,EUR',
    )
    assert.deepEqual(reasons(result.rejected), ['2 the date lies in the future'])
    assert.equal(result.to, '2027-01-01')
  })

  test('an id that the API would refuse for its length is rejected, and one of 200 characters is not', async () => {
    const result = await importRows(
      'order,sku,date,quantity,price,currency',
      `1,${'ä'.repeat(200)},2024-01-01,1,2.50,EUR`,
      `2,${'a'.repeat(201)},2024-01-01,1,2.50,EUR`,
      `${'3'.repeat(201)},a,2024-01-01,1,2.50,EUR`,
    )
    assert.deepEqual(reasons(result.rejected), ['2 an id is longer than 200 characters'])
  })

  test('rows without an order id belong to the order above, however often that happens; above the first there is none', async () => {
    const result = await importRows(
      'order_id,item_sku,item_name,order_date,item_quantity,item_price,status,order_currency,customer_email',
      ',a,Mug,2024-01-01,1,2.50,,,',
      '1,b,Mug,2024-01-02,1,2.50,completed,EUR,x@y.de',
      ',c,Mug,,1,2.50,,,',
      ',d,Mug,,1,2.50,,,',
      '2,e,Mug,2024-01-03,1,2.50,completed,EUR,',
      '3,f,Mug,2024-01-04,1,2.50,completed,EUR,',
      ',g,Mug,,1,2.50,,,',
      '1,h,Mug,,1,2.50,,,',
    )
    assert.deepEqual(reasons(result.rejected), ['1 the row has no order number'])
    const orders = await bench.ask(
      `SELECT order_id, string_agg(product_id, '' ORDER BY product_id) AS products, count(customer_id) AS known,
        count(DISTINCT placed_at_ms) AS dates FROM order_lines GROUP BY order_id ORDER BY order_id`,
    )
    assert.deepEqual(orders, [
      { order_id: '1', products: 'bcdh', known: 4, dates: 1 },
      { order_id: '2', products: 'e', known: 0, dates: 1 },
      { order_id: '3', products: 'fg', known: 0, dates: 1 },
    ])
  })

  test('a title without end is cut at 300 characters', async () => {
    await importRows(
      'order,sku,title,date,quantity,price,currency',
      `1,a,${'Mug '.repeat(5000)},2024-01-01,1,2.50,EUR`,
    )
    assert.deepEqual(await bench.ask('SELECT length(title) AS length FROM titles'), [{ length: 300 }])
    assert.ok(((await bench.store.listProducts())[0]?.title.length ?? 0) <= 300)
  })
})

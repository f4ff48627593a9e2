// Which export a file is: told by its column names alone.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AppError } from '../domain/errors.ts'
import { type ColumnNames, recogniseColumns } from './recognise-columns.ts'

const headers = {
  'UCI Online Retail': [
    'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country',
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  ],
  'Shopify orders export': [
    'Name,Email,Financial Status,Currency,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Created at,Cancelled at,Billing Name,Id',
  ],
  'WooCommerce orders, one row per item': [
    'order_id,order_number,order_date,status,customer_email,item_name,item_sku,item_quantity,item_total,order_currency',
  ],
  'WooCommerce orders, one row per order': [
    'order_id,order_date,status,billing_email,line_items,order_total',
  ],
  'order lines': ['Order ID,SKU,Date,Quantity,Unit Price,Customer'],
}

test('every known export is recognised whatever the sequence and capitals of its columns', () => {
  for (const [name, variants] of Object.entries(headers)) {
    for (const header of variants) {
      const columns = header.split(',')
      const shuffled = fc.shuffledSubarray(columns, { minLength: columns.length })
      fc.assert(
        fc.property(shuffled, fc.boolean(), (mixed, shout) => {
          const written = shout ? mixed.map((column) => column.toUpperCase()) : mixed
          assert.equal(recogniseColumns('f.csv', written, null).knownExport.name, name)
        }),
        { numRuns: 20 },
      )
    }
  }
})

test('columns named by hand win over names that would be recognised', () => {
  const named: ColumnNames = { order: 'ref', product: 'art', date: 'tag', quantity: 'n', price: 'each' }
  const columns = ['order_id', 'ref', 'art', 'tag', 'n', 'each']
  const { sources } = recogniseColumns('f.csv', columns, named)
  assert.deepEqual(sources.order, ['ref'])
  assert.deepEqual(sources.title, [])
})

test('what --columns does not name is recognised by name, so one odd column is named alone', () => {
  const columns = ['Receipt', 'SKU', 'Date', 'Quantity', 'Unit Price', 'Customer']
  const { sources } = recogniseColumns('f.csv', columns, { order: 'Receipt' })
  assert.deepEqual(
    [sources.order, sources.product, sources.date, sources.price, sources.customer],
    [['Receipt'], ['SKU'], ['Date'], ['Unit Price'], ['Customer']],
  )
})

test('a field that --columns does not know, or lacks, is named in the refusal', () => {
  const columns = ['a', 'b']
  const complain = (named: object, words: RegExp) =>
    assert.throws(
      () => recogniseColumns('f.csv', columns, named as ColumnNames),
      (error) => error instanceof AppError && error.code === 'invalid-argument' && words.test(error.message),
    )
  complain({ order: 'a', colour: 'b' }, /"colour"/)
  complain({ order: 'a' }, /lacks product/)
})

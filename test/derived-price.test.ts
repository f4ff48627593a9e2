// What a price made of order lines promises: it is what a shopper would be asked to pay today.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openImportBench } from './import-into.ts'

describe('the current price of a product without a catalog', () => {
  /** One order a day, newest last; returns the derived price of the only product. */
  async function priceAfter(prices: readonly number[]): Promise<number | null | undefined> {
    const bench = await openImportBench()
    const lines = prices.map((price, day) => {
      const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)
      return `o${day},${date},MUG,Mug,1,${price},c${day},GBP`
    })
    const header = 'order_id,date,sku,title,quantity,price,customer,currency'
    try {
      await bench.import([bench.write('orders.csv', `${header}\n${lines.join('\n')}\n`)])
      const [mug] = await bench.store.listProducts()
      return mug?.priceMinor
    } finally {
      await bench.close()
    }
  }

  test('of two price lists, the one that most lines of late pay', async () => {
    const twoLists = Array.from({ length: 120 }, (_, day) => (day % 5 < 3 ? 2.95 : 5.79))
    assert.equal(await priceAfter([...twoLists, 5.79, 5.79, 5.79, 5.79]), 295)
  })

  test('a change of price is taken up after nine lines that agree', async () => {
    assert.equal(await priceAfter([...Array.from({ length: 200 }, () => 20), ...Array(8).fill(25)]), 2000)
    assert.equal(await priceAfter([...Array.from({ length: 200 }, () => 20), ...Array(9).fill(25)]), 2500)
  })

  test('one-off prices move nothing, and where every price differs it is the median of the latest', async () => {
    assert.equal(await priceAfter([3, 3, 3, 3, 3, 3, 3, 3, 3, 0.01, 99]), 300)
    assert.equal(await priceAfter(Array.from({ length: 30 }, (_, day) => 10 + day)), 3500)
  })
})

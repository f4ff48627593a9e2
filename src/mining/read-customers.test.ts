import assert from 'node:assert/strict'
import test from 'node:test'
import { ORDERS_REMEMBERED } from '../domain/order.ts'
import type { ColumnChunk } from '../ports/query.ts'
import { readCustomers } from './read-customers.ts'

type Row = {
  readonly customer: string
  readonly order: string
  readonly products: readonly number[]
  readonly quantities: readonly number[]
}

/** A history that answers these orders in chunks of two rows, so that customers are torn apart. */
function historyOf(rows: readonly Row[]) {
  return {
    async *columns(): AsyncGenerator<ColumnChunk> {
      for (let at = 0; at < rows.length; at += 2) {
        const some = rows.slice(at, at + 2)
        yield {
          rows: some.length,
          columns: {
            customer_id: some.map((row) => row.customer),
            order_id: some.map((row) => row.order),
            placed_at_ms: Float64Array.from(some, (_, place) => 1_000 - at - place),
            products: some.map((row) => JSON.stringify(row.products)),
            quantities: some.map((row) => JSON.stringify(row.quantities)),
          },
        }
      }
    },
  }
}

const goods = { ids: ['cup', 'teapot', 'lamp'], notGoods: [] }

test('each customer comes out once, with the units of a product added up within an order', async () => {
  const read = await Array.fromAsync(
    readCustomers(
      historyOf([
        { customer: 'a', order: '2', products: [0, 0, 1], quantities: [2, 3, 1] },
        { customer: 'a', order: '1', products: [1], quantities: [-1] },
        { customer: 'b', order: '3', products: [2], quantities: [1] },
      ]),
      goods,
    ),
  )
  assert.deepEqual(read, [
    {
      customerId: 'a',
      orders: [
        { orderId: '2', placedAtMs: 1_000, productIds: ['cup', 'teapot'], quantities: [5, 1] },
        { orderId: '1', placedAtMs: 999, productIds: ['teapot'], quantities: [1] },
      ],
      earlier: [],
    },
    {
      customerId: 'b',
      orders: [{ orderId: '3', placedAtMs: 998, productIds: ['lamp'], quantities: [1] }],
      earlier: [],
    },
  ])
})

test('what stands only in orders older than those remembered is still known to be owned', async () => {
  const cups = Array.from({ length: ORDERS_REMEMBERED }, (_, place) => ({
    customer: 'a',
    order: `new-${place}`,
    products: [0],
    quantities: [1],
  }))
  const old = { customer: 'a', order: 'old', products: [0, 2], quantities: [1, 1] }
  const [customer] = await Array.fromAsync(readCustomers(historyOf([...cups, old]), goods))
  assert.equal(customer?.orders.length, ORDERS_REMEMBERED)
  assert.deepEqual(customer?.earlier, ['lamp'])
})

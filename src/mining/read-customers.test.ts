import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines, type TestLine } from '../../test/columns-of-lines.ts'
import { ORDERS_REMEMBERED } from '../domain/order.ts'
import type { ColumnChunk } from '../ports/query.ts'
import { readCustomers } from './read-customers.ts'

type Placed = {
  readonly customer: string
  readonly order: string
  readonly day: number
  readonly hour?: number
}

/** A history that answers these orders in chunks of two rows, so that customers are torn apart. */
function historyOf(rows: readonly Placed[]) {
  return {
    async *columns(): AsyncGenerator<ColumnChunk> {
      for (let from = 0; from < rows.length; from += 2) {
        const some = rows.slice(from, from + 2)
        yield {
          rows: some.length,
          columns: {
            customer_id: some.map((row) => row.customer),
            order_id: some.map((row) => row.order),
            placed_at_ms: Float64Array.from(some, ({ day, hour = 0 }) => (day * 24 + hour) * 3_600_000),
          },
        }
      }
    },
  }
}

function read(placed: readonly Placed[], lines: readonly TestLine[]) {
  const goods = {
    columns: columnsOfLines(lines),
    ids: ['cup', 'teapot', 'lamp'],
    customers: new Uint32Array(),
  }
  return Array.fromAsync(readCustomers(historyOf(placed), goods, []))
}

const GUEST_LINE: TestLine = { order: 99, customer: -1, day: 5, product: 0 }

test('each customer comes out once, the newest order first, with the units of a product added up within an order', async () => {
  const customers = await read(
    [
      { customer: 'a', order: '1', day: 3, hour: 2 },
      { customer: 'a', order: '2', day: 3, hour: 9 },
      { customer: 'b', order: '3', day: 1 },
    ],
    [
      { order: 1, customer: 0, day: 3, product: 1 },
      { order: 2, customer: 0, day: 3, product: 0, units: 2 },
      { order: 2, customer: 0, day: 3, product: 1, units: 1 },
      { order: 2, customer: 0, day: 3, product: 0, units: 3 },
      { order: 3, customer: 1, day: 1, product: 2 },
      GUEST_LINE,
    ],
  )
  const hour = 3_600_000
  assert.deepEqual(customers, [
    {
      customerId: 'a',
      orders: [
        { orderId: '2', placedAtMs: 81 * hour, productIds: ['cup', 'teapot'], quantities: [5, 1] },
        { orderId: '1', placedAtMs: 74 * hour, productIds: ['teapot'], quantities: [1] },
      ],
      earlier: [],
    },
    {
      customerId: 'b',
      orders: [{ orderId: '3', placedAtMs: 24 * hour, productIds: ['lamp'], quantities: [1] }],
      earlier: [],
    },
  ])
})

test('what stands only in orders older than those remembered is still known to be owned', async () => {
  const days = Array.from({ length: ORDERS_REMEMBERED + 1 }, (_, day) => day)
  const [customer] = await read(
    days.map((day) => ({ customer: 'a', order: `on ${day}`, day })),
    [
      { order: 0, customer: 0, day: 0, product: 2 },
      ...days.map((day) => ({ order: day, customer: 0, day, product: 0 })),
    ],
  )
  assert.equal(customer?.orders.length, ORDERS_REMEMBERED)
  assert.equal(customer?.orders[0]?.orderId, `on ${ORDERS_REMEMBERED}`)
  assert.deepEqual(customer?.earlier, ['lamp'])
})

test('orders that are not those of the columns end the reading', async () => {
  const lines = [{ order: 1, customer: 0, day: 3, product: 1 }]
  await assert.rejects(read([{ customer: 'a', order: '1', day: 4 }], lines), /The order 1 does not stand/)
  await assert.rejects(read([], lines), /The order after the last does not stand/)
})

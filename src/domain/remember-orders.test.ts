import assert from 'node:assert/strict'
import test from 'node:test'
import { ORDERS_REMEMBERED, type Order } from './order.ts'
import { rememberOrders } from './remember-orders.ts'

const order = (id: string, placedAtMs: number, ...products: string[]): Order => ({
  ...{ id, customerId: null, placedAtMs, currency: 'GBP' },
  lines: products.map((productId) => ({ productId, quantity: 2, unitPriceMinor: 100 })),
})

test('an order that is known twice counts once, as it was told last; the newest comes first', () => {
  const past = {
    orders: [{ orderId: 'a', placedAtMs: 1, productIds: ['tea'], quantities: [9] }],
    earlier: ['lamp', 'pot'],
  }
  assert.deepEqual(rememberOrders('ann', past, [order('a', 1, 'tea', 'tea'), order('b', 5, 'pot')]), {
    customerId: 'ann',
    orders: [
      { orderId: 'b', placedAtMs: 5, productIds: ['pot'], quantities: [2] },
      { orderId: 'a', placedAtMs: 1, productIds: ['tea'], quantities: [4] },
    ],
    earlier: ['lamp'],
  })
  assert.equal(rememberOrders('ann', null, []), null)
})

test('what older orders than the remembered ones held is still known to have been bought', () => {
  const many = Array.from({ length: ORDERS_REMEMBERED + 2 }, (_, at) => order(`o${at}`, at, `p${at}`))
  const known = rememberOrders('ann', null, many)
  assert.equal(known?.orders.length, ORDERS_REMEMBERED)
  assert.deepEqual(known?.earlier, ['p1', 'p0'])
})

// What every store owes what is known of customers' purchases, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import type { Guarantee } from '../../test/store/at-once.ts'
import { longAgoMs, nowMs, paidOrder, purchases } from '../../test/store/samples.ts'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../domain/order.ts'

export function customerGuarantees(guarantee: Guarantee): void {
  guarantee('purchases of all customers are replaced as a whole', async (store) => {
    assert.equal(await store.getCustomerPurchases('c-0'), null)
    const before = Array.from({ length: 1_234 }, (_, i) => purchases(`c-${i}`, 1))
    await store.replaceCustomerPurchases(before)
    assert.deepEqual(await store.getCustomerPurchases('c-1233'), before[1_233])
    await store.replaceCustomerPurchases([purchases('c-1', 2)])
    assert.deepEqual(await store.getCustomerPurchases('c-1'), purchases('c-1', 2))
    assert.equal(await store.getCustomerPurchases('c-0'), null)
    await store.replaceCustomerPurchases([])
    assert.equal(await store.getCustomerPurchases('c-1'), null)
  })

  guarantee('purchases of single customers change where what is known is what is said', async (store) => {
    const known = await store.replaceCustomerPurchases(['a', 'b', 'c'].map((id) => purchases(id, 1)))
    const now = await store.changeCustomerPurchases(known, [
      purchases('b', 2),
      { customerId: 'c', orders: [], earlier: [] },
      purchases('d', 1),
    ])
    assert.ok(now !== null && now !== known)
    assert.deepEqual(await store.getCustomerPurchases('b'), purchases('b', 2))
    assert.equal(await store.getCustomerPurchases('c'), null)
    assert.deepEqual(await store.getCustomerPurchases('d'), purchases('d', 1))
    assert.equal(await store.changeCustomerPurchases(known, [purchases('a', 3)]), null)
    assert.deepEqual(await store.getCustomerPurchases('a'), purchases('a', 1))
  })

  guarantee('a change of purchases that breaks off leaves nothing to build on', async (store) => {
    const known = await store.replaceCustomerPurchases([purchases('a', 1)])
    function* breakingOff(): Generator<CustomerPurchases> {
      for (let i = 0; i < 500; i += 1) yield purchases(`c-${i}`, 1)
      throw new Error('ended early')
    }
    await assert.rejects(store.changeCustomerPurchases(known, breakingOff()), /ended early/)
    assert.equal(await store.changeCustomerPurchases(known, []), null)
  })

  guarantee(
    'orders that came in since mining are part of what a customer bought, newest first, each order once',
    async (store) => {
      const live = { ...paidOrder('live'), customerId: 'c-1', placedAtMs: nowMs }
      const known = { ...paidOrder('past-0'), customerId: 'c-1', placedAtMs: longAgoMs }
      await store.replaceCustomerPurchases([purchases('c-1', ORDERS_REMEMBERED)])
      for (const order of [known, live, { ...live, id: 'of another', customerId: 'c-2' }])
        await store.putOrder(order, nowMs)
      const { orders = [], earlier } = (await store.getCustomerPurchases('c-1')) ?? {}
      assert.deepEqual(earlier, ['lamp of long ago'])
      assert.deepEqual(
        orders.map((order) => order.orderId),
        ['live', ...Array.from({ length: ORDERS_REMEMBERED - 1 }, (_, place) => `past-${place}`)],
      )
      assert.deepEqual(orders[0], {
        orderId: 'live',
        placedAtMs: nowMs,
        productIds: ['cup', 'teapot'],
        quantities: [2, 1],
      })
      assert.equal((await store.getCustomerPurchases('c-2'))?.orders.length, 1)
    },
  )

  guarantee(
    'until a replacement is complete, and when it breaks off, the old purchases stand',
    async (store) => {
      await store.replaceCustomerPurchases([purchases('c-1', 1)])
      async function* breakingOff(): AsyncGenerator<CustomerPurchases> {
        for (let i = 0; i < 1_500; i += 1) yield purchases(`c-${i}`, 2)
        assert.deepEqual(await store.getCustomerPurchases('c-1'), purchases('c-1', 1))
        throw new Error('the history ended early')
      }
      await assert.rejects(store.replaceCustomerPurchases(breakingOff()), /ended early/)
      assert.deepEqual(await store.getCustomerPurchases('c-1'), purchases('c-1', 1))
      assert.equal(await store.getCustomerPurchases('c-2'), null)
    },
  )

  guarantee('of two replacements at once, the one that began later counts', async (store, place) => {
    const other = await place.open()
    try {
      const firstBegan = Promise.withResolvers<void>()
      const secondDone = Promise.withResolvers<void>()
      async function* slow(): AsyncGenerator<CustomerPurchases> {
        firstBegan.resolve()
        yield purchases('c-1', 1)
        await secondDone.promise
      }
      const first = store.replaceCustomerPurchases(slow())
      await firstBegan.promise
      await other.replaceCustomerPurchases([purchases('c-1', 2)])
      secondDone.resolve()
      await first
      assert.deepEqual(await store.getCustomerPurchases('c-1'), purchases('c-1', 2))
    } finally {
      await other.close()
    }
  })
}

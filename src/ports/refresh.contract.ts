// What every store owes a refresh, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import type { Guarantee } from '../../test/store/at-once.ts'
import type { Order } from '../domain/order.ts'
import type { Refresh } from '../domain/refresh.ts'

const order = (id: string): Order => ({
  ...{ id, customerId: null, placedAtMs: 1, currency: 'GBP' },
  lines: [{ productId: 'tea', quantity: 2, unitPriceMinor: 500 }],
})

const done: Omit<Refresh, 'id'> = {
  ...{ startedAtMs: 5, seconds: 1.5, orders: { received: 3, new: 2, otherCurrency: 1 } },
  plan: { before: 1, version: 2, added: 4, retired: 0 },
  ...{ arms: { weighed: 0, changes: [] }, advice: [], undoneAtMs: null },
}

export function refreshGuarantees(guarantee: Guarantee): void {
  guarantee(
    'orders that came in since are listed page by page, without what was cancelled or refunded',
    async (store) => {
      for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) await store.putOrder(order(id), index)
      await store.setOrderFate('b', { cancelledAtMs: 9 })
      await store.setOrderFate('c', { refundedAtMs: 9 })
      await store.setOrderFate('d', { deliveredAtMs: 9 })
      const ids = async (sinceMs: number, after: string | null, limit = 2) =>
        (await store.listReceivedOrders({ sinceMs, after, limit })).map(({ id }) => id)
      assert.deepEqual(await ids(0, null), ['a', 'd'])
      assert.deepEqual(await ids(0, 'd'), ['e'])
      assert.deepEqual(await ids(4, null), ['e'])
      assert.deepEqual(await store.listReceivedOrders({ sinceMs: 4, after: null, limit: 9 }), [order('e')])
    },
  )

  guarantee(
    'a refresh gets a number, is saved until it is taken back, and taken back once',
    async (store) => {
      assert.deepEqual(await store.listRefreshes(5), [])
      const [one, two] = await Promise.all([store.addRefresh(done), store.addRefresh(done)])
      assert.deepEqual([one.id, two.id].sort(), [1, 2])
      assert.deepEqual(
        (await store.listRefreshes(5)).map(({ id }) => id),
        [2, 1],
      )
      const saved = { id: 2, ...done, seconds: 9 }
      assert.equal(await store.saveRefresh(saved), true)
      assert.equal(await store.saveRefresh({ ...saved, id: 9 }), false)
      assert.equal(await store.markRefreshUndone(2, 77), true)
      assert.equal(await store.saveRefresh({ ...saved, seconds: 10 }), false)
      assert.equal(await store.markRefreshUndone(2, 78), false)
      assert.equal(await store.markRefreshUndone(9, 77), false)
      assert.deepEqual(await store.listRefreshes(1), [{ ...saved, undoneAtMs: 77 }])
    },
  )

  guarantee(
    'of all who ask for a night one gets it, and nobody the first or one that is over',
    async (store) => {
      assert.equal(await store.claimRefreshDay(100), false)
      assert.equal(await store.claimRefreshDay(100), false)
      const asked = await Promise.all(Array.from({ length: 10 }, () => store.claimRefreshDay(101)))
      assert.equal(asked.filter(Boolean).length, 1)
      assert.equal(await store.claimRefreshDay(99), false)
    },
  )
}

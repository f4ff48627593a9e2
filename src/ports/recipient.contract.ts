// What every store owes of whom an order's messages may reach, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import { type Guarantee, oddIds } from '../../test/store/at-once.ts'
import { aRecipient } from '../../test/store/message-samples.ts'

export function recipientGuarantees(guarantee: Guarantee): void {
  guarantee('the latest recipient of an order counts, in whatever order they come', async (store) => {
    assert.equal(await store.getRecipient('order'), null)
    await store.putRecipient('order', aRecipient(), 20)
    await store.putRecipient('order', aRecipient({ sealed: 'older' }), 10)
    assert.deepEqual(await store.getRecipient('order'), aRecipient())
    const newer = aRecipient({ emailHash: null, phoneHash: null, country: null, region: null, timeZones: [] })
    await store.putRecipient('order', newer, 20)
    assert.deepEqual(await store.getRecipient('order'), newer)
    for (const id of oddIds) {
      await store.putRecipient(id, aRecipient({ sealed: id }), 1)
      assert.deepEqual(await store.getRecipient(id), aRecipient({ sealed: id }))
    }
    assert.equal(await store.getRecipient('\0'), null)
  })

  guarantee(
    'the orders of one address are found, the latest first, by the address that an order has now',
    async (store) => {
      const line = { productId: 'tea', quantity: 2, unitPriceMinor: 500 }
      const one = (id: string, customerId: string | null = null) => ({
        ...{ id, customerId, placedAtMs: 1, currency: 'GBP', lines: [line] },
      })
      for (const id of ['old', 'new', 'same', 'moved', 'of-bob']) await store.putOrder(one(id), 1)
      await store.putOrder(one('customers', 'ann'), 1)
      await store.putRecipient('new', aRecipient(), 30)
      await store.putRecipient('old', aRecipient({ phoneHash: null }), 10)
      await store.putRecipient('same', aRecipient(), 30)
      await store.putRecipient('customers', aRecipient(), 20)
      await store.putRecipient('moved', aRecipient(), 40)
      await store.putRecipient('moved', aRecipient({ emailHash: 'other' }), 41)
      await store.putRecipient('of-bob', aRecipient({ emailHash: 'bob' }), 50)
      await store.putRecipient('not-received', aRecipient(), 60)
      const found = async (medium: 'email' | 'sms', hash: string, limit = 10) =>
        (await store.ordersOfRecipient(medium, hash, limit)).map(({ id }) => id).join(' ')
      assert.equal(await found('email', 'ann'), 'new same customers old')
      assert.equal(await found('email', 'ann', 2), 'new same')
      assert.equal(await found('sms', 'ann-phone'), 'of-bob moved new same customers')
      assert.equal(await found('sms', 'ann'), '')
      assert.equal(await found('email', '\0'), '')
      assert.deepEqual((await store.ordersOfRecipient('email', 'bob', 1))[0], one('of-bob'))
    },
  )

  guarantee('of what happened to an order the first of each kind counts', async (store) => {
    const nothing = { deliveredAtMs: null, cancelledAtMs: null, refundedAtMs: null }
    assert.deepEqual(await store.getOrderFate('order'), nothing)
    await store.setOrderFate('order', { deliveredAtMs: 5 })
    await store.setOrderFate('order', { deliveredAtMs: 9, refundedAtMs: 7 })
    await store.setOrderFate('order', {})
    await store.setOrderFate('other', { cancelledAtMs: 0 })
    assert.deepEqual(await store.getOrderFate('order'), { ...nothing, deliveredAtMs: 5, refundedAtMs: 7 })
    assert.deepEqual(await store.getOrderFate('other'), { ...nothing, cancelledAtMs: 0 })
  })
}

// What every store owes a person who asks for their data or for oblivion, as tests; a part of the battery in
// store.contract.ts.

import assert from 'node:assert/strict'
import type { Guarantee } from '../../test/store/at-once.ts'
import { aConsent, aMessage, aRecipient, entryOn } from '../../test/store/message-samples.ts'
import type { Order } from '../domain/order.ts'
import type { SavedMethod } from '../domain/saved-method.ts'
import type { Store } from './store.ts'

const order = (id: string, customerId: string | null): Order => ({
  ...{ id, customerId, placedAtMs: 1, currency: 'GBP' },
  lines: [{ productId: 'tea', quantity: 1, unitPriceMinor: 500 }],
})

const method: SavedMethod = {
  ...{ provider: 'stripe', kind: 'card', customerRef: 'cus_canary', methodRef: 'pm_canary' },
  ...{ consentVersion: 'v1', merchantOfRecord: 'Shop' },
}

/** Ann: two orders as a customer, one as a guest with the same address. Bob shares her phone, and nothing else. */
async function fill(store: Store): Promise<void> {
  const ann = { emailHash: 'ann', phoneHash: 'home', sealed: 'ann-canary' }
  await store.putOrder(order('a1', 'customer-ann'), 1)
  await store.putOrder(order('a2', 'customer-ann'), 1)
  await store.putOrder(order('a3', null), 1)
  await store.putOrder(order('b1', 'customer-bob'), 1)
  for (const id of ['a1', 'a3']) await store.putRecipient(id, aRecipient(ann), 1)
  await store.putRecipient('b1', aRecipient({ emailHash: 'bob', phoneHash: 'home', sealed: 'bob' }), 1)
  for (const id of ['a1', 'b1']) await store.putSavedMethod(id, method, 1)
  await store.addConsents([aConsent(), aConsent({ key: 'bob-consent', recipientHash: 'bob' })])
  await store.setOrderFate('a2', { deliveredAtMs: 3 })
  await store.noteSoftBounce('ann', 4)
  await store.reportOther('ann', 'email', 4)
  await store.planMessages([
    aMessage({ id: 'm1', orderId: 'a1' }),
    aMessage({ id: 'm2', orderId: 'b1', recipientHash: 'bob' }),
  ])
  const past = (customerId: string) => ({ customerId, orders: [], earlier: ['tea'] })
  await store.replaceCustomerPurchases([past('customer-ann'), past('customer-bob')])
}

export function personGuarantees(guarantee: Guarantee): void {
  guarantee(
    'a person is handed all that belongs to them, found by address or customer, and nothing of others',
    async (store) => {
      await fill(store)
      for (const asked of [
        { customerIds: ['customer-ann'], recipientHashes: [] },
        { customerIds: [], recipientHashes: ['ann'] },
      ]) {
        const { rows, customerIds } = await store.readPerson(asked)
        assert.deepEqual(customerIds, ['customer-ann'])
        assert.deepEqual(rows.orders?.map(({ id }) => id).sort(), ['a1', 'a2', 'a3'])
        const tables =
          'consents customer_purchases messages order_fates orders other_messages recipients saved_methods soft_bounces'
        assert.equal(Object.keys(rows).sort().join(' '), tables)
        assert.doesNotMatch(JSON.stringify(rows), /bob/)
      }
    },
  )

  guarantee(
    'after an erasure nothing leads back to the person, and everybody else is as before',
    async (store) => {
      await fill(store)
      const bobBefore = await store.readPerson({ customerIds: ['customer-bob'], recipientHashes: [] })
      const erased = await store.erasePerson({ customerIds: [], recipientHashes: ['ann'] }, 50)
      assert.equal(erased.orders, 3)
      assert.equal(erased.messagesCancelled, 1)
      assert.equal((await store.getOrder('a1'))?.customerId, null)
      assert.equal(await store.getRecipient('a3'), null)
      assert.equal(await store.getSavedMethod('a1'), null)
      assert.equal(await store.getCustomerPurchases('customer-ann'), null)
      assert.equal((await store.getMessage('m1'))?.reason, 'erased')
      const kept = await store.findSuppressions('ann')
      assert.deepEqual(
        kept.map(({ medium, reason }) => [medium, reason]),
        [['email', 'erased']],
      )
      const left = await store.readPerson({ customerIds: ['customer-ann'], recipientHashes: ['ann'] })
      assert.deepEqual(Object.keys(left.rows).sort(), ['consents', 'suppressions'])
      assert.doesNotMatch(JSON.stringify(left.rows), /canary/)
      const bob = await store.readPerson({ customerIds: ['customer-bob'], recipientHashes: [] })
      const { suppressions: _, ...bobRows } = bob.rows
      assert.deepEqual(bobRows, bobBefore.rows)
    },
  )

  guarantee(
    'a number that several people share leads to none of them, but to orders of nobody',
    async (store) => {
      await fill(store)
      await store.putOrder(order('n1', null), 1)
      await store.putRecipient('n1', aRecipient({ emailHash: null, phoneHash: 'home', sealed: 'n' }), 1)
      const home = { customerIds: ['no-customer'], recipientHashes: ['home'] }
      const { rows, sharedNumber, ...found } = await store.readPerson(home)
      assert.deepEqual([sharedNumber, found], [true, home])
      assert.deepEqual(
        rows.orders?.map(({ id }) => id),
        ['n1'],
      )
      assert.equal((await store.erasePerson(found, 50)).orders, 1)
      for (const id of ['a1', 'a3', 'b1']) assert.notEqual(await store.getRecipient(id), null)
      const kept = await store.findSuppressions('home')
      assert.deepEqual(
        kept.map(({ medium, reason }) => [medium, reason]),
        [['sms', 'erased']],
      )
      // Once Ann is gone the number is Bob's alone; an old erasure that is done again does not take him.
      await store.erasePerson({ customerIds: ['customer-ann'], recipientHashes: [] }, 60)
      assert.equal((await store.erasePerson(found, 50)).orders, 0)
      assert.notEqual(await store.getRecipient('b1'), null)
    },
  )

  guarantee('a number that is one person’s alone leads to all of theirs', async (store) => {
    await fill(store)
    await store.erasePerson({ customerIds: ['customer-bob'], recipientHashes: [] }, 50)
    await store.putOrder(order('n1', null), 1)
    await store.putRecipient('n1', aRecipient({ emailHash: null, phoneHash: 'home', sealed: 'n' }), 1)
    const found = await store.readPerson({ customerIds: [], recipientHashes: ['home'] })
    assert.deepEqual([found.sharedNumber, found.customerIds], [false, ['customer-ann']])
    assert.deepEqual(found.rows.orders?.map(({ id }) => id).sort(), ['a1', 'a2', 'a3', 'n1'])
    const { rows: _, sharedNumber: __, ...ann } = found
    assert.equal((await store.erasePerson(ann, 60)).orders, 4)
  })

  guarantee('a number beside another name adds only orders of nobody', async (store) => {
    await fill(store)
    const both = { customerIds: ['customer-ann'], recipientHashes: ['home'] }
    const found = await store.readPerson(both)
    assert.equal(found.sharedNumber, false)
    assert.deepEqual(found.rows.orders?.map(({ id }) => id).sort(), ['a1', 'a2', 'a3'])
  })

  guarantee(
    'who was erased and comes back is kept, whenever the same erasure is done again',
    async (store) => {
      await fill(store)
      const ann = { customerIds: ['customer-ann'], recipientHashes: ['ann'] }
      await store.erasePerson(ann, 50)
      await store.putOrder(order('a4', 'customer-ann'), 60)
      await store.putRecipient('a4', aRecipient({ emailHash: 'ann', phoneHash: null, sealed: 'again' }), 60)
      await store.addConsents([aConsent({ key: 'again', recipientHash: 'ann', atMs: 60 })])
      await store.liftSuppressions('ann', 'email', ['erased'], 60)
      assert.equal((await store.erasePerson(ann, 50)).orders, 0)
      assert.equal((await store.getRecipient('a4'))?.sealed, 'again')
      assert.equal((await store.getOrder('a4'))?.customerId, 'customer-ann')
      assert.deepEqual(await store.findSuppressions('ann'), [])
    },
  )

  guarantee(
    'what is older than it is kept is forgotten batch by batch, the oldest first; what names nobody stays',
    async (store) => {
      await fill(store)
      await store.putRecipient('young', aRecipient({ emailHash: 'ann', sealed: 'young' }), 100)
      await store.noteSoftBounce('ann', 100)
      const settled = aMessage({ id: 'old', orderId: 'a2', state: 'sent', dueAtMs: null, settledAtMs: 2 })
      await store.planMessages([
        settled,
        { ...settled, id: 'late', step: 1, settledAtMs: 100 },
        { ...settled, id: 'open', step: 2, state: 'scheduled', dueAtMs: 3, settledAtMs: null },
      ])
      await store.suppress(
        { recipientHash: 'ann', medium: 'sms', reason: 'stop-word', sinceMs: 1, untilMs: null },
        [entryOn(settled, 'unsubscribed')],
      )
      assert.equal(await store.forgetOld(1, 10), 0)
      // Three recipients, two methods, a message, a mail of the shop's own and a soft bounce are old.
      assert.equal(await store.forgetOld(100, 1), 5)
      assert.equal(await store.forgetOld(100, 2), 3)
      assert.equal(await store.forgetOld(100, 10), 0)
      for (const id of ['a1', 'a3', 'b1']) assert.equal(await store.getRecipient(id), null)
      assert.equal((await store.getRecipient('young'))?.sealed, 'young')
      assert.equal(await store.getSavedMethod('a1'), null)
      const left = await Promise.all(['old', 'late', 'open', 'm1'].map((id) => store.getMessage(id)))
      assert.deepEqual(
        left.map((one) => one?.id ?? null),
        [null, 'late', 'open', 'm1'],
      )
      assert.deepEqual(await store.noteSoftBounce('ann', 101), [100, 101])
      assert.equal((await store.getOrder('a1'))?.customerId, 'customer-ann')
      assert.equal((await store.listConsents('ann')).length, 1)
      assert.equal((await store.findSuppressions('ann')).length, 1)
      assert.equal((await store.readLedger({ limit: 10 })).length, 1)
    },
  )

  guarantee('erasing twice, or somebody who was never here, changes nothing', async (store) => {
    await fill(store)
    await store.erasePerson({ customerIds: ['customer-ann'], recipientHashes: [] }, 50)
    const again = await store.erasePerson({ customerIds: ['customer-ann'], recipientHashes: [] }, 60)
    assert.deepEqual([again.orders, again.messagesCancelled], [0, 0])
    const stranger = await store.erasePerson({ customerIds: ['nobody'], recipientHashes: ['no-hash'] }, 60)
    assert.equal(stranger.orders, 0)
    assert.equal((await store.findSuppressions('no-hash')).length, 2)
  })
}

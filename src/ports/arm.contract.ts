// What every store owes the always-on choice, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import type { Guarantee } from '../../test/store/at-once.ts'
import { anOffer, entryOf } from '../../test/store/offer-samples.ts'
import type { ArmRecord } from '../domain/arm.ts'

const WEEK_MS = 7 * 86_400_000
const nowMs = 100 * WEEK_MS
const place = { placement: 'thank-you', anchor: 'machine', addOn: 'cleaner' } as const
const change = {
  ...place,
  state: 'rested',
  atMs: 5,
  source: 'machine',
  because: 'taken by 1 of 200',
} as const

export function armGuarantees(guarantee: Guarantee): void {
  guarantee(
    'showings and purchases are counted by arm and week, without those that may still be answered',
    async (store) => {
      const entries = [0, 1, 2, 3].flatMap((index) => {
        const offer = anOffer({
          id: `o${index}`,
          product: 'cleaner',
          anchor: 'machine',
          relation: 'complete',
        })
        const atMs = nowMs - ([0.5, 1.5, 1.6][index] ?? 0) * WEEK_MS
        const arm = { anchor: 'machine', relation: 'complete', atMs } as const
        return [
          entryOf(offer, 'exposed', arm),
          ...(index === 1 || index === 2 ? [entryOf(offer, 'completed', arm)] : []),
          ...(index === 2 ? [entryOf(offer, 'undone', arm)] : []),
        ]
      })
      await store.addToLedger(entries)
      const weeks = (await store.countArms(nowMs, 52)).sort((one, other) => one.weeksAgo - other.weeksAgo)
      const arm = { ...place, relation: 'complete' }
      assert.deepEqual(weeks, [
        { ...arm, weeksAgo: 0, shown: 1, taken: 0 },
        { ...arm, weeksAgo: 1, shown: 2, taken: 1 },
      ])
    },
  )

  guarantee(
    'messages are counted by their first product, and taken is what a click on it led to within seven days',
    async (store) => {
      const sentMs = nowMs - 3 * WEEK_MS
      const arm = { placement: 'follow-up', anchor: 'machine', relation: 'extend' } as const
      const about = (index: number) => ({
        ...anOffer({ id: `m${index}`, product: 'grinder', orderId: `first-${index}` }),
        placement: 'follow-up' as const,
      })
      const sent = (index: number, place = 1, atMs = sentMs) =>
        entryOf(about(index), 'message-sent', {
          ...{ anchor: 'machine', relation: 'extend', atMs },
          detail: JSON.stringify({ place, flow: 'next-step' }),
        })
      const clicked = (index: number) => entryOf(about(index), 'clicked', { atMs: sentMs + 1000 })
      const order = (id: string, customerId: string, product: string, atMs: number) =>
        store.putOrder(
          {
            ...{ id, customerId, currency: 'GBP', placedAtMs: atMs },
            lines: [{ productId: product, quantity: 1, unitPriceMinor: 900 }],
          },
          atMs,
        )
      // Clicked and bought; clicked and bought too late; bought without a click; second in its message; too young.
      for (const index of [0, 1, 2, 3, 4])
        await order(`first-${index}`, `c${index}`, 'machine', sentMs - 1000)
      for (const [index, afterMs] of [
        [0, 2 * 86_400_000],
        [1, 8 * 86_400_000],
        [2, 2000],
        [3, 2000],
      ] as const)
        await order(`later-${index}`, `c${index}`, 'grinder', sentMs + afterMs)
      await store.addToLedger([
        { ...sent(5), relation: 'refill' },
        ...[sent(0), sent(1), sent(2), sent(3, 2), sent(4, 1, nowMs - WEEK_MS)],
        ...[clicked(0), clicked(1), clicked(3)],
      ])
      assert.deepEqual(await store.countArms(nowMs, 52), [
        { ...arm, addOn: 'grinder', weeksAgo: 1, shown: 3, taken: 1 },
      ])
    },
  )

  guarantee(
    'records are replaced as a whole with the changes, which get numbers without gaps',
    async (store) => {
      const version = await store.armsVersion()
      const records: ArmRecord[] = Array.from({ length: 1200 }, (_, index) => ({
        ...{ ...place, addOn: `p${String(index).padStart(4, '0')}`, relation: 'complete' },
        ...{ shown: index + 0.25, taken: index / 8 },
      }))
      await store.replaceArms(records, [change, { ...change, addOn: 'beans', state: 'promoted' }])
      await store.addArmChange({ ...change, state: 'live', source: 'owner', atMs: 9 })
      const read = (await store.listArmRecords()).sort((one, other) => (one.addOn < other.addOn ? -1 : 1))
      assert.deepEqual(read, records)
      assert.deepEqual(
        (await store.listArmChanges(10)).map(({ sequence, addOn, state }) => [sequence, addOn, state]),
        [
          [3, 'cleaner', 'live'],
          [2, 'beans', 'promoted'],
          [1, 'cleaner', 'rested'],
        ],
      )
      assert.deepEqual(
        (await store.latestArmChanges()).map(({ addOn, state }) => `${addOn} ${state}`).sort(),
        ['beans promoted', 'cleaner live'],
      )
      assert.deepEqual(
        (await store.latestArmChanges('rested')).map(({ sequence, addOn, state }) => [
          sequence,
          addOn,
          state,
        ]),
        [[1, 'cleaner', 'rested']],
      )
      assert.deepEqual(await store.latestArmChanges('retired'), [])
      assert.ok((await store.armsVersion()) > version)
      await store.replaceArms([], [])
      assert.deepEqual(await store.listArmRecords(), [])
      assert.equal((await store.listArmChanges(10)).length, 3)
    },
  )

  guarantee(
    'the tests of an order are stored with its decision, and the first row of a test counts',
    async (store) => {
      const trial = {
        experiment: 'hold-out',
        orderId: 'o-t',
        unit: 'customer:c',
        placement: 'thank-you',
      } as const
      const row = { ...trial, variation: 'offered', anchor: 'machine', product: 'cleaner', atMs: 3 }
      await store.addTrials([row])
      await store.addTrials([
        { ...row, variation: 'held-out', atMs: 4 },
        { ...row, experiment: 'copy-1' },
      ])
      assert.deepEqual(await store.trialsOfOrder('o-t'), [{ ...row, experiment: 'copy-1' }, row])
      assert.deepEqual(await store.trialsOfOrder('nobody'), [])
    },
  )

  guarantee(
    'customers of a test are listed by when they were met, without guests and who was in two',
    async (store) => {
      const trial = (orderId: string, unit: string, variation: string, atMs: number) => ({
        ...{ experiment: 'hold-out', orderId, unit, variation, atMs },
        ...({ placement: 'thank-you', anchor: 'machine', product: 'cleaner' } as const),
      })
      await store.addTrials([
        ...[trial('1', 'customer:ada', 'held-out', 10), trial('2', 'customer:ada', 'held-out', 900)],
        ...[trial('3', 'customer:bob', 'held-out', 20), trial('4', 'order:4', 'held-out', 20)],
        ...[trial('5', 'customer:cy', 'held-out', 30), trial('6', 'customer:cy', 'offered', 40)],
        ...[trial('7', 'customer:di', 'offered', 50), trial('8', 'customer:eve', 'held-out', 60)],
        { ...trial('9', 'customer:fay', 'held-out', 20), experiment: 'copy-1' },
      ])
      const asked = { experiment: 'hold-out', fromMs: 10, toMs: 60, limit: 9 }
      const [di, bob, ada] = [
        { customerId: 'di', variation: 'offered' },
        { customerId: 'bob', variation: 'held-out' },
        { customerId: 'ada', variation: 'held-out' },
      ]
      assert.deepEqual(await store.listTrialCustomers(asked), [di, bob, ada])
      assert.deepEqual(await store.listTrialCustomers({ ...asked, limit: 1 }), [di])
      assert.deepEqual(await store.listTrialCustomers({ ...asked, fromMs: 11 }), [di, bob])
    },
  )

  guarantee('what an automatic hold-out came to is chosen once, whoever asks at once', async (store) => {
    assert.equal(await store.holdOutChosen(), null)
    const [first, second] = await Promise.all([store.chooseHoldOut(0.2), store.chooseHoldOut(0.1)])
    assert.equal(first, second)
    assert.equal(await store.holdOutChosen(), first)
    assert.equal(await store.chooseHoldOut(0.33), first)
  })

  guarantee(
    'a hold-out share begins a term when it changes, however many servers say so at once',
    async (store) => {
      assert.deepEqual(await store.holdOutTerms(), [])
      await Promise.all([store.noteHoldOut(0.1, 500), store.noteHoldOut(0.1, 501)])
      await store.noteHoldOut(0.1, 700)
      await Promise.all([store.noteHoldOut(0.2, 900), store.noteHoldOut(0.2, 900)])
      await store.noteHoldOut(0.1, 900)
      assert.deepEqual(await store.holdOutTerms(), [
        { fromMs: 0, share: 0.1 },
        { fromMs: 900, share: 0.2 },
        { fromMs: 901, share: 0.1 },
      ])
    },
  )
}

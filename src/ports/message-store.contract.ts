// What every store owes messages, as tests; a part of the battery in store.contract.ts. Recipients and claims have files of their own.

import assert from 'node:assert/strict'
import { byTwo, type Guarantee, oddIds } from '../../test/store/at-once.ts'
import { aConsent, aMessage, claimOf, entryOn, settledFrom } from '../../test/store/message-samples.ts'
import { DAY_MS } from '../domain/instant.ts'
import { CONFIRMATION_FLOW, type Message } from '../domain/message.ts'
import type { Suppression } from '../domain/suppression.ts'
import type { FlowState } from './message-store.ts'

const unsubscribed: Suppression = {
  ...{ recipientHash: 'ann', medium: 'email', reason: 'unsubscribed', sinceMs: 50, untilMs: null },
}

export function messageGuarantees(guarantee: Guarantee): void {
  consentGuarantees(guarantee)
  suppressionGuarantees(guarantee)
  slotGuarantees(guarantee)
  dueGuarantees(guarantee)
  savingGuarantees(guarantee)
  outcomeGuarantees(guarantee)
  flowGuarantees(guarantee)
}

const idsOf = (messages: readonly Message[]) => messages.map(({ id }) => id).join(' ')

function consentGuarantees(guarantee: Guarantee): void {
  guarantee('what a person said is kept once per key and told oldest first', async (store, place) => {
    const proof = {
      ...{ fromSaleBySameEntity: true, ownSimilarProducts: true, optOutOfferedAtCollection: true },
      ...{ optOutInEveryMessage: true, notOptedOut: false },
    }
    const later = aConsent({ key: 'later', given: false, basis: null, atMs: 9, source: 'unsubscribe-link' })
    const early = aConsent({ key: 'early', basis: 'soft-opt-in', softOptIn: proof, atMs: 2 })
    await byTwo(store, place, (one) => one.addConsents([later, early, aConsent({ recipientHash: 'bob' })]))
    await store.addConsents([{ ...early, given: false, atMs: 99 }])
    await store.addConsents([])
    assert.deepEqual(await store.listConsents('ann'), [early, later])
    assert.deepEqual(await store.listConsents('bob'), [aConsent({ recipientHash: 'bob' })])
    assert.deepEqual(await store.listConsents('nobody'), [])
  })

  guarantee('soft bounces are counted from the last delivery on', async (store) => {
    assert.deepEqual(await store.noteSoftBounce('ann', 30), [30])
    await store.noteSoftBounce('bob', 1)
    assert.deepEqual(await store.noteSoftBounce('ann', 10), [10, 30])
    assert.deepEqual(await store.noteSoftBounce('ann', 30), [10, 30])
    await store.forgetSoftBounces('ann')
    assert.deepEqual(await store.noteSoftBounce('ann', 40), [40])
    assert.deepEqual(await store.noteSoftBounce('bob', 2), [1, 2])
  })
}

function suppressionGuarantees(guarantee: Guarantee): void {
  guarantee(
    'a suppression cancels what is scheduled to that person on that medium, and notes it',
    async (store) => {
      const planned = [
        aMessage({ id: 'refill' }),
        aMessage({ id: 'next', flow: 'next-step', step: 1 }),
        aMessage({ id: 'confirmation', flow: CONFIRMATION_FLOW }),
        aMessage({ id: 'add-on', flow: 'add-on-added' }),
        aMessage({ id: 'claimed', orderId: 'two', state: 'claimed', leaseUntilMs: 5 }),
        aMessage({ id: 'by-sms', orderId: 'three', medium: 'sms' }),
        aMessage({ id: 'of-bob', recipientHash: 'bob' }),
      ]
      assert.equal(await store.planMessages(planned), 7)
      const entry = entryOn(aMessage({ id: 'refill' }), 'unsubscribed', { atMs: 50 })
      assert.deepEqual(await store.suppress(unsubscribed, [entry]), { cancelled: 2 })
      assert.deepEqual(await store.suppress(unsubscribed, [entry]), { cancelled: 0 })
      assert.deepEqual(await store.getMessage('refill'), {
        ...aMessage({ id: 'refill', state: 'cancelled', version: 2, dueAtMs: null }),
        ...{ settledAtMs: 50, reason: 'suppressed' },
      })
      assert.equal((await store.getMessage('next'))?.state, 'cancelled')
      for (const id of ['confirmation', 'add-on', 'claimed', 'by-sms', 'of-bob'])
        assert.deepEqual(
          await store.getMessage(id),
          planned.find((one) => one.id === id),
        )
      assert.deepEqual(await store.readLedger({ limit: 9 }), [entry])
      assert.deepEqual(await store.findSuppressions('ann'), [unsubscribed])
      assert.deepEqual(await store.findSuppressions('bob'), [])
    },
  )

  guarantee('a dead or an erased address gets no confirmation either', async (store) => {
    for (const reason of ['hard-bounce', 'erased'] as const) {
      const message = aMessage({ id: reason, recipientHash: reason, flow: CONFIRMATION_FLOW })
      await store.planMessages([message])
      const cancelled = await store.suppress({ ...unsubscribed, recipientHash: reason, reason }, [])
      assert.deepEqual(cancelled, { cancelled: 1 })
      const said = reason === 'erased' ? 'erased' : 'suppressed'
      assert.equal((await store.getMessage(reason))?.reason, said)
    }
  })

  guarantee('of one reason the longer suppression counts, and one for good stays for good', async (store) => {
    const softly: Suppression = { ...unsubscribed, reason: 'soft-bounces', sinceMs: 1, untilMs: 100 }
    await store.suppress(softly, [])
    await store.suppress({ ...softly, sinceMs: 2, untilMs: 90 }, [])
    assert.deepEqual(await store.findSuppressions('ann'), [{ ...softly, sinceMs: 2 }])
    await store.suppress({ ...softly, sinceMs: 1, untilMs: 110 }, [])
    assert.deepEqual(await store.findSuppressions('ann'), [{ ...softly, sinceMs: 2, untilMs: 110 }])
    await store.suppress({ ...softly, sinceMs: 4, untilMs: null }, [])
    await store.suppress({ ...softly, sinceMs: 5, untilMs: 120 }, [])
    assert.deepEqual(await store.findSuppressions('ann'), [{ ...softly, sinceMs: 5, untilMs: null }])
  })

  guarantee('suppressions are lifted by reason and medium, and only those said before', async (store) => {
    const complaint: Suppression = { ...unsubscribed, reason: 'complaint', sinceMs: 60 }
    const bySms: Suppression = { ...unsubscribed, medium: 'sms' }
    for (const one of [unsubscribed, complaint, bySms]) await store.suppress(one, [])
    await store.liftSuppressions('ann', 'email', [], 100)
    await store.liftSuppressions('bob', 'email', ['unsubscribed'], 100)
    await store.liftSuppressions('ann', 'email', ['unsubscribed'], unsubscribed.sinceMs)
    assert.deepEqual(await store.findSuppressions('ann'), [unsubscribed, complaint, bySms])
    await store.liftSuppressions('ann', 'email', ['unsubscribed', 'stop-word'], unsubscribed.sinceMs + 1)
    assert.deepEqual(await store.findSuppressions('ann'), [complaint, bySms])
  })

  guarantee('pages of suppressions tell all of them once, and never part a recipient', async (store) => {
    const all: Suppression[] = []
    for (const recipientHash of ['a', 'b', 'c', 'd', 'e'])
      for (const reason of ['complaint', 'unsubscribed'] as const)
        all.push({ ...unsubscribed, recipientHash, reason })
    for (const one of all.toReversed()) await store.suppress(one, [])
    const told: Suppression[] = []
    for (let after: string | null = null, pages = 0; pages < 9; pages += 1) {
      const page: Suppression[] = await store.listSuppressions({ after, limit: 2 })
      told.push(...page)
      const last = page.at(-1)
      if (last === undefined) break
      after = last.recipientHash
    }
    assert.deepEqual(told, all)
  })
}

function slotGuarantees(guarantee: Guarantee): void {
  guarantee(
    'of each order, flow, step and recipient there is one message, whoever plans at once',
    async (store, place) => {
      const counts = await byTwo(store, place, (one, turn) =>
        one.planMessages([
          aMessage({ id: `planned-${turn}` }),
          aMessage({ id: `own-${turn}`, step: turn + 1 }),
        ]),
      )
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        counts.length + 1,
      )
      assert.equal((await store.messagesOfOrder('order')).length, counts.length + 1)
      const [first] = (await store.messagesOfOrder('order')).filter(({ step }) => step === 0)
      assert.ok(first)
      assert.equal(await store.planMessages([first]), 0)
      assert.equal(await store.planMessages([]), 0)
    },
  )

  guarantee(
    'a slot stays taken when its message is final, and each of its four parts is another slot',
    async (store) => {
      await store.planMessages([aMessage()])
      await store.cancelMessages('order', 'order-cancelled', 3)
      const others = [
        aMessage({ id: 'order', orderId: 'other' }),
        aMessage({ id: 'flow', flow: 'next-step' }),
        aMessage({ id: 'step', step: 1 }),
        aMessage({ id: 'recipient', recipientHash: 'bob' }),
      ]
      assert.equal(await store.planMessages([aMessage({ id: 'again' }), ...others]), 4)
      assert.equal(await store.getMessage('again'), null)
    },
  )

  guarantee('a message comes back equal, also with odd words and the largest numbers', async (store) => {
    for (const [place, id] of oddIds.entries()) {
      const message = claimOf(
        aMessage({ id, orderId: id, flow: id, recipientHash: id, lastUsefulAtMs: Number.MAX_SAFE_INTEGER }),
        place,
        { shown: [{ product: id, url: null }], reason: id, channel: id, providerRef: id },
      )
      assert.equal(await store.planMessages([message]), 1)
      assert.deepEqual(await store.getMessage(id), message)
      assert.deepEqual(await store.messagesOfOrder(id), [message])
    }
    assert.equal(await store.getMessage('not there'), null)
    assert.equal(await store.getMessage('\0'), null)
    await assert.rejects(store.planMessages([aMessage({ orderId: '\0' })]), { code: 'request-invalid' })
  })

  guarantee('a thousand and more messages are planned at once, all or none', async (store) => {
    const many = Array.from({ length: 1_200 }, (_, step) => aMessage({ id: `m-${step}`, step }))
    assert.equal(await store.planMessages(many), 1_200)
    assert.equal(await store.planMessages([...many, aMessage({ id: 'one-more', step: 1_200 })]), 1)
  })
}

function dueGuarantees(guarantee: Guarantee): void {
  guarantee(
    'messages that are due come longest due first, without what is leased or final',
    async (store) => {
      assert.equal(await store.nextMessageDue(), null)
      const put = (id: string, more: Partial<Message>) =>
        store.planMessages([aMessage({ id, orderId: id, ...more })])
      await put('final', { state: 'cancelled', dueAtMs: null, settledAtMs: 1 })
      assert.equal(await store.nextMessageDue(), null)
      await put('leased', { state: 'claimed', dueAtMs: 5, leaseUntilMs: 101 })
      assert.equal(await store.nextMessageDue(), 101)
      await put('second', { dueAtMs: 20 })
      await put('first', { dueAtMs: 10, leaseUntilMs: 900 })
      await put('same-time', { dueAtMs: 20 })
      await put('at-the-instant', { dueAtMs: 100 })
      await put('later', { dueAtMs: 102 })
      await put('lapsed', { state: 'claimed', dueAtMs: 5, leaseUntilMs: 30 })
      assert.equal(idsOf(await store.messagesDue(100, 50)), 'first same-time second lapsed at-the-instant')
      assert.equal(idsOf(await store.messagesDue(100, 2)), 'first same-time')
      assert.equal(await store.nextMessageDue(), 10)
    },
  )

  guarantee('messages are listed newest first, by state and flow', async (store) => {
    const put = (id: string, more: Partial<Message>) =>
      store.planMessages([aMessage({ id, orderId: id, ...more })])
    await put('due-30', { dueAtMs: 30 })
    await put('sent-20', { state: 'sent', dueAtMs: null, settledAtMs: 20, flow: 'next-step' })
    await put('dead-40', { state: 'dead', dueAtMs: null, settledAtMs: 40 })
    await put('sent-10', { state: 'sent', dueAtMs: null, settledAtMs: 10 })
    const listed = async (filter: Parameters<typeof store.listMessages>[0]) =>
      idsOf(await store.listMessages(filter))
    assert.equal(await listed({ limit: 9 }), 'dead-40 due-30 sent-20 sent-10')
    assert.equal(await listed({ limit: 2 }), 'dead-40 due-30')
    assert.equal(await listed({ limit: 9, state: 'sent' }), 'sent-20 sent-10')
    assert.equal(await listed({ limit: 9, flow: 'refill' }), 'dead-40 due-30 sent-10')
    assert.equal(await listed({ limit: 9, state: 'sent', flow: 'next-step' }), 'sent-20')
    assert.equal(await listed({ limit: 9, flow: 'unknown' }), '')
  })
}

function savingGuarantees(guarantee: Guarantee): void {
  guarantee(
    'of 20 changes of a message from one version one is written, with its entries',
    async (store, place) => {
      await store.planMessages([aMessage()])
      const saved = await byTwo(store, place, (one, turn) =>
        one.saveMessage({ ...settledFrom(aMessage(), turn), reason: `turn ${turn}` }, [
          entryOn(aMessage(), 'message-sent', { key: `sent-${turn}`, atMs: turn }),
        ]),
      )
      assert.equal(saved.filter(Boolean).length, 1)
      const winner = saved.indexOf(true)
      assert.deepEqual(await store.getMessage('message'), {
        ...settledFrom(aMessage(), winner),
        reason: `turn ${winner}`,
      })
      const [noted, ...more] = await store.readLedger({ offerId: 'message', limit: 100 })
      assert.equal(noted?.key, `sent-${winner}`)
      assert.deepEqual(more, [])
      for (const version of [1, 2, 4])
        assert.equal(await store.saveMessage({ ...aMessage(), version }, []), false, `version ${version}`)
      assert.equal(await store.saveMessage({ ...aMessage({ id: 'unknown' }), version: 2 }, []), false)
    },
  )

  guarantee(
    'what is scheduled of an order is cancelled, once, but for what tells of an add-on',
    async (store, place) => {
      const claimed = aMessage({ id: 'claimed', step: 1, state: 'claimed' })
      const ofOther = aMessage({ id: 'of-other', orderId: 'other' })
      const toBob = aMessage({ id: 'to-bob', recipientHash: 'bob' })
      const addOn = aMessage({ id: 'add-on', flow: 'add-on-returned' })
      await store.planMessages([aMessage(), toBob, claimed, ofOther, addOn])
      const counts = await byTwo(store, place, (one) => one.cancelMessages('order', 'order-refunded', 7))
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        2,
      )
      const cancelled = {
        state: 'cancelled',
        version: 2,
        dueAtMs: null,
        settledAtMs: 7,
        reason: 'order-refunded',
      }
      assert.deepEqual(await store.getMessage('message'), { ...aMessage(), ...cancelled })
      assert.deepEqual(await store.getMessage('to-bob'), { ...toBob, ...cancelled })
      for (const kept of [claimed, ofOther, addOn]) assert.deepEqual(await store.getMessage(kept.id), kept)
      assert.equal(await store.saveMessage(settledFrom(aMessage(), 8), []), false)
      assert.equal(await store.cancelMessages('unknown', 'flow-off', 7), 0)
    },
  )
}

function outcomeGuarantees(guarantee: Guarantee): void {
  guarantee(
    'of a flow are counted its marketing that was sent since, and the people who had enough',
    async (store) => {
      const sent = (id: string, atMs: number, more: Partial<Message> = {}) =>
        settledFrom(claimOf(aMessage({ id, orderId: id, recipientHash: id }), atMs, more), atMs)
      const messages = [
        sent('early', 1),
        sent('ann', 100, { recipientHash: 'ann' }),
        sent('ann-2', 100, { recipientHash: 'ann' }),
        sent('bob', 101),
        sent('other-flow', 101, { flow: 'next-step' }),
        sent('confirmation', 101, { class: 'transactional_with_offer' }),
        { ...sent('ambiguous', 101), state: 'ambiguous' } as const,
      ]
      await store.planMessages(messages)
      await store.addToLedger(
        messages.flatMap((one) => [
          entryOn(one, 'message-sent', { atMs: 101 }),
          entryOn(one, 'complained', { atMs: 99 }),
          ...(one.id === 'bob' || one.id === 'early' ? [entryOn(one, 'unsubscribed', { atMs: 102 })] : []),
        ]),
      )
      assert.deepEqual(await store.countOutcomes('refill', 100), { sent: 3, complaints: 3, unsubscribes: 1 })
      assert.deepEqual(await store.countOutcomes('refill', 102 + DAY_MS), {
        sent: 0,
        complaints: 0,
        unsubscribes: 0,
      })
      assert.deepEqual(await store.countOutcomes('next-step', 0), { sent: 1, complaints: 1, unsubscribes: 0 })
    },
  )
}

function flowGuarantees(guarantee: Guarantee): void {
  guarantee('of each flow the latest word counts', async (store) => {
    assert.deepEqual(await store.listFlows(), new Map())
    const paused = { on: true, pausedBecause: 'Complaints passed 0.3 % ("Ä").', atMs: 20 }
    await store.setFlow('refill', { on: true, pausedBecause: null, atMs: 10 })
    await store.setFlow('refill', paused)
    await store.setFlow('refill', { on: false, pausedBecause: null, atMs: 15 })
    await store.setFlow('next-step', { on: false, pausedBecause: null, atMs: 1 })
    assert.deepEqual(
      await store.listFlows(),
      new Map<string, FlowState>([
        ['next-step', { on: false, pausedBecause: null, atMs: 1 }],
        ['refill', paused],
      ]),
    )
  })
}

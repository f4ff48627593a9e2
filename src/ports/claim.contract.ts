// What every store owes the claim of a message, as tests; a part of the battery in store.contract.ts. It is what stands
// between a person who said stop and one more mail: requirements C5 and C15, test A20 of docs/reliability.md.

import assert from 'node:assert/strict'
import { byTwo, type Guarantee, type Place } from '../../test/store/at-once.ts'
import { aConsent, aMessage, aRecipient, claimOf } from '../../test/store/message-samples.ts'
import { anOffer, entryOf } from '../../test/store/offer-samples.ts'
import type { ClaimFacts, ClaimVerdict } from '../domain/claim.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Message } from '../domain/message.ts'
import { isSuppressed, type Suppression } from '../domain/suppression.ts'
import type { Store } from './store.ts'

const nowMs = 40 * DAY_MS
const send: ClaimVerdict = { kind: 'send' }
const unsubscribed: Suppression = {
  ...{ recipientHash: 'ann', medium: 'email', reason: 'unsubscribed', sinceMs: nowMs, untilMs: null },
}
const unlessSuppressed = ({ suppressions }: ClaimFacts): ClaimVerdict =>
  isSuppressed(suppressions, 'email', nowMs) ? { kind: 'never', reason: 'suppressed' } : send

export function claimGuarantees(guarantee: Guarantee): void {
  factGuarantees(guarantee)
  verdictGuarantees(guarantee)
  reservationGuarantees(guarantee)
  guarantee('a message is claimed before its person unsubscribes or never', claimsAgainstUnsubscribes)
  guarantee(
    'after an unsubscribe among 10,000 queued messages nothing to that address is claimed',
    unsubscribeAmongMany,
  )
}

function reservationGuarantees(guarantee: Guarantee): void {
  guarantee(
    'of 20 workers that reserve at once each is given messages of its own, and none is left over',
    async (store, place) => {
      const messages = Array.from({ length: 500 }, (_, turn) =>
        aMessage({ id: `m-${turn}`, orderId: `o-${turn}`, dueAtMs: turn }),
      )
      await store.planMessages([...messages, aMessage({ id: 'not-yet', dueAtMs: nowMs + 1 })])
      const given = (await byTwo(store, place, (one) => one.reserveMessages(nowMs, 20, nowMs + 10))).flat()
      while (given.length < 500) {
        const rest = await store.reserveMessages(nowMs, 20, nowMs + 10)
        assert.ok(rest.length > 0, `${given.length} of 500 were given`)
        given.push(...rest)
      }
      assert.deepEqual(new Set(given.map(({ id }) => id)), new Set(messages.map(({ id }) => id)))
      assert.equal(given.length, 500)
    },
  )

  guarantee(
    'what was reserved comes as it is, longest due first, and is due again when the time is over',
    async (store) => {
      const first = aMessage({ id: 'first', orderId: 'one', dueAtMs: 5 })
      const lapsed = aMessage({ id: 'lapsed', orderId: 'two', state: 'claimed', leaseUntilMs: 7, dueAtMs: 1 })
      const third = aMessage({ id: 'third', orderId: 'three', dueAtMs: 9 })
      await store.planMessages([third, lapsed, first])
      assert.deepEqual(await store.reserveMessages(10, 2, 50), [first, lapsed])
      assert.deepEqual(await store.messagesDue(10, 9), [third])
      assert.equal(await store.nextMessageDue(), 9)
      assert.deepEqual(await store.reserveMessages(49, 9, 60), [third])
      assert.deepEqual(await store.reserveMessages(60, 9, 70), [first, lapsed, third])
      assert.deepEqual(await store.getMessage('first'), first)
    },
  )

  guarantee('a reserved message is claimed and cancelled like any other', async (store) => {
    const other = aMessage({ id: 'other', orderId: 'other' })
    await store.planMessages([aMessage(), other])
    await store.reserveMessages(10, 9, nowMs)
    const next = claimOf(aMessage(), 20)
    assert.deepEqual(await store.claimMessage(next, () => send, 20), send)
    assert.deepEqual(await store.messagesDue(next.leaseUntilMs, 9), [next])
    assert.equal(await store.cancelMessages('other', 'order-cancelled', 30), 1)
    assert.deepEqual(await store.reserveMessages(nowMs, 9, nowMs + 1), [next])
  })
}

/** Each person has one message, under a lapsed claim, and unsubscribes while two workers are about to claim it. */
async function claimsAgainstUnsubscribes(store: Store, place: Place): Promise<void> {
  const other = await place.open()
  try {
    const people = Array.from({ length: 150 }, (_, turn) => `person-${turn}`)
    const messageTo = (person: string) =>
      aMessage({ id: person, orderId: person, recipientHash: person, state: 'claimed' })
    await store.planMessages(people.map(messageTo))
    for (const [turn, recipientHash] of people.entries()) {
      const next = claimOf(messageTo(recipientHash), nowMs)
      const claim = (turn % 2 === 0 ? store : other).claimMessage(next, unlessSuppressed, nowMs)
      for (let turns = 0; turns < turn % 15; turns += 1) await new Promise((resolve) => setImmediate(resolve))
      await store.suppress({ ...unsubscribed, recipientHash }, [])
      const after = await store.getMessage(recipientHash)
      const verdict = await claim
      assert.deepEqual(await store.getMessage(recipientHash), after, `${recipientHash}: ${verdict.kind}`)
    }
  } finally {
    await other.close()
  }
}

/** What the judge of a claim is told; the claim itself is given up. */
async function factsFor(store: Store, message: Message): Promise<ClaimFacts> {
  const told: ClaimFacts[] = []
  const verdict = await store.claimMessage(
    claimOf(message, nowMs),
    (facts) => {
      told.push(facts)
      return { kind: 'never', reason: 'flow-off' }
    },
    nowMs,
  )
  assert.equal(verdict.kind, 'never')
  const [facts] = told
  assert.ok(facts)
  return facts
}

function factGuarantees(guarantee: Guarantee): void {
  guarantee('a claim of somebody of whom nothing is known is judged by nothing', async (store) => {
    await store.planMessages([aMessage()])
    assert.deepEqual(await factsFor(store, aMessage()), {
      ...{ suppressions: [], consents: [], marketingAtMs: [], otherAtMs: null, dismissedAtMs: null },
    })
  })

  guarantee('a claim is judged by all that is known of the person on that medium', async (store) => {
    const suppression: Suppression = {
      ...{ recipientHash: 'ann', medium: 'email', reason: 'complaint', sinceMs: 1, untilMs: 2 },
    }
    await store.suppress(suppression, [])
    const consents = [aConsent({ key: 'b', atMs: 1 }), aConsent({ key: 'a', atMs: 2 })]
    await store.addConsents([...consents.toReversed(), aConsent({ key: 'sms', medium: 'sms' })])
    await store.reportOther('ann', 'email', 9)
    await store.reportOther('ann', 'email', 7)
    await store.reportOther('ann', 'sms', 99)
    await store.reportOther('bob', 'email', 99)
    for (const [place, dismissedAtMs] of [5, 6].entries()) {
      const offer = anOffer({ id: `offer-${place}`, orderId: `order-${place}` })
      await store.putOffer(offer, entryOf(offer, 'offer-issued'))
      await store.putRecipient(offer.orderId, aRecipient(), 0)
      await store.dismissOffer(offer.id, dismissedAtMs, entryOf(offer, 'declined'))
    }
    await store.planMessages([aMessage()])
    assert.deepEqual(await factsFor(store, aMessage()), {
      ...{ suppressions: [suppression], consents, marketingAtMs: [], otherAtMs: 9, dismissedAtMs: 6 },
    })
    const bySms = aMessage({ id: 'sms', medium: 'sms', recipientHash: 'ann-phone', flow: 'next-step' })
    await store.planMessages([bySms])
    assert.deepEqual(await factsFor(store, bySms), {
      ...{ suppressions: [], consents: [], marketingAtMs: [], otherAtMs: null, dismissedAtMs: 6 },
    })
  })

  guarantee(
    'marketing counts that may have reached the person in the last 30 days, over all flows',
    async (store) => {
      const claimed = (id: string, atMs: number, more: Partial<Message> = {}) => ({
        ...claimOf(aMessage({ id, orderId: id }), atMs),
        ...more,
      })
      const again = aMessage({ claimedAtMs: nowMs - 50 })
      await store.planMessages([
        again,
        claimed('newest', nowMs - 1, { state: 'sent' }),
        claimed('oldest', nowMs - 30 * DAY_MS, { flow: 'next-step' }),
        claimed('open', nowMs - 3, { state: 'ambiguous' }),
        claimed('not-rendered', nowMs - 4, { class: null }),
        claimed('too-old', nowMs - 30 * DAY_MS - 1),
        claimed('refused', nowMs - 5, { state: 'rejected' }),
        claimed('put-back', nowMs - 6, { state: 'scheduled' }),
        claimed('confirmation', nowMs - 7, { flow: 'confirmation', class: 'transactional_with_offer' }),
        claimed('early-confirmation', nowMs - 8, { flow: 'confirmation', class: null }),
        claimed('early-add-on', nowMs - 8, { flow: 'add-on-added', class: null }),
        claimed('became-marketing', nowMs - 9, { flow: 'confirmation' }),
        claimed('of-bob', nowMs - 10, { recipientHash: 'bob' }),
        claimed('sms', nowMs - 11, { medium: 'sms' }),
      ])
      assert.deepEqual((await factsFor(store, again)).marketingAtMs, [
        ...[nowMs - 30 * DAY_MS, nowMs - 9, nowMs - 4, nowMs - 3, nowMs - 1],
      ])
    },
  )
}

function verdictGuarantees(guarantee: Guarantee): void {
  guarantee('a message is claimed where the verdict is to send it, and else it stays', async (store) => {
    await store.planMessages([aMessage()])
    const next = claimOf(aMessage(), nowMs)
    for (const verdict of [
      { kind: 'later', dueAtMs: 5, reason: 'quiet-hours' },
      { kind: 'never', reason: 'no-consent' },
    ] as const) {
      assert.deepEqual(await store.claimMessage(next, () => verdict, nowMs), verdict)
      assert.deepEqual(await store.getMessage('message'), aMessage())
    }
    assert.deepEqual(await store.claimMessage(next, () => send, nowMs), send)
    assert.deepEqual(await store.getMessage('message'), next)
    assert.deepEqual(await store.messagesDue(next.leaseUntilMs - 1, 9), [])
    assert.deepEqual(await store.messagesDue(next.leaseUntilMs, 9), [next])
  })

  guarantee(
    'a claim from a version that is not the stored one is lost without being judged',
    async (store) => {
      await store.planMessages([aMessage()])
      await store.cancelMessages('order', 'bought-meanwhile', 5)
      const unasked = () => assert.fail('the judge was asked')
      const stale = claimOf(aMessage(), nowMs)
      assert.deepEqual(await store.claimMessage(stale, unasked, nowMs), { kind: 'lost' })
      const unknown = claimOf(aMessage({ id: 'unknown' }), nowMs)
      assert.deepEqual(await store.claimMessage(unknown, unasked, nowMs), { kind: 'lost' })
      assert.equal((await store.getMessage('message'))?.state, 'cancelled')
    },
  )

  guarantee('a judge that throws leaves the message as it was', async (store) => {
    await store.planMessages([aMessage()])
    const claim = store.claimMessage(claimOf(aMessage(), nowMs), () => assert.fail('cannot tell'), nowMs)
    await assert.rejects(claim, /cannot tell/)
    assert.deepEqual(await store.getMessage('message'), aMessage())
    assert.deepEqual(await store.claimMessage(claimOf(aMessage(), nowMs), () => send, nowMs), send)
  })

  guarantee('of 20 who claim one message at once one gets it', async (store, place) => {
    await store.planMessages([aMessage()])
    const verdicts = await byTwo(store, place, (one, turn) =>
      one.claimMessage(claimOf(aMessage(), nowMs, { channel: `${turn}` }), () => send, nowMs),
    )
    const won = verdicts.findIndex(({ kind }) => kind === 'send')
    assert.equal(verdicts.filter(({ kind }) => kind === 'lost').length, verdicts.length - 1)
    assert.equal((await store.getMessage('message'))?.channel, `${won}`)
  })

  guarantee(
    'of 20 messages to one person, claimed at once, one passes a cap of one',
    async (store, place) => {
      const messages = Array.from({ length: 20 }, (_, step) => aMessage({ id: `m-${step}`, step }))
      await store.planMessages(messages)
      const capped = ({ marketingAtMs }: ClaimFacts): ClaimVerdict =>
        marketingAtMs.length === 0 ? send : { kind: 'later', dueAtMs: nowMs + DAY_MS, reason: 'cap' }
      const verdicts = await byTwo(store, place, (one, turn) =>
        one.claimMessage(claimOf(messages[turn] ?? aMessage(), nowMs), capped, nowMs),
      )
      assert.equal(verdicts.filter(({ kind }) => kind === 'send').length, 1)
    },
  )
}

/**
 * Two workers claim; every second message is to the address that unsubscribes in the middle. Half of those are under a
 * lapsed claim of a dead worker, which the unsubscribe does not cancel: only the judgement in the claim holds them back.
 */
async function unsubscribeAmongMany(store: Store, place: Place): Promise<void> {
  const toAnn = (turn: number) => turn % 2 === 0
  const queued = Array.from({ length: 10_000 }, (_, turn) =>
    aMessage({
      ...{ id: `m-${turn}`, step: turn, orderId: toAnn(turn) ? 'of-ann' : `order-${turn}` },
      ...{ recipientHash: toAnn(turn) ? 'ann' : `other-${turn}`, dueAtMs: turn },
      ...(turn % 4 === 0 ? { state: 'claimed', leaseUntilMs: turn } : {}),
    }),
  )
  await store.planMessages(queued)
  const claimedOfAnn = async () =>
    (await store.messagesOfOrder('of-ann')).filter(({ attempts }) => attempts > 0).length

  const waiting = (await store.messagesDue(nowMs, 10_000)).values()
  assert.equal(queued.length, 10_000)
  let [claimed, suppressedAtMs, keptBack] = [0, Number.POSITIVE_INFINITY, 0]
  let claimedBefore = -1
  const unsubscribe = async () => {
    while (claimed < 200) await new Promise((resolve) => setImmediate(resolve))
    await store.suppress(unsubscribed, [])
    suppressedAtMs = claimed
    claimedBefore = await claimedOfAnn()
  }
  const work = async (worker: Store) => {
    for (const message of waiting) {
      const verdict = await worker.claimMessage(claimOf(message, nowMs), unlessSuppressed, nowMs)
      claimed += 1
      if (verdict.kind === 'never') keptBack += 1
      if (claimed >= suppressedAtMs + 500) return
    }
  }
  const other = await place.open()
  try {
    const workers = Array.from({ length: 8 }, (_, turn) => work(turn % 2 === 0 ? store : other))
    await Promise.all([unsubscribe(), ...workers])
    assert.ok(claimedBefore > 0, 'some were claimed before')
    assert.ok(keptBack > 100, `${keptBack} were kept back by the judgement`)
    assert.equal(await claimedOfAnn(), claimedBefore)
    const open = (await store.messagesOfOrder('of-ann')).filter(({ state }) => state === 'scheduled')
    assert.deepEqual(open, [])
  } finally {
    await other.close()
  }
}

// Many messages are queued and people unsubscribe while they are being sent, by several workers: requirement C5 and test A20
// of docs/reliability.md. AFTERCART_QUEUED=10000 is the size of the figure there.

import assert from 'node:assert/strict'
import test from 'node:test'
import { sendDue } from '../src/following-up/send-due.ts'
import { unsubscribe } from '../src/following-up/unsubscribe.ts'
import { agreed, hashOf, openFollowUpDesk } from './follow-up-desk.ts'
import { marketingAtOnce, orderOf } from './follow-up-world.ts'

const QUEUED = Number(process.env.AFTERCART_QUEUED ?? 400)
/** Messages to each person. */
const EACH = 20
const WORKERS = 2

test('from the moment that an unsubscription is confirmed no message to that person is claimed', async (t) => {
  const desk = await openFollowUpDesk({ settings: marketingAtOnce })
  t.after(() => desk.close())
  const { store } = desk.effects
  const addressOf = (person: number) => `p-${person}@example.com`
  const people = QUEUED / EACH
  await store.addConsents(
    Array.from({ length: people }, (_, person) => agreed(addressOf(person), desk.clock.nowMs())),
  )
  for (let from = 0; from < QUEUED; from += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        const order = orderOf(['machine'], { id: `o-${from + at}`, customerId: null })
        return desk.receive(order, { address: addressOf((from + at) % people), consents: false })
      }),
    )
  assert.equal((await store.listMessages({ state: 'scheduled', limit: QUEUED + 1 })).length, QUEUED)

  const confirmed = new Set<string>()
  let claimedAfter = 0
  let claimed = 0
  const watched = {
    ...desk.effects,
    store: {
      ...store,
      // Each order as if by a stranger: nobody is written to twenty times about one product.
      ordersOfRecipient: async () => [],
      claimMessage: async (...given: Parameters<typeof store.claimMessage>) => {
        const wasConfirmed = confirmed.has(given[0].recipientHash)
        const verdict = await store.claimMessage(...given)
        if (verdict.kind !== 'send') return verdict
        claimed += 1
        if (wasConfirmed) claimedAfter += 1
        return verdict
      },
    },
  }
  const leave = async (person: number): Promise<void> => {
    const recipientHash = hashOf(addressOf(person))
    await unsubscribe({ recipientHash, medium: 'email', messageId: null }, desk.effects)
    confirmed.add(recipientHash)
  }
  const leaving: Promise<void>[] = []
  desk.answer = () => {
    // Half of the people, one after the other, while the first half of the messages goes out.
    if (desk.given.length % EACH === 0 && leaving.length < people / 2) leaving.push(leave(leaving.length * 2))
    return { kind: 'sent', providerRef: null }
  }
  for (let due = 1; due > 0; ) {
    const rounds = await Promise.all(Array.from({ length: WORKERS }, () => sendDue(watched)))
    for (const { failures } of rounds) assert.deepEqual(failures, [])
    due = Math.max(...rounds.map((round) => round.due))
  }
  await Promise.all(leaving)

  assert.equal(claimedAfter, 0)
  assert.equal(desk.given.length, claimed)
  const sentTo = Map.groupBy(desk.given, ({ to }) => to.address)
  let spared = 0
  for (let person = 0; person < people; person += 1) {
    const got = sentTo.get(addressOf(person))?.length ?? 0
    // Who leaves when their last message is out has got all of them.
    if (confirmed.has(hashOf(addressOf(person)))) spared += EACH - got
    else assert.equal(got, EACH, `${person} stayed`)
  }
  assert.ok(spared > 0, 'somebody left in time')
  t.diagnostic(
    `${QUEUED} queued, ${confirmed.size} people left, ${claimed} sent, ${claimedAfter} claimed after`,
  )
})

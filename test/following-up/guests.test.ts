// A guest has no customer id: who they are is told by the address of the order. What they bought in another order is not
// offered to them, and what two messages brought is not brought by a third.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { DAY_MS } from '../../src/domain/instant.ts'
import type { Order } from '../../src/domain/order.ts'
import { planFollowUps } from '../../src/following-up/plan-follow-ups.ts'
import {
  agreed,
  type FollowUpDesk,
  hashOf,
  openFollowUpDesk,
  recipientOf,
  sealPlainly,
} from '../follow-up-desk.ts'
import { flowSettings, orderOf } from '../follow-up-world.ts'

let desk: FollowUpDesk
beforeEach(async () => {
  desk = await openFollowUpDesk()
})
afterEach(() => desk.close())

const guest = (id: string, products: readonly string[], more: Partial<Order> = {}) =>
  orderOf(products, { id, customerId: null, placedAtMs: desk.clock.nowMs(), ...more })

async function outcome(flow: string, orderId: string) {
  const { state, reason } = await desk.message(flow, orderId)
  return [state, reason]
}

test('what a guest bought meanwhile in another order under the same address is not offered', async () => {
  await desk.receive(guest('one', ['machine']))
  await desk.pass(4)
  await desk.receive(guest('two', ['grinder']))
  await desk.pass(26)
  assert.deepEqual(await outcome('next-step', 'one'), ['cancelled', 'bought-meanwhile'])
})

test('what another guest bought changes nothing', async () => {
  await desk.receive(guest('one', ['machine']))
  await desk.receive(guest('two', ['grinder']), { address: 'bob@example.com' })
  await desk.pass(26)
  assert.deepEqual(await outcome('next-step', 'one'), ['sent', null])
})

test('a purchase as a customer counts for the same address as a guest, and the other way round', async () => {
  for (const [first, second] of [
    [null, 'ada'],
    ['bea', null],
  ] as const) {
    const [one, two, address] = [`one-${first}`, `two-${first}`, `${first}@example.com`]
    await desk.receive(guest(one, ['machine'], { customerId: first }), { address })
    await desk.pass(1)
    await desk.receive(guest(two, ['grinder'], { customerId: second }), { address })
    await desk.pass(26)
    assert.deepEqual(await outcome('next-step', one), ['cancelled', 'bought-meanwhile'])
  }
})

test('what two messages brought to a guest is not brought by a third', async () => {
  for (const id of ['one', 'two', 'three']) {
    await desk.receive(guest(id, ['machine']))
    await desk.pass(40)
  }
  assert.deepEqual(await outcome('next-step', 'one'), ['sent', null])
  assert.deepEqual(await outcome('next-step', 'two'), ['sent', null])
  const brought = desk.given.filter(({ moment }) => moment.flow === 'next-step')
  assert.deepEqual(
    brought.map(({ moment }) => moment.orderId),
    ['one', 'two'],
  )
  assert.deepEqual(await outcome('next-step', 'three'), ['cancelled', 'offered-twice'])
})

test('by SMS a guest is known by the e-mail address, and by the number alone where there is none', async () => {
  const { flows } = flowSettings().messaging
  const bySms = Object.fromEntries(
    Object.entries(flows).map(([name, one]) => [name, { ...one, medium: 'sms' as const }]),
  )
  desk.effects.settings = flowSettings({ flows: bySms })
  const { store } = desk.effects
  await store.addConsents([agreed('+447700900001', desk.clock.nowMs(), 'sms')])
  const receive = async (order: Order, email: string | null) => {
    const phone = { phone: '+447700900001', phoneHash: hashOf('+447700900001') }
    const person = { ...recipientOf(email ?? ''), ...phone, timeZones: ['Europe/London'] }
    const known = email === null ? { ...person, email, emailHash: null } : person
    await store.putOrder(order, desk.clock.nowMs())
    await store.putRecipient(order.id, sealPlainly(known), desk.clock.nowMs())
    await planFollowUps(order.id, desk.effects)
  }
  await receive(guest('ann', ['machine']), 'ann@example.com')
  await receive(guest('nobody', ['machine']), null)
  await receive(guest('bob', ['grinder'], { placedAtMs: desk.clock.nowMs() + DAY_MS }), 'bob@example.com')
  await desk.pass(26)
  assert.deepEqual(await outcome('next-step', 'ann'), ['sent', null])
  assert.deepEqual(await outcome('next-step', 'nobody'), ['cancelled', 'bought-meanwhile'])
})

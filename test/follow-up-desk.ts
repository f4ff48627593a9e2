// All that follow-ups stand on, for tests: the real store in a temporary folder (or what DATABASE_URL names), a clock that
// stands until it is moved, channels that keep what they were given and say what a test wants, mails of a few words.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { newId } from '../src/adapters/secret/new-id.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { makeDecision } from '../src/deciding/decide-offer.ts'
import type { ConsentEvent } from '../src/domain/consent.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { CONFIRMATION_FLOW, type Message } from '../src/domain/message.ts'
import type { Order } from '../src/domain/order.ts'
import type { Medium, Recipient } from '../src/domain/recipient.ts'
import type { Settings } from '../src/domain/settings.ts'
import type { FollowingUpEffects } from '../src/following-up/following-up-effects.ts'
import { planFollowUps } from '../src/following-up/plan-follow-ups.ts'
import { type SentRound, sendDue } from '../src/following-up/send-due.ts'
import type { GuidedPlan } from '../src/next/guide-plan.ts'
import type { Channel, Outgoing, SendOutcome } from '../src/ports/channel.ts'
import type { Clock } from '../src/ports/clock.ts'
import type { MessageRenderer } from '../src/ports/message-renderer.ts'
import type { StoredRecipient } from '../src/ports/message-store.ts'
import type { Store } from '../src/ports/store.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { flowSettings, orderOf, shopPlan, startMs } from './follow-up-world.ts'

export type FollowUpDesk = {
  readonly effects: FollowingUpEffects & { plan: { get(): GuidedPlan | null }; settings: Settings }
  readonly clock: ReturnType<typeof openManualClock>
  readonly folder: string
  /** What the channels were given, in turn. */
  readonly given: Outgoing[]
  /** What a channel says; sent unless a test says otherwise. */
  answer: (message: Outgoing) => SendOutcome | Promise<SendOutcome>
  /** The order is received, its customer agreed to e-mail unless told otherwise, its messages are planned. */
  receive(order: Order, who?: { readonly address?: string; readonly consents?: boolean }): Promise<void>
  /** Moves the clock by so many days, a round every hour. */
  pass(days: number): Promise<void>
  round(): Promise<SentRound>
  message(flow: string, orderId?: string): Promise<Message>
  close(): Promise<void>
}

export const hashOf = (address: string): string =>
  createHash('sha256').update(address).digest('hex').slice(0, 32)

export const sent: SendOutcome = { kind: 'sent', providerRef: null }

/** Sealed for tests: nobody is to be kept from reading it. */
export function sealPlainly({ email, phone, name, ...kept }: Recipient): StoredRecipient {
  return { ...kept, sealed: JSON.stringify({ email, phone, name }) }
}

function openPlainly({ sealed, ...kept }: StoredRecipient): Recipient {
  const opened: Pick<Recipient, 'email' | 'phone' | 'name'> = JSON.parse(sealed)
  return { ...kept, ...opened }
}

export function recipientOf(address: string): Recipient {
  return {
    ...{ email: address, phone: null, emailHash: hashOf(address), phoneHash: null, name: 'Ada' },
    ...{ country: 'GB', region: null, timeZones: [], locale: 'en-GB' },
  }
}

export function agreed(address: string, atMs: number, medium: Medium = 'email'): ConsentEvent {
  return {
    ...{ key: `given:${medium}:${address}:${atMs}`, recipientHash: hashOf(address), medium, given: true },
    ...{ basis: 'express', softOptIn: null, inWriting: true, legalEntity: 'Shop Ltd' },
    ...{ noticeVersion: 'v1', source: 'checkout', atMs },
  }
}

/** Its class is by what it holds, as the real one computes it. */
export const renderPlainly: MessageRenderer = ({ flow, medium, order, picks, atMs }) => {
  const offers = picks.map(({ product }) => product).join(', ')
  const isConfirmation = flow === CONFIRMATION_FLOW
  const marketing = medium === 'sms' ? 'marketing_sms' : 'marketing_email'
  const body = `Order ${order.id}. ${offers}`
  const unsubscribeUrl = isConfirmation ? null : 'https://after.example/u/token'
  const mail = { from: { name: 'Shop', address: 'shop@shop.example' }, replyTo: null }
  return {
    class: isConfirmation ? (picks.length > 0 ? 'transactional_with_offer' : 'transactional') : marketing,
    content:
      medium === 'sms'
        ? { kind: 'text', body }
        : { kind: 'email', ...mail, unsubscribeUrl, subject: flow, html: `<p>${body}</p>`, text: body },
    shown: picks.map(({ product }) => ({ product, url: `https://shop.example/${product}` })),
    moment: { flow, orderId: order.id, atMs, picks: [] },
  }
}

/** `effects.plan` and `effects.settings` may be changed by a test. */
export function followUpEffects(
  store: Store,
  clock: Clock,
  channels: FollowingUpEffects['channels'],
  settings = flowSettings(),
): FollowUpDesk['effects'] {
  const effects: FollowUpDesk['effects'] = {
    ...{ store, clock, newId, random: seededRandom(7), settings, channels },
    plan: { get: () => shopPlan() },
    testing: { get: () => null },
    ...{ render: renderPlainly, openRecipient: openPlainly },
    sendingDomain: { hold: async () => null, lastHold: () => null },
    hashAddress: (_, address) => hashOf(address),
    async decideConfirmation(order) {
      const decided = { settings: effects.settings, clock, plan: effects.plan.get() }
      return store.putDecision(makeDecision(order, null, 'confirmation-email', decided))
    },
  }
  return effects
}

export async function openFollowUpDesk(
  more: { readonly settings?: Settings; readonly databaseUrl?: string } = {},
): Promise<FollowUpDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-follow-ups-'))
  const store = await openStore({ dataFolder: folder, databaseUrl: more.databaseUrl })
  const clock = openManualClock(startMs)
  const given: Outgoing[] = []
  const channelOf = (medium: Medium): Channel => ({
    ...{ name: 'test', medium },
    async send(message) {
      given.push(message)
      return await desk.answer(message)
    },
    close: async () => {},
  })
  const channels = { email: channelOf('email'), sms: channelOf('sms') }
  const effects = followUpEffects(store, clock, channels, more.settings)
  const desk: FollowUpDesk = {
    ...{ effects, clock, folder, given, answer: () => sent },
    async receive(order, { address = 'ada@example.com', consents = true } = {}) {
      await store.putOrder(order, clock.nowMs())
      await store.putRecipient(order.id, sealPlainly(recipientOf(address)), clock.nowMs())
      if (consents) await store.addConsents([agreed(address, clock.nowMs())])
      await planFollowUps(order.id, effects)
    },
    async pass(days) {
      const untilMs = clock.nowMs() + days * DAY_MS
      while (clock.nowMs() < untilMs) {
        clock.advance(3_600_000)
        const { failures } = await desk.round()
        if (failures.length > 0) throw failures[0]
      }
    },
    round: () => sendDue(effects),
    async message(flow, orderId = orderOf([]).id) {
      const found = (await store.messagesOfOrder(orderId)).find((one) => one.flow === flow)
      if (found === undefined) throw new Error(`no message of ${flow}`)
      return found
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return desk
}

// The driver that needs no shopper: what is due is driven on, and what providers and the shop said is looked at. Comes in: the
// effects, and whether to stop. Goes out: how much was done. It may run in several processes at once and be killed at any time:
// an acceptance is moved by compare and set, a message stays in the inbox until it was looked at. One that fails, whatever the
// reason, is put off, so that it does not stand before all others again and again; the rest goes on, then it is thrown.

import { AppError } from '../domain/errors.ts'
import type { InboxMessage } from '../ports/offer-store.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { driveAcceptance, hear } from './drive-acceptance.ts'
import { providerOf } from './provider-of.ts'

const BATCH = 50
/** So many at once: a provider that is slow must not hold up all others. */
const AT_ONCE = 8
/** A message may come before our own row is written; longer than this it speaks of something that is not ours. */
const UNKNOWN_MS = 10 * 60_000
const AGAIN_MS = 5000
const POSTPONED_MS = 60_000

export type LookedAfter = { readonly driven: number; readonly messages: number }

/** A round of both. A worker runs them apart: a provider that hangs while its messages are looked at must hold up no purchase. */
export async function lookAfterOffers(effects: AcceptingEffects): Promise<LookedAfter> {
  const [messages, driven] = [await settle(lookAtMessages(effects)), await settle(driveDue(effects))]
  return { messages: messages(), driven: driven() }
}

export async function lookAtMessages(
  effects: AcceptingEffects,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const { store, clock } = effects
  const messages = await store.dueMessages(clock.nowMs(), BATCH)
  await inTurns(messages, isStopping, {
    work: (message) => lookAt(message, effects),
    putOff: (message) => store.settleMessage(message.id, whenSettled(message, POSTPONED_MS, effects)),
  })
  return messages.length
}

export async function driveDue(
  effects: AcceptingEffects,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const due = await effects.store.dueAcceptances(effects.clock.nowMs(), BATCH)
  await inTurns(due, isStopping, {
    work: ({ offerId }) => driveAcceptance(offerId, effects),
    putOff: ({ offerId }) => postpone(offerId, effects),
  })
  return due.length
}

async function inTurns<T>(
  due: readonly T[],
  isStopping: () => boolean,
  does: { readonly work: (one: T) => Promise<unknown>; readonly putOff: (one: T) => Promise<unknown> },
): Promise<void> {
  const waiting = [...due]
  const failures: unknown[] = []
  const takeTurns = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined && !isStopping(); one = waiting.shift()) {
      try {
        await does.work(one)
      } catch (error) {
        failures.push(error)
        // Where not even that can be written, the next round finds it again.
        await does.putOff(one).catch(() => {})
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns))
  if (failures.length > 0) throw failures[0]
}

async function settle<T>(work: Promise<T>): Promise<() => T> {
  return await work.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
}

async function postpone(offerId: string, { store, clock }: AcceptingEffects): Promise<void> {
  const row = await store.getAcceptance(offerId)
  if (row === null) return
  const dueAtMs = clock.nowMs() + POSTPONED_MS
  await store.saveAcceptance({ ...row, dueAtMs, leaseUntilMs: 0, version: row.version + 1 }, [])
}

async function lookAt(message: InboxMessage, effects: AcceptingEffects): Promise<void> {
  const { store, clock } = effects
  try {
    const isDone =
      message.topic === 'payment' ? await lookAtPayment(message, effects) : await closeOrder(message, effects)
    if (isDone) return await store.settleMessage(message.id, { doneAtMs: clock.nowMs() })
    return await store.settleMessage(message.id, whenSettled(message, AGAIN_MS, effects))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'provider-unavailable') throw error
  }
  await store.settleMessage(message.id, { againAtMs: clock.nowMs() + AGAIN_MS })
}

/** One of something unknown, or that cannot be looked at, is given up after a while. */
function whenSettled({ receivedAtMs }: InboxMessage, againMs: number, { clock }: AcceptingEffects) {
  const nowMs = clock.nowMs()
  return nowMs - receivedAtMs > UNKNOWN_MS ? { doneAtMs: nowMs } : { againAtMs: nowMs + againMs }
}

/** The message itself is not believed: it only says that there is something to read. */
async function lookAtPayment({ subject }: InboxMessage, effects: AcceptingEffects): Promise<boolean> {
  const row = await effects.store.findAcceptance(subject)
  if (row === null) return false
  const paying = await providerOf(row.orderId, effects)
  if (paying === null) return false
  const payment = await paying.provider.read(subject)
  // What an open one hears out of turn is heard like an answer; each state takes what concerns it.
  await hear(row.offerId, { kind: 'payment', payment }, effects)
  return true
}

async function closeOrder({ subject }: InboxMessage, effects: AcceptingEffects): Promise<boolean> {
  for (const { offerId } of await effects.store.listAcceptances(subject)) {
    await hear(offerId, { kind: 'order-cancelled' }, effects)
  }
  return true
}

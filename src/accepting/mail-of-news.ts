// The mail by which a shopper hears what became of an add-on. Comes in: the acceptance before and after a change. Goes out:
// the row of the mail, none where there is nothing new to say. The row is written in the transaction of the change, so
// that whoever is killed between the two tells nobody twice and forgets nobody; sending it is not the matter of this room.

import type { Acceptance } from '../domain/acceptance.ts'
import { type AddOnFlow, addOnMessageId, addOnNews } from '../domain/add-on-news.ts'
import { DAY_MS } from '../domain/instant.ts'
import { type Message, scheduledMessage } from '../domain/message.ts'
import { recipientHash } from '../domain/recipient.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { PATIENCE_MS } from './patience.ts'

/** What happened to money is worth knowing even a few days late. */
const USEFUL_MS = 7 * DAY_MS

type Effects = Pick<AcceptingEffects, 'store' | 'sendsMail'>

/** Under which name the shopper of an order is written to; `null` where they are not. */
export async function mailedAs(orderId: string, { store, sendsMail }: Effects): Promise<string | null> {
  const recipient = sendsMail ? await store.getRecipient(orderId) : null
  return recipient === null ? null : recipientHash(recipient, 'email')
}

export async function mailOfNews(
  before: Acceptance,
  after: Acceptance,
  nowMs: number,
  effects: Effects,
): Promise<readonly Message[]> {
  const flow = newsToTell(before, after, nowMs)
  const hash = flow === null ? null : await mailedAs(after.orderId, effects)
  if (flow === null || hash === null) return []
  return [
    scheduledMessage(
      {
        ...{ id: addOnMessageId(after), orderId: after.orderId, flow, step: 0, medium: 'email' },
        ...{ recipientHash: hash, dueAtMs: nowMs, lastUsefulAtMs: nowMs + USEFUL_MS },
      },
      nowMs,
    ),
  ]
}

/** An end without goods and without money is told by the page itself while the shopper waits; later, by mail. */
export function newsToTell(before: Acceptance, after: Acceptance, nowMs: number): AddOnFlow | null {
  const news = addOnNews(after)
  if (news === null || news === addOnNews(before)) return null
  const wasToldByPage =
    news === 'add-on-not-added' && after.capturedMinor === 0 && nowMs - after.acceptedAtMs < PATIENCE_MS
  return wasToldByPage ? null : news
}

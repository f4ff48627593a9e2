// For the other side that knows no idempotency key: the ids that it took are remembered. Comes in: how to send. Goes out: the
// same, where an id that was sent, or is being sent, is not sent again. What was not taken, or may not have been, is
// remembered by nobody but the caller, who decides whether to repeat it.

import type { SendOutcome } from '../../ports/channel.ts'

/** Enough for hours of sending; a claim in the store keeps the same promise for good. */
const REMEMBERED = 20_000

export function onceById<M extends { readonly id: string }>(
  send: (message: M) => Promise<SendOutcome>,
): (message: M) => Promise<SendOutcome> {
  const outcomes = new Map<string, Promise<SendOutcome>>()
  return (message) => {
    const before = outcomes.get(message.id)
    if (before !== undefined) return before
    const sending = send(message).then((outcome) => {
      if (outcome.kind !== 'sent') outcomes.delete(message.id)
      return outcome
    })
    outcomes.set(message.id, sending)
    if (outcomes.size > REMEMBERED) {
      for (const oldest of outcomes.keys()) {
        outcomes.delete(oldest)
        break
      }
    }
    return sending
  }
}

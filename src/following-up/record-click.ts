// A click on a product of a message. Comes in: the message and which of its products, as the signed link says. Goes out:
// where it leads, as it was stored when the message was sent; `null` where there is no such product. The first click on
// each is entered in the ledger.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { messageEntry } from './message-entry.ts'

export async function recordClick(
  { messageId, index }: { readonly messageId: string; readonly index: number },
  { store, clock }: Pick<FollowingUpEffects, 'store' | 'clock'>,
): Promise<{ readonly url: string } | null> {
  const message = await store.getMessage(messageId)
  const shown = message?.shown[index]
  if (message === null || shown === undefined || shown.url === null) return null
  const order = await store.getOrder(message.orderId)
  const key = `clicked:${messageId}:${index}`
  const what = { key, atMs: clock.nowMs(), product: shown.product }
  await store.addToLedger([messageEntry('clicked', message, order, what)])
  return { url: shown.url }
}

/** On a pick of a confirmation that the shop's own mail system sent: there is no message of ours, so the order stands for it. */
export async function recordBlockClick(
  {
    orderId,
    index,
    pick,
  }: {
    readonly orderId: string
    readonly index: number
    readonly pick: Pick<DecidedPick, 'product' | 'price' | 'anchor' | 'relation'>
  },
  { store, clock }: Pick<FollowingUpEffects, 'store' | 'clock'>,
): Promise<void> {
  await store.addToLedger([
    {
      key: `clicked:confirmation:${orderId}:${index}`,
      kind: 'clicked',
      atMs: clock.nowMs(),
      offerId: orderId,
      orderId,
      product: pick.product,
      placement: 'confirmation-email',
      anchor: pick.anchor,
      relation: pick.relation,
      amountMinor: 0,
      currency: pick.price.currency,
      detail: null,
    },
  ])
}

// What became of an add-on, as far as its shopper is written to. Comes in: an acceptance. Goes out: the flow of the mail that
// says how it stands, or `null` while there is nothing to say. Such a mail is about something that was bought: it asks for
// no consent and offers nothing.

import type { Acceptance } from './acceptance.ts'

export const addOnFlows = ['add-on-added', 'add-on-not-added', 'add-on-returned'] as const
export type AddOnFlow = (typeof addOnFlows)[number]

export function isAddOnFlow(flow: string): flow is AddOnFlow {
  return addOnFlows.some((one) => one === flow)
}

export function addOnNews(row: Acceptance): AddOnFlow | null {
  switch (row.state) {
    case 'completed':
      return 'add-on-added'
    case 'undone':
    case 'reversed':
      return 'add-on-returned'
    case 'declined':
    case 'rejected':
    case 'void':
    case 'expired':
    case 'refunded':
      return 'add-on-not-added'
    case 'needs-attention':
      return isClearedUp(row) ? (row.goal === 'undone' ? 'add-on-returned' : 'add-on-not-added') : null
    default:
      return null
  }
}

/** An audit has looked: the order holds no line, and whatever was reserved or taken was given back. */
function isClearedUp({ auditsLeft, hasLine, capturedMinor, refundedMinor }: Acceptance): boolean {
  return auditsLeft < 2 && !hasLine && capturedMinor <= refundedMinor
}

/** The change of an acceptance that the mail tells of, which happens once; with the offer's 128 random bits. */
export function addOnMessageId({ offerId, version }: Pick<Acceptance, 'offerId' | 'version'>): string {
  return `${offerId}-${version}`
}

export function offerOfMessage(messageId: string): string {
  return messageId.slice(0, messageId.lastIndexOf('-'))
}

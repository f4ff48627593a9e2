// What every reader of notices does. Comes in: what one event tells of several addresses. Goes out: a notice for each, under
// ids of their own, so that the same event twice is taken once.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { DeliveryNotice } from '../../domain/delivery-notice.ts'

type Told = Omit<DeliveryNotice, 'eventId' | 'address'>

export function noticesOf(
  eventId: string,
  addresses: readonly (string | null)[],
  told: Told,
): readonly DeliveryNotice[] {
  return addresses.map((address, at) => ({
    ...told,
    address,
    eventId: at === 0 ? eventId : `${eventId}:${at}`,
  }))
}

/** In a time that does not depend on where they differ. */
export function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return secret !== '' && timingSafeEqual(digest(given), digest(secret))
}

/** An id of ours, as it came back. */
export function ownId(text: string | null): string | null {
  return text !== null && /^[A-Za-z0-9_-]{1,128}$/.test(text) ? text : null
}

// The hashes under which somebody may be known: as a customer, by an e-mail address, by a phone number. Comes in: names as a
// shop writes them. What is no address has no hash of that kind.

import type { Person } from '../ports/person-store.ts'
import type { HttpEffects } from './effects.ts'

export function personOf(
  names: readonly string[],
  { hashCustomer, messaging }: Pick<HttpEffects, 'hashCustomer' | 'messaging'>,
): Person {
  const hashes = names.flatMap((name) => [
    messaging.hashRecipient('email', name),
    messaging.hashRecipient('sms', name),
  ])
  return {
    // A shop may use addresses as customer ids.
    customerIds: names.map(hashCustomer).filter((hash) => hash !== null),
    recipientHashes: hashes.filter((hash) => hash !== null),
  }
}

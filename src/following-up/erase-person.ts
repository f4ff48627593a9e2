// A person asks for oblivion, or for what is known of them. Comes in: hashes of their ids and addresses. The erasure is
// logged apart from the store before it is done, and done again at each start, so that a copy of the store that is put
// back brings nobody back. A phone number that several people share erases none of them: who asks may be any of
// them; no message reaches it any more, and the caller is told.

import type { Recipient } from '../domain/recipient.ts'
import type { Clock } from '../ports/clock.ts'
import type { ErasureLog } from '../ports/erasure-log.ts'
import type { StoredRecipient } from '../ports/message-store.ts'
import type { ErasedPerson, Person, PersonRows } from '../ports/person-store.ts'
import type { Store } from '../ports/store.ts'

export type PersonEffects = {
  readonly store: Pick<Store, 'erasePerson' | 'readPerson' | 'getRecipient'>
  readonly erasures: ErasureLog
  readonly clock: Clock
  readonly openRecipient: (stored: StoredRecipient) => Recipient
}

export async function erasePerson(
  person: Person,
  { store, erasures, clock }: Omit<PersonEffects, 'openRecipient'>,
): Promise<ErasedPerson & { readonly sharedNumber: boolean }> {
  const atMs = clock.nowMs()
  // What is asked for leads to more hashes only as long as they are there: those are logged, too.
  const { customerIds, recipientHashes, sharedNumber } = await store.readPerson(person)
  const found = { customerIds, recipientHashes }
  await erasures.add(found, atMs)
  return { ...(await store.erasePerson(found, atMs)), sharedNumber }
}

/** How many were found in the store again. */
export async function reapplyErasures({
  store,
  erasures,
}: Pick<PersonEffects, 'store' | 'erasures'>): Promise<number> {
  let found = 0
  for (const { atMs, ...person } of await erasures.list()) {
    const { orders } = await store.erasePerson(person, atMs)
    if (orders > 0) found += 1
  }
  return found
}

export type PersonExport = {
  /** As the shop sent it, by order. */
  readonly contacts: readonly (Pick<Recipient, 'email' | 'phone' | 'name'> & { readonly orderId: string })[]
  readonly tables: PersonRows
  /** Asked for by a phone number that is several people's: say an e-mail address or a customer id, too. */
  readonly sharedNumber: boolean
}

export async function exportPerson(
  person: Person,
  { store, openRecipient }: Pick<PersonEffects, 'store' | 'openRecipient'>,
): Promise<PersonExport> {
  const { rows, sharedNumber } = await store.readPerson(person)
  const contacts = []
  for (const { order_id } of rows.recipients ?? []) {
    const stored = await store.getRecipient(String(order_id))
    if (stored === null) continue
    const { email, phone, name } = openRecipient(stored)
    contacts.push({ orderId: String(order_id), email, phone, name })
  }
  return { contacts, tables: rows, sharedNumber }
}

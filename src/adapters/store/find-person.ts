// Whose rows are whose. From the hashes of customer ids and e-mail addresses to orders and back, until a round brings nothing
// new. A telephone number may be a household's: by itself it leads to orders that name nobody else, and to a person only
// where all its orders are one person's.

import type { Kysely } from 'kysely'
import type { Person } from '../../ports/person-store.ts'
import type { Tables } from './tables.ts'

/** Ids in one statement: PostgreSQL and SQLite both take far more. */
const CHUNK = 500
/** A person has no more orders than this; it also ends a walk over damaged rows. */
const WALK_MAX = 50

export type FoundPerson = Person & { readonly orderIds: readonly string[] }

/** Of what was received until then: who was erased and buys again is a new customer, whatever is erased once more at a start. */
export async function findPerson(db: Kysely<Tables>, person: Person, untilMs: number): Promise<FoundPerson> {
  const found = await walk(db, person, untilMs)
  const underNumber = await ordersOfNumbers(db, person.recipientHashes, untilMs)
  const nobodys = underNumber.filter(isNobodys).map(({ orderId }) => orderId)
  return { ...found, orderIds: [...new Set([...found.orderIds, ...nobodys])] }
}

/** As somebody asks for a person: by a number alone, too. `sharedNumber`: it is several people's, so that none was found by it. */
export async function findByNames(
  db: Kysely<Tables>,
  person: Person,
): Promise<FoundPerson & { readonly sharedNumber: boolean }> {
  const ever = Number.MAX_SAFE_INTEGER
  const found = await findPerson(db, person, ever)
  const underNumber = await ordersOfNumbers(db, person.recipientHashes, ever)
  const named = underNumber.filter((one) => !isNobodys(one))
  const isFoundOtherwise = (await walk(db, person, ever)).orderIds.length > 0
  const [first] = named
  if (isFoundOtherwise || first === undefined) return { ...found, sharedNumber: false }
  const { customerId, emailHash } = first
  const names = {
    customerIds: customerId === null ? person.customerIds : [...person.customerIds, customerId],
    recipientHashes: emailHash === null ? person.recipientHashes : [...person.recipientHashes, emailHash],
  }
  const owner = await findPerson(db, names, ever)
  const isOwners = named.every(({ orderId }) => owner.orderIds.includes(orderId))
  return isOwners ? { ...owner, sharedNumber: false } : { ...found, sharedNumber: true }
}

async function walk(db: Kysely<Tables>, person: Person, untilMs: number): Promise<FoundPerson> {
  const customerIds = new Set(person.customerIds)
  const recipientHashes = new Set(person.recipientHashes)
  const orderIds = new Set<string>()
  const leading = new Set(person.recipientHashes)
  const size = () => customerIds.size + recipientHashes.size + orderIds.size
  for (let before = -1, round = 0; size() !== before && round < WALK_MAX; round += 1) {
    before = size()
    for (const ids of chunksOf([...customerIds])) {
      const rows = await db
        .selectFrom('orders')
        .select('id')
        .where('customer_id', 'in', ids)
        .where('received_at_ms', '<=', untilMs)
        .execute()
      for (const { id } of rows) orderIds.add(id)
    }
    for (const hashes of chunksOf([...leading])) {
      const rows = await db
        .selectFrom('recipients')
        .select('order_id')
        .where('received_at_ms', '<=', untilMs)
        .where('email_hash', 'in', hashes)
        .execute()
      for (const { order_id } of rows) orderIds.add(order_id)
    }
    for (const ids of chunksOf([...orderIds])) {
      const orders = await db.selectFrom('orders').select('customer_id').where('id', 'in', ids).execute()
      for (const { customer_id } of orders) if (customer_id !== null) customerIds.add(customer_id)
      const addresses = await db
        .selectFrom('recipients')
        .select(['email_hash', 'phone_hash'])
        .where('order_id', 'in', ids)
        .execute()
      for (const { email_hash, phone_hash } of addresses) {
        if (email_hash !== null) {
          recipientHashes.add(email_hash)
          leading.add(email_hash)
        }
        if (phone_hash !== null) recipientHashes.add(phone_hash)
      }
    }
  }
  return {
    customerIds: [...customerIds],
    recipientHashes: [...recipientHashes],
    orderIds: [...orderIds],
  }
}

type OrderOfNumber = {
  readonly orderId: string
  readonly customerId: string | null
  readonly emailHash: string | null
}

async function ordersOfNumbers(
  db: Kysely<Tables>,
  hashes: readonly string[],
  untilMs: number,
): Promise<readonly OrderOfNumber[]> {
  const found: OrderOfNumber[] = []
  for (const some of chunksOf(hashes)) {
    const rows = await db
      .selectFrom('recipients')
      .leftJoin('orders', 'orders.id', 'recipients.order_id')
      .select(['recipients.order_id', 'recipients.email_hash', 'orders.customer_id'])
      .where('recipients.phone_hash', 'in', some)
      .where('recipients.received_at_ms', '<=', untilMs)
      .orderBy('recipients.order_id')
      .execute()
    for (const { order_id, email_hash, customer_id } of rows)
      found.push({ orderId: order_id, customerId: customer_id, emailHash: email_hash })
  }
  return found
}

function isNobodys({ customerId, emailHash }: OrderOfNumber): boolean {
  return customerId === null && emailHash === null
}

export function chunksOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, at) =>
    ids.slice(at * CHUNK, (at + 1) * CHUNK),
  )
}

// What people said about messages, word after word, and what else bears on whether one may be sent: soft bounces, and
// mails of the shop's own.

import type { Kysely } from 'kysely'
import type { ConsentEvent } from '../../domain/consent.ts'
import type { Medium } from '../../domain/recipient.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, isStorableKey, readJson, requireStorableKey } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766. */
const rowsAtOnce = 1_000

export async function addConsents(database: StoreDatabase, events: readonly ConsentEvent[]): Promise<void> {
  if (events.length === 0) return
  for (const event of events) {
    requireStorableKey(event.key, 'key of the consent')
    requireStorableKey(event.recipientHash, 'recipient of the consent')
  }
  await database.writeTogether(async (db) => {
    for (let from = 0; from < events.length; from += rowsAtOnce)
      await db
        .insertInto('consents')
        .values(
          events.slice(from, from + rowsAtOnce).map((event) => ({
            key: event.key,
            recipient_hash: event.recipientHash,
            medium: event.medium,
            at_ms: event.atMs,
            body: JSON.stringify(event),
          })),
        )
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
  })
}

export async function listConsents(database: StoreDatabase, recipientHash: string): Promise<ConsentEvent[]> {
  return isStorableKey(recipientHash) ? await readConsents(database.read, recipientHash) : []
}

export async function readConsents(
  db: Kysely<Tables>,
  recipientHash: string,
  medium?: Medium,
): Promise<ConsentEvent[]> {
  let query = db.selectFrom('consents').select(['key', 'body']).where('recipient_hash', '=', recipientHash)
  if (medium !== undefined) query = query.where('medium', '=', medium)
  const rows = await query.orderBy('at_ms').orderBy('key').execute()
  return rows.map(readConsent)
}

export function readConsent({ key, body }: Pick<Tables['consents'], 'key' | 'body'>): ConsentEvent {
  const value = readJson(body, `consent ${key}`)
  if (!isConsent(value) || value.key !== key) throw damaged(`consent ${key}`)
  return value
}

function isConsent(value: unknown): value is ConsentEvent {
  if (typeof value !== 'object' || value === null) return false
  const event: Partial<Record<keyof ConsentEvent, unknown>> = value
  return (
    typeof event.given === 'boolean' &&
    typeof event.inWriting === 'boolean' &&
    Number.isSafeInteger(event.atMs) &&
    [event.key, event.recipientHash, event.medium, event.legalEntity, event.source].every(
      (text) => typeof text === 'string',
    )
  )
}

export async function noteSoftBounce(
  database: StoreDatabase,
  recipientHash: string,
  atMs: number,
): Promise<readonly number[]> {
  requireStorableKey(recipientHash, 'recipient of the bounce')
  const rows = await database.writeTogether(async (db) => {
    await db
      .insertInto('soft_bounces')
      .values({ recipient_hash: recipientHash, at_ms: atMs })
      .onConflict((conflict) => conflict.columns(['recipient_hash', 'at_ms']).doNothing())
      .execute()
    return await db
      .selectFrom('soft_bounces')
      .select('at_ms')
      .where('recipient_hash', '=', recipientHash)
      .orderBy('at_ms')
      .execute()
  })
  return rows.map((row) => row.at_ms)
}

export async function forgetSoftBounces(database: StoreDatabase, recipientHash: string): Promise<void> {
  await database.write((db) =>
    db.deleteFrom('soft_bounces').where('recipient_hash', '=', recipientHash).execute(),
  )
}

export async function reportOther(
  database: StoreDatabase,
  recipientHash: string,
  medium: Medium,
  atMs: number,
): Promise<void> {
  requireStorableKey(recipientHash, 'recipient')
  await database.write((db) =>
    db
      .insertInto('other_messages')
      .values({ recipient_hash: recipientHash, medium, at_ms: atMs })
      .onConflict((conflict) =>
        conflict
          .columns(['recipient_hash', 'medium'])
          .doUpdateSet({ at_ms: atMs })
          .where('other_messages.at_ms', '<', atMs),
      )
      .execute(),
  )
}

// The owner's words: a log that only grows, and what of it holds now. Statements are numbered without gaps in the order
// in which they were committed, so the last number is the version that servers compare.

import type { HeldWord, OwnerStatement, OwnerWord, RecordedStatement } from '../../domain/owner-word.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, readJson } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** Both engines take this many rows of six parameters in one statement. */
const rowsPerInsert = 100

export async function sayOwnerWords(
  database: StoreDatabase,
  statements: readonly OwnerStatement[],
): Promise<number> {
  return await database.writeTogether(async (db) => {
    const last = await holdPointer(db, 'owner-words')
    const held = new Set((await heldWords(db)).map(({ key }) => key))
    // What was never said is not taken back: the log would tell of something that nobody did.
    const telling = statements.filter(({ key, word }) => word !== null || held.has(key))
    const rows = telling.map(({ key, word, source, saidBy, saidAtMs }, place) => ({
      sequence: last + 1 + place,
      key,
      body: word === null ? null : JSON.stringify(word),
      source,
      said_by: saidBy.toWellFormed().replaceAll('\0', ''),
      said_at_ms: saidAtMs,
    }))
    for (let from = 0; from < rows.length; from += rowsPerInsert)
      await db
        .insertInto('owner_statements')
        .values(rows.slice(from, from + rowsPerInsert))
        .execute()
    if (rows.length > 0) await movePointer(db, 'owner-words', last + rows.length)
    return last + rows.length
  })
}

export async function ownerWordsVersion(database: StoreDatabase): Promise<number> {
  return await readPointer(database.read, 'owner-words')
}

export async function listOwnerWords(database: StoreDatabase): Promise<HeldWord[]> {
  return await heldWords(database.read)
}

async function heldWords(db: StoreDatabase['read']): Promise<HeldWord[]> {
  const rows = await db
    .selectFrom('owner_statements as said')
    .selectAll()
    .where('body', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('owner_statements as later')
            .select('later.sequence')
            .whereRef('later.key', '=', 'said.key')
            .whereRef('later.sequence', '>', 'said.sequence'),
        ),
      ),
    )
    .orderBy('sequence')
    .execute()
  return rows.flatMap((row) => {
    const { word, ...rest } = readStatement(row)
    return word === null ? [] : [{ ...rest, word }]
  })
}

export async function ownerWordHistory(database: StoreDatabase, limit: number): Promise<RecordedStatement[]> {
  const rows = await database.read
    .selectFrom('owner_statements')
    .selectAll()
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(readStatement)
}

function readStatement(row: Tables['owner_statements']): RecordedStatement {
  const word = row.body === null ? null : readJson(row.body, `word ${row.sequence} of the owner`)
  if (word !== null && (typeof word !== 'object' || !('kind' in word)))
    throw damaged(`word ${row.sequence} of the owner`)
  return {
    sequence: row.sequence,
    key: row.key,
    word: word as OwnerWord | null,
    source: row.source,
    saidBy: row.said_by,
    saidAtMs: row.said_at_ms,
  }
}

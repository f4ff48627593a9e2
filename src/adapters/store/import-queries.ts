// The record of which files were imported, oldest first.

import type { ImportRecord } from '../../ports/store.ts'
import type { StoreDatabase } from './store-database.ts'

export async function recordImport(database: StoreDatabase, record: ImportRecord): Promise<void> {
  await database.write((db) =>
    db
      .insertInto('imports')
      .values({
        fingerprint: record.fingerprint,
        imported_at_ms: record.importedAtMs,
        file: record.file,
        rows_read: record.rowsRead,
        rows_kept: record.rowsKept,
        summary: record.summary,
      })
      .onConflict((conflict) => conflict.columns(['fingerprint', 'imported_at_ms']).doNothing())
      .execute(),
  )
}

export async function listImports(database: StoreDatabase): Promise<ImportRecord[]> {
  const rows = await database.read
    .selectFrom('imports')
    .selectAll()
    .orderBy('imported_at_ms')
    .orderBy('fingerprint')
    .execute()
  return rows.map((row) => ({
    file: row.file,
    fingerprint: row.fingerprint,
    importedAtMs: row.imported_at_ms,
    rowsRead: row.rows_read,
    rowsKept: row.rows_kept,
    summary: row.summary,
  }))
}

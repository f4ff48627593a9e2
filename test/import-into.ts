// Imports files into a temporary data folder with the real adapters, for tests. Goes in: file texts or paths. Comes out:
// the result, and the history to ask. `close` removes everything.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openParquetHistory } from '../src/adapters/history/parquet/open-parquet-history.ts'
import { parquetHistoryWriter } from '../src/adapters/history/parquet/parquet-history-writer.ts'
import { localOrderFiles } from '../src/adapters/order-files/local-order-files.ts'
import { padCustomerKey, readSecret } from '../src/adapters/secret/customer-key.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { type ImportRequest, type ImportResult, importOrders } from '../src/importing/import-orders.ts'
import { silentProgress } from '../src/ports/progress.ts'
import type { Query } from '../src/ports/query.ts'
import type { Store } from '../src/ports/store.ts'

export type ImportBench = {
  readonly dataFolder: string
  readonly store: Store
  /** Writes a file beside the data folder; returns its path. */
  write(name: string, contents: string | Uint8Array): string
  import(files: readonly string[], options?: Partial<ImportRequest>): Promise<ImportResult>
  /** Rows of a statement over the relations of the history. */
  ask(sql: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export async function openImportBench(): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-import-'))
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  const store = await openStore({ dataFolder, databaseUrl: undefined })
  const clock = openManualClock(Date.UTC(2027, 0, 1))
  let asked = 0
  return {
    dataFolder,
    store,
    write(name, contents) {
      const path = join(folder, name)
      writeFileSync(path, contents)
      return path
    },
    import: (files, options = {}) =>
      importOrders(
        { files, catalogFile: null, columns: null, currency: null, ...options },
        {
          files: localOrderFiles,
          writer: parquetHistoryWriter(dataFolder, clock),
          openHistory: () => openParquetHistory(dataFolder),
          store,
          customerKey: padCustomerKey(readSecret(dataFolder)),
          clock,
          progress: silentProgress,
        },
      ),
    async ask(sql) {
      const path = join(folder, `question-${asked++}.sql`)
      writeFileSync(path, sql)
      const history = await openParquetHistory(dataFolder)
      try {
        const query: Query<Record<string, unknown>> = {
          file: new URL(`file://${path}`),
          row: (raw) => ({ ...raw }),
        }
        return await history.rows(query, {})
      } finally {
        await history.close()
      }
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

// Order files into an installation: the importing stage with its real effects and a progress bar.

import { parquetHistoryWriter } from '../adapters/history/parquet/parquet-history-writer.ts'
import { localOrderFiles } from '../adapters/order-files/local-order-files.ts'
import { padCustomerKey } from '../adapters/secret/customer-key.ts'
import { type ImportRequest, type ImportResult, importOrders } from '../importing/import-orders.ts'
import type { Installation } from './installation.ts'
import { openProgressBar } from './progress-bar.ts'

export async function importFiles(request: ImportRequest, installation: Installation): Promise<ImportResult> {
  const { clock, dataFolder, openHistory, store, secret } = installation
  const progress = openProgressBar(process.stderr, clock)
  try {
    return await importOrders(request, {
      files: localOrderFiles,
      writer: parquetHistoryWriter(dataFolder, clock),
      openHistory,
      store,
      customerKey: padCustomerKey(secret),
      clock,
      progress,
    })
  } finally {
    progress.end()
  }
}

// Imports one file into a data folder: the process that `import-crash.test.ts` kills. Arguments: folder, file.

import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { openParquetHistory } from '../src/adapters/history/parquet/open-parquet-history.ts'
import { parquetHistoryWriter } from '../src/adapters/history/parquet/parquet-history-writer.ts'
import { localOrderFiles } from '../src/adapters/order-files/local-order-files.ts'
import { padCustomerKey, readSecret } from '../src/adapters/secret/customer-key.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { importOrders } from '../src/importing/import-orders.ts'
import { silentProgress } from '../src/ports/progress.ts'

const [dataFolder = '', file = ''] = process.argv.slice(2)
const store = await openStore({ dataFolder, databaseUrl: undefined })
await importOrders(
  { files: [file], catalogFile: null, columns: null, currency: null },
  {
    files: localOrderFiles,
    writer: parquetHistoryWriter(dataFolder, systemClock),
    openHistory: () => openParquetHistory(dataFolder),
    store,
    customerKey: padCustomerKey(readSecret(dataFolder)),
    clock: systemClock,
    progress: silentProgress,
  },
)
await store.close()

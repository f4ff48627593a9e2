// What happens when the disk fails the order history: files that rot, go missing or come from the future, and no room.

import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openDuckDb } from '../src/adapters/engine/duckdb/open-duckdb.ts'
import { openParquetHistory } from '../src/adapters/history/parquet/open-parquet-history.ts'
import { parquetHistoryWriter } from '../src/adapters/history/parquet/parquet-history-writer.ts'
import { localOrderFiles } from '../src/adapters/order-files/local-order-files.ts'
import { AppError, type ErrorCode } from '../src/domain/errors.ts'
import { type ImportBench, openImportBench } from './import-into.ts'

const csv =
  'order,sku,date,quantity,price,currency\n1,mug,2024-01-05,1,2.50,EUR\n2,jug,2024-01-06,1,4.00,EUR\n'

let bench: ImportBench
let file: string
let manifest: string
let lines: string

async function saysOnly(code: ErrorCode, words: RegExp, run: () => Promise<unknown>): Promise<void> {
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof AppError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, words)
    assert.doesNotMatch(error.message, /\n|SELECT|read_parquet/)
    return true
  })
}

const fullDisk = { skip: existsSync('/dev/full') ? false : 'this system has no /dev/full' }

describe('a history on a failing disk', () => {
  beforeEach(async () => {
    bench = await openImportBench()
    file = bench.write('orders.csv', csv)
    await bench.import([file])
    manifest = join(bench.dataFolder, 'history', 'manifest.json')
    lines = join(bench.dataFolder, 'history', 'lines-000001.parquet')
  })
  afterEach(() => bench.close())

  test('a file of the history that is cut off is named, for reading and for the next import', async () => {
    truncateSync(lines, 300)
    const words = /history is damaged: .*lines-000001\.parquet cannot be read to its end; put it back/
    await saysOnly('history-damaged', words, () => openParquetHistory(bench.dataFolder))
    await saysOnly('history-damaged', words, () => bench.import([file]))
  })

  test('a file of the history whose pages rot is named once they are read, in rows and in columns', async () => {
    const bytes = readFileSync(lines)
    writeFileSync(lines, bytes.fill(0xff, 4, 400))
    const words = /lines-000001\.parquet cannot be read to its end/
    await saysOnly('history-damaged', words, () => bench.ask('SELECT * FROM order_lines'))
    const question = bench.write('question.sql', 'SELECT product_id FROM stored_lines ORDER BY order_id')
    const history = await openParquetHistory(bench.dataFolder)
    await saysOnly('history-damaged', words, async () => {
      const query = { file: pathToFileURL(question), row: () => null }
      for await (const chunk of history.columns(query, {})) assert.ok(chunk.rows >= 0)
    })
    await history.close()
  })

  test('a file of the history that is missing, and a manifest that holds nonsense, are named', async () => {
    for (const text of [
      '{"format":1}',
      '{}',
      'null',
      'nonsense',
      '{"format":1,"version":1,"lines":["../x"]}',
    ]) {
      writeFileSync(manifest, text)
      await saysOnly('history-damaged', /manifest\.json cannot be read/, () => bench.import([file]))
    }
    rmSync(manifest)
    await bench.import([file])
    rmSync(lines)
    await saysOnly('history-damaged', /lines-000001\.parquet is missing/, () => bench.import([file]))
  })

  test('a history of a newer version asks for that version, and never for another import', async () => {
    writeFileSync(manifest, '{"format":2,"segments":[]}')
    const words = /written by a newer version .* install that version or a newer one\.$/
    await saysOnly('history-newer', words, () => openParquetHistory(bench.dataFolder))
    await saysOnly('history-newer', words, () => bench.import([file]))
  })

  test(
    'a disk that is full while the history is written says so, and the history stays',
    fullDisk,
    async () => {
      const writer = parquetHistoryWriter(bench.dataFolder, openManualClock(0))
      const append = await writer.begin()
      await append.workspace.run({
        sql: `INSERT INTO incoming SELECT 0, 'new', 'sale', NULL, 0, 'EUR', 'mug', NULL, 1, 250, NULL, NULL`,
      })
      symlinkSync('/dev/full', join(bench.dataFolder, 'history', 'lines-000002.parquet.tmp'))
      await saysOnly('data-folder-unusable', /No free space/, () => append.commit())
      await append.close()
      assert.deepEqual(await bench.ask('SELECT count(*) AS lines FROM order_lines'), [{ lines: 2 }])
    },
  )

  test('a disk that is full is no fault of the file that is read', fullDisk, async () => {
    const looked = await localOrderFiles.inspect(file, () => {})
    const duckDb = await openDuckDb({ temporaryFolder: bench.dataFolder })
    const toFullDisk = "COPY (SELECT md5(range::VARCHAR) FROM range(100000)) TO '/dev/full' (FORMAT parquet)"
    const workspace = { ...duckDb, run: () => duckDb.run({ sql: toFullDisk }) }
    const into = { table: 'raw', columns: {} }
    const load = () => localOrderFiles.load(looked, into, workspace, () => {})
    await saysOnly('data-folder-unusable', /No free space/, load)
    duckDb.close()
  })

  test('a folder where the lock of the writer belongs is named', async () => {
    mkdirSync(join(bench.dataFolder, 'writer.lock'))
    await saysOnly('data-folder-unusable', /writer\.lock is a folder/, () => bench.import([file]))
  })
})

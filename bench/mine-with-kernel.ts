// The process of `mining.ts` that mines with Aftercart's kernel: reads the Parquet file and counts. Goes in: the file,
// and where to write the result. Comes out: the result, and one line of JSON with time and memory.

import { type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import { workerThreads } from '../src/adapters/parallel/worker-threads.ts'
import { buildHistoryColumns } from '../src/mining/build-history-columns.ts'
import { countPairs } from '../src/mining/count-pairs.ts'
import type { HistoryColumns } from '../src/mining/history-columns.ts'
import type { PairColumns } from '../src/mining/pair-columns.ts'
import {
  type BestRow,
  KEPT,
  LATER,
  MIN_COUNT,
  SAME_ORDER,
  stopwatch,
  WINDOW_DAYS,
  writeBest,
} from './mining-result.ts'

const [file = '', resultFile = ''] = process.argv.slice(2)
const watch = stopwatch()
const history = await readHistory(file)
watch.step('read')
const parallel = workerThreads(2)
const { pairs } = await countPairs(
  history,
  {
    windowDays: WINDOW_DAYS,
    minTogether: MIN_COUNT,
    minLater: MIN_COUNT,
    keepPerAnchor: KEPT,
    rank: 'count',
  },
  { parallel },
)
const measurement = watch.stop()
await parallel.close()
await writeBest([...bestRows(pairs)], resultFile)
console.log(JSON.stringify(measurement))

async function readHistory(from: string): Promise<HistoryColumns> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  try {
    // Larger than the default megabyte, so that the reader's threads do not wait for this one: 1.9 s instead of 3.2 s.
    await connection.run("SET streaming_buffer_size = '16MB'")
    const builder = buildHistoryColumns()
    const lines = await connection.stream(
      `SELECT order_id, customer_id, (ordered_on - DATE '1970-01-01')::INTEGER AS day, product_id FROM read_parquet($file)`,
      { file: from },
    )
    // One chunk is fetched while the one before is added.
    let fetched = lines.fetchChunk()
    for (let chunk = await fetched; chunk !== null && chunk.rowCount > 0; chunk = await fetched) {
      fetched = lines.fetchChunk()
      builder.addLines({
        count: chunk.rowCount,
        order: integers(chunk, 0),
        customer: integers(chunk, 1),
        day: integers(chunk, 2),
        product: integers(chunk, 3),
      })
    }
    return builder.finish()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The numbers of a column. The driver keeps them as a typed array, which it does not show; else one by one. */
function integers(chunk: DuckDBDataChunk, column: number): ArrayLike<number> {
  const vector = chunk.getColumnVector(column)
  const items: unknown = Reflect.get(vector, 'items')
  if (items instanceof Int32Array) return items
  return Int32Array.from({ length: chunk.rowCount }, (_, row) => Number(vector.getItem(row)))
}

/** The best by each question, out of the union that the kernel keeps. */
function* bestRows(pairs: PairColumns): Generator<BestRow> {
  for (let from = 0; from < pairs.pairCount; ) {
    const anchor = pairs.anchor[from] as number
    let to = from
    while (to < pairs.pairCount && pairs.anchor[to] === anchor) to++
    for (const [question, counts] of [[SAME_ORDER, pairs.together] as const, [LATER, pairs.later] as const]) {
      const rows = Array.from({ length: to - from }, (_, i) => ({
        addOn: pairs.addOn[from + i] as number,
        count: counts[from + i] as number,
      }))
      const best = rows
        .filter((row) => row.count >= MIN_COUNT)
        .sort((a, b) => b.count - a.count || a.addOn - b.addOn)
      for (const { addOn, count } of best.slice(0, KEPT)) yield [question, anchor, addOn, count]
    }
    from = to
  }
}

// Makes a shop's history of any size, the same one for the same seed, and writes it as Parquet: in the order of time,
// as a shop's history grows. Goes in: the number of lines. Comes out: a file with order_id, customer_id, ordered_on,
// product_id. Products are drawn by Zipf's law (exponent 1) and carry shuffled numbers; basket sizes are exponential,
// each product at most once in a basket; some customers buy far more often than others.

import { DATE, DuckDBDataChunk, DuckDBDateValue, DuckDBInstance, INTEGER } from '@duckdb/node-api'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'

export type HistoryShape = {
  readonly lines: number
  readonly orders: number
  readonly customers: number
  readonly products: number
  readonly days: number
  readonly seed: number
}

/** At 33 million lines: 200,000 customers, 50,000 products, 3.4 million orders over two years. */
export function shapeOf(lines: number, seed = 1): HistoryShape {
  const scale = lines / 33_000_000
  return {
    lines,
    orders: Math.max(1, Math.round(3_400_000 * scale)),
    customers: Math.max(1, Math.round(200_000 * scale)),
    products: Math.max(1000, Math.round(50_000 * Math.sqrt(scale))),
    days: 730,
    seed,
  }
}

const CHUNK = 2048
const FIRST_DAY = 19_358
const LARGEST = 200

type Chunk = {
  readonly order: number[]
  readonly customer: number[]
  readonly day: number[]
  readonly product: number[]
}

export function* generateHistory(shape: HistoryShape): Generator<Chunk> {
  const random = seededRandom(shape.seed)
  const numbers = shuffledNumbers(shape.products, random)
  const logProducts = Math.log(shape.products + 1)
  const meanSize = shape.lines / shape.orders
  const drawnIn = new Uint32Array(shape.products)
  let chunk: Chunk = { order: [], customer: [], day: [], product: [] }
  let lines = 0
  for (let order = 0; lines < shape.lines; order++) {
    const customer = Math.floor(shape.customers * random() ** 1.5)
    const day = FIRST_DAY + Math.min(shape.days - 1, Math.floor((order * shape.days) / shape.orders))
    const wanted = Math.min(
      LARGEST,
      shape.lines - lines,
      1 + Math.floor(-Math.log(1 - random()) * (meanSize - 0.5)),
    )
    for (let held = 0; held < wanted; ) {
      const rank = Math.min(shape.products, Math.floor(Math.exp(random() * logProducts))) - 1
      if (drawnIn[rank] === order + 1) continue
      drawnIn[rank] = order + 1
      held += 1
      chunk.order.push(order)
      chunk.customer.push(customer)
      chunk.day.push(day)
      chunk.product.push(numbers[rank] as number)
      if (chunk.order.length === CHUNK) {
        yield chunk
        chunk = { order: [], customer: [], day: [], product: [] }
      }
    }
    lines += wanted
  }
  if (chunk.order.length > 0) yield chunk
}

export async function writeHistory(shape: HistoryShape, file: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  try {
    await connection.run(
      'CREATE TABLE lines (order_id INTEGER, customer_id INTEGER, ordered_on DATE, product_id INTEGER)',
    )
    const appender = await connection.createAppender('lines')
    for (const chunk of generateHistory(shape)) {
      const columns = DuckDBDataChunk.create([INTEGER, INTEGER, DATE, INTEGER], chunk.order.length)
      columns.setColumns([
        chunk.order,
        chunk.customer,
        chunk.day.map((day) => new DuckDBDateValue(day)),
        chunk.product,
      ])
      appender.appendDataChunk(columns)
    }
    appender.closeSync()
    await connection.run(`COPY lines TO '${file}' (FORMAT parquet, COMPRESSION zstd)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function shuffledNumbers(count: number, random: Random): Uint32Array {
  const numbers = Uint32Array.from({ length: count }, (_, place) => place)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = numbers[i] as number
    numbers[i] = numbers[j] as number
    numbers[j] = kept
  }
  return numbers
}

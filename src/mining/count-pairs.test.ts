import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { columnsOfLines } from '../../test/columns-of-lines.ts'
import { sameThread } from '../adapters/parallel/same-thread.ts'
import { workerThreads } from '../adapters/parallel/worker-threads.ts'
import { kinshipOf, saysNothing } from '../next/label-relation.ts'
import { countPairs } from './count-pairs.ts'
import { GUEST } from './history-columns.ts'
import { kinColumns } from './kin-columns.ts'
import type { PairColumns, PairCounts } from './pair-columns.ts'

type Line = {
  readonly order: number
  readonly customer: number
  readonly day: number
  readonly product: number
}

let instance: DuckDBInstance
let connection: DuckDBConnection
const threads = workerThreads(2)

before(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  connection = await instance.connect()
})

after(async () => {
  await threads.close()
  connection.closeSync()
  instance.closeSync()
})

/** Every order belongs to one customer and day; a product may stand in it twice. */
const histories: fc.Arbitrary<Line[]> = fc
  .array(
    fc.record({
      customer: fc.constantFrom(0, 1, 2, GUEST),
      day: fc.integer({ min: 14_000, max: 14_080 }),
      products: fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
    }),
    { maxLength: 25 },
  )
  .map((orders) =>
    orders.flatMap(({ customer, day, products }, order) =>
      products.map((product) => ({ order, customer, day, product })),
    ),
  )

function columnsOf(lines: readonly Line[], largestBasket = 1000) {
  return columnsOfLines(lines, { productCount: 8, largestBasket })
}

const everything = { minTogether: 1, minLater: 1, keepPerAnchor: 100, windowDays: 30 }

function rowsOf({ pairs }: PairCounts): string[] {
  const rows: string[] = []
  for (let row = 0; row < pairs.pairCount; row++) {
    rows.push([pairs.anchor[row], pairs.addOn[row], pairs.together[row], pairs.later[row]].join(' '))
  }
  return rows.sort()
}

/** The definitions of docs/methods.md, in plain SQL. */
async function countBySql(lines: readonly Line[]): Promise<string[]> {
  const values = lines.map((line) => `(${line.order}, ${line.customer}, ${line.day}, ${line.product})`)
  const from = values.length === 0 ? 'SELECT 0, 0, 0, 0 WHERE false' : `VALUES ${values.join(', ')}`
  const answer = await connection.runAndReadAll(`
    WITH
      lines AS (SELECT DISTINCT * FROM (${from}) AS t(order_id, customer_id, day, product_id)),
      together AS (
        SELECT a.product_id AS x, b.product_id AS y, count(DISTINCT a.order_id) AS k
        FROM lines AS a JOIN lines AS b USING (order_id)
        WHERE a.product_id <> b.product_id GROUP BY ALL
      ),
      firsts AS (
        SELECT customer_id, product_id, min(day) AS day FROM lines WHERE customer_id <> ${GUEST} GROUP BY ALL
      ),
      later AS (
        SELECT a.product_id AS x, b.product_id AS y, count(*) AS k
        FROM firsts AS a JOIN firsts AS b USING (customer_id)
        WHERE b.day - a.day BETWEEN 1 AND 30 GROUP BY ALL
      )
    SELECT concat_ws(' ', x, y, coalesce(together.k, 0), coalesce(later.k, 0))
    FROM together FULL JOIN later USING (x, y)`)
  return answer
    .getRows()
    .map(([row]) => String(row))
    .sort()
}

test('on any history the counts equal those of plain SQL', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (lines) => {
      const counted = await countPairs(columnsOf(lines), everything, { parallel: sameThread() })
      assert.deepEqual(rowsOf(counted), await countBySql(lines))
    }),
    { numRuns: 150 },
  )
})

test('two threads count what one counts, to the last bit', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (lines) => {
      const columns = columnsOf(lines)
      const one = await countPairs(columns, everything, { parallel: sameThread() })
      const two = await countPairs(columns, everything, { parallel: threads })
      assert.deepEqual({ ...two, allOf: null }, { ...one, allOf: null })
    }),
    { numRuns: 30 },
  )
})

test('with the catalog exactly the pairs that say something are kept, and the others are counted when asked for', async () => {
  const told = { silent: 0, telling: 0 }
  await fc.assert(
    fc.asyncProperty(histories, async (lines) => {
      const columns = columnsOf(lines)
      const products = Array.from({ length: columns.productCount }, (_, product) => ({
        id: String(product),
        title: product === 3 ? 'Care plan' : `Thing ${product}`,
        category: product % 2 === 0 ? 'tea' : null,
        variantGroup: product < 2 ? 'cup' : null,
      }))
      const kin = kinColumns(columns, products)
      const all = await countPairs(columns, everything, { parallel: sameThread() })
      const kept = await countPairs(columns, { ...everything, kin }, { parallel: sameThread() })
      const found = new Set(listOf(kept.pairs))
      const silent = new Uint32Array(columns.productCount)
      for (const [row, pair] of listOf(all.pairs).entries()) {
        const [anchor, addOn] = [all.pairs.anchor[row] ?? 0, all.pairs.addOn[row] ?? 0]
        const [one, other] = [products[anchor], products[addOn]]
        assert.ok(one && other)
        const isSilent = saysNothing(kinshipOf(one, other), {
          ordersTogether: all.pairs.together[row] ?? 0,
          ordersBulk: all.pairs.bulk[row] ?? 0,
          expectedTogether: all.pairs.expectedTogether[row] ?? 0,
          customersLater: all.pairs.later[row] ?? 0,
          customersLaterExpected: all.pairs.expectedLater[row] ?? 0,
        })
        assert.equal(found.has(pair), !isSilent)
        if (isSilent) silent[anchor] = (silent[anchor] ?? 0) + 1
        assert.ok(listOf(kept.allOf(anchor)).includes(pair))
        told[isSilent ? 'silent' : 'telling'] += 1
      }
      assert.deepEqual(kept.margins, { ...all.margins, silentPairs: silent })
    }),
    { numRuns: 50 },
  )
  assert.ok(told.silent > 0 && told.telling > 0)
})

/** Each row as a text. */
function listOf({ pairCount, ...columns }: PairColumns): string[] {
  return Array.from({ length: pairCount }, (_, row) =>
    JSON.stringify([
      ...[columns.anchor[row], columns.addOn[row], columns.together[row], columns.togetherWeight[row]],
      ...[columns.bulk[row], columns.expectedTogether[row], columns.later[row], columns.expectedLater[row]],
    ]),
  )
}

test('a basket over the cap is sampled and counted, never dropped in silence', async () => {
  const lines = Array.from({ length: 8 }, (_, product) => ({ order: 1, customer: 0, day: 14_000, product }))
  const columns = columnsOf(lines, 5)
  assert.equal(columns.lineCount, 5)
  const { totals } = await countPairs(columns, everything, { parallel: sameThread() })
  assert.deepEqual([totals.sampledOrders, totals.sampledLinesLeftOut], [1, 3])
})

test('a history without orders has no pairs', async () => {
  const counted = await countPairs(columnsOf([]), everything, { parallel: sameThread() })
  assert.equal(counted.pairs.pairCount, 0)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import type { ColumnChunk } from '../ports/query.ts'
import { type RebuyDraw, readRebuys } from './read-rebuys.ts'
import { unpackRebuys } from './rebuy-columns.ts'

type Day = readonly [product: number, customer: number, day: number, units: number]

/** A history that answers these days of purchase in chunks of two rows, so that customers and products are torn apart. */
function historyOf(days: readonly Day[]) {
  return {
    async *columns(): AsyncGenerator<ColumnChunk> {
      for (let at = 0; at < days.length; at += 2) {
        const some = days.slice(at, at + 2)
        const column = (place: 0 | 1 | 2 | 3) => Int32Array.from(some, (day) => day[place])
        const columns = { product: column(0), customer: column(1), day: column(2), units: column(3) }
        yield { rows: some.length, columns }
      }
    },
  }
}

/** All rows, each with its product. */
async function rebuysOf(days: readonly Day[], drawn: RebuyDraw) {
  const products = await readRebuys(historyOf(days), goods, drawn)
  return products.flatMap(({ productId, rows }) => unpackRebuys(rows).map((row) => ({ productId, ...row })))
}

const goods = { ids: ['tea', 'lamp'], notGoods: [] }
const draw = { repeatCustomersMin: 1, customersMax: 10, lastDay: 100 }

test('a customer who came back is a row of their own, with ln days and ln units at the start of each interval', async () => {
  const rows = await rebuysOf(
    [
      [0, 7, 10, 2],
      [0, 7, 30, 1],
      [0, 7, 70, 4],
    ],
    draw,
  )
  const [row] = rows
  assert.equal(rows.length, 1)
  assert.deepEqual([row?.productId, row?.gaps, row?.openDays, row?.customers], ['tea', 2, 30, 1])
  const near = (actual: number | undefined, expected: number) =>
    assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-12)
  near(row?.sumV, Math.log(20) + Math.log(40))
  near(row?.sumU, Math.log(2))
  near(row?.sumUV, Math.log(2) * Math.log(20))
  near(row?.openU, Math.log(4))
})

test('customers who bought once and waited about as long stand together; a product that nobody bought again is left out', async () => {
  const rows = await rebuysOf(
    [
      [0, 1, 10, 1],
      [0, 1, 20, 1],
      [0, 2, 50, 1],
      [0, 3, 50, 1],
      [0, 4, 51, 1],
      [0, 5, 90, 1],
      [1, 1, 10, 1],
    ],
    draw,
  )
  assert.deepEqual(
    rows.map(({ productId, gaps, customers }) => [productId, gaps, customers]),
    [
      ['tea', 1, 1],
      ['tea', 0, 3],
      ['tea', 0, 1],
    ],
  )
})

test('of many customers the first are drawn, and what was bought today has waited half a day', async () => {
  const days = Array.from({ length: 30 }, (_, place): Day => [0, place >> 1, place % 2 === 0 ? 90 : 100, 1])
  const rows = await rebuysOf(days, { ...draw, customersMax: 5 })
  assert.equal(rows.length, 5)
  assert.ok(rows.every(({ openDays }) => openDays === 0.5))
})

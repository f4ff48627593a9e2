import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOfLines, type TestLine } from '../../test/columns-of-lines.ts'
import { sameThread } from '../adapters/parallel/same-thread.ts'
import { countPairs } from './count-pairs.ts'
import { gatherRebuys } from './gather-rebuys.ts'
import { unpackRebuys } from './rebuy-columns.ts'

type Bought = readonly [product: number, customer: number, day: number, units: number]

const LAST_DAY: TestLine = { order: 1_000, customer: -1, day: 100, product: 1 }
const ids = ['tea', 'lamp']

/** All rows, each with its product; each purchase is an order of its own. */
async function rebuysOf(bought: readonly Bought[], draws = { repeatCustomers: 10, rebuyShareMin: 0 }) {
  const lines = bought.map(([product, customer, day, units], order) => ({
    order,
    customer,
    day,
    product,
    units,
  }))
  const columns = columnsOfLines([...lines, LAST_DAY])
  const { index, margins } = await countPairs(columns, {}, { parallel: sameThread() })
  const draw = { repeatCustomersMin: 1, ...draws }
  return gatherRebuys({ columns, ids }, { index, margins }, draw).flatMap(({ productId, rows }) =>
    unpackRebuys(rows).map((row) => ({ productId, ...row })),
  )
}

test('a customer who came back is a row of their own, with ln days and ln units at the start of each interval', async () => {
  const rows = await rebuysOf([
    [0, 7, 10, 2],
    [0, 7, 30, 1],
    [0, 7, 70, 1],
    [0, 7, 70, 3],
  ])
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

test('customers who bought once and waited about as long stand together; a product that nobody bought again is left out, guests are nobody', async () => {
  const rows = await rebuysOf([
    [0, 1, 10, 1],
    [0, 1, 20, 1],
    [0, 2, 50, 1],
    [0, 3, 50, 1],
    [0, 4, 51, 1],
    [0, 5, 90, 1],
    [0, -1, 60, 1],
    [1, 1, 10, 1],
    [1, -1, 10, 1],
    [1, -1, 30, 1],
  ])
  assert.deepEqual(
    rows.map(({ productId, gaps, customers }) => [productId, gaps, customers]),
    [
      ['tea', 1, 1],
      ['tea', 0, 3],
      ['tea', 0, 1],
    ],
  )
})

test('of many customers the first are drawn, until about as many came back as are wanted; what was bought today has waited half a day', async () => {
  const twice = Array.from({ length: 15 }, (_, customer): Bought[] => [
    [0, customer, 90, 1],
    [0, customer, 100, 1],
  ]).flat()
  const rows = await rebuysOf(twice, { repeatCustomers: 5, rebuyShareMin: 0 })
  assert.equal(rows.length, 5)
  assert.ok(rows.every(({ openDays }) => openDays === 0.5))
  // One in four comes back: for two who do, eight are read.
  const rarely = Array.from({ length: 40 }, (_, customer): Bought[] =>
    customer % 4 === 0
      ? [
          [0, customer, 90, 1],
          [0, customer, 95, 1],
        ]
      : [[0, customer, 90, 1]],
  ).flat()
  const read = async (rebuyShareMin: number) =>
    (await rebuysOf(rarely, { repeatCustomers: 2, rebuyShareMin })).reduce(
      (sum, { customers }) => sum + customers,
      0,
    )
  // Ten of forty, shrunk by Beta(2, 18): 0.2. Of whom fewer come back, nobody is read.
  assert.deepEqual([await read(0.2), await read(0.21)], [8, 0])
})

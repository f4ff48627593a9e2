// What matching returns promises, on generated trades.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY_MS } from './instant.ts'
import { matchReturns, type TradedLine } from './match-returns.ts'

const tradedLines = fc
  .array(
    fc.record({
      kind: fc.constantFrom('sale' as const, 'return' as const),
      day: fc.integer({ min: 0, max: 500 }),
      quantity: fc.integer({ min: 1, max: 12 }),
      named: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    }),
    { maxLength: 20 },
  )
  .map((lines) =>
    lines
      .map(
        ({ kind, day, quantity, named }, index): TradedLine => ({
          kind,
          orderId: `order ${index}`,
          lineNo: 1,
          placedAtMs: day * DAY_MS,
          quantity,
          returnOf: kind === 'return' && named !== null ? `order ${named}` : null,
        }),
      )
      .sort((a, b) => a.placedAtMs - b.placedAtMs || (a.kind === 'sale' ? -1 : 1)),
  )

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

test('the parts of every return add up to its quantity, and no line gives back more than was sold', () => {
  fc.assert(
    fc.property(tradedLines, (lines) => {
      const parts = matchReturns(lines)
      for (const line of lines) {
        const own = parts.filter(({ orderId }) => orderId === line.orderId)
        if (line.kind === 'return') assert.equal(sum(own.map(({ quantity }) => quantity)), line.quantity)
        const taken = parts.filter(
          ({ matchedOrderId, matchedLineNo }) => matchedOrderId === line.orderId && matchedLineNo !== null,
        )
        if (line.kind === 'sale') assert.ok(sum(taken.map(({ quantity }) => quantity)) <= line.quantity)
      }
    }),
  )
})

test('a return that names no order only takes from orders of the 365 days before it', () => {
  fc.assert(
    fc.property(tradedLines, (lines) => {
      const byOrder = new Map(lines.map((line) => [line.orderId, line]))
      for (const part of matchReturns(lines)) {
        const returned = byOrder.get(part.orderId)
        const sold = byOrder.get(part.matchedOrderId ?? '')
        if (returned === undefined || sold === undefined || returned.returnOf !== null) continue
        const age = returned.placedAtMs - sold.placedAtMs
        assert.ok(age >= 0 && age <= 365 * DAY_MS)
      }
    }),
  )
})

test('an order in the same quantity is preferred to a later one, then the latest with any left', () => {
  const sale = (orderId: string, day: number, quantity: number): TradedLine => ({
    ...{ kind: 'sale', orderId, lineNo: 1, placedAtMs: day * DAY_MS, quantity, returnOf: null },
  })
  const lines = [sale('a', 1, 6), sale('b', 2, 10), sale('c', 3, 4)]
  const back = (orderId: string, quantity: number): TradedLine => ({
    ...sale(orderId, 4, quantity),
    kind: 'return',
  })
  const matched = (returned: TradedLine) =>
    matchReturns([...lines, returned]).map(({ matchedOrderId, quantity }) => [matchedOrderId, quantity])
  assert.deepEqual(matched(back('r', 6)), [['a', 6]])
  assert.deepEqual(matched(back('r', 5)), [
    ['c', 4],
    ['b', 1],
  ])
  assert.deepEqual(matched(back('r', 21)), [
    ['c', 4],
    ['b', 10],
    ['a', 6],
    [null, 1],
  ])
})

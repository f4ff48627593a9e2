import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { kaplanMeier, survivalAt } from './kaplan-meier.ts'

const closed = [28, 31, 25, 35, 60, 30, 29, 33].map((days) => ({ days, intervals: 1, closed: true }))
const open = [40, 50, 90, 120].map((days) => ({ days, intervals: 1, closed: false }))

test('the Kaplan-Meier curve has the values worked out for eight closed and four open intervals', () => {
  const steps = kaplanMeier([...open, ...closed])
  for (const [days, survival] of [
    [24, 1],
    [25, 11 / 12],
    [33, 0.5],
    [35, 5 / 12],
    [59, 5 / 12],
    [60, 5 / 18],
    [500, 5 / 18],
  ] as const) {
    assert.ok(Math.abs(survivalAt(steps, days) - survival) < 1e-12, `S(${days})`)
  }
})

test('without closed intervals nobody has bought, without open ones everybody does in the end', () => {
  assert.deepEqual(kaplanMeier(open), [])
  assert.equal(survivalAt([], 100), 1)
  assert.equal(survivalAt(kaplanMeier(closed), 60), 0)
})

test('the curve falls from 1 and lies nowhere below that of the closed intervals alone', () => {
  const one = fc.record({
    days: fc.integer({ min: 1, max: 30 }),
    intervals: fc.integer({ min: 0, max: 9 }),
    closed: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), (watched) => {
      const steps = kaplanMeier(watched)
      let last = 1
      for (const { survival } of steps) {
        assert.ok(survival >= 0 && survival < last)
        last = survival
      }
      const onlyClosed = kaplanMeier(watched.filter((interval) => interval.closed))
      for (let days = 0; days <= 31; days++) {
        assert.ok(survivalAt(steps, days) >= survivalAt(onlyClosed, days) - 1e-12)
      }
    }),
  )
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { signTest } from './sign-test.ts'

const near = (value: number, expected: number): void =>
  assert.ok(Math.abs(value - expected) <= 1e-9 * Math.max(1e-3, expected), `${value}, expected ${expected}`)

test('the sign test gives twice the smaller binomial tail, by hand', () => {
  near(signTest(8, 1), (2 * (1 + 9)) / 2 ** 9)
  near(signTest(0, 5), 2 / 2 ** 5)
  near(signTest(12, 2), (2 * (1 + 14 + 91)) / 2 ** 14)
})

test('as many ones as others, or nothing seen, is no sign of either', () => {
  assert.equal(signTest(5, 5), 1)
  assert.equal(signTest(0, 0), 1)
})

test('the sign test does not mind which of the two is called one, nor large counts', () => {
  near(signTest(2, 12), signTest(12, 2))
  assert.ok(signTest(60_000, 50_000) < 1e-100)
  // Normal approximation with continuity correction: z = 99.5 / 50.
  assert.ok(Math.abs(signTest(5100, 4900) - 0.04659) < 2e-4)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { erfc, lnGamma, lowerGamma, normalCdf, upperGamma } from './special-functions.ts'

function close(actual: number, expected: number, relative: number): void {
  assert.ok(
    Math.abs(actual - expected) <= relative * Math.max(1e-300, Math.abs(expected)),
    `${actual} is not ${expected}`,
  )
}

test('ln Γ has its tabulated values (Abramowitz & Stegun, tables 6.1 and 6.4)', () => {
  close(lnGamma(0.5), 0.5723649429247001, 1e-12)
  close(lnGamma(10), 12.801827480081469, 1e-12)
  close(lnGamma(100), 359.1342053695754, 1e-12)
  assert.ok(Math.abs(lnGamma(1)) < 1e-13 && Math.abs(lnGamma(2)) < 1e-13)
})

test('the incomplete gamma function is exact where it has a closed form', () => {
  for (const x of [0.1, 1, 3, 20]) {
    close(lowerGamma(1, x), 1 - Math.exp(-x), 1e-12)
    close(upperGamma(2, x), Math.exp(-x) * (1 + x), 1e-12)
  }
  assert.equal(lowerGamma(3, 0), 0)
})

test('the normal distribution has its tabulated values, far tail included (Abramowitz & Stegun, table 26.1)', () => {
  close(normalCdf(0), 0.5, 1e-12)
  close(normalCdf(1.959963984540054), 0.975, 1e-12)
  close(normalCdf(-6), 9.865876450377018e-10, 1e-9)
  close(erfc(1), 0.15729920705028513, 1e-12)
  close(erfc(-1), 1.8427007929497148, 1e-12)
})

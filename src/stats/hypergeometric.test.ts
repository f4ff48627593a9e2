import assert from 'node:assert/strict'
import test from 'node:test'
import { hypergeometric } from './hypergeometric.ts'

function close(actual: number, expected: number, tolerance = 1e-12): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${actual} is not ${expected}`)
}

test('the hypergeometric function equals its closed forms (DLMF 15.4.1 and 15.4.2, and (1 - z)^-a for b = c)', () => {
  for (const z of [0.01, 0.3, 0.5, 0.9, 0.99]) {
    close(hypergeometric(1, 1, 2, z), -Math.log1p(-z) / z)
    close(hypergeometric(0.5, 1, 1.5, z * z), Math.log((1 + z) / (1 - z)) / (2 * z))
    for (const a of [0.25, 1.5, 12]) close(hypergeometric(a, 3.2, 3.2, z), (1 - z) ** -a)
  }
  assert.equal(hypergeometric(2, 3, 4, 0), 1)
})

test('Gauss’s relation between neighbours holds where no closed form does (DLMF 15.5.11)', () => {
  for (const [a, b, c] of [
    [2.24, 4.42, 4.21],
    [0.24, 2.42, 2.21],
    [120.3, 96.1, 96.9],
  ] as const) {
    for (const z of [0.1, 0.47, 0.9]) {
      const at = (shift: number): number => hypergeometric(a + shift, b, c, z)
      const left = (c - a) * at(-1) + a * (z - 1) * at(1)
      close(left, -(2 * a - c + (b - a) * z) * at(0), 1e-9)
    }
  }
})

test('outside of its range it is no number rather than a wrong one', () => {
  for (const z of [-0.1, 1, 2, Number.NaN]) assert.ok(Number.isNaN(hypergeometric(1, 1, 2, z)))
})

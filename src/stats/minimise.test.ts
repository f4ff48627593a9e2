import assert from 'node:assert/strict'
import test from 'node:test'
import { minimise } from './minimise.ts'

test('the simplex finds the bottom of Rosenbrock’s valley and of Powell’s singular function', () => {
  const rosenbrock = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2
  const valley = minimise(rosenbrock, [-1.2, 1], { tolerance: 1e-14 })
  assert.ok(
    valley.at.every((value) => Math.abs(value - 1) < 1e-5),
    `${valley.at}`,
  )
  const powell = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) =>
    (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4
  assert.ok(minimise(powell, [3, -1, 0, 1], { tolerance: 1e-14 }).loss < 1e-6)
})

test('points where the function has no value are avoided, and the effort is limited', () => {
  const lowest = minimise(([x = 0]) => (x > 0 ? x - Math.log(x) : Number.NaN), [5], { tolerance: 1e-12 })
  assert.ok(Math.abs((lowest.at[0] ?? 0) - 1) < 1e-4)
  assert.ok(minimise(([x = 0]) => -x, [0], { evaluationsMax: 50 }).evaluations <= 54)
})

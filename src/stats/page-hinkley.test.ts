// Reference values: river's PageHinkley with its defaults, and the same recursion in Python.

import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBinomial } from './binomial-draw.ts'
import { findShift, forStandardErrors, type PageHinkleySettings } from './page-hinkley.ts'
import { seededRandom } from './seeded-random.ts'

const river: PageHinkleySettings = { least: 30, slack: 0.005, threshold: 50, kept: 0.9999 }

/** Python 3: Random(12345).choices([0, 1], k=1000) as bits, four to a digit; then the first of choices(range(4, 8)). */
const COINS =
  '222aa8771deb7322f655c8c3590c849e39621e8722181576e36149015fd9c4fcc85bf744ae42ffe7036322178ab8793e09c6ec5cd4062f61aec3cfc385de66aa80f28a830440e5e0c5162f97462f674f2fce128367cf93cf374e9cff5c02d1a6be3fbe0531022abebe89e1571121b5878a2675b0c3bbd884f1c14aedfb'
const HIGHER = [4, 6, 7, 4, 6, 7, 5, 4, 6, 7, 7, 6]

test('river’s example of coins that become fours to sevens raises the alarm at the 1,007th value, a 5', () => {
  const coins = [...COINS].flatMap((digit) => [...Number.parseInt(digit, 16).toString(2).padStart(4, '0')])
  const values = [...coins.map(Number), ...HIGHER]
  assert.equal(coins.length, 1000)
  assert.deepEqual(findShift(values, river), { at: 1006, direction: 'up' })
  assert.equal(values[1006], 5)
})

test('a hundred zeros, then ones: alarm at place 166, with a threshold of 5 at place 105', () => {
  const values = Array.from({ length: 300 }, (_, place) => (place < 100 ? 0 : 1))
  assert.deepEqual(findShift(values, river), { at: 166, direction: 'up' })
  assert.deepEqual(findShift(values, { ...river, threshold: 5 }), { at: 105, direction: 'up' })
  const mirrored = values.map((value) => -value)
  assert.deepEqual(findShift(mirrored, { ...river, threshold: 5 }), { at: 105, direction: 'down' })
})

/** Daily attach rate of 300 exposures, as standard errors from 5 %. */
function attachDays(rateOf: (day: number) => number, days: number, seed: number): number[] {
  const random = seededRandom(seed)
  const error = Math.sqrt((0.05 * 0.95) / 300)
  return Array.from(
    { length: days },
    (_, day) => (drawBinomial(300, rateOf(day), random) / 300 - 0.05) / error,
  )
}

test('an attach rate that stays raises no alarm in 95 of 100 years, one that falls from 5 to 3.5 % does within 60 days', () => {
  let [alarms, noticed] = [0, 0]
  for (let seed = 1; seed <= 100; seed++) {
    if (findShift(attachDays(() => 0.05, 365, seed)) !== null) alarms += 1
    const found = findShift(attachDays((day) => (day < 90 ? 0.05 : 0.035), 150, seed))
    if (found !== null && found.at >= 90 && found.direction === 'down') noticed += 1
  }
  assert.ok(alarms <= 5, `${alarms}`)
  assert.ok(noticed >= 90, `${noticed}`)
})

test('nothing is said of too few values', () => {
  assert.equal(findShift([]), null)
  assert.equal(findShift([0, 0, 100, 100], forStandardErrors), null)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { ratioMomentsOf } from './delta-method.ts'
import { momentsOf } from './sample-moments.ts'
import { seededRandom } from './seeded-random.ts'

const spent = [10, 0, 35, 20, 0, 50, 15, 0, 25, 40]
const orders = [1, 1, 2, 1, 1, 3, 1, 1, 2, 2]

test('spend per order has the ratio and the standard error that numpy gives', () => {
  const found = ratioMomentsOf(spent, orders)
  assert.ok(found !== null)
  assert.equal(found.mean, 13)
  assert.ok(Math.abs(found.variance - 47.802469) < 6e-7, `${found.variance}`)
  assert.ok(Math.abs(Math.sqrt(found.variance / found.units) - 2.186378) < 6e-7)
})

test('over a denominator of 1 the ratio is the plain mean', () => {
  assert.deepEqual(
    ratioMomentsOf(
      spent,
      spent.map(() => 1),
    ),
    momentsOf(spent),
  )
})

test('the standard error is how far the ratio really moves from sample to sample', () => {
  // Heavy buyers order more and at higher values: to take orders as independent would be far off.
  const random = seededRandom(11)
  const ratios: number[] = []
  let expected = 0
  for (let sample = 0; sample < 300; sample++) {
    const numerators: number[] = []
    const denominators: number[] = []
    for (let customer = 0; customer < 300; customer++) {
      const count = 1 + Math.floor(random() ** 3 * 8)
      denominators.push(count)
      numerators.push(count * (5 + 3 * count + 20 * random()))
    }
    const found = ratioMomentsOf(numerators, denominators)
    assert.ok(found !== null)
    ratios.push(found.mean)
    expected += found.variance / found.units / 300
  }
  const times = momentsOf(ratios).variance / expected
  assert.ok(times > 0.8 && times < 1.25, `${times}`)
})

test('a ratio over nothing is none, and unequal lengths are a bug', () => {
  assert.equal(ratioMomentsOf([1, 2], [0, 0]), null)
  assert.equal(ratioMomentsOf([], []), null)
  assert.throws(() => ratioMomentsOf([1], []), RangeError)
})

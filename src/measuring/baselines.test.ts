// The methods that we compare with do what their names say.

import assert from 'node:assert/strict'
import test from 'node:test'
import { openBaselines } from './baselines.ts'
import { openLiveCounts } from './live-counts.ts'

/** Product 0 with 1 in eight orders; 0 with 2 in six, and 2 nowhere else; 1 in twelve more; 3 once with 0. */
function counts() {
  const counted = openLiveCounts({ firstDay: 0, halfLifeDays: 120, windowDays: 30 })
  const add = (times: number, ...products: number[]) => {
    for (let n = 0; n < times; n++) counted.add({ customer: null, day: 1, products })
  }
  add(8, 0, 1)
  add(6, 0, 2)
  add(12, 1, 4)
  add(1, 0, 3)
  add(40, 5)
  return counted
}

const rank = (known: number[], excluded = known) =>
  openBaselines(counts(), 6).rank(known, new Set(excluded), 1)

test('popularity ranks by orders, confidence by the share of the anchor, lift by the surprise', () => {
  const ranked = rank([0])
  assert.deepEqual(ranked.popularity.slice(0, 3), [5, 1, 4])
  assert.deepEqual(ranked.confidence.slice(0, 2), [1, 2])
  assert.equal(ranked.lift[0], 2)
  assert.equal(ranked.cosine[0], 2)
})

test('what is excluded is no answer of any method', () => {
  for (const answer of Object.values(rank([0], [0, 1, 5]))) {
    for (const product of [0, 1, 5]) assert.ok(!answer.includes(product))
  }
})

test('lift asks for five orders together: a single one would beat everything', () => {
  assert.ok(!rank([0]).lift.slice(0, 2).includes(3))
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { testSampleRatio } from './sample-ratio.ts'

test('the sample ratio has the p-values of scipy, and the alarm is raised below .001', () => {
  for (const [counts, shares, pValue, alarm] of [
    [[5100, 4900], [1, 1], 0.04550026, false],
    [[8900, 1100], [0.9, 0.1], 0.00085812, true],
    [[10000, 10300], [0.5, 0.5], 0.03524022, false],
    // scipy.stats.chisquare([330, 350, 320])
    [[330, 350, 320], [1, 1, 1], 0.4965853, false],
  ] as const) {
    const found = testSampleRatio(counts, shares)
    assert.ok(found.kind === 'tested')
    assert.ok(Math.abs(found.pValue - pValue) < 5e-8, `${found.pValue} is not ${pValue}`)
    assert.equal(found.alarm, alarm)
  }
})

test('an arm that should be empty and is not raises the alarm; an empty one changes nothing', () => {
  const found = testSampleRatio([500, 500, 1], [1, 1, 0])
  assert.ok(found.kind === 'tested' && found.alarm)
  assert.deepEqual(testSampleRatio([500, 480, 0], [1, 1, 0]), testSampleRatio([500, 480], [1, 1]))
})

test('with fewer than eight customers expected in an arm nothing is claimed, and what is needed is said', () => {
  assert.deepEqual(testSampleRatio([70, 9], [0.9, 0.1]), { kind: 'too-few', needed: 80 })
  assert.equal(testSampleRatio([72, 8], [0.9, 0.1]).kind, 'tested')
  assert.throws(() => testSampleRatio([100, 0], [1, 0]), RangeError)
  assert.throws(() => testSampleRatio([100], [1, 1]), RangeError)
})

test('counts in proportion to the shares never raise the alarm, whatever the shares', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 6 }), (shares) => {
      const found = testSampleRatio(
        shares.map((share) => share * 40),
        shares,
      )
      assert.ok(found.kind === 'tested' && !found.alarm && found.pValue > 0.999999)
    }),
  )
})

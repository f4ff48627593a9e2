import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { drawBinomial } from '../stats/binomial-draw.ts'
import { alwaysValidCritical } from '../stats/confidence-sequence.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import {
  type ArmSums,
  type ArmVerdict,
  judgeExperiment,
  standingVerdict,
  usualJudge,
} from './judge-experiment.ts'

const rate = (hits: number, units: number): ArmSums => ({ units, sum: hits, sumOfSquares: hits })

function verdictOf(control: ArmSums, treated: ArmSums, days = 28, settings = usualJudge): ArmVerdict {
  const found = judgeExperiment({ arms: [control, treated], shares: [1, 1], days }, settings)
  assert.ok(found.kind === 'judged', JSON.stringify(found))
  const [only] = found.arms
  assert.ok(only !== undefined)
  return only
}

test('a clear win is better, the same numbers the other way round are worse, and for unsubscribes it is the reverse', () => {
  const [low, high] = [rate(500, 10_000), rate(650, 10_000)]
  assert.equal(verdictOf(low, high).kind, 'better')
  assert.equal(verdictOf(high, low).kind, 'worse')
  const less = { ...usualJudge, good: 'less' } as const
  assert.equal(verdictOf(low, high, 28, less).kind, 'worse')
  assert.equal(verdictOf(high, low, 28, less).kind, 'better')
})

test('at the planned end the interval reaches 2.797 standard errors to either side: 5 % against 6 % of 20,000 each', () => {
  const found = verdictOf(rate(1000, 20_000), rate(1200, 20_000), 28, { ...usualJudge, plannedUnits: 40_000 })
  assert.ok(found.kind === 'better')
  const { low, high } = found.absolute
  // The half-width of the mixture tuned for 5,000 is .007321 (numpy): that tells the standard error.
  const standardError = 0.007321 / alwaysValidCritical(40_000)
  assert.ok(Math.abs((high - low) / 2 / standardError - Math.sqrt(2 * Math.log(50))) < 1e-3)
})

test('one view against one view is never a winner, nor is 499 against 499', () => {
  for (const units of [1, 499]) {
    const found = verdictOf(rate(0, units), rate(units, units))
    assert.equal(found.kind, 'not-enough-yet')
  }
  assert.equal(verdictOf(rate(0, 500), rate(500, 500), 28).kind, 'not-enough-yet')
  assert.equal(verdictOf(rate(3, 500), rate(120, 500), 28).kind, 'better')
})

test('a win waits for two full weeks, a loss is said at once', () => {
  const [low, high] = [rate(500, 10_000), rate(650, 10_000)]
  const early = verdictOf(low, high, 5)
  assert.ok(early.kind === 'not-enough-yet')
  assert.equal(early.moreDays, 9)
  assert.match(early.reason, /5 days, 14 are needed/)
  assert.equal(verdictOf(high, low, 5).kind, 'worse')
})

test('equal arms of many customers have no difference larger than what their interval still holds', () => {
  const found = verdictOf(rate(20_000, 200_000), rate(20_050, 200_000))
  assert.ok(found.kind === 'no-difference')
  assert.ok(found.largest > 0.02 && found.largest < 0.1, `${found.largest}`)
  assert.ok(found.relative !== null && found.relative.high === found.largest)
})

test('a split that does not fit its shares is broken, whatever the arms earned', () => {
  const found = judgeExperiment({
    arms: [rate(900, 8900), rate(10, 1100)],
    shares: [0.9, 0.1],
    days: 28,
  })
  assert.ok(found.kind === 'broken-split')
  assert.ok(Math.abs(found.pValue - 0.00085812) < 5e-8)
  assert.match(found.reason, /8900 against 1100/)
})

test('the days that it still takes are about right: after them four of five experiments are decided', () => {
  const early = verdictOf(rate(150, 3000), rate(180, 3000), 6, { ...usualJudge, matters: 0.2 })
  assert.ok(early.kind === 'not-enough-yet' && early.moreDays !== null)
  const perDay = 500
  const units = (6 + early.moreDays) * perDay
  const random = seededRandom(5)
  let found = 0
  for (let run = 0; run < 300; run++) {
    const [one, other] = [0.05, 0.06].map((chance) => rate(drawBinomial(units, chance, random), units))
    if (one && other && verdictOf(one, other, 6 + early.moreDays).kind === 'better') found += 1
  }
  assert.ok(found / 300 > 0.7 && found / 300 < 0.92, `${found / 300} after ${early.moreDays} days`)
})

test('what the past foretells is taken out: an effect that its noise hides is found', () => {
  const random = seededRandom(9)
  const armOf = (effect: number): ArmSums => {
    const sums = { units: 0, sum: 0, sumOfSquares: 0 }
    const past = { sum: 0, sumOfSquares: 0, sumOfProducts: 0 }
    for (let customer = 0; customer < 4000; customer++) {
      const before = 100 * random()
      const after = before + 10 * random() + effect
      sums.units += 1
      sums.sum += after
      sums.sumOfSquares += after * after
      past.sum += before
      past.sumOfSquares += before * before
      past.sumOfProducts += before * after
    }
    return { ...sums, past }
  }
  const [control, treated] = [armOf(0), armOf(1)]
  const withPast = verdictOf(control, treated)
  assert.ok(withPast.kind === 'better')
  assert.ok(withPast.varianceLeft < 0.02)
  const { past: _one, ...plainControl } = control
  const { past: _other, ...plainTreated } = treated
  assert.notEqual(verdictOf(plainControl, plainTreated).kind, 'better')
})

test('several arms share alpha: an effect just found alone is not found among four', () => {
  const [control, treated] = [rate(1000, 20_000), rate(1143, 20_000)]
  assert.equal(verdictOf(control, treated).kind, 'better')
  const found = judgeExperiment({
    arms: [control, treated, control, control, control],
    shares: [1, 1, 1, 1, 1],
    days: 28,
  })
  assert.ok(found.kind === 'judged')
  assert.notEqual(found.arms[0]?.kind, 'better')
  assert.equal(found.arms.length, 4)
})

test('swapping the arms swaps the verdict, and no experiment is both undecided and decided', () => {
  const arm = fc.integer({ min: 0, max: 2000 })
  fc.assert(
    fc.property(arm, arm, (one, other) => {
      const swapped = { better: 'worse', worse: 'better', 'no-difference': '', 'not-enough-yet': '' } as const
      const [there, back] = [
        verdictOf(rate(one, 2000), rate(other, 2000)),
        verdictOf(rate(other, 2000), rate(one, 2000)),
      ]
      if (there.kind === 'better' || there.kind === 'worse') assert.equal(back.kind, swapped[there.kind])
      else assert.ok(back.kind !== 'better' && back.kind !== 'worse')
    }),
    { numRuns: 300 },
  )
})

test('arms without customers, or an experiment of one arm, are said plainly', () => {
  const found = verdictOf(rate(0, 0), rate(0, 0))
  assert.ok(found.kind === 'not-enough-yet' && found.moreDays === null)
  assert.throws(() => judgeExperiment({ arms: [rate(1, 2)], shares: [1], days: 3 }), RangeError)
})

test('an answer ends an experiment when it has stood for three days, not when it shows up for one look', () => {
  const standing = (kinds: readonly ArmVerdict['kind'][], perDay: number) =>
    standingVerdict(
      kinds.map((kind, look) => ({ kind, units: 1000, days: 14 + look / perDay })),
      28_000,
    )
  const open = 'not-enough-yet'
  assert.equal(standing([open, 'better', 'better', 'better', 'better'], 1), 'better')
  assert.equal(standing([open, open, 'better', 'better', 'better'], 1), null)
  assert.equal(
    standing(
      Array.from({ length: 6 }, () => 'worse' as const),
      2,
    ),
    null,
  )
  assert.equal(
    standing(
      Array.from({ length: 7 }, () => 'worse' as const),
      2,
    ),
    'worse',
  )
  assert.equal(standing(['better', 'better', 'worse', 'better', 'better', 'better'], 1), null)
  assert.equal(standing(['better', 'better', 'better', 'better', open], 1), null)
  assert.equal(standing([], 1), null)
})

test('the look that finds the planned size reached decides at once, a later one does not', () => {
  const look = (units: number, kind: ArmVerdict['kind']) => ({ days: units / 1000, units, kind })
  const open = 'not-enough-yet'
  assert.equal(standingVerdict([look(27_000, open), look(28_000, 'better')], 28_000), 'better')
  assert.equal(
    standingVerdict([look(27_000, open), look(28_000, open), look(29_000, 'better')], 28_000),
    null,
  )
  assert.equal(standingVerdict([look(27_000, open), look(28_000, open)], 28_000), null)
})

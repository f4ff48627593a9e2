import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { drawBeta } from './beta-draw.ts'
import { fitBetaPrior } from './beta-prior.ts'
import { chancesToBeBest } from './chance-to-be-best.ts'
import { seededRandom } from './seeded-random.ts'
import {
  type Arm,
  choiceProbabilities,
  contenderOf,
  drawChoice,
  expectedLoss,
  forget,
  maturedShown,
  withFloor,
} from './thompson-sampling.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

const arm = (taken: number, shown: number, worth = 1): Arm => ({
  taken,
  shown,
  worth,
  prior: { a: 1, b: 1 },
})

test('the chance that B beats A, and what B may lose, are the exact values', () => {
  for (const [a, b, chance, loss] of [
    [arm(50, 1000), arm(65, 1000), 0.92448, 0.000354],
    [arm(5, 100), arm(9, 100), 0.858521, 0.002717],
    [arm(2, 40), arm(4, 40), 0.783958, 0.007805],
  ] as const) {
    near(chancesToBeBest([contenderOf(a), contenderOf(b)])[1] ?? 0, chance, 6e-7)
    // The reference loss was simulated with a million draws.
    near(expectedLoss(b, a), loss, 2e-5)
  }
})

test('51 of 100 against 49 of 100 is better with the chance of GrowthBook’s normal approximation, .609, within .003', () => {
  near(chancesToBeBest([arm(49, 100), arm(51, 100)].map((one) => contenderOf(one)))[1] ?? 0, 0.60918, 3e-3)
})

test('the floor is that of GrowthBook’s bandit: .1 + .6 w of four arms, even where floors take all, none below 0', () => {
  const weights = [0.5, 0.3, 0.2, 0]
  const close = (found: Float64Array, expected: readonly number[]): void => {
    for (const [index, value] of expected.entries()) near(found[index] ?? 0, value, 1e-12)
  }
  close(
    withFloor(weights, 0.1),
    weights.map((weight) => 0.1 + 0.6 * weight),
  )
  close(withFloor(weights, 0.5), [0.25, 0.25, 0.25, 0.25])
  close(withFloor(weights, -0.3), weights)
})

/** The .1 % point of chi-square with three degrees of freedom. */
const CHI_SQUARE_OF_FOUR = 16.27

function chiSquareOf(counts: readonly number[], chances: Float64Array): number {
  const draws = counts.reduce((sum, count) => sum + count, 0)
  return counts.reduce((sum, count, arm) => {
    const expected = draws * (chances[arm] ?? 0)
    return sum + (count - expected) ** 2 / expected
  }, 0)
}

test('chances are those with which a draw of each arm’s rate is the best (chi-square, 20,000 draws), sharpened or not', () => {
  const arms = [arm(12, 300, 10), arm(3, 40, 6), arm(0, 5, 12), arm(40, 700, 14)]
  for (const sharpness of [1, 3]) {
    const random = seededRandom(4)
    const won = [0, 0, 0, 0]
    for (let draw = 0; draw < 20_000; draw++) {
      const earned = arms.map((one) => {
        const { a, b, worth } = contenderOf(one, sharpness)
        return drawBeta(a, b, random) * worth
      })
      const best = earned.indexOf(Math.max(...earned))
      won[best] = (won[best] ?? 0) + 1
    }
    const chiSquare = chiSquareOf(won, choiceProbabilities(arms, { floor: 0, sharpness }))
    assert.ok(chiSquare < CHI_SQUARE_OF_FOUR, `${chiSquare}: ${won}`)
  }
})

test('arms are drawn as often as the logged chances say (chi-square, 20,000 draws)', () => {
  const chances = Float64Array.of(0.6, 0.25, 0.14, 0.01)
  const random = seededRandom(5)
  const drawn = [0, 0, 0, 0]
  for (let draw = 0; draw < 20_000; draw++) {
    const index = drawChoice(chances, random)
    drawn[index] = (drawn[index] ?? 0) + 1
  }
  const chiSquare = chiSquareOf(drawn, chances)
  assert.ok(chiSquare < CHI_SQUARE_OF_FOUR, `${chiSquare}: ${drawn}`)
  assert.equal(
    drawChoice([0.5, 0.5 - 1e-12], () => 1 - 1e-16),
    1,
  )
  assert.throws(() => choiceProbabilities([]), RangeError)
})

test('propensities sum to 1, none is below the floor, and equal arms have equal ones', () => {
  const anyArm = fc.record({
    taken: fc.double({ min: 0, max: 300, noNaN: true }),
    more: fc.double({ min: 0, max: 5000, noNaN: true }),
    worth: fc.double({ min: 1, max: 50, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(anyArm, { minLength: 1, maxLength: 4 }), (drawn) => {
      const arms = drawn.map(({ taken, more, worth }) => arm(taken, taken + more, worth))
      const propensities = choiceProbabilities(arms)
      near(
        propensities.reduce((sum, one) => sum + one, 0),
        1,
        1e-9,
      )
      for (const one of propensities) assert.ok(one >= 0.01 - 1e-12)
      const [first] = arms
      assert.ok(first !== undefined)
      const twins = choiceProbabilities([first, first])
      near(twins[0] ?? 0, 0.5, 1e-9)
    }),
    { numRuns: 25 },
  )
})

test('a dear add-on with fewer takers wins over a cheap one with more', () => {
  const [cheap = 0, dear = 0] = choiceProbabilities([arm(80, 1000, 2), arm(50, 1000, 9)])
  assert.ok(dear > 0.9899 && cheap < 0.0101)
})

test('half of what was seen is forgotten after 69 days, and an answer that may still come counts by its share', () => {
  const { taken, shown } = forget({ taken: 10, shown: 200 }, 69)
  near(taken, 5, 0.01)
  near(shown, 100, 0.2)
  near(
    maturedShown([0, 1, 2, 30], (age) => 1 - Math.exp(-age)),
    1 - Math.exp(-1) + (1 - Math.exp(-2)) + (1 - Math.exp(-30)),
    1e-12,
  )
})

test('with a learned prior ten arms earn more than two thirds of what the best would over the average (Beta(4, 76), 5,000 shown)', () => {
  let [captured, possible] = [0, 0]
  for (let seed = 1; seed <= 6; seed++) {
    const random = seededRandom(seed)
    const counts = plantedRates(random)
    const rates = counts.map(({ rate }) => rate)
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    for (let batch = 0; batch < 50; batch++) {
      const prior = fitBetaPrior(counts, { a: 2, b: 48 })
      const arms = counts.map(({ taken, shown }) => ({ taken, shown, prior, worth: 1 }))
      const chances = choiceProbabilities(arms, { floor: 0 })
      for (let shown = 0; shown < 100; shown++) {
        const chosen = counts[drawChoice(chances, random)]
        assert.ok(chosen !== undefined)
        chosen.shown += 1
        if (random() < chosen.rate) chosen.taken += 1
        captured += chosen.rate - mean
      }
    }
    possible += 5000 * (Math.max(...rates) - mean)
  }
  assert.ok(captured / possible > 2 / 3, `${captured / possible}`)
})

function plantedRates(random: () => number): { rate: number; taken: number; shown: number }[] {
  return Array.from({ length: 10 }, () => {
    // Gamma of whole shapes are sums of exponentials.
    const gamma = (shape: number): number => {
      let sum = 0
      for (let part = 0; part < shape; part++) sum -= Math.log(1 - random())
      return sum
    }
    const [yes, no] = [gamma(4), gamma(76)]
    return { rate: yes / (yes + no), taken: 0, shown: 0 }
  })
}

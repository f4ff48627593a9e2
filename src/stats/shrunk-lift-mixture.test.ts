import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { shrunkLift } from './shrunk-lift.ts'
import { type LiftPrior, logNegativeBinomial, mixtureLift } from './shrunk-lift-mixture.ts'

// The hyper-parameters of testEBGM.R in R's openEBGM; values computed with scipy 1.17.
const prior: LiftPrior = {
  firstShape: 3.25280367,
  firstRate: 0.39983376,
  secondShape: 2.024904,
  secondRate: 1.90726819,
  firstShare: 0.06536416,
}

function near(actual: number, expected: number, relative = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected}`)
}

test('the mixture posterior has the values of openEBGM’s hyper-parameters in scipy', () => {
  for (const [count, expected, share, mean, low, high] of [
    [3, 0.5, 0.31126261624881535, 2.7563547727644497, 0.9209549060442168, 9.626597191468434],
    [1, 0.01, 0.3289259085172846, 2.505259238591262, 0.5122165450728894, 15.397074437611577],
    [10, 1, 0.9724357635658764, 8.905944059047116, 5.168404939001404, 14.065230306175682],
    [30, 15, 0.018282817909312035, 1.8691468073984874, 1.3811707543916034, 2.486314790181465],
    [0, 2, 0.0008776732218266795, 0.3972535585362552, 0.09356266899173986, 1.2268789207598756],
    [500, 20, 0.9999999999999852, 24.644950172721078, 22.888937153230646, 26.505706249404728],
    [2, 1e-6, 0.7823232625040314, 7.944169455318325, 1.2889229992913633, 22.7408549672662],
  ] as const) {
    const lift = mixtureLift(prior, count, expected)
    near(lift.firstShare, share)
    near(lift.mean, mean)
    near(lift.low, low)
    near(lift.high, high)
  }
})

test('a mixture of one kind alone is the single gamma', () => {
  const single = { firstShape: 2, firstRate: 2, secondShape: 2, secondRate: 2 }
  for (const firstShare of [0, 0.4, 1]) {
    const lift = mixtureLift({ ...single, firstShare }, 7, 1.5)
    near(lift.low, shrunkLift(7, 1.5).low)
    near(lift.high, shrunkLift(7, 1.5).high)
  }
})

test('the chances of all counts add up to one', () => {
  let sum = 0
  for (let count = 0; count < 400; count++) sum += Math.exp(logNegativeBinomial(count, 3, 0.7, 0.4))
  near(sum, 1, 1e-12)
})

test('the mixture lift is ordered, and its lower end rises with what was seen', () => {
  const shape = fc.double({ min: 0.05, max: 20, noNaN: true })
  const anyPrior = fc.record({
    firstShape: shape,
    firstRate: shape,
    secondShape: shape,
    secondRate: shape,
    firstShare: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  })
  const expected = fc.double({ min: 0.001, max: 1000, noNaN: true })
  fc.assert(
    fc.property(anyPrior, fc.nat(500), expected, (any, count, chance) => {
      const lift = mixtureLift(any, count, chance)
      assert.ok(lift.low > 0 && lift.low < lift.high && lift.mean < lift.high)
      assert.ok(mixtureLift(any, count + 1, chance).low >= lift.low * (1 - 1e-9))
    }),
  )
})

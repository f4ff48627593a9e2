import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  erfc,
  gammaQuantile,
  lnGamma,
  logNormalTail,
  lowerGamma,
  normalCdf,
  normalHazard,
  normalPdf,
  normalQuantile,
  upperGamma,
} from './special-functions.ts'

type Row = readonly [...inputs: number[], value: number]

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected}`)
}

function check(
  f: (...inputs: number[]) => number,
  rows: readonly Row[],
  relative: number,
  floor: number,
): void {
  for (const row of rows) {
    const inputs = row.slice(0, -1)
    const expected = row.at(-1) as number
    near(f(...inputs), expected, relative * Math.max(floor, Math.abs(expected)), inputs.join(', '))
  }
}

test('ln Γ has the values of mpmath with 40 digits, from 0.001 to 1e10', () => {
  check(
    lnGamma,
    [
      [0.001, 6.907178885383854],
      [0.1, 2.252712651734206],
      [0.5, 0.5723649429247001],
      [1, 0],
      [1.5, -0.12078223763524522],
      [2, 0],
      [2.5, 0.2846828704729192],
      [10, 12.801827480081469],
      [25.5, 56.38916764371995],
      [100, 359.1342053695754],
      [1e5, 1051287.708973657],
      [1e10, 220258509288.8106],
    ],
    1e-14,
    1,
  )
})

test('the incomplete gamma function has the values of mpmath with 40 digits, far tails included', () => {
  check(
    lowerGamma,
    [
      [0.01, 0.001, 0.938570652526129],
      [0.5, 0.1, 0.34527915398142295],
      [1, 1, 0.6321205588285577],
      [2, 5, 0.9595723180054871],
      [5, 2, 0.05265301734371116],
      [32, 34, 0.6573032347420923],
      [100, 80, 0.017108313035133115],
      [1000, 1000, 0.5042052441802155],
      [12000, 12345, 0.9991041654743135],
      [1e6, 1000500, 0.6915504757714972],
      [12000, 11000, 2.9349504071973633e-21],
    ],
    1e-11,
    0,
  )
  check(
    upperGamma,
    [
      [0.01, 0.001, 0.06142934747387101],
      [3, 10, 0.002769395715511576],
      [10, 12, 0.24239216167051233],
      [100, 130, 0.002750408367306506],
      [12000, 12345, 0.0008958345256865143],
      [1e6, 1000500, 0.3084495242285028],
    ],
    1e-11,
    0,
  )
  assert.equal(lowerGamma(3, 0), 0)
})

test('gamma quantiles have the values of scipy 1.17 (gamma.ppf), from shape 0.05 to 20,002', () => {
  check(
    (shape, probability) => gammaQuantile(shape, probability),
    [
      [0.05, 0.001, 5.844632057286632e-61],
      [0.05, 0.95, 0.2659323024258409],
      [0.5, 1e-6, 7.853981633978593e-13],
      [0.5, 0.5, 0.227468211559786],
      [2, 1e-6, 0.0014148806614793436],
      [2, 0.05, 0.35536151069866195],
      [2, 0.95, 4.743864518390577],
      [2, 0.999, 9.233413476451585],
      [5, 0.05, 1.9701495680595302],
      [12, 0.5, 11.668363153044767],
      [32, 0.95, 41.83763037136048],
      [102, 0.001, 73.61420521698189],
      [1002, 0.05, 950.5078543934363],
      [20002, 0.999, 20441.898067249986],
    ],
    1e-11,
    0,
  )
})

test('a gamma quantile is where the distribution function has its probability, and rises with it', () => {
  const shape = fc.double({ min: 0.02, max: 1e5, noNaN: true })
  const probability = fc.double({ min: 1e-6, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(shape, probability, (a, p) => {
      const x = gammaQuantile(a, p)
      near(lowerGamma(a, x), p, 1e-10, `P(${a}, ${x})`)
      assert.ok(gammaQuantile(a, p + 5e-4) > x)
    }),
  )
})

test('the normal distribution has the values of mpmath with 40 digits, far tails included', () => {
  check(
    erfc,
    [
      [-3, 1.9999779095030015],
      [-0.5, 1.5204998778130465],
      [0, 1],
      [0.1, 0.887537083981715],
      [1, 0.15729920705028513],
      [2.5, 0.0004069520174449589],
      [5, 1.537459794428035e-12],
      [10, 2.0884875837625446e-45],
      [20, 5.395865611607901e-176],
      [26, 5.663192408856143e-296],
    ],
    2e-13,
    0,
  )
  check(
    normalQuantile,
    [
      [1e-300, -37.0470962993612],
      [1e-10, -6.361340902404057],
      [0.025, -1.959963984540054],
      [0.05, -1.6448536269514726],
      [0.3, -0.5244005127080407],
      [0.5, 0],
      [0.95, 1.6448536269514722],
      [0.999, 3.090232306167813],
    ],
    1e-13,
    1,
  )
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY)
  assert.equal(normalQuantile(1), Number.POSITIVE_INFINITY)
})

test('the hazard and the log of the tail agree with density and distribution, and never underflow', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
      const tail = normalCdf(-z)
      near(normalHazard(z), normalPdf(z) / tail, 1e-11 * Math.max(1e-300, normalHazard(z)), `hazard(${z})`)
      near(logNormalTail(z), Math.log(tail), 1e-11 * Math.max(1, Math.abs(Math.log(tail))), `ln Q(${z})`)
      assert.ok(normalHazard(z) > z)
    }),
  )
  near(normalHazard(1e6), 1e6 + 1e-6, 1e-8, 'hazard(1e6)')
  assert.ok(logNormalTail(1e6) < -4.9e11 && logNormalTail(1e6) > -5.1e11)
})

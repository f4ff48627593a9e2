import assert from 'node:assert/strict'
import test from 'node:test'
import { drawBinomial } from './binomial-draw.ts'
import { seededRandom } from './seeded-random.ts'
import { chanceOfSoFew } from './so-few-after.ts'

const known = { ratio: 1, lnError: 0 }
const counts = (takenBefore: number, shownBefore: number, takenAfter: number, shownAfter: number) => ({
  ...{ takenBefore, shownBefore, takenAfter, shownAfter },
})

/** P(X ≤ most) of Binomial(n, q), summed. */
function binomialUpTo(most: number, n: number, q: number): number {
  let [term, sum] = [(1 - q) ** n, 0]
  for (let k = 0; k <= most; k++) {
    sum += term
    term *= ((n - k) / (k + 1)) * (q / (1 - q))
  }
  return sum
}

test('with a known factor it is the lower tail of the binomial distribution of the later ones', () => {
  for (const [before, after] of [
    [12, 0],
    [30, 3],
    [9, 9],
  ] as const) {
    const chance = chanceOfSoFew(counts(before, 800, after, 400), known)
    const exact = binomialUpTo(after, before + after, 400 / 1200)
    assert.ok(Math.abs(chance / exact - 1) < 1e-9, `${chance} is not ${exact}`)
  }
})

test('a factor that halves what was to be expected makes few likely, and one that is not known well makes all likelier', () => {
  const few = counts(60, 1000, 20, 1000)
  const plain = chanceOfSoFew(few, known)
  assert.ok(plain < 1e-4)
  assert.ok(chanceOfSoFew(few, { ratio: 0.5, lnError: 0 }) > 0.02)
  assert.ok(chanceOfSoFew(few, { ratio: 1, lnError: 0.3 }) > 5 * plain)
})

test('others that rose ask for no more than before where the factor is capped', () => {
  const same = counts(50, 1000, 50, 1000)
  assert.ok(chanceOfSoFew(same, { ratio: 3, lnError: 0 }) < 1e-4)
  assert.ok(chanceOfSoFew(same, { ratio: 3, lnError: 0 }, 1) > 0.5)
})

test('nothing taken before, or nothing shown, says nothing', () => {
  for (const none of [counts(0, 100, 0, 100), counts(0, 100, 5, 100), counts(5, 100, 0, 0)])
    assert.equal(chanceOfSoFew(none, known), 1)
})

test('of rates that never change it falls below 1 in 100 at most that often, whatever the rate is', () => {
  const random = seededRandom(7)
  for (const rate of [0.01, 0.05, 0.3]) {
    let below = 0
    for (let draw = 0; draw < 20_000; draw++) {
      const [before, after] = [drawBinomial(800, rate, random), drawBinomial(200, rate, random)]
      if (chanceOfSoFew(counts(before, 800, after, 200), known) <= 0.01) below += 1
    }
    // 200 are 1 %; 42 more are three standard errors.
    assert.ok(below <= 242, `${below} of 20,000 at ${rate}`)
  }
})

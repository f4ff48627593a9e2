// Reference values computed with numpy on the small sets of the Open Bandit Dataset, 10,000 decisions each.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import { describeWeights, evaluatePolicy, type LoggedDecision } from './off-policy.ts'
import { momentsOf } from './sample-moments.ts'
import { seededRandom } from './seeded-random.ts'

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

function estimated(found: ReturnType<typeof evaluatePolicy>) {
  assert.ok(found.kind === 'estimated', JSON.stringify(found))
  return found
}

const withoutModel = { expected: 0, expectedOfTarget: 0 }

/** Logged by chance; the other policy picks the later items more often. */
function randomLog(name: string, items: number): LoggedDecision[] {
  const file = new URL(`../../test/fixtures/open-bandit/random-${name}.csv`, import.meta.url)
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  return rows.flatMap((row) => {
    const [item = 0, reward = 0, decisions = 0] = row.split(',').map(Number)
    const target = (item + 1) / ((items * (items + 1)) / 2)
    return Array.from({ length: decisions }, () => ({
      reward,
      propensity: 1 / items,
      target,
      ...withoutModel,
    }))
  })
}

const datasets = process.env.AFTERCART_DATASETS ?? ''
const sampled = join(datasets, 'open-bandit', 'bts')
const whereThere = {
  skip:
    datasets !== '' && existsSync(sampled) ? false : 'AFTERCART_DATASETS names no folder with open-bandit',
}

/** Logged by Thompson sampling; the other policy is chance. */
function sampledLog(name: string, items: number): LoggedDecision[] {
  const [head = '', ...rows] = gunzipSync(readFileSync(join(sampled, `${name}.csv.gz`)))
    .toString()
    .trim()
    .split('\n')
  const columns = head.split(',')
  const [click, propensity] = [columns.indexOf('click'), columns.indexOf('propensity_score')]
  return rows.map((row) => {
    const cells = row.split(',')
    return {
      reward: Number(cells[click]),
      propensity: Number(cells[propensity]),
      target: 1 / items,
      ...withoutModel,
    }
  })
}

test('decisions logged by chance give the value of a policy that prefers later items as numpy does', () => {
  for (const [name, items, ips, snips, effective, error] of [
    ['men', 34, 0.00501143, 0.00501708, 7610.083, 0.0008382],
    ['women', 46, 0.00480851, 0.004846, 7545.907, 0.00080725],
  ] as const) {
    const log = randomLog(name, items)
    assert.equal(log.length, 10_000)
    const found = estimated(evaluatePolicy(log, seededRandom(1)))
    near(found.ips.mean, ips, 6e-9)
    near(found.snips.mean, snips, 6e-9)
    near(found.effectiveSample, effective, 6e-4)
    const values = log.map(({ reward, propensity, target }) => (reward * target) / propensity)
    near(Math.sqrt(momentsOf(values).variance / log.length), error, 6e-8)
    // Twice 1.96 standard errors, within the noise of a bootstrap of few clicks.
    near((found.ips.high - found.ips.low) / (2 * 1.96 * error), 1, 0.12)
  }
})

test('the mean reward of the logs of the Open Bandit Dataset is that of its authors’ files', () => {
  const meanOf = (name: string, items: number): number =>
    momentsOf(randomLog(name, items).map(({ reward }) => reward)).mean
  near(meanOf('men', 34), 0.0046, 1e-12)
  near(meanOf('women', 46), 0.0046, 1e-12)
})

test('men’s logs of Thompson sampling give the value of chance as numpy does', whereThere, () => {
  const log = sampledLog('men', 34)
  const found = estimated(evaluatePolicy(log, seededRandom(1)))
  near(found.ips.mean, 0.00300863, 6e-9)
  near(found.snips.mean, 0.00318942, 6e-9)
  near(found.effectiveSample, 655.71, 6e-4)
  near(found.maxWeight, 178.25, 6e-3)
  const capped = estimated(evaluatePolicy(log, seededRandom(1), { cap: 10 }))
  near(capped.snips.mean, 0.00383108, 6e-9)
  const weights = Float64Array.from(log, ({ target, propensity }) => Math.min(10, target / propensity))
  near(describeWeights(weights).effectiveSample, 1844.005, 6e-4)
})

test('women’s logs, where two decisions in ten thousand speak for chance, are refused', whereThere, () => {
  const found = evaluatePolicy(sampledLog('women', 46), seededRandom(1))
  assert.ok(found.kind === 'refused')
  near(found.effectiveSample, 2.078, 6e-4)
  near(found.maxWeight, 21_739.13, 6e-3)
  near(found.meanWeight, 3.1342, 6e-5)
  assert.match(found.reason, /only 2 tell something/)
})

/** Three picks at 10, 30 and 20 %; logged with known chances, to be judged under others. */
const truth = [0.1, 0.3, 0.2]
const logged = [0.6, 0.1, 0.3]
const other = [0.1, 0.7, 0.2]
const value = truth.reduce((sum, rate, pick) => sum + rate * (other[pick] ?? 0), 0)

function simulatedLog(
  decisions: number,
  { model = truth, told = logged }: { model?: readonly number[]; told?: readonly number[] } = {},
): LoggedDecision[] {
  const random = seededRandom(8)
  const expectedOfTarget = model.reduce((sum, rate, pick) => sum + rate * (other[pick] ?? 0), 0)
  return Array.from({ length: decisions }, () => {
    const draw = random()
    const pick = draw < 0.6 ? 0 : draw < 0.7 ? 1 : 2
    const reward = random() < (truth[pick] ?? 0) ? 1 : 0
    const [propensity = 1, target = 0, expected = 0] = [told[pick], other[pick], model[pick]]
    return { reward, propensity, target, expected, expectedOfTarget }
  })
}

test('with true propensities the true value lies in the intervals, also where the model is wrong', () => {
  const found = estimated(evaluatePolicy(simulatedLog(20_000, { model: [0.5, 0.02, 0.4] }), seededRandom(2)))
  for (const { low, high } of [found.ips, found.snips, found.doublyRobust]) {
    assert.ok(low < value && value < high, `${value} is not in ${low} to ${high}`)
  }
  assert.ok(Math.abs(found.directMethod.mean - value) > 0.05)
})

test('a true model makes the doubly robust interval narrower than that of the weights alone', () => {
  const found = estimated(evaluatePolicy(simulatedLog(20_000), seededRandom(2)))
  near(found.directMethod.mean, value, 1e-12)
  near(found.doublyRobust.mean, value, 0.02)
  assert.ok(found.doublyRobust.high - found.doublyRobust.low < found.ips.high - found.ips.low)
})

test('a policy that is the logged one is worth what the logs earned', () => {
  const log = simulatedLog(3000).map((decision) => ({ ...decision, target: decision.propensity }))
  const found = estimated(evaluatePolicy(log, seededRandom(3)))
  const earned = momentsOf(log.map(({ reward }) => reward)).mean
  near(found.ips.mean, earned, 1e-12)
  near(found.snips.mean, earned, 1e-12)
  near(found.effectiveSample, 3000, 1e-6)
})

test('logs of other chances than were used, of one heavy decision, or of none, are refused with the reason', () => {
  const wrong = evaluatePolicy(simulatedLog(5000, { told: [0.3, 0.4, 0.3] }), seededRandom(4))
  assert.ok(wrong.kind === 'refused')
  assert.match(wrong.reason, /mean of 0\.\d\d instead of 1/)
  const even = Array.from({ length: 1000 }, () => ({
    reward: 0,
    propensity: 0.5,
    target: 0.5,
    ...withoutModel,
  }))
  const heavy = evaluatePolicy(
    [...even, { reward: 1, propensity: 0.01, target: 0.6, ...withoutModel }],
    seededRandom(4),
  )
  assert.ok(heavy.kind === 'refused')
  assert.match(heavy.reason, /weighs more than a twentieth/)
  const none = evaluatePolicy([], seededRandom(4))
  assert.ok(none.kind === 'refused')
  assert.match(none.reason, /only 0 tell something/)
  assert.throws(
    () => evaluatePolicy([{ reward: 0, propensity: 0, target: 1, ...withoutModel }], seededRandom(4)),
    RangeError,
  )
})

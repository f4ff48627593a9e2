import assert from 'node:assert/strict'
import test from 'node:test'
import { drafted, jamWithBread } from '../../test/store/experiment-samples.ts'
import type { Experiment, VariationChange } from '../domain/experiment.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { MetricSums, UnitMoments, VariationSums } from '../ports/measure-store.ts'
import type { VariationHarm } from '../ports/trial-store.ts'
import { isDecided } from './end-experiment.ts'
import { judgeMoments } from './measure-experiments.ts'
import { planExperiment } from './plan-experiment.ts'
import { watchGuardrails } from './watch-guardrails.ts'

const running = (change: VariationChange = jamWithBread, more: Partial<Experiment> = {}): Experiment =>
  drafted('jam', change, { state: 'running', startedAtMs: 0, ...more })

/** Customers who spend `mean` each, give or take `deviation`; their past says nothing of it. */
function spending(variation: string, units: number, mean: number, deviation: number): VariationSums {
  const none: MetricSums = { sum: 0, squares: 0, withEligible: 0, withBefore: 0 }
  const sum = units * mean
  const spend = { sum, squares: units * (deviation ** 2 + mean ** 2), withEligible: sum, withBefore: 0 }
  const ones = { sum: units, squares: units, withEligible: units, withBefore: 0 }
  return {
    ...{ variation, assigned: units, units, eligible: ones, bought: none, orders: ones },
    ...{ spend, spendUncapped: spend, before: none, addOnsMinor: 0 },
  }
}

function judged(
  variations: readonly VariationSums[],
  more: {
    days?: number
    harm?: readonly VariationHarm[]
    unitsInTwo?: number
    experiment?: Experiment
    marginShare?: number
  } = {},
) {
  const moments: UnitMoments = { variations, capMinor: null, unitsInTwo: more.unitsInTwo ?? 0, sinceMs: 0 }
  return judgeMoments(more.experiment ?? running(), {
    ...{
      moments,
      harm: more.harm ?? [],
      untilMs: (more.days ?? 60) * DAY_MS,
      marginShare: more.marginShare ?? null,
    },
  })
}

test('a clear winner is better, with its interval, and the experiment has answered', () => {
  const verdict = judged([spending('control', 20_000, 1_000, 2_000), spending('tried', 20_000, 1_200, 2_000)])
  const [control, tried] = verdict.variations
  assert.deepEqual([control?.verdict, tried?.verdict], [null, { kind: 'better' }])
  assert.ok(tried?.difference && tried.difference.low > 0 && tried.difference.high > 200)
  assert.equal(tried?.difference?.value, 200)
  assert.match(verdict.sentence, /^“Tried” is better: revenue per customer up 20\.0 % \(\d/)
  assert.equal(isDecided(verdict), true)
})

test('one view against one view is never a winner: below 150 customers nothing is said, however far apart', () => {
  for (const units of [1, 2, 149]) {
    const verdict = judged([spending('control', units, 100, 1), spending('tried', units, 10_000, 1)])
    assert.equal(verdict.variations[1]?.verdict?.kind, 'not-enough', String(units))
    assert.equal(isDecided(verdict), false)
  }
})

test('good news waits until the judged customers came in over two full weeks', () => {
  const arms = [spending('control', 20_000, 1_000, 2_000), spending('tried', 20_000, 1_200, 2_000)]
  // The first customer of day 0 is judged on day 14; on day 27 those of 13 days are.
  assert.deepEqual(judged(arms, { days: 27 }).variations[1]?.verdict, { kind: 'not-enough', moreDays: 1 })
  assert.deepEqual(judged(arms, { days: 28 }).variations[1]?.verdict, { kind: 'better' })
})

test('variations of other sizes than they were sent, or customers in two of them, make everything unbelievable', () => {
  const split = judged([spending('control', 10_000, 1_000, 2_000), spending('tried', 9_000, 1_200, 2_000)])
  assert.match(split.sentence, /^Nothing of this can be believed: 10000 against 9000 customers/)
  const arms = [spending('control', 10_000, 1_000, 2_000), spending('tried', 10_000, 1_200, 2_000)]
  const mixed = judged(arms, { unitsInTwo: 400 })
  assert.match(mixed.sentence, /400 of 20400 customers saw more than one variation/)
  assert.equal(isDecided(mixed), true)
  assert.equal(judged(arms, { unitsInTwo: 100 }).variations[1]?.verdict?.kind, 'better')
})

test('a discount is taken from the margin: 10 % off an add-on with a margin of 40 % leaves 30, not 36', () => {
  const tried = { ...spending('tried', 1_000, 90, 10), addOnsMinor: 90_000 }
  const experiment = running({ kind: 'discount', addOn: null, percent: 10 })
  const verdict = judged([spending('control', 1_000, 0, 10), tried], { experiment, marginShare: 0.4 })
  assert.equal(Number(verdict.variations[1]?.mean.toFixed(9)), 30)
})

test('what was written when an experiment ended stays, whatever is known since', () => {
  const ended = running(jamWithBread, { state: 'ended', endedAtMs: 60 * DAY_MS, verdict: 'No difference.' })
  const arms = [spending('control', 20_000, 1_000, 2_000), spending('tried', 20_000, 1_200, 2_000)]
  assert.equal(judged(arms, { experiment: ended }).sentence, 'No difference.')
})

const harmless = (variation: string, units: number): VariationHarm => ({
  ...{ variation, units, unsubscribed: 0, complained: 0, refunded: 0 },
  ...{ orders: units, ordersSquared: units, valueMinor: units * 5_000 },
  ...{ valueSquared: units * (5_000 ** 2 + 1_000 ** 2), valueTimesOrders: units * 5_000 },
})

test('each guardrail stops an experiment whose variation does harm, and says with which figures', () => {
  const control = { ...harmless('control', 5_000), unsubscribed: 25, complained: 5, refunded: 150 }
  const as = (more: Partial<VariationHarm>) =>
    watchGuardrails(running(), [control, { ...control, variation: 'tried', ...more }])
  assert.equal(as({}), null)
  assert.equal(as({ unsubscribed: 30 }), null, 'five more may be chance')
  const broken = as({ unsubscribed: 125 })
  assert.equal(broken?.guardrail, 'unsubscribes')
  assert.equal(
    broken?.reason,
    '2.50 % of the customers of “Tried” unsubscribed, against 0.50 % of the control',
  )
  assert.equal(as({ complained: 80 })?.guardrail, 'complaints')
  assert.equal(as({ refunded: 300 })?.guardrail, 'refunds')
  const cheaper = {
    valueMinor: 5_000 * 4_500,
    valueSquared: 5_000 * (4_500 ** 2 + 1_000 ** 2),
    valueTimesOrders: 5_000 * 4_500,
  }
  assert.match(as(cheaper)?.reason ?? '', /^orders of “Tried” are worth 10\.0 % less/)
  const few = { ...harmless('control', 149), unsubscribed: 0 }
  assert.equal(watchGuardrails(running(), [few, { ...few, variation: 'tried', unsubscribed: 140 }]), null)
})

test('a guardrail ends an experiment that earns well', () => {
  const arms = [spending('control', 5_000, 1_000, 1_000), spending('tried', 5_000, 1_500, 1_000)]
  const control = harmless('control', 5_000)
  const verdict = judged(arms, { harm: [control, { ...control, variation: 'tried', complained: 200 }] })
  assert.equal(verdict.variations[1]?.verdict?.kind, 'guardrail')
  assert.match(verdict.sentence, /^“Tried” does harm: 4\.00 % of the customers of “Tried” complained/)
  assert.equal(isDecided(verdict), true)
})

test('the planner asks for more customers under daily looks than a test at one time, and counts days by the smallest share', () => {
  // methods.md, 5.3: revenue with a variation of 2 and a 5 % effect needs 25,117 per arm at one look.
  const experiment = running(jamWithBread, { smallestEffect: 0.05 })
  const known = { spendVariation: 2, attachRate: 0.05, customersPerDay: 1_000 }
  const plan = planExperiment(experiment, known)
  assert.ok(plan.perVariation > 25_117 && plan.perVariation < 2.5 * 25_117)
  assert.equal(plan.days, Math.ceil(plan.perVariation / 0.5 / 1_000) + 14)
  assert.deepEqual([plan.isAssumed, plan.warning === null], [false, (plan.days ?? 0) <= 90])
  const [control, tried] = experiment.variations
  assert.ok(control && tried)
  const uneven = {
    ...experiment,
    variations: [
      { ...control, share: 0.9 },
      { ...tried, share: 0.1 },
    ],
  }
  const slow = planExperiment(uneven, known)
  assert.equal(slow.days, Math.ceil(slow.perVariation / 0.1 / 1_000) + 14)
  assert.match(slow.warning ?? '', /too long/)
})

test('without figures of its own the plan says that others stand in, and never how many days', () => {
  const plan = planExperiment(running(), { spendVariation: null, attachRate: null, customersPerDay: null })
  assert.deepEqual([plan.days, plan.isAssumed, plan.warning], [null, true, null])
  assert.match(plan.sentence, /not known yet.*stand in/)
  const nobody = planExperiment(running(), { spendVariation: 2, attachRate: 0.1, customersPerDay: 0 })
  assert.match(nobody.warning ?? '', /would never end/)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { drafted, jamWithBread } from '../../test/store/experiment-samples.ts'
import type { Experiment, VariationChange } from './experiment.ts'
import { experimentInTheWay } from './experiment-conflict.ts'
import { adoptVariation, endExperiment, type Stepped, startExperiment } from './experiment-steps.ts'

const draft = drafted('jam', jamWithBread)
const after = (step: Stepped): Experiment => {
  assert.ok(step.kind === 'next')
  return step.experiment
}
const running = after(startExperiment(draft, 10))
const ended = after(endExperiment(running, 'Better by 12 %.', 20))

test('an experiment starts once, ends once and is adopted once, each one version on', () => {
  assert.deepEqual(running, { ...draft, state: 'running', version: 2, startedAtMs: 10 })
  assert.deepEqual(ended, {
    ...running,
    state: 'ended',
    version: 3,
    endedAtMs: 20,
    verdict: 'Better by 12 %.',
  })
  const adopted = after(adoptVariation(ended, 'tried'))
  assert.deepEqual(adopted, { ...ended, version: 4, adopted: 'tried' })
  const refusals = [
    startExperiment(running, 30),
    startExperiment(ended, 30),
    endExperiment(ended, '', 30),
    adoptVariation(draft, 'tried'),
    adoptVariation(running, 'tried'),
    adoptVariation(adopted, 'tried'),
    adoptVariation(ended, 'control'),
    adoptVariation(ended, 'unknown'),
    adoptVariation(after(endExperiment(draft, 'Called off.', 30)), 'tried'),
  ]
  for (const step of refusals) assert.equal(step.kind, 'refused')
})

test('who changes the same spot is in the way, who changes another is not', () => {
  const inTheWay = (one: VariationChange, other: VariationChange): boolean => {
    const [here, there] = [drafted('here', one), drafted('there', other)]
    const found = [experimentInTheWay(here, [there]), experimentInTheWay(there, [here])].map(
      (x) => x !== null,
    )
    assert.equal(found[0], found[1], 'both ways alike')
    return found[0] === true
  }
  const need = (anchor: string | null, addOn: string): VariationChange => ({
    kind: 'need',
    anchor,
    addOn,
    sentence: 'x',
  })
  const off = (addOn: string | null): VariationChange => ({ kind: 'discount', addOn, percent: 10 })
  assert.equal(inTheWay(jamWithBread, { kind: 'pairing', anchor: 'bread', addOn: 'butter' }), true)
  assert.equal(inTheWay(jamWithBread, { kind: 'pairing', anchor: 'rolls', addOn: 'jam' }), false)
  assert.equal(inTheWay(jamWithBread, need('bread', 'butter')), true)
  assert.equal(inTheWay(jamWithBread, need(null, 'jam')), true)
  assert.equal(inTheWay(need(null, 'jam'), need('rolls', 'butter')), false)
  assert.equal(inTheWay(off('jam'), off(null)), true)
  assert.equal(inTheWay(off('jam'), off('butter')), false)
  assert.equal(inTheWay(jamWithBread, off('jam')), false)
  const thanks: VariationChange = { kind: 'placement-off', placement: 'thank-you' }
  assert.equal(inTheWay(thanks, thanks), true)
  assert.equal(inTheWay(thanks, { kind: 'placement-off', placement: 'follow-up' }), false)
  const later: VariationChange = { kind: 'timing', flow: 'refill', days: 3 }
  assert.equal(inTheWay(later, { ...later, days: -3 }), true)
  assert.equal(inTheWay(later, { ...later, flow: 'next-step' }), false)
  assert.equal(experimentInTheWay(draft, [draft]), null, 'nobody is in their own way')
})

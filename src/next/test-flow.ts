// What experiments change about a flow of messages for one customer. Comes in: the unit, the flow, the tests that run. Goes
// out: by how many days its messages move, whether it is off, and the tests that it takes part in, whichever variation it
// falls to. Who is held out gets no message, so nothing of theirs is compared. Nothing can go wrong.

import { HOLD_OUT, type TrialPlace } from '../domain/trial.ts'
import { holdOutOf, variationOf } from './assign-unit.ts'
import type { Testing } from './testing.ts'

export type FlowTimingTest = { readonly days: number; readonly trials: readonly TrialPlace[] }

/** Asked when a message is planned, and again at its moment. */
export function testTiming(unit: string, flow: string, testing: Testing | null): FlowTimingTest {
  if (testing === null || isHeldOut(unit, testing)) return { days: 0, trials: [] }
  let days = 0
  const trials: TrialPlace[] = []
  for (const experiment of testing.experiments) {
    if (!experiment.variations.some(({ change }) => change.kind === 'timing' && change.flow === flow))
      continue
    const variation = variationOf(unit, testing.salt, experiment)
    if (variation === null) continue
    trials.push({ experiment: experiment.id, variation: variation.id })
    if (variation.change.kind === 'timing') days += variation.change.days
  }
  return { days, trials }
}

export type FollowUpTest = {
  readonly isOff: boolean
  readonly isHeldOut: boolean
  readonly trials: readonly TrialPlace[]
}

/** Asked when there is something to show: whether follow-ups are off for this customer. */
export function testFollowUp(unit: string, testing: Testing): FollowUpTest {
  const variation = holdOutOf(unit, testing.salt, testing.holdOutShare)
  const inHoldOut = testing.holdOutShare > 0 ? [{ experiment: HOLD_OUT, variation }] : []
  if (isHeldOut(unit, testing)) return { isOff: true, isHeldOut: true, trials: inHoldOut }
  let isOff = false
  const trials: TrialPlace[] = [...inHoldOut]
  for (const experiment of testing.experiments) {
    const turnsOff = experiment.variations.some(
      ({ change }) => change.kind === 'placement-off' && change.placement === 'follow-up',
    )
    const drawn = turnsOff ? variationOf(unit, testing.salt, experiment) : null
    if (drawn === null) continue
    trials.push({ experiment: experiment.id, variation: drawn.id })
    if (drawn.change.kind === 'placement-off') isOff = true
  }
  return { isOff, isHeldOut: false, trials }
}

function isHeldOut(unit: string, { salt, holdOutShare }: Testing): boolean {
  return holdOutShare > 0 && holdOutOf(unit, salt, holdOutShare) === 'held-out'
}

// What experiments change about the moment of a flow's messages for one customer. Comes in: the unit, the flow, the tests that
// run. Goes out: by how many days they move, and the tests that this takes part in, whichever variation it falls to. Who is
// held out gets no message, so nothing of theirs is compared. What a message then shows is tested in take-part.ts. Nothing
// can go wrong.

import type { TrialPlace } from '../domain/trial.ts'
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

function isHeldOut(unit: string, { salt, holdOutShare }: Testing): boolean {
  return holdOutShare > 0 && holdOutOf(unit, salt, holdOutShare) === 'held-out'
}

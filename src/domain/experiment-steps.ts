// The life of an experiment: draft → running → ended, and then the variation that won may be put in the place of the
// control. Comes in: the experiment as it stands, what is to happen. Goes out: the experiment afterwards, one version on, or
// why that cannot be, for people.

import type { Experiment } from './experiment.ts'

export type Stepped =
  | { readonly kind: 'next'; readonly experiment: Experiment }
  | { readonly kind: 'refused'; readonly why: string }

export function startExperiment(experiment: Experiment, nowMs: number): Stepped {
  if (experiment.state === 'running') return refused(`${experiment.id} runs already`)
  if (experiment.state === 'ended')
    return refused(`${experiment.id} has ended; write it down again under another id to repeat it`)
  return next({ ...experiment, state: 'running', startedAtMs: nowMs })
}

/** A draft that is called off ends, too, so that it no longer stands in the list as something to do. */
export function endExperiment(experiment: Experiment, verdict: string, nowMs: number): Stepped {
  if (experiment.state === 'ended') return refused(`${experiment.id} has ended already`)
  return next({ ...experiment, state: 'ended', endedAtMs: nowMs, verdict })
}

export function adoptVariation(experiment: Experiment, variation: string): Stepped {
  const { id, state, startedAtMs, variations, adopted } = experiment
  if (state !== 'ended') return refused(`${id} has not ended; stop it first, so that its verdict is written`)
  if (startedAtMs === null) return refused(`${id} never ran, so nothing is known of its variations`)
  if (adopted !== null) return refused(`${adopted} of ${id} is in place already`)
  const [control, ...tried] = variations
  if (variation === control?.id)
    return refused('the control is what is in place anyway; nothing has to be done')
  if (!tried.some((one) => one.id === variation))
    return refused(
      `${id} has no variation "${variation}"; there are ${tried.map((one) => one.id).join(', ')}`,
    )
  return next({ ...experiment, adopted: variation })
}

function next(experiment: Experiment): Stepped {
  return { kind: 'next', experiment: { ...experiment, version: experiment.version + 1 } }
}

function refused(why: string): Stepped {
  return { kind: 'refused', why }
}

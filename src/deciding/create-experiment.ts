// Puts an experiment down as a draft. Comes in: what the owner wrote. Goes out: the draft in the store, or which field is wrong and
// what to do. Products have to be in the plan and flows in the settings: what nobody would meet teaches nothing.

import { checkExperiment, type WrittenExperiment, type Wrong } from '../domain/check-experiment.ts'
import type { Experiment, ExperimentState, VariationChange } from '../domain/experiment.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'

export type Created =
  | { readonly kind: 'created'; readonly experiment: Experiment }
  /** `why` in a sentence. */
  | { readonly kind: 'taken'; readonly why: string }
  | Wrong

export async function createExperiment(
  written: WrittenExperiment,
  {
    store,
    plan,
    settings,
    clock,
  }: {
    readonly store: Pick<ExperimentStore, 'createExperiment' | 'getExperiment'>
    readonly plan: Pick<Plan, 'products'>
    readonly settings: Pick<Settings, 'messaging'>
    readonly clock: Clock
  },
): Promise<Created> {
  const checked = checkExperiment(written, clock.nowMs())
  if (checked.kind === 'wrong') return checked
  for (const [i, { change }] of checked.experiment.variations.entries()) {
    const unknown = whatIsUnknown(change, plan, settings)
    if (unknown !== null)
      return { kind: 'wrong', field: `variations.${i}.change.${unknown.field}`, why: unknown.why }
  }
  const { experiment } = checked
  if (await store.createExperiment(experiment)) return { kind: 'created', experiment }
  return { kind: 'taken', why: whatIsThere(experiment.id, (await store.getExperiment(experiment.id))?.state) }
}

/** Buttons of the report ask for the same id again: what they asked for is there. */
function whatIsThere(id: string, state: ExperimentState | undefined): string {
  if (state === 'draft') return `${id} is put down as a draft already; start it, or choose another id`
  if (state === 'running') return `${id} runs already; choose another id`
  return `${id} has ended already; choose another id to repeat it`
}

function whatIsUnknown(
  change: VariationChange,
  { products }: Pick<Plan, 'products'>,
  { messaging }: Pick<Settings, 'messaging'>,
): { readonly field: string; readonly why: string } | null {
  if (change.kind === 'timing' && !Object.hasOwn(messaging.flows, change.flow)) {
    const flows = Object.keys(messaging.flows).join(', ')
    return { field: 'flow', why: `there is no flow "${change.flow}"; there are ${flows}` }
  }
  const named =
    change.kind === 'pairing' || change.kind === 'need'
      ? ([
          ['anchor', change.anchor],
          ['addOn', change.addOn],
        ] as const)
      : change.kind === 'discount'
        ? ([['addOn', change.addOn]] as const)
        : []
  for (const [field, id] of named)
    if (id !== null && !products.has(id))
      return { field, why: `the plan knows no product ${id}; check the id, or import it and mine again` }
  return null
}

// Experiments to store and to judge.

import type { Experiment, VariationChange } from '../../src/domain/experiment.ts'
import { nowMs } from './samples.ts'

/** A draft with a control and one variation, half each. */
export function drafted(
  id: string,
  change: VariationChange,
  overrides: Partial<Experiment> = {},
): Experiment {
  return {
    id,
    name: `Experiment ${id}`,
    hypothesis: 'It fits better, since customers ask for it.',
    state: 'draft',
    version: 1,
    variations: [
      { id: 'control', name: 'As it is', share: 0.5, change: { kind: 'nothing' } },
      { id: 'tried', name: 'Tried', share: 0.5, change },
    ],
    primaryMetric: 'margin-per-customer',
    guardrails: ['unsubscribes', 'complaints', 'refunds', 'order-value'],
    smallestEffect: 0.1,
    createdAtMs: nowMs,
    startedAtMs: null,
    endedAtMs: null,
    verdict: null,
    adopted: null,
    ...overrides,
  }
}

export const jamWithBread: VariationChange = { kind: 'pairing', anchor: 'bread', addOn: 'jam' }

// Advice from experiments: what a variation won is taken over, under the name of what it changed. Comes in: the verdicts.
// A verdict of "worse", "no difference" or "broken" leads to nothing but its own sentence in the report.

import type { VariationChange } from '../../domain/experiment.ts'
import type { Estimate } from '../estimate.ts'
import type { RunningVerdict, VariationFigures } from '../experiment-figures.ts'
import type { AdviceAction, RankedAdvice } from './advice.ts'
import { type AdviceGround, perMonth } from './ground.ts'
import { shellWord } from './say-figures.ts'

const actionOf: Readonly<Record<VariationChange['kind'], AdviceAction | null>> = {
  nothing: null,
  pairing: 'swap',
  need: 'rewrite',
  discount: 're-price',
  'placement-off': 'retire',
  timing: 're-time',
}

export function adviseExperiments(ground: AdviceGround): RankedAdvice[] {
  return ground.figures.experiments.flatMap((running) =>
    running.variations.flatMap((figures) => {
      const found = adopted(ground, running, figures)
      return found === null ? [] : [found]
    }),
  )
}

function adopted(
  ground: AdviceGround,
  { experiment, variations, sentence }: RunningVerdict,
  figures: VariationFigures,
): RankedAdvice | null {
  if (experiment.adopted !== null || figures.verdict?.kind !== 'better') return null
  const variation = experiment.variations.find(({ id }) => id === figures.variation)
  const action = variation === undefined ? null : actionOf[variation.change.kind]
  if (variation === undefined || action === null) return null
  const { id } = experiment
  const customers = variations.reduce((sum, one) => sum + one.customers, 0)
  return {
    action,
    subject: { kind: 'experiment', experiment: id, variation: variation.id },
    sentence: `Take over "${variation.name}" from the experiment "${experiment.name}": it is better.`,
    because: sentence,
    effectPerMonthMinor: effectForAll(ground, figures, customers, experiment.primaryMetric),
    basis: 'caused',
    command: `aftercart experiments adopt ${shellWord(id)} ${shellWord(variation.id)}`,
    button: null,
    urgency: 'ranked',
  }
}

/** What all customers of a month who take part would bring more; a rate has no price. */
function effectForAll(
  { figures: { period, marginShare } }: AdviceGround,
  { difference }: VariationFigures,
  customers: number,
  metric: RunningVerdict['experiment']['primaryMetric'],
): Estimate | null {
  if (difference === null || metric === 'attach-rate') return null
  const times = perMonth({ period }, customers) * (metric === 'revenue-per-customer' ? (marginShare ?? 1) : 1)
  return { value: difference.value * times, low: difference.low * times, high: difference.high * times }
}

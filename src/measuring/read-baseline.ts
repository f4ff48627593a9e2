// What the shop's customers did lately, as an experiment has to know before it starts. Comes in: the experiment. Goes out: its
// baseline, from those whom the hold-out offered something; without a hold-out, or too few of them, nothing is known.

import type { Experiment, VariationChange } from '../domain/experiment.ts'
import { DAY_MS } from '../domain/instant.ts'
import { HOLD_OUT } from '../domain/trial.ts'
import type { Clock } from '../ports/clock.ts'
import type { MeasureStore } from '../ports/measure-store.ts'
import type { TrialFilter, TrialStore } from '../ports/trial-store.ts'
import { momentsOfSums } from '../stats/sample-moments.ts'
import { EXPERIMENT_WINDOW_DAYS, type ShopBaseline } from './plan-experiment.ts'

const PACE_DAYS = 28
/** Fewer say nothing about how much customers differ. */
const CUSTOMERS_MIN = 100

export async function readBaseline(
  experiment: Pick<Experiment, 'variations'>,
  {
    store,
    clock,
    currency,
  }: {
    readonly store: Pick<MeasureStore, 'unitMoments'> & Pick<TrialStore, 'countTrialUnits'>
    readonly clock: Clock
    readonly currency: string
  },
): Promise<ShopBaseline> {
  const untilMs = clock.nowMs()
  const moments = await store.unitMoments({
    experiment: HOLD_OUT,
    currency,
    windowDays: EXPERIMENT_WINDOW_DAYS,
    untilMs,
  })
  if (moments.sinceMs === null) return { spendVariation: null, attachRate: null, customersPerDay: null }
  const fromMs = Math.max(moments.sinceMs, untilMs - PACE_DAYS * DAY_MS)
  // The first day after a start is no pace.
  const days = Math.max(1, (untilMs - fromMs) / DAY_MS)
  const change = experiment.variations.at(-1)?.change ?? { kind: 'nothing' }
  const met = await store.countTrialUnits({ experiment: HOLD_OUT, fromMs, toMs: untilMs, ...spotOf(change) })
  const customersPerDay = met / days
  const offered = moments.variations.find(({ variation }) => variation === 'offered')
  if (offered === undefined || offered.units < CUSTOMERS_MIN)
    return { spendVariation: null, attachRate: null, customersPerDay }
  const { mean, variance } = momentsOfSums(offered.units, offered.spend.sum, offered.spend.squares)
  return {
    spendVariation: mean > 0 && variance > 0 ? Math.sqrt(variance) / mean : null,
    attachRate: Math.min(1, offered.bought.sum / offered.units),
    customersPerDay,
  }
}

/** Where its change would be met. */
function spotOf(change: VariationChange): Pick<TrialFilter, 'placement' | 'anchor' | 'product'> {
  switch (change.kind) {
    case 'pairing':
      return { anchor: change.anchor }
    case 'need':
      return { anchor: change.anchor ?? undefined, product: change.addOn }
    case 'discount':
      return { product: change.addOn ?? undefined, placement: 'thank-you' }
    // An order counts at the placement that offered it something first, which is seldom a later one.
    default:
      return {}
  }
}

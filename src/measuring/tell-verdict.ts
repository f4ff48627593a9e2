// The verdict of an experiment in words that an owner acts on. Comes in: the figures of its variations. Goes out: a sentence for
// each variation beside the control, with the interval; nothing is called better that is not.

import type { Experiment, PrimaryMetric } from '../domain/experiment.ts'
import type { Estimate } from './estimate.ts'
import type { VariationFigures } from './experiment-figures.ts'

const measured: Readonly<Record<PrimaryMetric, string>> = {
  'margin-per-customer': 'margin per customer',
  'revenue-per-customer': 'revenue per customer',
  'attach-rate': 'add-ons bought per customer',
}

export function tellVerdict(
  { variations, primaryMetric }: Pick<Experiment, 'variations' | 'primaryMetric'>,
  figures: readonly VariationFigures[],
  {
    relative,
    marginShare,
  }: {
    /** Of each variation, control first: the difference as a share of the control. */
    readonly relative: readonly (Estimate | null)[]
    readonly marginShare: number | null
  },
): string {
  const metric =
    primaryMetric === 'margin-per-customer' && marginShare === null
      ? measured['revenue-per-customer']
      : measured[primaryMetric]
  const broken = figures.find(({ verdict }) => verdict?.kind === 'broken')?.verdict
  if (broken?.kind === 'broken') return `Nothing of this can be believed: ${broken.reason}.`
  return figures
    .flatMap(({ verdict }, i) => {
      const name = variations[i]?.name ?? ''
      return verdict === null ? [] : [tellOne(verdict, `“${name}”`, metric, relative[i] ?? null)]
    })
    .join(' ')
}

function tellOne(
  verdict: NonNullable<VariationFigures['verdict']>,
  name: string,
  metric: string,
  relative: Estimate | null,
): string {
  switch (verdict.kind) {
    case 'better':
      return `${name} is better: ${metric} ${signed(relative)}.`
    case 'worse':
      return `${name} is worse: ${metric} ${signed(relative)}.`
    case 'no-difference':
      return `${name} makes no difference in ${metric} larger than ${percent(verdict.largerThan)}.`
    case 'guardrail':
      return `${name} does harm: ${verdict.reason}.`
    case 'broken':
      return `Nothing of ${name} can be believed: ${verdict.reason}.`
    default: {
      const more =
        verdict.moreDays === null
          ? ''
          : `: about ${verdict.moreDays} more ${verdict.moreDays === 1 ? 'day' : 'days'}`
      return `Not enough is known of ${name} yet${more}.`
    }
  }
}

function signed(relative: Estimate | null): string {
  if (relative === null) return 'differs'
  const { value, low, high } = relative
  const sign = value >= 0 ? 'up' : 'down'
  const [near, far] = value >= 0 ? [low, high] : [-high, -low]
  return `${sign} ${percent(Math.abs(value))} (${percent(near)} to ${percent(far)})`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

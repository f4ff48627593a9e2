// What offers do to what customers are worth: by the hold-out, not by who accepted, since accepters were worth more to begin
// with. Comes in: which customers were offered something and which were held out, what each is expected to bring over the next 12
// months. Goes out: the difference per customer, with an interval that may be looked at any day; or why there is none yet.
// Only customers who were met 90 days ago or earlier take part: what an offer of yesterday does nobody can see.

import { DAY_MS } from '../domain/instant.ts'
import { HOLD_OUT, type HoldOutVariation } from '../domain/trial.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import { confidenceSequence } from '../stats/confidence-sequence.ts'
import { estimateEffect } from '../stats/mean-difference.ts'
import { momentsOf } from '../stats/sample-moments.ts'
import { capOf, winsorise } from '../stats/winsorise.ts'
import type { EffectOnWorth } from './lifetime-value.ts'
import { CUSTOMERS_PER_ARM_MIN } from './measure-hold-out.ts'
import { SIDE, type Sides } from './worth-queries.ts'

export const MET_DAYS_AGO = 90
/** More make the interval no narrower than the model deserves. The latest of both sides: they must have had the same time. */
const CUSTOMERS_MAX = 200_000

/** Of the term that runs (domain/hold-out-term.ts): of one that ended, those who came back since have changed sides. */
export async function readSides(
  lastDay: number,
  { store }: { readonly store: Pick<TrialStore, 'listTrialCustomers' | 'holdOutTerms'> },
): Promise<Sides> {
  const term = (await store.holdOutTerms()).at(-1)
  const toMs = (lastDay + 1 - MET_DAYS_AGO) * DAY_MS
  if (term?.share === 0) return { offered: [], heldOut: [] }
  const asked = { experiment: HOLD_OUT, fromMs: term?.fromMs ?? 0, toMs, limit: CUSTOMERS_MAX }
  const sides = Map.groupBy(await store.listTrialCustomers(asked), ({ variation }) => variation)
  const of = (variation: HoldOutVariation) => (sides.get(variation) ?? []).map(({ customerId }) => customerId)
  return { offered: of('offered'), heldOut: of('held-out') }
}

/** `values`: minor units per customer; one wholesaler must not decide it, so what is above the 99th percentile counts as that. */
export function effectOnWorth(values: Float64Array, sides: Int32Array): EffectOnWorth {
  const of = (side: number) => values.filter((_, customer) => sides[customer] === side)
  const [offered, heldOut] = [of(SIDE.offered), of(SIDE.heldOut)]
  const customers = { offered: offered.length, heldOut: heldOut.length }
  const fewest = Math.min(offered.length, heldOut.length)
  const notYet = (because: string): EffectOnWorth => ({ kind: 'not-yet', customers, because })
  if (fewest < CUSTOMERS_PER_ARM_MIN)
    return notYet(
      `${customers.offered} customers who were offered something and ${customers.heldOut} of the hold-out were met ${MET_DAYS_AGO} days ago or earlier and are in the order history; it takes ${CUSTOMERS_PER_ARM_MIN} of each`,
    )
  const cap = capOf(values.filter((_, customer) => sides[customer] !== SIDE.none))
  const [treated, control] = [momentsOf(winsorise(offered, cap)), momentsOf(winsorise(heldOut, cap))]
  const effect = estimateEffect(control, treated)
  if ('kind' in effect) return notYet(effect.reason)
  const { low, high } = confidenceSequence(effect)
  return {
    kind: 'told',
    customers,
    offeredMinor: treated.mean,
    heldOutMinor: control.mean,
    differenceMinor: { value: effect.effect, low, high },
  }
}

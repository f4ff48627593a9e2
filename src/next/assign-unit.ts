// Which variation a customer sees. Comes in: the unit (domain/trial.ts), the test's salt and shares. Goes out: the variation, the
// same for as long as the shares stay. A hold-out that is made larger keeps everybody whom it held before.

import type { Experiment, Variation } from '../domain/experiment.ts'
import type { HoldOutVariation } from '../domain/trial.ts'
import { unitShare } from '../stats/unit-share.ts'

/** `salt`: secret, of the installation, so that nobody outside can tell who is held out. */
export function holdOutOf(unit: string, salt: string, share: number): HoldOutVariation {
  return unitShare(unit, `${salt} hold-out`) < share ? 'held-out' : 'offered'
}

export function variationOf(
  unit: string,
  salt: string,
  { id, variations }: Pick<Experiment, 'id' | 'variations'>,
): Variation | null {
  const at = unitShare(unit, `${salt} experiment ${id}`)
  let upTo = 0
  for (const variation of variations) {
    upTo += variation.share
    if (at < upTo) return variation
  }
  // Shares of thirds add up to a little less than 1.
  return variations.at(-1) ?? null
}

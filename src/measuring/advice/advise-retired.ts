// What the system retired by itself in the period because shoppers take it no more, for the owner to know and, if they see
// it otherwise, to take back. Comes in: the ground. Goes out: a piece of advice for each pairing that is out and that the
// owner does not want anyway, with what comes in its place.

import type { ArmChange } from '../../domain/arm.ts'
import { pairingId } from '../../domain/pairing-id.ts'
import type { RankedAdvice } from './advice.ts'
import type { AdviceGround } from './ground.ts'
import { shellWord } from './say-figures.ts'

export function adviseRetired(ground: AdviceGround): RankedAdvice[] {
  const { plan, figures } = ground
  if (plan === null) return []
  return retiredPairings(ground)
    .filter(({ atMs }) => atMs >= figures.period.fromMs && atMs < figures.period.toMs)
    .map(({ placement, anchor, addOn, because }): RankedAdvice => {
      const title = (product: string): string => plan.products.get(product)?.title ?? product
      const next = nextLive(ground, anchor)
      const instead = next === null ? 'nothing else stands in its place' : `${title(next)} comes in its place`
      return {
        action: 'retire',
        subject: { kind: 'pairing', placement, anchor, product: addOn, instead: next },
        sentence: `${title(addOn)} with ${title(anchor)} was retired, since shoppers take it no more; ${instead}. Approve it to keep it.`,
        because: `${because.charAt(0).toUpperCase()}${because.slice(1)}.`,
        effectPerMonthMinor: null,
        basis: null,
        command: `aftercart pairings approve ${shellWord(anchor)} ${shellWord(addOn)}`,
        button: {
          label: `Offer ${title(addOn)} with ${title(anchor)} all the same`,
          method: 'PATCH',
          path: `/v1/pairings/${pairingId(anchor, addOn)}`,
          body: { status: 'approved' },
        },
        urgency: 'ranked',
      }
    })
}

/** Those that are out: not what the owner brought back. */
export function retiredPairings({ retired, plan }: AdviceGround): readonly ArmChange[] {
  return retired.filter(
    ({ anchor, addOn }) =>
      !plan?.pairings.get(anchor)?.some((one) => one.addOn === addOn && one.verdict.status === 'live'),
  )
}

function nextLive({ plan }: AdviceGround, anchor: string): string | null {
  const next = plan?.pairings
    .get(anchor)
    ?.find(
      ({ addOn, verdict }) =>
        verdict.status === 'live' &&
        verdict.relation !== 'refill' &&
        plan.products.get(addOn)?.buyable === true,
    )
  return next?.addOn ?? null
}

// Advice on what earned and is sold out. Comes in: the ground, and what each pairing is worth. Goes out: for each sold-out
// product with a record, of this period or the one before, what its showings would bring again over what stands there now.

import type { PairingFigures } from '../figures.ts'
import type { Advice } from './advice.ts'
import { type AdviceGround, SHOWN_LEAST } from './ground.ts'
import { type PairingWorth, type Worths, worthOfPairings } from './pairing-worth.ts'
import { count, percent } from './say-figures.ts'

const Z_95 = 1.96

export function adviseRestock(ground: AdviceGround, worths: Worths): Omit<Advice, 'basis'>[] {
  const { plan, earlier } = ground
  if (plan === null) return []
  const before = earlier === null ? [] : worthOfPairings({ ...ground, figures: withMargin(ground) }).shown
  const gone = Map.groupBy(
    busiest([...worths.shown, ...before]).filter(({ figures }) => {
      return (
        plan.products.get(figures.product)?.offSale === 'sold-out' && figures.ordersExposed >= SHOWN_LEAST
      )
    }),
    ({ figures }) => figures.product,
  )
  return [...gone].flatMap(([product, pairings]) => {
    const effects = pairings.map((pairing) => {
      const instead = standIn(pairing.figures, worths)
      const value = pairing.showingsPerMonth * (pairing.perShowing.mean - instead.mean)
      return { value, sd: pairing.showingsPerMonth * Math.hypot(pairing.perShowing.sd, instead.sd) }
    })
    const value = effects.reduce((sum, effect) => sum + effect.value, 0)
    const spread = Z_95 * Math.hypot(...effects.map(({ sd }) => sd))
    const best = pairings.toSorted((one, other) => other.figures.accepted - one.figures.accepted)[0]
    if (value <= 0 || best === undefined) return []
    const { anchorTitle, productTitle, accepted, ordersExposed } = best.figures
    const others = pairings.length === 1 ? '' : ` It stood in ${pairings.length} pairings.`
    return [
      {
        action: 'restock' as const,
        subject: { kind: 'product' as const, product },
        sentence: `Restock ${productTitle}: it is sold out, and it earned.`,
        because: `With ${anchorTitle}, ${count(accepted)} of ${count(ordersExposed)} (${percent(accepted / ordersExposed)}) took it.${others} The effect is counted over what is offered in its place.`,
        effectPerMonthMinor: { value, low: value - spread, high: value + spread },
        command: null,
        button: null,
      },
    ]
  })
}

/** The earlier period, judged by what this one says of returns and of what is caused. */
function withMargin({ figures, earlier }: AdviceGround): AdviceGround['figures'] {
  if (earlier === null) return figures
  return { ...earlier, marginShare: figures.marginShare, caused: figures.caused }
}

/** Of each pairing the period in which it was shown more. */
function busiest(all: readonly PairingWorth[]): PairingWorth[] {
  const best = new Map<string, PairingWorth>()
  for (const one of all) {
    const { placement, anchor, product } = one.figures
    const key = JSON.stringify([placement, anchor, product])
    const known = best.get(key)
    if (known === undefined || known.showingsPerMonth < one.showingsPerMonth) best.set(key, one)
  }
  return [...best.values()]
}

/** What stands there now: the others of the anchor at this placement, as often as each is shown; nothing is worth 0. */
function standIn({ placement, anchor, product }: PairingFigures, { shown }: Worths) {
  const others = shown.filter(
    ({ figures }) =>
      figures.placement === placement && figures.anchor === anchor && figures.product !== product,
  )
  const showings = others.reduce((sum, { showingsPerMonth }) => sum + showingsPerMonth, 0)
  if (showings === 0) return { mean: 0, sd: 0 }
  const mean =
    others.reduce((sum, { showingsPerMonth, perShowing }) => sum + showingsPerMonth * perShowing.mean, 0) /
    showings
  const sd =
    Math.hypot(...others.map(({ showingsPerMonth, perShowing }) => showingsPerMonth * perShowing.sd)) /
    showings
  return { mean, sd }
}

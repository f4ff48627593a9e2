// What is a pairing worth each time that it is shown? Comes in: the ground of advice. Goes out: for every pairing that was
// shown, its attach rate (pulled to that of its kind by as much as the shop's own pairings differ: src/stats/beta-prior.ts)
// and the margin per showing, of which only the caused part counts where the hold-out tells it. The same for one that was
// never shown: what its kind brings. Nothing goes wrong here: no figures, no worth.

import type { OfferedRelation } from '../../domain/pairing.ts'
import type { Placement } from '../../domain/placement.ts'
import { type BetaPrior, learnPriors } from '../../stats/beta-prior.ts'
import type { Figures, PairingFigures } from '../figures.ts'
import { causedShares, type ShopShare, shopShare } from './caused-share.ts'
import { type AdviceGround, perMonth } from './ground.ts'

export type Worth = { readonly mean: number; readonly sd: number }

export type PairingWorth = {
  readonly figures: PairingFigures
  readonly showingsPerMonth: number
  readonly attach: Worth
  /** Of its kind: what a pairing of this relation at this placement reaches before anybody saw it. */
  readonly kindAttach: Worth
  /** Minor units per showing. */
  readonly perShowing: Worth
}

export type Worths = {
  readonly shop: ShopShare | null
  readonly shown: readonly PairingWorth[]
  /** Of a product that was not shown with this anchor yet. */
  readonly ofNewcomer: (newcomer: Newcomer) => Worth | null
  /** Of another rate of the same pairing, per showing. */
  readonly atRate: (pairing: PairingWorth, attach: Worth, priceMinor: number | null) => Worth
}

export type Newcomer = {
  readonly placement: Placement
  readonly anchor: string
  readonly product: string
  readonly relation: OfferedRelation
}

/** As many add-ons as the shop's own share of returns counts for in a pairing's. */
const KEPT_STRENGTH = 20

export function worthOfPairings(ground: AdviceGround): Worths {
  const { figures, plan } = ground
  const priors = learnPriors(
    figures.pairings.map((pairing) => ({
      path: [pairing.placement, pairing.relation],
      taken: Math.min(pairing.accepted, pairing.ordersExposed),
      shown: pairing.ordersExposed,
    })),
  )
  const attachOf = (pairing: PairingFigures): Worth => {
    const { a, b } = priors([pairing.placement, pairing.relation])
    const taken = Math.min(pairing.accepted, pairing.ordersExposed)
    return momentsOf({ a: a + taken, b: b + pairing.ordersExposed - taken })
  }
  const shop = shopShare(figures)
  const attaches = new Map(figures.pairings.map((pairing) => [pairing, attachOf(pairing)]))
  const shareOf =
    shop === null
      ? () => 1
      : causedShares(figures.pairings, (pairing) => attaches.get(pairing as PairingFigures)?.mean ?? 0, {
          plan,
          shop: shop.value,
        })
  const shareSd = shop === null ? 0 : shop.sd
  const kept = keptShare(figures)
  const margin = figures.marginShare ?? 1
  const worth = (attach: Worth, gainMinor: number, share: number): Worth => {
    const gain = gainMinor * margin
    return {
      mean: attach.mean * gain * share,
      sd: gain * Math.hypot(attach.sd * share, attach.mean * shareSd),
    }
  }
  return {
    shop,
    shown: figures.pairings.map((pairing) => {
      const attach = attaches.get(pairing) ?? attachOf(pairing)
      const gain = priceOf(pairing, plan?.products.get(pairing.product)?.priceMinor ?? null) * kept(pairing)
      return {
        figures: pairing,
        showingsPerMonth: perMonth(figures, pairing.ordersExposed),
        attach,
        kindAttach: momentsOf(priors([pairing.placement, pairing.relation])),
        perShowing: worth(attach, gain, shareOf(pairing.anchor, pairing.product)),
      }
    }),
    ofNewcomer: ({ placement, anchor, product, relation }) => {
      const found = plan?.products.get(product)
      if (found?.priceMinor == null || found.currency !== figures.currency) return null
      const attach = momentsOf(priors([placement, relation]))
      return worth(attach, found.priceMinor * kept(null), shareOf(anchor, product))
    },
    atRate: (pairing, attach, priceMinor) =>
      worth(
        attach,
        (priceMinor ?? priceOf(pairing.figures, null)) * kept(pairing.figures),
        shareOf(pairing.figures.anchor, pairing.figures.product),
      ),
  }
}

export function momentsOf({ a, b }: BetaPrior): Worth {
  const sum = a + b
  return { mean: a / sum, sd: Math.sqrt((a * b) / (sum * sum * (sum + 1))) }
}

/** What an accepted add-on was charged, else what it costs today. */
function priceOf({ chargedMinor, accepted }: PairingFigures, todayMinor: number | null): number {
  return accepted > 0 && chargedMinor > 0 ? chargedMinor / accepted : (todayMinor ?? 0)
}

/** Share of what was charged that stayed, pulled to the shop's. */
function keptShare({ total }: Figures): (pairing: PairingFigures | null) => number {
  const shop = total.chargedMinor > 0 ? 1 - total.returnedMinor / total.chargedMinor : 1
  return (pairing) => {
    if (pairing === null || pairing.chargedMinor <= 0) return Math.max(0, shop)
    const own = 1 - pairing.returnedMinor / pairing.chargedMinor
    return Math.max(0, (own * pairing.accepted + shop * KEPT_STRENGTH) / (pairing.accepted + KEPT_STRENGTH))
  }
}

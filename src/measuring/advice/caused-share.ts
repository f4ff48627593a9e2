// How much of what an add-on brought would not have come anyway? Comes in: the figures, with the hold-out's answer for
// the shop, and of each pairing how often its buyers came back for the add-on by themselves (the order history). Goes
// out: a share for each pairing whose mean, weighted by what each brought, is the shop's. Without an answer of the
// hold-out that says something there is no share: `null`, and what is attributed is all there is.

import type { Evidence } from '../../domain/pairing.ts'
import type { Caused, Figures } from '../figures.ts'
import type { AdvicePlan } from './ground.ts'

export type ShopShare = { readonly value: number; readonly sd: number; readonly windowDays: 30 | 90 }

/** An interval wider than this says nothing: half of everything on either side. */
const WIDEST = 1
const Z_95 = 1.96
/** As many customers as the shop's own mean counts for where a pairing has few of its own. */
const STRENGTH = 20
const SHARE_MAX = 0.95

/** The hold-out's answer with the narrower interval, between 0 and 1; never from arms that were not split as meant. */
export function shopShare({ caused }: Pick<Figures, 'caused'>): ShopShare | null {
  const answer = caused.filter(isTold).toSorted((one, other) => widthOf(one) - widthOf(other))[0]
  const { incrementality } = answer ?? {}
  if (answer === undefined || incrementality == null) return null
  return {
    value: Math.min(1, Math.max(0, incrementality.value)),
    sd: widthOf(answer) / (2 * Z_95),
    windowDays: answer.windowDays,
  }
}

function isTold(caused: Caused): boolean {
  return caused.incrementality !== null && !caused.sampleRatioAlarm && widthOf(caused) <= WIDEST
}

function widthOf({ incrementality }: Caused): number {
  return incrementality === null ? Number.POSITIVE_INFINITY : incrementality.high - incrementality.low
}

type Brought = { readonly anchor: string; readonly product: string; readonly netMinor: number }

/** The share of a pairing that would have been bought anyway is half the shop's, half as its own history says. */
export function causedShares(
  brought: readonly Brought[],
  attachOf: (pairing: Brought) => number,
  { plan, shop }: { readonly plan: AdvicePlan | null; readonly shop: number },
): (anchor: string, product: string) => number {
  const comesBack = comeBackRate(plan)
  let sum = 0
  let weights = 0
  for (const pairing of brought) {
    const weight = Math.max(0, pairing.netMinor)
    sum += weight * anyway(comesBack(pairing.anchor, pairing.product), attachOf(pairing))
    weights += weight
  }
  const mean = weights === 0 ? 0 : sum / weights
  const attaches = new Map(
    brought.map((pairing) => [keyOf(pairing.anchor, pairing.product), attachOf(pairing)]),
  )
  return (anchor, product) => {
    if (mean === 0) return shop
    const attach = attaches.get(keyOf(anchor, product))
    const own = attach === undefined ? mean : anyway(comesBack(anchor, product), attach)
    return 1 - Math.min(SHARE_MAX, (1 - shop) * ((own + mean) / (2 * mean)))
  }
}

function anyway(comesBack: number, attach: number): number {
  return attach <= 0 ? 1 : Math.min(1, comesBack / attach)
}

/** Share of the anchor's buyers who took the add-on within 30 days by themselves, pulled to the plan's mean. */
function comeBackRate(plan: AdvicePlan | null): (anchor: string, product: string) => number {
  const evidences = new Map<string, Evidence>()
  let came = 0
  let followed = 0
  for (const [anchor, pairings] of plan?.pairings ?? [])
    for (const { addOn, evidence } of pairings) {
      evidences.set(keyOf(anchor, addOn), evidence)
      came += evidence.customersLaterFollowed
      followed += evidence.customersFollowed
    }
  const mean = followed === 0 ? 0 : came / followed
  return (anchor, product) => {
    const evidence = evidences.get(keyOf(anchor, product))
    if (evidence === undefined) return mean
    return (evidence.customersLaterFollowed + STRENGTH * mean) / (evidence.customersFollowed + STRENGTH)
  }
}

function keyOf(anchor: string, product: string): string {
  return JSON.stringify([anchor, product])
}

// From a plan and an order to picks. Comes in: the order, what its customer bought before, the plan in memory, the
// placement, the owner's words, and what a follow-up flow asks for. Goes out: zero to two picks, the step of the ladder
// that answered, why the steps above did not, and each dropped candidate with its rule. Nothing can go wrong here: an
// unknown product simply proposes nothing, and the last step of the ladder, a helpful page without an offer, always
// answers.

import type { DroppedCandidate, LadderStep, Pick, TriedArm } from '../domain/decision.ts'
import { type CustomerPurchases, type Order, subtotalMinor } from '../domain/order.ts'
import { firstPicks, type Picks, type Placement } from '../domain/placement.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { Candidate } from './candidate.ts'
import { earnYes } from './earn-yes.ts'
import { eligible } from './eligible.ts'
import { excludeChoice, pickLimit } from './exclude-choice.ts'
import { type FlowQuestion, heedFlow } from './heed-flow.ts'
import { heedWords, ownersCeilings, pinnedFirst } from './heed-words.ts'
import { inSeason } from './in-season.ts'
import { joinTakeUp, openFollowUps } from './joint-take-up.ts'
import { recallPast } from './own-past.ts'
import { type OwnersHand, silentOwner } from './owner-guide.ts'
import { knownAnchors, nameRenewals, proposeFrom, proposeHabits } from './propose.ts'
import { rankCandidates } from './rank-candidates.ts'
import { refusalsOf } from './refusals.ts'
import { standApart } from './stand-apart.ts'
import { timeRefills } from './time-refills.ts'
import { showAfterDays, timeWindow } from './time-window.ts'
import { proposeUpsells } from './upsell.ts'

export type Choice = {
  readonly picks: Picks<Pick>
  readonly fallback: LadderStep
  readonly ladderTrail: readonly { readonly step: LadderStep; readonly reason: string }[]
  readonly dropped: readonly DroppedCandidate[]
  /** How many more were dropped than `dropped` tells. */
  readonly droppedUntold: number
}

/** Puts what a step may offer, best first, into another sequence: what is tested does so. The first had this chance. */
export type Reorder = (
  ranked: readonly Candidate[],
  step: LadderStep,
) => {
  readonly ranked: readonly Candidate[]
  readonly propensity: number
  readonly tried?: readonly TriedArm[]
}

const asRanked: Reorder = (ranked) => ({ ranked, propensity: 1 })

/** Dropped candidates are kept for the owner to read; of a large order there are thousands. */
const DROPPED_MAX = 200

const crossSells = ['pairing', 'taste', 'category-pairing', 'curated', 'best-seller'] as const
const withUpsells = ['pairing', 'upsell', 'taste', 'category-pairing', 'curated', 'best-seller'] as const

export function choosePicks(
  order: Order,
  customer: CustomerPurchases | null,
  placement: Placement,
  plan: Plan,
  settings: Settings,
  hand: OwnersHand = silentOwner,
  flow: FlowQuestion | null = null,
  reorder: Reorder = asRanked,
): Choice {
  const dropped: DroppedCandidate[] = []
  let untold = 0
  const tell = (one: DroppedCandidate): void => {
    if (dropped.length < DROPPED_MAX) dropped.push(one)
    else untold += 1
  }
  const ladderTrail: { step: LadderStep; reason: string }[] = []
  const weigh = openWeighing({ order, customer, placement, plan, settings, hand, flow })
  const choose = (ranked: readonly Candidate[]) =>
    excludeChoice(ranked, placement, (pick, product) => standApart(plan, hand.guide, pick, product))
  const mayUpsell = placement === 'follow-up' && settings.upsells === 'on'
  for (const step of mayUpsell ? withUpsells : crossSells) {
    const weighed = weigh(step)
    const { ranked, propensity, tried } = reorder(weighed.ranked, step)
    let chosen = choose(ranked)
    if (step === 'pairing' && chosen.picks.length === 1 && pickLimit[placement] > 1)
      chosen = choose([...ranked, ...besides(weigh('taste').ranked, ranked)])
    weighed.dropped.forEach(tell)
    chosen.dropped.forEach(tell)
    if (chosen.picks.length > 0) {
      const picks = chosen.picks.map((candidate) => ({
        ...toPick(candidate, placement),
        propensity: candidate === ranked[0] ? propensity : 1,
        ...(candidate === ranked[0] && tried !== undefined ? { tried } : {}),
      }))
      return {
        picks: firstPicks(picks, step === 'upsell' ? 1 : 2),
        fallback: step,
        ladderTrail,
        dropped,
        droppedUntold: untold,
      }
    }
    ladderTrail.push({ step, reason: weighed.whyNot })
  }
  return { picks: [], fallback: 'helpful-page', ladderTrail, dropped, droppedUntold: untold }
}

type Asked = {
  readonly order: Order
  readonly customer: CustomerPurchases | null
  readonly placement: Placement
  readonly plan: Plan
  readonly settings: Settings
  readonly hand: OwnersHand
  /** Of a follow-up that brings only a part of what might be offered; `null` for all of it. */
  readonly flow: FlowQuestion | null
}

type Weighed = {
  /** What may be offered, best first. */
  readonly ranked: readonly Candidate[]
  readonly dropped: readonly DroppedCandidate[]
  /** Where nothing is left. */
  readonly whyNot: string
}

/** Takes what a step of the ladder proposes through all rules but the last, the limit of one or two. */
function openWeighing({ order, customer, placement, plan, settings, hand, flow }: Asked) {
  const price = {
    subtotalMinor: subtotalMinor(order),
    currency: order.currency,
    unitPriceMinor: new Map(order.lines.map((line) => [line.productId, line.unitPriceMinor])),
  }
  const past = recallPast(customer, order, plan.habitShare)
  const lines = order.lines.map((line) => line.productId)
  const refusedAtAll = refusalsOf(lines, plan)
  const joint = joinTakeUp(
    placement === 'follow-up' ? knownAnchors(order, plan).map((anchor) => anchor.buyersTakeUp) : [],
  )
  return (step: Exclude<LadderStep, 'helpful-page'>): Weighed => {
    const isUpsell = step === 'upsell'
    const refusals = isUpsell ? refusalsOf(lines, plan, 'upsell') : refusedAtAll
    const proposed = isUpsell
      ? { candidates: proposeUpsells(order, customer, plan, settings), dropped: [] }
      : proposeFrom(step, order, plan, hand)
    const habits = step === 'pairing' ? proposeHabits(order, plan, past) : []
    const candidates = [...nameRenewals(proposed.candidates, past), ...habits]
    const named = {
      kept: openFollowUps(timeRefills(candidates, order, customer, settings), joint, settings),
      dropped: proposed.dropped,
    }
    const wanted = flow === null ? { kept: named.kept, dropped: [] } : heedFlow(named.kept, flow)
    const heeded = heedWords(wanted.kept, step, order, plan.products, hand)
    const may = eligible(heeded.kept, order, plan.products, { past, refusals, placement })
    const timely = timeWindow(may.kept, placement)
    const timed = inSeason(timely.kept, placement, hand)
    // A step up costs more than what it steps up from: no ceiling of an add-on fits it.
    const priced = isUpsell
      ? { kept: timed.kept, dropped: [] }
      : earnYes(timed.kept, price, ownersCeilings(settings, hand))
    return {
      ranked: pinnedFirst(priced.kept, hand, (some) => rankCandidates(some, past, joint, placement)),
      dropped: [named, wanted, heeded, may, timely, timed, priced].flatMap((sifted) => sifted.dropped),
      whyNot: whyNot(wanted.kept.length, heeded.kept, may.kept, timed.kept),
    }
  }
}

/** A product that one line completes is not offered a second time for the taste of another line. */
function besides(others: readonly Candidate[], first: readonly Candidate[]): readonly Candidate[] {
  const known = new Set(first.map(({ product }) => product.id))
  return others.filter(({ product }) => !known.has(product.id))
}

function whyNot(
  proposed: number,
  heeded: readonly Candidate[],
  may: readonly Candidate[],
  timed: readonly Candidate[],
): string {
  if (proposed === 0) return 'nothing to propose for these products'
  if (heeded.length === 0) return 'the owner keeps every proposed product from this order'
  if (may.length === 0) return 'no proposed product may be offered to this order'
  if (timed.length === 0) return 'no proposed product belongs to this moment'
  return 'every proposed product is over the price ceiling'
}

function toPick(candidate: Candidate, placement: Placement): Omit<Pick, 'propensity'> {
  const { product } = candidate
  return {
    product: product.id,
    title: product.title,
    price: { amountMinor: product.priceMinor ?? 0, currency: product.currency },
    imageUrl: product.imageUrl,
    url: product.url,
    anchor: candidate.anchor.id,
    relation: candidate.relation,
    need: candidate.need,
    reason: candidate.reason,
    evidence: candidate.evidence,
    score: candidate.score,
    afterDays: showAfterDays(candidate, placement),
  }
}

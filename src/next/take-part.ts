// A decision with the tests that run. Comes in: the order, what may be chosen, the tests. Goes out: the choice as this
// customer sees it, what is withheld from a customer who is held out, and the tests that the order takes part in. An order
// takes part in a test only if the test could change what it sees, whichever variation it falls to: else the difference
// between the variations drowns in orders that none of them touches. Nothing can go wrong here.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import type { Experiment, VariationChange } from '../domain/experiment.ts'
import type { Order } from '../domain/order.ts'
import { firstPicks, type Picks, type Placement } from '../domain/placement.ts'
import type { Plan } from '../domain/plan.ts'
import { HOLD_OUT, type Trial, type TrialPlace, unitOf } from '../domain/trial.ts'
import { unitShare } from '../stats/unit-share.ts'
import { holdOutOf, variationOf } from './assign-unit.ts'
import type { Candidate } from './candidate.ts'
import type { Choice, Reorder } from './choose-picks.ts'
import type { GuidedPlan } from './guide-plan.ts'
import { fillTemplate } from './name-need.ts'
import { wordsOn } from './owner-guide.ts'
import type { Testing } from './testing.ts'
import { tryArms } from './try-arms.ts'

export type TestedChoice = Choice & {
  readonly withheld: Picks<DecidedPick>
  readonly trials: readonly TrialPlace[]
}

type Assigned = {
  readonly experiment: Experiment
  readonly variation: string
  readonly change: VariationChange
}

export function takePart(
  order: Order,
  placement: Placement,
  testing: Testing | null,
  choose: (reorder?: Reorder) => Choice,
  plan: GuidedPlan,
): TestedChoice {
  if (testing === null) return { ...choose(), withheld: [], trials: [] }
  const unit = unitOf(order)
  const assigned = testing.experiments.flatMap((experiment): Assigned[] => {
    const variation = variationOf(unit, testing.salt, experiment)
    return variation === null ? [] : [{ experiment, variation: variation.id, change: variation.change }]
  })
  const met = new Set<Assigned>()
  const choice = choose((ranked, step) => {
    const [leader] = ranked
    // A pin is the owner's word: nothing is tried against it.
    const isPinned =
      leader !== undefined && wordsOn(plan.guide, leader.anchor.id, leader.product.id).standing === 'pinned'
    if (step !== 'pairing' || isPinned) return { ranked, propensity: 1 }
    return reorder(ranked, { order, placement, testing, assigned, met })
  })
  const [first] = choice.picks
  if (first === undefined) return { ...choice, withheld: [], trials: [] }
  const holdOut = holdOutOf(unit, testing.salt, testing.holdOutShare)
  const inHoldOut: readonly TrialPlace[] =
    testing.holdOutShare > 0 ? [{ experiment: HOLD_OUT, variation: holdOut }] : []
  if (testing.holdOutShare > 0 && holdOut === 'held-out')
    return withhold(choice, 'this customer is in the hold-out, who see no offer', inHoldOut)
  for (const one of assigned) if (couldChange(one.experiment, choice.picks, placement)) met.add(one)
  const trials = [
    ...inHoldOut,
    ...[...met].map(({ experiment, variation }) => ({ experiment: experiment.id, variation })),
  ]
  const isOff = ({ change }: Assigned) => change.kind === 'placement-off' && change.placement === placement
  if ([...met].some(isOff)) return withhold(choice, 'an experiment offers this customer nothing here', trials)
  const picks = choice.picks.map((pick) =>
    [...met].reduce((seen, { change }) => applyTo(seen, change, plan.products), pick),
  )
  return { ...choice, picks: firstPicks(picks, 2), withheld: [], trials }
}

/** One row for each test: what was offered, or would have been. */
export function trialsOf(
  order: Order,
  { picks, withheld, trials }: Pick<TestedChoice, 'picks' | 'withheld' | 'trials'>,
  { placement, atMs }: Pick<Trial, 'placement' | 'atMs'>,
): readonly Trial[] {
  const pick = picks[0] ?? withheld[0]
  if (pick === undefined) return []
  const { anchor, product } = pick
  const place = { orderId: order.id, unit: unitOf(order), placement, anchor, product, atMs }
  return trials.map((trial) => ({ ...trial, ...place }))
}

/** Experiments on pairings first, then the always-on choice for whom none of them decides. */
function reorder(
  ranked: readonly Candidate[],
  {
    order,
    placement,
    testing,
    assigned,
    met,
  }: {
    readonly order: Order
    readonly placement: Placement
    readonly testing: Testing
    readonly assigned: readonly Assigned[]
    readonly met: Set<Assigned>
  },
): ReturnType<Reorder> {
  let wanted: Candidate | undefined
  let isTested = false
  for (const one of assigned) {
    const addOns = one.experiment.variations.flatMap(({ change }) =>
      change.kind === 'pairing' ? [change] : [],
    )
    if (!addOns.some((change) => ranked.some(isOf(change)))) continue
    met.add(one)
    isTested = true
    if (one.change.kind === 'pairing') wanted ??= ranked.find(isOf(one.change))
  }
  // The control keeps the ranking: a choice that moves below it would be compared with itself.
  if (isTested)
    return {
      ranked: wanted === undefined ? ranked : [wanted, ...ranked.filter((one) => one !== wanted)],
      propensity: 1,
    }
  if (testing.arms === null || !testing.choiceAt.includes(placement)) return { ranked, propensity: 1 }
  const at = unitShare(order.id, `${testing.salt} choice ${placement}`)
  return tryArms(ranked, placement, { chances: testing.arms, at })
}

function isOf({ anchor, addOn }: { readonly anchor: string; readonly addOn: string }) {
  return (candidate: Candidate) => candidate.anchor.id === anchor && candidate.product.id === addOn
}

/** Whether any variation would change these picks. A price is quoted for one click only: a mail links to the shop's own page. */
function couldChange(
  { variations }: Experiment,
  picks: readonly DecidedPick[],
  placement: Placement,
): boolean {
  return variations.some(({ change }) => {
    if (change.kind === 'placement-off') return change.placement === placement
    if (change.kind === 'discount' && placement !== 'thank-you') return false
    return (
      (change.kind === 'need' || change.kind === 'discount') && picks.some((pick) => isAbout(pick, change))
    )
  })
}

function isAbout(
  pick: DecidedPick,
  change: Extract<VariationChange, { readonly kind: 'need' | 'discount' }>,
): boolean {
  if (change.kind === 'discount') return change.addOn === null || change.addOn === pick.product
  // A sentence on what goes with a purchase says nothing of what ran out, or of what is better.
  if (pick.relation === 'refill' || pick.relation === 'upsell') return false
  return change.addOn === pick.product && (change.anchor === null || change.anchor === pick.anchor)
}

function applyTo(pick: DecidedPick, change: VariationChange, products: Plan['products']): DecidedPick {
  if (change.kind === 'need' && isAbout(pick, change)) {
    const [anchor, addOn] = [products.get(pick.anchor), products.get(pick.product)]
    if (anchor === undefined || addOn === undefined) return pick
    return { ...pick, need: fillTemplate(change.sentence, { anchor, addOn }) }
  }
  if (change.kind === 'discount' && isAbout(pick, change)) return { ...pick, discountPercent: change.percent }
  return pick
}

function withhold(choice: Choice, reason: string, trials: readonly TrialPlace[]): TestedChoice {
  return {
    ...choice,
    picks: [],
    fallback: 'helpful-page',
    ladderTrail: [...choice.ladderTrail, { step: choice.fallback, reason }],
    withheld: choice.picks,
    trials,
  }
}

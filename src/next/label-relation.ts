// Which relation does the data show between an anchor and an add-on? Orders and catalog alone decide; the first rule
// that fits wins, and the verdict says in words which evidence decided.
//
//   same product      bought again, and at a regular time   → refill
//   service plan      whatever was bought                   → refused: an upsell
//   forms of one      bought together more than expected    → complete: a set (three colours of a teacup)
//                     later, a bigger size                  → refused: kept aside as an upsell
//                     otherwise                             → refused: one is bought or the other
//   same category     bought together more than expected    → complete
//                     bought together less than expected    → refused: one replaces the other
//                     later, a better version               → refused: a step up, kept aside as an upsell
//                     later, no better version              → refused: customers change between them
//   any               bought together more than expected    → complete
//                     later, a bigger size by its title     → refused: kept aside as an upsell
//                     later, a smaller size by its title    → refused: a form of the same
//                     bought later more than expected       → extend
//                     neither                               → refused: too little evidence
//
// "More than expected" is strict, since a shop has hundreds of thousands of pairs: more than popularity explains at
// 99.9 %, and more than the customers' own other orders explain at 99.9 % (within-customers.ts). What was tried stands in
// docs/decisions/customers-own-orders.md.

import {
  type DecidedBy,
  type Evidence,
  type Pairing,
  type PairingVerdict,
  provingOrders,
  type RefusedRelation,
  type Relation,
} from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { shrunkLift, surestLift } from '../stats/shrunk-lift.ts'
import { count } from './name-need.ts'
import { isRegular, REBUY_SHARE_MIN, REPEAT_CUSTOMERS_MIN } from './rebuy-share.ts'
import { isServicePlan, priceRatio, stepUpOf } from './step-up.ts'
import { cannotTell, exceedsTaste } from './within-customers.ts'

/** Both must have been seen together this often, whatever the ratio says: lift explodes on single orders. */
export const ORDERS_TOGETHER_MIN = 5
export const CUSTOMERS_LATER_MIN = 5
/** What observed / expected must be for certain. */
export const SUREST_LIFT_MIN = 1.1
/** Times as often as things of their kinds; of what nobody planted in the simulated shops 19 in 20 stay below 1.7 and 2.4. */
const BEYOND_KIND = 2.5
/** Signed root of the log-likelihood ratio, 2.2 ≈ LLR 5 (rule of thumb of the Universal Recommender). */
export const ROOT_LLR_MIN = 2.2

/** In the same order more than popularity and large baskets explain? What may be a pairing; taste can still explain it. */
export function standsOut(proving: number, expected: number): boolean {
  return proving >= ORDERS_TOGETHER_MIN && surestLift(proving, expected) > SUREST_LIFT_MIN
}

/**
 * Bought in the same order for each other's sake? The customers' own other orders tell taste and errand apart from it;
 * where too few customers have any, what the kinds of the two explain has to be exceeded instead.
 */
export function boughtTogether(evidence: Evidence): boolean {
  const { expected, kindLift } = evidence
  if (!standsOut(provingOrders(evidence), expected) || evidence.rootLogLikelihoodRatio < ROOT_LLR_MIN)
    return false
  if (cannotTell(evidence)) return standsOut(provingOrders(evidence), expected * kindLift)
  return exceedsTaste(evidence) && !mayBeErrand(evidence)
}

/**
 * What customers take together only somewhat more often than the usual errand explains may be a stronger errand, which
 * brings things of their kinds. It is none where the two meet far more often than their kinds do.
 */
function mayBeErrand(evidence: Evidence): boolean {
  const { expected, kindLift, errandSpread } = evidence
  return errandSpread === 0 && surestLift(provingOrders(evidence), expected * kindLift) <= BEYOND_KIND
}

/**
 * In one order far more often than popularity and kinds explain, but no more than the tastes and errands of these
 * customers do: no pairing, and still the likeliest that can be said where no pairing answers.
 */
export function isTaste({ verdict, evidence }: Pick<Pairing, 'verdict' | 'evidence'>): boolean {
  return (
    verdict.status === 'refused' &&
    verdict.relation === 'too-little-evidence' &&
    verdict.decidedBy === 'own-orders' &&
    standsOut(provingOrders(evidence), evidence.expected * evidence.kindLift)
  )
}

/** Bought later, for the first time, more than chance explains? */
export function boughtLater(evidence: Pick<Evidence, 'customersLater' | 'customersLaterExpected'>): boolean {
  return (
    evidence.customersLater >= CUSTOMERS_LATER_MIN &&
    surestLift(evidence.customersLater, evidence.customersLaterExpected) > SUREST_LIFT_MIN
  )
}

export type BareCounts = Pick<
  Evidence,
  'ordersTogether' | 'ordersBulk' | 'customersLater' | 'customersLaterExpected'
> & { readonly expectedTogether: number }

/** What the catalog says of two products beside their counts. */
export type Kinship = {
  /** Of one product, or the same. */
  readonly areForms: boolean
  readonly areOfOneCategory: boolean
  readonly addOnIsServicePlan: boolean
}

type CatalogFacts = Pick<PlanProduct, 'id' | 'title' | 'category' | 'variantGroup'>

export function kinshipOf(anchor: CatalogFacts, addOn: CatalogFacts): Kinship {
  const isForm = anchor.variantGroup !== null && anchor.variantGroup === addOn.variantGroup
  return {
    areForms: isForm || anchor.id === addOn.id,
    areOfOneCategory: anchor.category !== null && anchor.category === addOn.category,
    addOnIsServicePlan: isServicePlan(addOn),
  }
}

/**
 * Will the verdict be that there is too little evidence, and no taste either? True of most pairs, and asked before their
 * evidence is weighed and put in words, which nobody would read.
 */
export function saysNothing(kinship: Kinship, counts: BareCounts): boolean {
  if (kinship.areForms || kinship.addOnIsServicePlan) return false
  const proving = provingOrders({ ...counts, ordersCampaign: 0 })
  if (standsOut(proving, counts.expectedTogether) || boughtLater(counts)) return false
  return !kinship.areOfOneCategory || shrunkLift(proving, counts.expectedTogether).high >= 1
}

export function labelRelation(anchor: PlanProduct, addOn: PlanProduct, evidence: Evidence): PairingVerdict {
  if (anchor.id === addOn.id) return labelRefill(anchor)
  if (isServicePlan(addOn))
    return refuse('upsell', 'title', 'a service plan, not a product that goes with it')
  const together = boughtTogether(evidence)
  const later = boughtLater(evidence)
  const counts = togetherCounts(evidence)
  const laterCounts = `${evidence.customersLater} customers bought it later, ${evidence.customersLaterExpected.toFixed(1)} expected`
  if (anchor.variantGroup !== null && anchor.variantGroup === addOn.variantGroup) {
    const asSet = `forms of one product that are bought as a set: ${counts}`
    if (together) return accept('complete', togetherBy(evidence), asSet)
    return later && stepUpOf(anchor, addOn) === 'bigger-size'
      ? refuse('upsell', 'orders-later', `a bigger size of it, bought later instead: ${laterCounts}`)
      : refuse('variant', 'variant-group', `another form of the same product: ${counts}`)
  }
  if (together) return accept('complete', togetherBy(evidence), counts)
  if (anchor.category !== null && anchor.category === addOn.category) {
    if (evidence.liftHigh < 1)
      return refuse('substitute', 'orders-together', `one replaces the other: ${counts}`)
    if (later) return labelLaterOfKind(anchor, addOn, laterCounts)
  }
  if (later) {
    // The same title in another amount is no next step, whatever categories say or leave open.
    if (stepUpOf(anchor, addOn) === 'bigger-size')
      return refuse('upsell', 'orders-later', `a bigger size of it, bought later instead: ${laterCounts}`)
    return stepUpOf(addOn, anchor) === 'bigger-size'
      ? refuse('variant', 'title', `a smaller size of the same product: ${laterCounts}`)
      : accept('extend', 'orders-later', laterCounts)
  }
  return refuse('too-little-evidence', togetherBy(evidence), counts)
}

/** The customers' own orders where they had a say, else the plain counts. */
function togetherBy(evidence: Evidence): DecidedBy {
  const asked = standsOut(provingOrders(evidence), evidence.expected) && !cannotTell(evidence)
  return asked ? 'own-orders' : 'orders-together'
}

function togetherCounts(evidence: Evidence): string {
  const { ordersTogether, ordersBulk, ordersCampaign, expected, kindLift, choices, choicesBeside } = evidence
  const bulk =
    ordersBulk > 0
      ? ` (${count(ordersBulk)} of them very large and of no known customer, which prove nothing)`
      : ''
  const campaign =
    ordersCampaign > 0
      ? ` (${count(ordersCampaign)} of them within eight days in which the two met far more often than else, which prove nothing)`
      : ''
  const plain = `${count(ordersTogether)} orders together${bulk}${campaign}, ${expected.toFixed(1)} expected`
  if (!cannotTell(evidence)) {
    // A whole number beats the bound exactly where it beats the whole number below it.
    const most = count(Math.floor(evidence.choicesBesideMost))
    return `${plain}; of ${count(choices)} purchases counted among customers who bought both, ${count(choicesBeside)} were in one order with the other, where taste alone would explain up to ${most}${exceedsTaste(evidence) && mayBeErrand(evidence) ? ', and errands for things of their kinds more' : ''}`
  }
  return kindLift > 1.05
    ? `${plain} by popularity, ${(expected * kindLift).toFixed(1)} for products of their kinds`
    : plain
}

function labelLaterOfKind(anchor: PlanProduct, addOn: PlanProduct, counts: string): PairingVerdict {
  const step = stepUpOf(anchor, addOn)
  if (step === 'bigger-size')
    return refuse('upsell', 'orders-later', `a bigger size of it, bought later instead: ${counts}`)
  if (step !== null) {
    const ratio = (priceRatio(anchor, addOn) ?? 1).toFixed(1)
    return refuse(
      'upsell',
      'price',
      `the same category at ${ratio} times the price, bought later instead: ${counts}`,
    )
  }
  return refuse('substitute', 'orders-later', `the same category, taken in turns: ${counts}`)
}

function accept(relation: Relation, decidedBy: DecidedBy, because: string): PairingVerdict {
  return { status: 'live', relation, because, decidedBy }
}

function refuse(relation: RefusedRelation, decidedBy: DecidedBy, because: string): PairingVerdict {
  return { status: 'refused', relation, because, decidedBy }
}

function labelRefill(product: PlanProduct): PairingVerdict {
  const rhythm = product.refill
  const tooFew = rhythm?.basis === 'own' && rhythm.repeatCustomers < REPEAT_CUSTOMERS_MIN
  if (rhythm === null || rhythm.rebuyShare < REBUY_SHARE_MIN || tooFew)
    return refuse('too-little-evidence', 'rebuys', 'too few customers bought it again')
  const days = Math.round(rhythm.medianDays)
  if (rhythm.basis === 'own' && !isRegular(rhythm, rhythm.repeatCustomers)) {
    const because = `${rhythm.repeatCustomers} customers bought it again, but at no particular time`
    return refuse('too-little-evidence', 'rebuys', because)
  }
  const because = {
    own: `${rhythm.repeatCustomers} customers bought it again, the median after ${days} days`,
    similar: `products like it are bought again, this one by their rhythm after ${days} days`,
    catalog: `the catalog says that it lasts about ${days} days`,
  }[rhythm.basis]
  return accept('refill', refillBy[rhythm.basis], because)
}

const refillBy = { own: 'rebuys', similar: 'similar-products', catalog: 'catalog' } as const

// Which relation does the data show between an anchor and an add-on? Orders and catalog alone decide; the first rule
// that fits wins, and the verdict says in words which evidence decided (methods after DuMouchel 1999 for the gate).
//
//   same product      bought again by enough customers      → refill
//   forms of one      bought together more than expected    → complete: a set (three colours of a teacup)
//                     otherwise                             → refused: one is bought or the other
//   same category     bought together less than expected    → refused: one replaces the other
//                     later, dearer, not together           → refused: a step up, kept aside as an upsell
//   any               bought together more than expected    → complete
//                     bought later more than expected       → extend
//                     neither                               → refused: too little evidence

import type { Evidence, PairingVerdict } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { shrunkLift } from '../stats/shrunk-lift.ts'
import { REBUY_SHARE_MIN, REPEAT_CUSTOMERS_MIN } from './rebuy-share.ts'

/** Both must have been seen together this often, whatever the ratio says: lift explodes on single orders. */
export const ORDERS_TOGETHER_MIN = 5
export const CUSTOMERS_LATER_MIN = 5
/** Signed root of the log-likelihood ratio, 2.2 ≈ LLR 5 (rule of thumb of the Universal Recommender). */
export const ROOT_LLR_MIN = 2.2
/** From this price ratio on, a product of the same category is a step up rather than an addition. */
export const STEP_UP_RATIO = 1.2

/** Bought in the same order more than chance and large baskets explain? */
export function boughtTogether(evidence: Evidence): boolean {
  return (
    evidence.ordersTogether >= ORDERS_TOGETHER_MIN &&
    evidence.liftLow > 1 &&
    evidence.rootLogLikelihoodRatio >= ROOT_LLR_MIN
  )
}

/** Bought later, for the first time, more than chance explains? */
export function boughtLater(evidence: Evidence): boolean {
  return (
    evidence.customersLater >= CUSTOMERS_LATER_MIN &&
    shrunkLift(evidence.customersLater, evidence.customersLaterExpected).low > 1
  )
}

export function labelRelation(anchor: PlanProduct, addOn: PlanProduct, evidence: Evidence): PairingVerdict {
  if (anchor.id === addOn.id) return labelRefill(anchor)
  const together = boughtTogether(evidence)
  const later = boughtLater(evidence)
  const counts = `${evidence.ordersTogether} orders together, ${evidence.expected.toFixed(1)} expected`
  if (anchor.variantGroup !== null && anchor.variantGroup === addOn.variantGroup) {
    return together
      ? {
          status: 'live',
          relation: 'complete',
          because: `forms of one product that are bought as a set: ${counts}`,
        }
      : { status: 'refused', relation: 'variant', because: `another form of the same product: ${counts}` }
  }
  if (anchor.category !== null && anchor.category === addOn.category) {
    if (evidence.liftHigh < 1) {
      return { status: 'refused', relation: 'substitute', because: `one replaces the other: ${counts}` }
    }
    const ratio = priceRatio(anchor, addOn)
    if (!together && later && ratio !== null && ratio >= STEP_UP_RATIO) {
      const dearer = `the same category at ${ratio.toFixed(1)} times the price, bought later instead`
      return { status: 'refused', relation: 'upsell', because: dearer }
    }
  }
  if (together) return { status: 'live', relation: 'complete', because: counts }
  if (later) {
    const because = `${evidence.customersLater} customers bought it later, ${evidence.customersLaterExpected.toFixed(1)} expected`
    return { status: 'live', relation: 'extend', because }
  }
  return { status: 'refused', relation: 'too-little-evidence', because: counts }
}

function labelRefill(product: PlanProduct): PairingVerdict {
  const rhythm = product.refill
  const tooFew = rhythm?.basis === 'own' && rhythm.repeatCustomers < REPEAT_CUSTOMERS_MIN
  if (rhythm === null || rhythm.rebuyShare < REBUY_SHARE_MIN || tooFew) {
    return {
      status: 'refused',
      relation: 'too-little-evidence',
      because: 'too few customers bought it again',
    }
  }
  const days = Math.round(rhythm.medianDays)
  const because = {
    own: `${rhythm.repeatCustomers} customers bought it again, the median after ${days} days`,
    similar: `products like it are bought again, this one by their rhythm after ${days} days`,
    catalog: `the catalog says that it lasts about ${days} days`,
  }[rhythm.basis]
  return { status: 'live', relation: 'refill', because }
}

/** Add-on price over anchor price; `null` where one is unknown or the currencies differ. */
export function priceRatio(anchor: PlanProduct, addOn: PlanProduct): number | null {
  if (anchor.priceMinor === null || addOn.priceMinor === null || anchor.currency !== addOn.currency)
    return null
  return anchor.priceMinor > 0 ? addOn.priceMinor / anchor.priceMinor : null
}

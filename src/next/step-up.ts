// Is one product a step up from the other: a better or bigger version, or a plan that insures it? Told from the catalog
// alone; whether customers take the step is for the orders to say. An upsell is never a cross-sell (design rule 1).

import type { PlanProduct } from '../domain/plan.ts'

export type StepUp = 'premium-tier' | 'service-plan'

/** From this price ratio on, a product of the same category is a step up rather than an addition. */
const STEP_UP_RATIO = 1.2

const servicePlan =
  /\b(care|protection|service|insurance|warranty|guarantee) (plan|cover|pack)\b|\b(extended|additional|year) (warranty|guarantee)\b|garantieverl(ä|ae)ngerung|schutzbrief|extension de garantie|garant(í|i)a extendida/i

export function isServicePlan({ title }: Pick<PlanProduct, 'title'>): boolean {
  return servicePlan.test(title)
}

/** `null` where the two are no versions of one thing. Prices count only in one currency. */
export function stepUpOf(anchor: PlanProduct, addOn: PlanProduct): StepUp | null {
  if (isServicePlan(addOn)) return 'service-plan'
  const sameKind = anchor.category !== null && anchor.category === addOn.category
  const ratio = priceRatio(anchor, addOn)
  if (!sameKind || ratio === null) return null
  return ratio >= STEP_UP_RATIO || (ratio > 1 && addsToTitle(anchor.title, addOn.title))
    ? 'premium-tier'
    : null
}

/** "Magnetic Knife Rack" and "Master Magnetic Knife Rack". */
function addsToTitle(title: string, longer: string): boolean {
  const words = new Set(longer.toLowerCase().split(/\s+/))
  const own = title.toLowerCase().split(/\s+/)
  return words.size > own.length && own.every((word) => words.has(word))
}

/** Add-on price over anchor price; `null` where one is unknown or the currencies differ. */
export function priceRatio(anchor: PlanProduct, addOn: PlanProduct): number | null {
  if (anchor.priceMinor === null || addOn.priceMinor === null || anchor.currency !== addOn.currency)
    return null
  return anchor.priceMinor > 0 ? addOn.priceMinor / anchor.priceMinor : null
}

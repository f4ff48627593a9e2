// Is one product a step up from the other: a better or bigger version, or a plan that insures it? Told from the catalog
// alone; whether customers take the step is for the orders to say. An upsell is never a cross-sell (design rule 1).

import type { PlanProduct } from '../domain/plan.ts'
import { packSize } from './pack-size.ts'

export const stepsUp = ['premium-tier', 'bigger-size', 'service-plan'] as const
export type StepUp = (typeof stepsUp)[number]

/** From this price ratio on, a product of the same category is a step up rather than an addition. */
const STEP_UP_RATIO = 1.2

/** From this ratio of what is in them on, one is a bigger size of the other. */
const BIGGER_RATIO = 1.2

const servicePlan =
  /\b(care|protection|service|insurance|warranty|guarantee) (plan|cover|pack)\b|\b(extended|additional|year) (warranty|guarantee)\b|garantieverl(ä|ae)ngerung|schutzbrief|extension de garantie|garant(í|i)a extendida/i

export function isServicePlan({ title }: Pick<PlanProduct, 'title'>): boolean {
  return servicePlan.test(title)
}

/** `null` where the two are no versions of one thing. Prices count only in one currency. */
export function stepUpOf(anchor: PlanProduct, addOn: PlanProduct): StepUp | null {
  if (isServicePlan(addOn)) return 'service-plan'
  if (isBiggerSize(anchor, addOn)) return 'bigger-size'
  const sameKind = anchor.category !== null && anchor.category === addOn.category
  const ratio = priceRatio(anchor, addOn)
  if (!sameKind || ratio === null) return null
  return ratio >= STEP_UP_RATIO || (ratio > 1 && addsToTitle(anchor.title, addOn.title))
    ? 'premium-tier'
    : null
}

/** The same product in a larger amount: a form of it, or one whose title differs in the amount alone. */
function isBiggerSize(anchor: PlanProduct, addOn: PlanProduct): boolean {
  const [size, larger] = [packSize(anchor.title), packSize(addOn.title)]
  if (size === null || larger === null || size.kind !== larger.kind) return false
  const isForm = anchor.variantGroup !== null && anchor.variantGroup === addOn.variantGroup
  if (!isForm && withoutAmount(anchor.title) !== withoutAmount(addOn.title)) return false
  return larger.amount >= size.amount * BIGGER_RATIO
}

/** The words without digits that are longer than a unit. */
function withoutAmount(title: string): string {
  const words = title.toLowerCase().split(/\s+/)
  return words.filter((word) => word.length > 2 && !/\d/.test(word)).join(' ')
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

// The sentences of a refill. Comes in: the product, its rhythm and, at the moment of an order, the forecast for it.
// Goes out: the need, read by the shopper on the day of the offer (so it says how long things last, never "in so many
// days from now"), and the reason with its figures, read by the owner beside the order.

import type { PlanProduct, RefillRhythm } from '../domain/plan.ts'
import type { RunOut } from './predict-run-out.ts'

/** From so many intervals of the customer's own on, a sentence may speak of them. */
const OWN_INTERVALS_MIN = 2

/** `title`: as it stands in a sentence. */
export function refillNeed(
  title: string,
  rhythm: RefillRhythm,
  order: { readonly runOut: RunOut; readonly units: number } | null,
): string {
  const span = inWords(order?.runOut.day ?? rhythm.medianDays)
  if (order !== null && order.runOut.ownIntervals >= OWN_INTERVALS_MIN)
    return `Time for more: you usually reorder ${title} after about ${span}.`
  if (order !== null && order.units > 1) return `Time for more: ${order.units} × ${title} last about ${span}.`
  if (rhythm.basis === 'catalog') return `Time for more: ${title} lasts about ${span}.`
  if (rhythm.basis === 'similar') return `Time for more: things like ${title} last about ${span}.`
  return `Time for more: customers who reorder ${title} do so after about ${span}.`
}

export function refillReason(
  product: Pick<PlanProduct, 'category'>,
  rhythm: RefillRhythm,
  runOut: RunOut,
): string {
  const grounds = {
    own: `${rhythm.repeatCustomers} customers bought it again`,
    similar: `Products like it${product.category === null ? '' : ` (${product.category})`} are bought again`,
    catalog: `The catalog says that one lasts about ${Math.round(rhythm.medianDays)} days`,
  }[rhythm.basis]
  const intervals = runOut.ownIntervals === 1 ? '1 interval' : `${runOut.ownIntervals} intervals`
  const whose = runOut.ownIntervals === 0 ? '' : `, with ${intervals} of this customer’s own`
  return (
    `${grounds}${whose}: it runs out about ${runOut.day} days after the order; 8 in 10 who come back do so between ` +
    `day ${runOut.dayLow} and day ${runOut.dayHigh}, and ${Math.round(runOut.chance * 100)} % come back.`
  )
}

/** Days as people say them: days up to two weeks, weeks up to three months, months beyond. */
export function inWords(days: number): string {
  if (days < 14) return plural(Math.max(1, Math.round(days)), 'day')
  if (days < 84) return plural(Math.round(days / 7), 'week')
  return plural(Math.round(days / 30.44), 'month')
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

// What `aftercart simulate --live` says: what happened in these weeks, what of it is true, and how to see it.

import { isoDate } from '../domain/instant.ts'
import { formatMoney } from '../domain/money.ts'
import { countOf, formatCount } from './output.ts'
import type { LiveShop } from './simulate-live.ts'

export function liveLines(
  { written, truth, truthFile }: LiveShop,
  data: string,
  seconds: number,
): readonly string[] {
  const { settings, holdOutShare, attributedMinor, anywayMinor, causedMinor } = truth
  const { currency, days, untilMs, boughtAnyway } = settings
  const money = (amountMinor: number): string => formatMoney({ amountMinor, currency })
  return [
    `A shop with ${countOf(written.orders, 'order')} of history, and ${days / 7} live weeks until ${isoDate(untilMs)}, made in ${seconds.toFixed(1)} s:`,
    `  ${countOf(truth.orders, 'first order')}, each of another customer, and ${formatCount(truth.laterOrders)} later ones`,
    `  ${formatCount(truth.ordersOffered)} were offered something, ${formatCount(truth.ordersHeldOut)} held out (${percent(holdOutShare)})`,
    `  ${formatCount(truth.ordersExposed)} saw the offer, ${formatCount(truth.accepted)} accepted it (${percent(truth.accepted / Math.max(1, truth.ordersExposed))})`,
    `Planted, and written down in ${truthFile}:`,
    `  attributed ${money(attributedMinor)}, of which ${money(anywayMinor)} would have come anyway: caused ${money(causedMinor)}`,
    `  of those who accept, ${percent(boughtAnyway)} would have bought the add-on within 30 days by themselves`,
    'Next:',
    `  aftercart report --data ${data}`,
  ]
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`
}

// The first lines of the report: what offers brought, and how much of it they caused. Comes in: the figures. Goes out: two
// to four sentences that can be read without the rest; what is not known yet is said to be so.

import { minorDigits } from '../domain/money.ts'
import { shopShare } from './advice/caused-share.ts'
import { count, countOf, moneyRange, percent, roundMoney } from './advice/say-figures.ts'
import type { Caused, Figures } from './figures.ts'
import { sayTerm } from './say-term.ts'

/** Of 100 of the currency this many that would have been spent anyway are worth the first line. */
const ANYWAY_TOLD = 0.1

export function headlines(figures: Figures): readonly string[] {
  const { total, currency } = figures
  if (figures.orders === 0 && total.ordersOffered === 0)
    return ['No order has come in by the API in this period, so there is nothing to tell yet.']
  if (total.ordersExposed === 0)
    return [`${countOf(figures.orders, 'order')} came in, and none of their shoppers has seen an offer yet.`]
  const lines = [
    `Offers brought ${roundMoney(total.netMinor, currency)} after refunds: ${count(total.accepted)} of ${countOf(total.ordersExposed, 'order')} that saw one took it (${percent(total.accepted / total.ordersExposed)}).`,
  ]
  const broken = figures.caused.some(({ sampleRatioAlarm }) => sampleRatioAlarm)
  if (broken)
    return [
      ...lines,
      'What of it was caused cannot be told: the hold-out did not get the customers it was meant to get.',
    ]
  const share = shopShare(figures)
  const answer = figures.caused.find(({ windowDays }) => windowDays === share?.windowDays)
  if (share === null || answer === undefined) return [...lines, notKnown(figures)]
  return [...anyway(answer, currency), ...lines, caused(answer, currency)]
}

function anyway({ incrementality }: Caused, currency: string): readonly string[] {
  if (incrementality === null) return []
  const share = (part: number): number => Math.min(1, Math.max(0, 1 - part))
  if (share(incrementality.value) < ANYWAY_TOLD) return []
  const hundred = (part: number): string =>
    roundMoney(Math.round(share(part) * 100) * minorOf(currency), currency)
  return [
    `Of every ${roundMoney(100 * minorOf(currency), currency)} that offers brought, about ${hundred(incrementality.value)} would have been spent anyway (${hundred(incrementality.high)} to ${hundred(incrementality.low)}).`,
  ]
}

function caused(
  { revenueMinor, attributedMinor, windowDays, heldOut, offered, term }: Caused,
  currency: string,
): string {
  const range = revenueMinor === null ? 'not known yet' : moneyRange(revenueMinor, currency)
  return `Caused within ${windowDays} days: ${range}, where ${roundMoney(attributedMinor, currency)} is attributed: of ${sayTerm(term)} who could be followed that long, ${count(offered.customers)} with offers against ${count(heldOut.customers)} held out.`
}

function notKnown({ holdOutShare, caused }: Figures): string {
  if (holdOutShare === 0)
    return 'How much of it would have been spent anyway is not known: the hold-out is off.'
  const days = caused.flatMap(({ moreDays }) => (moreDays === null ? [] : [moreDays]))
  const when = days.length === 0 ? '' : ` It takes about ${countOf(Math.min(...days), 'more day')}.`
  return `How much of it would have been spent anyway is not known yet: the hold-out has too few customers.${when}`
}

function minorOf(currency: string): number {
  return 10 ** minorDigits(currency)
}

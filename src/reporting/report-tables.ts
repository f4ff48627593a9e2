// The tables of the report, as text: the same for the terminal and the page. Comes in: a report. Goes out: head and rows of
// each, the first column a name. A table without rows says what will stand there.

import type { Placement } from '../domain/placement.ts'
import { count, moneyRange, percent, roundMoney } from '../measuring/advice/say-figures.ts'
import type { Estimate } from '../measuring/estimate.ts'
import type { Verdict } from '../measuring/experiment-figures.ts'
import type { OfferFigures, Rate } from '../measuring/figures.ts'
import type { Report } from '../measuring/report.ts'
import { termCell } from '../measuring/say-term.ts'

export type ReportTable = {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What stands in its place without rows. */
  readonly empty: string
}

export const placementNames: Readonly<Record<Placement, string>> = {
  'thank-you': 'Thank-you page',
  'confirmation-email': 'Confirmation e-mail',
  'follow-up': 'Follow-up',
}

export const relationNames = {
  complete: 'Complete',
  refill: 'Refill',
  extend: 'Extend',
  upsell: 'Upsell',
} as const

/** "4.1 % (3.2 to 5.2)". */
export function rateText({ part, whole, estimate }: Rate): string {
  if (whole === 0) return '–'
  if (estimate === null) return percent(Math.min(1, part / whole))
  const bound = (rate: number): string => percent(rate).replace(' %', '')
  return `${percent(estimate.value)} (${bound(estimate.low)} to ${bound(estimate.high)})`
}

const offerHead = ['saw it', 'took it', 'attach rate', 'given back', 'net']

function offerCells(figures: OfferFigures, currency: string): string[] {
  const { ordersExposed, accepted, undone, unpaid, refunded, attachRate, netMinor } = figures
  return [
    count(ordersExposed),
    count(accepted),
    rateText(attachRate),
    count(undone + unpaid + refunded),
    roundMoney(netMinor, currency),
  ]
}

export function placementTable({ placements, total, currency }: Report): ReportTable {
  const seen = placements.filter(({ ordersOffered }) => ordersOffered > 0)
  return {
    caption: 'Orders whose shopper saw an offer, what was taken, and what it brought after refunds',
    head: ['placement', ...offerHead],
    rows:
      seen.length === 0
        ? []
        : [
            ...seen.map((figures) => [placementNames[figures.placement], ...offerCells(figures, currency)]),
            ...(seen.length === 1 ? [] : [['All', ...offerCells(total, currency)]]),
          ],
    empty:
      'Here will stand how many shoppers saw an offer at each place, how many took it and what it brought. It begins with the first order that comes in by the API and whose shopper sees the thank-you page.',
  }
}

export function relationTable({ relations, currency }: Report): ReportTable {
  return {
    caption: 'By what the add-on does for the purchase',
    head: ['relation', ...offerHead],
    rows: relations.map((figures) => [relationNames[figures.relation], ...offerCells(figures, currency)]),
    empty: 'Here will stand the same by complete, refill and extend.',
  }
}

export function pairingTable({ pairings, currency }: Report, most: number): ReportTable {
  return {
    caption: `The ${count(Math.min(most, pairings.length))} pairings that were seen most, of ${count(pairings.length)}`,
    head: ['offered with bought', 'where', ...offerHead],
    rows: pairings
      .slice(0, most)
      .map((figures) => [
        `${figures.productTitle} with ${figures.anchorTitle}`,
        placementNames[figures.placement],
        ...offerCells(figures, currency),
      ]),
    empty:
      'Here will stand each pairing with how often it was seen and taken. About 100 showings of a pairing say a little, 500 say much.',
  }
}

export function messageTable({ placements, currency }: Report): ReportTable {
  return {
    caption: 'Messages, and orders within 7 days after a click that hold the product',
    head: ['messages', 'sent', 'clicked', 'unsubscribed', 'complained', 'bounced', 'bought after', 'for'],
    rows: placements
      .filter(({ messages }) => messages.sent > 0)
      .map(({ placement, messages }) => {
        const share = (part: number): string => `${count(part)} (${percent(part / messages.sent)})`
        return [
          placementNames[placement],
          count(messages.sent),
          share(messages.clicked),
          share(messages.unsubscribed),
          share(messages.complained),
          share(messages.bounced),
          count(messages.convertedByClick),
          roundMoney(messages.convertedMinor, currency),
        ]
      }),
    empty:
      'No message was sent in this period. Once a flow is on, here stands what its messages led to, and how many people left by them.',
  }
}

export function experimentTable({ experiments }: Report): ReportTable {
  return {
    caption: 'Experiments that run, and that ended in this period',
    head: ['experiment', 'variation', 'customers', 'verdict'],
    rows: experiments.flatMap(({ experiment, variations }) =>
      variations.map((figures) => [
        experiment.name,
        experiment.variations.find(({ id }) => id === figures.variation)?.name ?? figures.variation,
        count(figures.customers),
        figures.verdict === null ? 'control' : verdictText(figures.verdict),
      ]),
    ),
    empty:
      'No experiment runs. Each one asks one question (other words, another price, another day) of your own customers, and its verdict will stand here.',
  }
}

function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'better':
    case 'worse':
      return verdict.kind
    case 'no-difference':
      return `no difference larger than ${percent(verdict.largerThan)}`
    case 'not-enough':
      return verdict.moreDays === null
        ? 'not enough yet'
        : `not enough yet: about ${count(verdict.moreDays)} more days`
    case 'broken':
      return `cannot be believed: ${verdict.reason}`
    case 'guardrail':
      return `stopped: ${verdict.reason}`
  }
}

export function causedTable({ caused, currency, marginShare }: Report): ReportTable {
  const range = (estimate: Estimate | null): string =>
    estimate === null ? 'not known yet' : moneyRange(estimate, currency)
  const isOfTerm = caused.some(({ term }) => termCell(term) !== '')
  return {
    caption:
      'Customers who could be followed that long (fewer for 90 days than for 30): with offers against held out, whatever each of them took',
    head: [
      'followed for',
      'with offers',
      'held out',
      ...(isOfTerm ? ['first met'] : []),
      'attributed',
      'caused',
      ...(marginShare === null ? [] : ['caused margin']),
    ],
    rows: caused
      .filter(({ offered }) => offered.customers > 0)
      .map((one) => [
        `${one.windowDays} days`,
        count(one.offered.customers),
        count(one.heldOut.customers),
        ...(isOfTerm ? [termCell(one.term)] : []),
        roundMoney(one.attributedMinor, currency),
        one.sampleRatioAlarm ? 'cannot be told' : range(one.revenueMinor),
        // Without a margin it would be the revenue once more.
        ...(marginShare === null ? [] : [one.sampleRatioAlarm ? 'cannot be told' : range(one.marginMinor)]),
      ]),
    empty:
      'Here will stand what offers caused, once 150 customers on either side have been followed for 30 days. That needs the hold-out, which is on unless you turned it off.',
  }
}

export function orderValueTable({ orderValue, currency }: Report): ReportTable {
  const money = (amount: number | null): string =>
    amount === null ? '–' : roundMoney(Math.round(amount), currency)
  const { exposedOrders, otherOrders } = orderValue
  return {
    caption: 'Mean order value. The two groups are not alike, so their difference is no effect',
    head: ['orders', 'how many', 'as paid', 'with add-ons'],
    rows:
      exposedOrders + otherOrders === 0
        ? []
        : [
            [
              'That saw an offer',
              count(exposedOrders),
              money(orderValue.withoutAddOnsMinor),
              money(orderValue.withAddOnsMinor),
            ],
            ['All others', count(otherOrders), money(orderValue.otherMinor), '–'],
          ],
    empty: 'Here will stand the mean order with and without add-ons.',
  }
}

export function worthTable({ lifetimeValue: worth }: Report): ReportTable {
  if (worth.kind === 'unknown') return { caption: '', head: [], rows: [], empty: worth.sentence }
  const money = (amount: number): string => roundMoney(Math.round(amount), worth.currency)
  const rows = [
    ['Customers', count(worth.customers)],
    ['Of these came back', count(worth.repeatCustomers)],
  ]
  if (worth.nextYearMinor !== null)
    rows.push(['Expected per customer, next 12 months', money(worth.nextYearMinor)])
  if (worth.newCustomer !== null)
    rows.push([
      `A new customer within ${count(worth.newCustomer.months)} months, first order included`,
      money(worth.newCustomer.valueMinor),
    ])
  const { causedByOffers: caused } = worth
  if (caused?.kind === 'told')
    rows.push([
      `More by offers, per customer: ${count(caused.customers.offered)} against ${count(caused.customers.heldOut)} held out`,
      moneyRange(caused.differenceMinor, worth.currency),
    ])
  return {
    caption: `What customers are worth, in ${worth.basis}, as of ${worth.asOf}. ${worth.method}`,
    head: ['', worth.basis],
    rows,
    empty: '',
  }
}

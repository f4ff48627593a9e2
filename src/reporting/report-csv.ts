// The report as tables for a spreadsheet: plain figures without units, money in major units of the currency. Comes in: a
// report. Goes out: rows of cells by the name of the file; writing them as CSV, safe from formulas, is not done here.

import { isoDate } from '../domain/instant.ts'
import { minorDigits } from '../domain/money.ts'
import type { Estimate } from '../measuring/estimate.ts'
import type { MessageFigures, OfferFigures } from '../measuring/figures.ts'
import type { Report } from '../measuring/report.ts'

export type CsvTable = {
  readonly file: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const offerHead = [
  'orders_offered',
  'orders_exposed',
  'accepted',
  'completed',
  'dismissed',
  'undone',
  'unpaid',
  'refunded',
  'attach_rate',
  'attach_rate_low',
  'attach_rate_high',
  'charged',
  'returned',
  'net',
]

const messageHead = [
  'sent',
  'clicked',
  'unsubscribed',
  'complained',
  'bounced',
  'converted_by_click',
  'converted',
]

export function csvTables(report: Report): readonly CsvTable[] {
  const { currency } = report
  const { money, range, offer, message } = cellsIn(currency)
  return [
    {
      file: 'summary.csv',
      head: ['from', 'to', 'currency', 'orders', 'orders_eligible', ...offerHead],
      rows: [
        [
          isoDate(report.period.fromMs),
          isoDate(report.period.toMs),
          currency,
          String(report.orders),
          String(report.ordersEligible),
          ...offer(report.total),
        ],
      ],
    },
    {
      file: 'placements.csv',
      head: ['placement', ...offerHead, ...messageHead],
      rows: report.placements.map((one) => [one.placement, ...offer(one), ...message(one.messages)]),
    },
    {
      file: 'pairings.csv',
      head: ['placement', 'anchor', 'anchor_title', 'product', 'product_title', 'relation', ...offerHead],
      rows: report.pairings.map((one) => [
        ...[one.placement, one.anchor, one.anchorTitle, one.product, one.productTitle, one.relation],
        ...offer(one),
      ]),
    },
    {
      file: 'caused.csv',
      head: [
        ...[
          'window_days',
          'held_out_share',
          'first_met_from',
          'first_met_until',
          'customers_offered',
          'customers_held_out',
          'attributed',
        ],
        ...['caused', 'caused_low', 'caused_high', 'margin', 'margin_low', 'margin_high'],
        ...['incrementality', 'incrementality_low', 'incrementality_high', 'sample_ratio_alarm'],
      ],
      rows: report.caused.map((one) => [
        ...[String(one.windowDays), String(one.term.share), date(one.term.fromMs), date(one.term.untilMs)],
        ...[one.offered.customers, one.heldOut.customers].map(String),
        money(one.attributedMinor),
        ...range(one.revenueMinor),
        ...range(one.marginMinor),
        ...shareCells(one.incrementality),
        String(one.sampleRatioAlarm),
      ]),
    },
    {
      file: 'advice.csv',
      head: [
        'rank',
        'action',
        'sentence',
        'because',
        'effect_a_month',
        'effect_low',
        'effect_high',
        'basis',
        'command',
      ],
      rows: report.advice.map((one, at) => [
        ...[String(at + 1), one.action, one.sentence, one.because],
        ...range(one.effectPerMonthMinor),
        ...[one.basis ?? '', one.command ?? ''],
      ]),
    },
  ]
}

function cellsIn(currency: string) {
  const digits = minorDigits(currency)
  const money = (minor: number | null | undefined): string =>
    minor == null ? '' : (minor / 10 ** digits).toFixed(digits)
  const range = (estimate: Estimate | null): string[] => [
    money(estimate?.value),
    money(estimate?.low),
    money(estimate?.high),
  ]
  const offer = (one: OfferFigures): string[] => [
    ...[one.ordersOffered, one.ordersExposed, one.accepted, one.completed, one.dismissed].map(String),
    ...[one.undone, one.unpaid, one.refunded].map(String),
    ...rateCells(one),
    ...[one.chargedMinor, one.returnedMinor, one.netMinor].map(money),
  ]
  const message = (one: MessageFigures): string[] => [
    ...[one.sent, one.clicked, one.unsubscribed, one.complained, one.bounced, one.convertedByClick].map(
      String,
    ),
    money(one.convertedMinor),
  ]
  return { money, range, offer, message }
}

function rateCells({ attachRate: { part, whole, estimate } }: OfferFigures): string[] {
  if (whole === 0) return ['', '', '']
  return estimate === null ? [(part / whole).toFixed(6), '', ''] : shareCells(estimate)
}

function shareCells(estimate: Estimate | null): string[] {
  if (estimate === null) return ['', '', '']
  return [estimate.value, estimate.low, estimate.high].map((share) => share.toFixed(6))
}

function date(atMs: number | null): string {
  return atMs === null ? '' : isoDate(atMs)
}

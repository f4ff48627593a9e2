// A report made by hand: a coffee shop of which half of what offers brought would have been bought anyway.

import { makeReport, type Report, type ReportedWorth } from '../../src/measuring/report.ts'
import { tinyEvidence, tinyPairing, tinyProduct } from '../tiny-plan.ts'
import {
  causedFigures,
  noMessages,
  offerFigures,
  pairingFigures,
  SAMPLE_TO_MS,
  sampleFigures,
} from './figure-samples.ts'

export const noWorth: ReportedWorth = {
  kind: 'unknown',
  sentence: 'Here will stand what a customer is worth, once orders with customers were imported.',
}

const rate = (part: number, whole: number, low: number, high: number) => ({
  part,
  whole,
  estimate: { value: part / whole, low, high },
})

export function sampleReport(): Report {
  const titled = (anchorTitle: string, productTitle: string, more = {}) => ({
    anchorTitle,
    productTitle,
    ...more,
  })
  const pairings = [
    pairingFigures(
      'machine',
      'cleaner',
      [3120, 94, 900],
      titled('Espresso machine Classica', 'Cleaning tablets, 60 pieces', {
        attachRate: rate(94, 3120, 0.0247, 0.0367),
      }),
    ),
    pairingFigures(
      'machine',
      'brush',
      [2980, 241, 1100],
      titled('Espresso machine Classica', 'Group head brush', {
        attachRate: rate(241, 2980, 0.0716, 0.0912),
      }),
    ),
    ...Array.from({ length: 14 }, (_, at) =>
      pairingFigures(
        `other-${at}`,
        `add-on-${at}`,
        [1400 - 60 * at, 62 - 3 * at, 900],
        titled(`Coffee grinder no. ${at + 1}`, `Add-on no. ${at + 1} <b>of</b> the shop`, {
          attachRate: rate(62 - 3 * at, 1400 - 60 * at, 0.03, 0.058),
        }),
      ),
    ),
  ]
  const earlier = [
    pairingFigures('kettle', 'filters', [1900, 171, 700], titled('Kettle', 'Paper filters no. 4')),
  ]
  const net = pairings.reduce((sum, { netMinor }) => sum + netMinor, 0)
  const base = sampleFigures(pairings, {
    marginShare: 0.45,
    caused: [causedFigures(Math.round(net * 0.8), [0.34, 0.52, 0.7])],
  })
  const followUp = {
    ...offerFigures(900, 31, 27_900),
    placement: 'follow-up' as const,
    attachRate: rate(31, 900, 0.0244, 0.0485),
    messages: {
      ...noMessages,
      sent: 2400,
      clicked: 212,
      unsubscribed: 66,
      complained: 1,
      bounced: 19,
      convertedByClick: 31,
      convertedMinor: 42_300,
    },
  }
  const figures = {
    ...base,
    placements: [
      {
        ...base.total,
        placement: 'thank-you' as const,
        messages: noMessages,
        attachRate: rate(846, 20_560, 0.0385, 0.0439),
      },
      followUp,
    ],
  }
  const products = new Map([
    ['cleaner', tinyProduct('cleaner', 900)],
    ['brush', tinyProduct('brush', 1100)],
    ['filters', tinyProduct('filters', 700, { buyable: false, offSale: 'sold-out' })],
  ])
  const found = ['cleaner', 'brush'].map((addOn) =>
    tinyPairing('machine', addOn, 0.1, { windows: [], evidence: tinyEvidence() }),
  )
  return makeReport(
    {
      figures,
      earlier: sampleFigures(earlier),
      plan: { products, pairings: new Map([['machine', found]]) },
      flows: [
        { name: 'next-step', on: true, pausedBecause: null, sent: 800, unsubscribes: 24, complaints: 0 },
      ],
      holdOutOff: false,
      retired: [],
    },
    {
      kind: 'known',
      asOf: '2026-11-22',
      currency: 'GBP',
      basis: 'margin',
      customers: 18_400,
      repeatCustomers: 6120,
      method:
        'Expected by a model of how often customers come back and what they spend (BG/NBD, Gamma-Gamma).',
      nextYearMinor: 1140,
      newCustomer: { months: 12, valueMinor: 3420 },
      causedByOffers: {
        kind: 'told',
        customers: { offered: 9100, heldOut: 1020 },
        offeredMinor: 1160,
        heldOutMinor: 1010,
        differenceMinor: { value: 150, low: -40, high: 340 },
      },
      warnings: [],
    },
    SAMPLE_TO_MS,
  )
}

export function emptyReport(): Report {
  const figures = sampleFigures([], {
    orders: 0,
    ordersEligible: 0,
    orderValue: {
      exposedOrders: 0,
      withoutAddOnsMinor: null,
      withAddOnsMinor: null,
      otherOrders: 0,
      otherMinor: null,
    },
  })
  const plan = { products: new Map(), pairings: new Map() }
  return makeReport(
    { figures, earlier: null, plan, retired: [], flows: [], holdOutOff: false },
    noWorth,
    SAMPLE_TO_MS,
  )
}

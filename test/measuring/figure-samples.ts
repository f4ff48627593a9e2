// Figures made by hand, for tests and benches of what reads them: a period of 90 days in GBP. Tests say what they change.

import type {
  Caused,
  Figures,
  MessageFigures,
  OfferFigures,
  PairingFigures,
} from '../../src/measuring/figures.ts'

export const SAMPLE_TO_MS = Date.UTC(2026, 10, 23)
export const SAMPLE_FROM_MS = SAMPLE_TO_MS - 90 * 86_400_000

export function offerFigures(exposed: number, accepted: number, netMinor: number): OfferFigures {
  return {
    ordersOffered: exposed,
    ordersExposed: exposed,
    accepted,
    completed: accepted,
    dismissed: 0,
    undone: 0,
    unpaid: 0,
    refunded: 0,
    attachRate: { part: accepted, whole: exposed, estimate: null },
    chargedMinor: netMinor,
    returnedMinor: 0,
    netMinor,
  }
}

export const noMessages: MessageFigures = {
  sent: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
  bounced: 0,
  convertedByClick: 0,
  convertedMinor: 0,
}

export function pairingFigures(
  anchor: string,
  product: string,
  [exposed, accepted, priceMinor]: readonly [number, number, number],
  more: Partial<PairingFigures> = {},
): PairingFigures {
  return {
    ...offerFigures(exposed, accepted, accepted * priceMinor),
    placement: 'thank-you',
    anchor,
    product,
    relation: 'complete',
    anchorTitle: anchor,
    productTitle: product,
    ...more,
  }
}

/** What the hold-out says: this share of what is attributed was caused. */
export function causedFigures(
  attributedMinor: number,
  [low, value, high]: readonly [number, number, number],
  more: Partial<Caused> = {},
): Caused {
  const money = { low: low * attributedMinor, value: value * attributedMinor, high: high * attributedMinor }
  const perOrder = { low: money.low / 6000, value: money.value / 6000, high: money.high / 6000 }
  return {
    windowDays: 30,
    term: { share: 0.2, fromMs: null, untilMs: null },
    sinceMs: SAMPLE_TO_MS - 100 * 86_400_000,
    offered: { customers: 5000, eligibleOrders: 6000 },
    heldOut: { customers: 1250, eligibleOrders: 1500 },
    sampleRatioPValue: 0.4,
    sampleRatioAlarm: false,
    perOrder: { attach: perOrder, orders: perOrder, revenueMinor: perOrder, marginMinor: perOrder },
    revenueMinor: money,
    marginMinor: money,
    attributedMinor,
    incrementality: { low, value, high },
    moreDays: null,
    ...more,
  }
}

export function sampleFigures(pairings: readonly PairingFigures[], more: Partial<Figures> = {}): Figures {
  const sum = (of: (pairing: PairingFigures) => number): number =>
    pairings.reduce((total, pairing) => total + of(pairing), 0)
  const exposed = sum(({ ordersExposed }) => ordersExposed)
  const total = offerFigures(
    exposed,
    sum(({ accepted }) => accepted),
    sum(({ netMinor }) => netMinor),
  )
  return {
    period: { fromMs: SAMPLE_FROM_MS, toMs: SAMPLE_TO_MS },
    currency: 'GBP',
    otherCurrencyEntries: 0,
    marginShare: null,
    orders: Math.round(exposed * 1.4),
    ordersEligible: Math.round(exposed * 1.2),
    total,
    messages: noMessages,
    placements: exposed === 0 ? [] : [{ ...total, placement: 'thank-you', messages: noMessages }],
    relations: exposed === 0 ? [] : [{ ...total, relation: 'complete' }],
    pairings,
    orderValue: {
      exposedOrders: exposed,
      withoutAddOnsMinor: exposed === 0 ? null : 4200,
      withAddOnsMinor: exposed === 0 ? null : 4200 + Math.round(total.netMinor / exposed),
      otherOrders: 400,
      otherMinor: 4150,
    },
    holdOutShare: 0.2,
    caused: [],
    experiments: [],
    ...more,
  }
}

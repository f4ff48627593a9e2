// What the report and the advice are made of: plain figures of a period, in one currency. Money is in minor units and net
// of refunds, undone and unpaid add-ons unless its name says otherwise. Rates lie in [0, 1].

import type { OfferedRelation } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'
import type { MessageSums, OfferSums } from '../ports/measure-store.ts'
import type { Estimate } from './estimate.ts'
import type { RunningVerdict } from './experiment-figures.ts'

export type Period = {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** `null` where there is nothing to divide by. */
export type Rate = { readonly part: number; readonly whole: number; readonly estimate: Estimate | null }

/** What happened to offers; equals the ledger to the cent. */
export type OfferFigures = OfferSums & {
  /** Accepted ÷ orders exposed. */
  readonly attachRate: Rate
  /** chargedMinor - returnedMinor. */
  readonly netMinor: number
}

export type MessageFigures = Omit<MessageSums, 'placement'> & {
  /** Orders placed within 7 days after a click that hold the clicked product, and what it cost there. */
  readonly convertedByClick: number
  readonly convertedMinor: number
}

export type PlacementFigures = OfferFigures & {
  readonly placement: Placement
  readonly messages: MessageFigures
}

export type RelationFigures = OfferFigures & { readonly relation: OfferedRelation }

export type PairingFigures = OfferFigures & {
  readonly placement: Placement
  readonly anchor: string
  readonly product: string
  readonly relation: OfferedRelation
  readonly anchorTitle: string
  readonly productTitle: string
}

/** Mean value of orders that were exposed, as paid, and with their add-ons; and of the orders that were not exposed. */
export type OrderValue = {
  readonly exposedOrders: number
  readonly withoutAddOnsMinor: number | null
  readonly withAddOnsMinor: number | null
  readonly otherOrders: number
  readonly otherMinor: number | null
}

/** One arm of the hold-out over a window after a customer's first trial. */
export type ArmOutcome = { readonly customers: number; readonly eligibleOrders: number }

/** The hold-out's answer: what the offers caused, whatever was accepted. Intervals may be looked at any day. */
export type Caused = {
  readonly windowDays: 30 | 90
  /** Of which share, and of customers met from when until when: as long as it stayed (domain/hold-out-term.ts). */
  readonly term: {
    readonly share: number
    /** `null`: from the beginning. */
    readonly fromMs: number | null
    /** Exclusive; `null`: it still runs. */
    readonly untilMs: number | null
  }
  /** When the first of these customers was met; `null` without any. */
  readonly sinceMs: number | null
  /** Customers whose window is complete. */
  readonly offered: ArmOutcome
  readonly heldOut: ArmOutcome
  /** Are as many held out as were meant to be? */
  readonly sampleRatioPValue: number | null
  readonly sampleRatioAlarm: boolean
  /** Differences per eligible order, offered minus held out. `null` until both arms have 150 customers. */
  readonly perOrder: {
    /** Products that were (or would have been) offered, bought within the window, however. */
    readonly attach: Estimate
    readonly orders: Estimate
    readonly revenueMinor: Estimate
    readonly marginMinor: Estimate
  } | null
  /** Over all eligible orders of the offered arm. */
  readonly revenueMinor: Estimate | null
  readonly marginMinor: Estimate | null
  /** What the ledger attributes to these very orders, net. */
  readonly attributedMinor: number
  /** Caused ÷ attributed: 1 where nothing would have been bought anyway. `null` where nothing is attributed. */
  readonly incrementality: Estimate | null
  /** Where the interval still holds 0: after how many more days it may not, at today's pace; `null`: no telling. */
  readonly moreDays: number | null
}

export type Figures = {
  readonly period: Period
  readonly currency: string
  /** Ledger entries in other currencies, which are in no figure. */
  readonly otherCurrencyEntries: number
  readonly marginShare: number | null
  /** Orders received in the period. */
  readonly orders: number
  /** Orders for which there was something to offer, held out or not. */
  readonly ordersEligible: number
  readonly total: OfferFigures
  readonly messages: MessageFigures
  readonly placements: readonly PlacementFigures[]
  readonly relations: readonly RelationFigures[]
  /** The most exposed first, at most 200. */
  readonly pairings: readonly PairingFigures[]
  readonly orderValue: OrderValue
  readonly holdOutShare: number
  readonly caused: readonly Caused[]
  readonly experiments: readonly RunningVerdict[]
}

// An arm is one add-on that may be offered for one anchor at one placement, in the always-on choice among pairings. What
// became of it (tried, promoted, rested, retired, or brought back) is a log that is only added to; the latest word counts.

import { DAY_MS } from './instant.ts'
import type { OfferedRelation } from './pairing.ts'
import type { Placement } from './placement.ts'

export type ArmPlace = {
  readonly placement: Placement
  readonly anchor: string
  readonly addOn: string
}

/** How often it was shown and taken. Fractions, since old showings are forgotten in part and new ones not yet answered. */
export type ArmRecord = ArmPlace & {
  readonly relation: OfferedRelation
  readonly shown: number
  readonly taken: number
}

/** Of one arm in one week: offers that were seen, and of these the add-ons that were bought and kept. */
export type ArmWeek = ArmRecord & {
  /** Whole weeks before the moment by which all is answered (`answeredMs`); 0 is the latest. */
  readonly weeksAgo: number
}

/**
 * `live`: takes part. `promoted`: the others keep only their floor. `rested`: not offered beside the others for the time
 * being. `retired`: its attach rate fell, and plans leave the pairing out for the time being.
 */
export const armStates = ['live', 'promoted', 'rested', 'retired'] as const
export type ArmState = (typeof armStates)[number]

export type ArmChange = ArmPlace & {
  readonly sequence: number
  readonly state: ArmState
  readonly atMs: number
  readonly source: 'machine' | 'owner'
  /** In a sentence, with the figures. */
  readonly because: string
}

/** What rests or is retired is tried again after so many days; an owner's word of an arm is not touched for as long. */
export const REST_DAYS = 90

export function isRestOver({ atMs }: Pick<ArmChange, 'atMs'>, nowMs: number): boolean {
  return nowMs - atMs >= REST_DAYS * DAY_MS
}

/** The owner's word, of late. */
export function isHeld(said: Pick<ArmChange, 'source' | 'atMs'> | null, nowMs: number): boolean {
  return said?.source === 'owner' && !isRestOver(said, nowMs)
}

/** An offer on the thank-you page runs out within half an hour, and its purchase is driven to its end soon after. */
const OFFER_ANSWERED_MS = 60 * 60_000
/** Most clicks on a message come within days, and what is bought by one within `CLICK_COUNTS_MS` after it. */
const MESSAGE_ANSWERED_MS = 14 * DAY_MS

/** So long after it was shown nobody answers any more. */
export function answeredMs(placement: Placement): number {
  return placement === 'thank-you' ? OFFER_ANSWERED_MS : MESSAGE_ANSWERED_MS
}

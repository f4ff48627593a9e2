// Drives one acceptance on, step by step, until there is nothing to do now. Comes in: the offer's id. Goes out: the row as it
// then stands. Safe to run anywhere, any number of times at once, and to be killed between any two lines: the intention
// of a step is stored before the step, what was heard right after it, by compare and set. Who comes second finds the row
// changed and stops. The lease keeps others from asking the same; nothing depends on it.

import type { Acceptance } from '../domain/acceptance.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { isFinal } from './is-final.ts'
import { isLeased, nextStep } from './next-step.ts'
import type { OfferTerms } from './offer-terms.ts'
import { performStep } from './perform-step.ts'
import { type Heard, transition } from './transition.ts'

/** Longer than any answer is waited for, at most 60 s. */
export const LEASE_MS = 30_000
/** A row that changes more often than this in one go is a bug, and must not spin. */
const STEPS_MAX = 40

export async function driveAcceptance(
  offerId: string,
  effects: AcceptingEffects,
): Promise<Acceptance | null> {
  const { store, clock } = effects
  const [stored, offer] = [await store.getAcceptance(offerId), await store.getOffer(offerId)]
  if (stored === null || offer === null) return stored
  let row = await lease(stored, effects)
  for (let steps = 0; row !== null && steps < STEPS_MAX; steps++) {
    const step = nextStep(row, clock.nowMs())
    if (step === null) return row
    const heard = await performStep(step, row, offer, effects)
    row = await record(row, heard, offer, effects)
  }
  return await store.getAcceptance(offerId)
}

/** What came from outside the driver: an undo, a cancelled order. Stored, unless the row changed meanwhile; then again. */
export async function hear(
  offerId: string,
  heard: Heard,
  effects: AcceptingEffects,
): Promise<Acceptance | null> {
  const { store, clock } = effects
  for (let tries = 0; tries < STEPS_MAX; tries++) {
    const [row, offer] = [await store.getAcceptance(offerId), await store.getOffer(offerId)]
    if (row === null || offer === null) return row
    const moved = transition(row, heard, offer, clock.nowMs())
    if (await store.saveAcceptance(moved.row, moved.entries)) return moved.row
  }
  return await store.getAcceptance(offerId)
}

/** `null` where somebody else drives it, or nothing is due. */
async function lease(row: Acceptance, { store, clock }: AcceptingEffects): Promise<Acceptance | null> {
  const nowMs = clock.nowMs()
  if (isLeased(row, nowMs) || nextStep(row, nowMs) === null) return null
  const leased = { ...row, leaseUntilMs: nowMs + LEASE_MS, version: row.version + 1 }
  return (await store.saveAcceptance(leased, [])) ? leased : null
}

/** `null` where the row changed meanwhile. */
async function record(
  row: Acceptance,
  heard: Heard,
  offer: OfferTerms,
  { store, clock }: AcceptingEffects,
): Promise<Acceptance | null> {
  const nowMs = clock.nowMs()
  const moved = transition(row, heard, offer, nowMs)
  const goesOn = nextStep(moved.row, nowMs) !== null
  const next = { ...moved.row, leaseUntilMs: goesOn ? nowMs + LEASE_MS : 0 }
  return (await store.saveAcceptance(next, moved.entries)) ? next : null
}

/** Has it come as far as the shopper can be told something? */
export function isSettled(row: Acceptance): boolean {
  return isFinal(row.state) || row.state === 'action-required'
}

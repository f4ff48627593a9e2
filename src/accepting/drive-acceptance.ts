// Drives one acceptance on, step by step, until there is nothing to do now. Comes in: the offer's id. Goes out: the row as it
// then stands. Safe to run anywhere, any number of times at once, and to be killed between any two lines: the intention
// of a step is stored before the step, what was heard right after it, by compare and set. Who comes second finds the row
// changed and stops. The lease keeps others from asking the same; nothing depends on it.

import type { Acceptance } from '../domain/acceptance.ts'
import { isLeased } from '../domain/acceptance-due.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { isFinal } from './is-final.ts'
import { mailOfNews } from './mail-of-news.ts'
import { nextStep } from './next-step.ts'
import type { OfferTerms } from './offer-terms.ts'
import { performStep } from './perform-step.ts'
import { type Heard, transition } from './transition.ts'

/** Longer than any answer is waited for, at most 60 s. */
export const LEASE_MS = 30_000
/** A row that changes more often than this in one go is a bug, and must not spin. */
const STEPS_MAX = 40
/** Each time somebody else was faster and brought the row on; nothing has so many who come at once. */
const LOST_MAX = 40

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
  for (let lost = 0; lost < LOST_MAX; lost++) {
    const [row, offer] = [await store.getAcceptance(offerId), await store.getOffer(offerId)]
    if (row === null || offer === null) return row
    const nowMs = clock.nowMs()
    const moved = transition(row, heard, offer, nowMs)
    const mails = await mailOfNews(row, moved.row, nowMs, effects)
    if (await store.saveAcceptance(moved.row, moved.entries, mails)) return moved.row
  }
  // What was said must not get lost without a word: a message is looked at again, a shopper clicks again.
  throw new Error(`Acceptance ${offerId} changed ${LOST_MAX} times while it was told of ${heard.kind}`)
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
  effects: AcceptingEffects,
): Promise<Acceptance | null> {
  const nowMs = effects.clock.nowMs()
  const moved = transition(row, heard, offer, nowMs)
  const goesOn = nextStep(moved.row, nowMs) !== null
  const next = { ...moved.row, leaseUntilMs: goesOn ? nowMs + LEASE_MS : 0 }
  const mails = await mailOfNews(row, next, nowMs, effects)
  return (await effects.store.saveAcceptance(next, moved.entries, mails)) ? next : null
}

/** Has it come as far as the shopper can be told something? */
export function isSettled(row: Acceptance): boolean {
  return isFinal(row.state) || row.state === 'action-required'
}

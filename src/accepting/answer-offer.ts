// What a shopper can do with an offer: see it, accept it, say no, take it back. Comes in: the token, and nothing else that
// counts. Goes out: the offer and what became of it, never an exception for what can be expected. A click is stored
// before anything is asked of the provider; who clicks again, or in another tab, gets what became of the first click.

import type { Acceptance } from '../domain/acceptance.ts'
import { isDue, isLeased } from '../domain/acceptance-due.ts'
import { AppError } from '../domain/errors.ts'
import { undoUntilMs } from '../domain/undo-until.ts'
import type { StoredOffer } from '../ports/offer-store.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { driveAcceptance, hear, isSettled } from './drive-acceptance.ts'
import { isFinal } from './is-final.ts'
import { issueReplacement } from './issue-offers.ts'
import { mailedAs } from './mail-of-news.ts'
import { offerEntry } from './offer-entry.ts'
import { PATIENCE_MS } from './patience.ts'
import { hasTooManyDeclines } from './too-many-declines.ts'

export type OfferAnswer = {
  readonly offer: StoredOffer
  readonly acceptance: Acceptance | null
  /** The offer at the new price, where the price changed. */
  readonly replacement: StoredOffer | null
  /** It is under way, and its shopper will be written to when it has ended. */
  readonly willMail: boolean
}

const LOOK_MS = 25
/** New acceptances of one order in a minute, whichever server is asked: who tries cards is not helped (threat T17). */
const CLICKS_PER_ORDER_MAX = 5

/** The offer that the token names; AppError `offer-unknown` where it names none. */
export async function readOffer(token: string, { tokens, store }: AcceptingEffects): Promise<StoredOffer> {
  const claims = tokens.read(token)
  const offer = claims === null ? null : await store.getOffer(claims.offerId)
  // The signature vouches for the terms; that they are those of the stored offer costs nothing to make sure.
  const isSame =
    offer !== null &&
    claims?.orderId === offer.orderId &&
    claims.totalMinor === offer.quote.totalMinor &&
    claims.currency === offer.quote.currency &&
    claims.expiresAtMs === offer.expiresAtMs
  if (isSame) return offer
  throw new AppError('offer-unknown', 'This offer is not known; reload the page to see what there is.')
}

export async function seeOffer(token: string, effects: AcceptingEffects): Promise<OfferAnswer> {
  return await lookAtOffer(await readOffer(token, effects), effects)
}

/** The same, for who has just read it. */
export async function lookAtOffer(offer: StoredOffer, effects: AcceptingEffects): Promise<OfferAnswer> {
  const acceptance = await effects.store.getAcceptance(offer.id)
  // The shopper comes back from the bank: the payment is looked at now, not when its turn comes.
  if (acceptance?.state === 'action-required') return await lookAtBank(offer, acceptance, effects)
  return await answer(offer, acceptance, effects)
}

export async function acceptOffer(token: string, effects: AcceptingEffects): Promise<OfferAnswer> {
  const offer = await readOffer(token, effects)
  const nowMs = effects.clock.nowMs()
  const known = await effects.store.getAcceptance(offer.id)
  if (known === null) {
    if (!(await mayBeAccepted(offer, nowMs, effects))) return await answer(offer, null, effects)
    await effects.store.openAcceptance(firstRow(offer, nowMs), offerEntry(offer, 'accepted', nowMs))
  }
  return await answer(offer, await driveWithPatience(offer.id, effects), effects)
}

export async function declineOffer(token: string, effects: AcceptingEffects): Promise<OfferAnswer> {
  const offer = await readOffer(token, effects)
  const acceptance = await effects.store.getAcceptance(offer.id)
  if (acceptance !== null) return await answer(offer, acceptance, effects)
  const nowMs = effects.clock.nowMs()
  await effects.store.dismissOffer(
    offer.id,
    nowMs,
    offerEntry(offer, 'declined', nowMs, 'by-shopper', 'by-shopper'),
  )
  return await answer({ ...offer, dismissedAtMs: offer.dismissedAtMs ?? nowMs }, null, effects)
}

/** Until the time for it has passed, or the parcel is packed; then what was bought stays bought. */
export async function undoOffer(token: string, effects: AcceptingEffects): Promise<OfferAnswer> {
  const offer = await readOffer(token, effects)
  const acceptance = await effects.store.getAcceptance(offer.id)
  if (acceptance === null || !canUndo(acceptance, effects.clock.nowMs(), effects)) {
    return await answer(offer, acceptance, effects)
  }
  await hear(offer.id, { kind: 'undo' }, effects)
  return await answer(offer, await driveWithPatience(offer.id, effects), effects)
}

/** The offer was seen. The first time counts. */
export async function exposeOffer(token: string, effects: AcceptingEffects): Promise<void> {
  const offer = await readOffer(token, effects)
  await effects.store.addToLedger([offerEntry(offer, 'exposed', effects.clock.nowMs())])
}

function canUndo(acceptance: Acceptance, nowMs: number, { settings }: AcceptingEffects): boolean {
  const untilMs = undoUntilMs(acceptance, settings.undoMinutes)
  return untilMs !== null && nowMs < untilMs
}

async function mayBeAccepted(
  offer: StoredOffer,
  nowMs: number,
  { store }: AcceptingEffects,
): Promise<boolean> {
  if (!offer.oneClick.allowed || nowMs >= offer.expiresAtMs) return false
  if ((await store.replacementOf(offer.id)) !== null) return false
  const before = await store.listAcceptances(offer.orderId)
  if (before.filter(({ acceptedAtMs }) => acceptedAtMs > nowMs - 60_000).length >= CLICKS_PER_ORDER_MAX) {
    throw new AppError('too-many-requests', 'That was often for one order; try again in a minute.')
  }
  return !hasTooManyDeclines(before)
}

function firstRow(offer: StoredOffer, nowMs: number): Acceptance {
  return {
    offerId: offer.id,
    orderId: offer.orderId,
    amountMinor: offer.quote.totalMinor,
    currency: offer.quote.currency,
    state: 'new',
    ...{ goal: null, reason: null, paymentId: null, action: null },
    consentVersion: offer.consentVersion,
    ...{ capturedMinor: 0, refundedMinor: 0, hasLine: false },
    ...{ version: 1, leaseUntilMs: 0, dueAtMs: nowMs, tries: 0, auditsLeft: 0 },
    acceptedAtMs: nowMs,
    finishedAtMs: null,
  }
}

/** Drives it, or waits for whoever does; at the end of the patience it goes on without the shopper. */
async function driveWithPatience(offerId: string, effects: AcceptingEffects): Promise<Acceptance | null> {
  const { store, clock, pause } = effects
  const settled = await pause.race(PATIENCE_MS, async (isOver) => {
    let row = await driveAcceptance(offerId, effects)
    while (row !== null && !isSettled(row) && !isOver()) {
      await pause.sleep(LOOK_MS)
      const isFree = !isLeased(row, clock.nowMs()) && isDue(row, clock.nowMs())
      row = isFree ? await driveAcceptance(offerId, effects) : await store.getAcceptance(offerId)
    }
    return row
  })
  return settled ?? (await store.getAcceptance(offerId))
}

async function lookAtBank(
  offer: StoredOffer,
  acceptance: Acceptance,
  effects: AcceptingEffects,
): Promise<OfferAnswer> {
  const nowMs = effects.clock.nowMs()
  if (!isLeased(acceptance, nowMs) && !isDue(acceptance, nowMs)) {
    await effects.store.saveAcceptance({ ...acceptance, dueAtMs: nowMs, version: acceptance.version + 1 }, [])
  }
  return await answer(offer, await driveWithPatience(offer.id, effects), effects)
}

async function answer(
  offer: StoredOffer,
  acceptance: Acceptance | null,
  effects: AcceptingEffects,
): Promise<OfferAnswer> {
  const isAnotherPrice = acceptance?.state === 'rejected' && acceptance.reason === 'price-changed'
  const replacement = isAnotherPrice
    ? await issueReplacement(offer, effects)
    : await effects.store.replacementOf(offer.id)
  const isUnderWay = acceptance !== null && !isFinal(acceptance.state)
  const willMail = isUnderWay && (await mailedAs(offer.orderId, effects)) !== null
  return { offer, acceptance, replacement, willMail }
}

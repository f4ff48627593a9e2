// The acceptance as a state machine: a row and what was heard → the row after it and what the ledger notes. Pure; the
// caller writes both in one transaction, by compare and set on the row's version. Every answer may come twice, late, or to
// a second driver: what is not news leaves the state as it is.
//
//   new → ready → confirming ─→ authorised → line-added → completed
//                   │  ↕ action-required       │ capture refused
//                   │ no        └ 15 min       └→ unlining → voiding → void
//                   └→ voiding → declined | rejected | expired | void
//   a method without reservation: confirming → captured → completed, or refunding → refunded
//   completed → unlining → refunding → undone (by the shopper), completed → reversed (refunded by the shop)

import type { Acceptance, AcceptanceReason, FinalState } from '../domain/acceptance.ts'
import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import type { PaymentRefusal, PaymentState } from '../ports/payment.ts'
import type { AddLineAnswer, RemoveLineAnswer } from '../ports/shop.ts'
import { offerEntry } from './offer-entry.ts'
import type { OfferTerms } from './offer-terms.ts'

/** What the second look at price, stock and order said, right before money is asked for. */
export type CheckAnswer =
  | { readonly kind: 'as-shown' }
  | { readonly kind: 'not-any-more'; readonly reason: AcceptanceReason }

export type AuditFinding = {
  /** The payment as it stands after the audit did what it could; `null` where there never was one. */
  readonly payment: PaymentState | null
  /** The order holds the line after the audit did what it could. */
  readonly hasLine: boolean
  /** The audit took the line out. */
  readonly tookLineOut: boolean
}

export type Heard =
  | { readonly kind: 'payment'; readonly payment: PaymentState | PaymentRefusal }
  | { readonly kind: 'checked'; readonly answer: CheckAnswer }
  | { readonly kind: 'line'; readonly answer: AddLineAnswer }
  | { readonly kind: 'line-removed'; readonly answer: RemoveLineAnswer }
  | { readonly kind: 'audited'; readonly finding: AuditFinding }
  /** Nobody answered, or not clearly. */
  | { readonly kind: 'silence'; readonly from: 'provider' | 'shop' }
  | { readonly kind: 'ran-out' }
  | { readonly kind: 'gave-up' }
  | { readonly kind: 'undo' }
  /** The shop says that the order was cancelled. */
  | { readonly kind: 'order-cancelled' }

export type Moved = { readonly row: Acceptance; readonly entries: readonly LedgerEntry[] }

const AUDIT_FIRST_MS = 15 * 60_000
const AUDIT_SECOND_MS = 24 * 3_600_000
/** Waits between tries: 1, 2, 4, … seconds, at most this. */
const RETRY_MAX_MS = 30_000
/** The shopper is with their bank: the bank's own message comes first, asking is the fallback. */
const ASK_BANK_MS = 10_000

/** The row after what was heard, with its version counted on; the lease is the driver's matter. */
export function transition(row: Acceptance, heard: Heard, offer: OfferTerms, nowMs: number): Moved {
  const moved = move(row, heard, offer, nowMs)
  return { row: { ...moved.row, version: row.version + 1 }, entries: moved.entries }
}

function move(row: Acceptance, heard: Heard, offer: OfferTerms, nowMs: number): Moved {
  switch (heard.kind) {
    case 'silence':
      return stay(row, nowMs)
    case 'ran-out':
      return giveBack(row, 'expired', row.tries > 0 ? 'provider-down' : 'expired', offer, nowMs)
    case 'gave-up':
      return finish(row, 'needs-attention', 'too-old', offer, nowMs)
    case 'undo':
      return row.state === 'completed'
        ? go({ ...row, goal: 'undone', reason: 'undone-by-shopper' }, 'unlining', nowMs)
        : same(row)
    case 'order-cancelled':
      return orderCancelled(row, offer, nowMs)
    case 'checked':
      if (row.state !== 'ready') return same(row)
      if (heard.answer.kind === 'as-shown') return go(row, 'confirming', nowMs)
      return giveBack(row, 'rejected', heard.answer.reason, offer, nowMs)
    case 'payment':
      return paymentHeard(row, heard.payment, offer, nowMs)
    case 'line':
      return lineHeard(row, heard.answer, offer, nowMs)
    case 'line-removed':
      return removalHeard(row, heard.answer, offer, nowMs)
    case 'audited':
      return audited(row, heard.finding, offer, nowMs)
  }
}

function paymentHeard(
  row: Acceptance,
  payment: PaymentState | PaymentRefusal,
  offer: OfferTerms,
  nowMs: number,
): Moved {
  if (payment.kind === 'refused') {
    return row.state === 'new' ? finish(row, 'rejected', 'payment-refused', offer, nowMs) : stay(row, nowMs)
  }
  switch (row.state) {
    case 'new':
      // An answer that has gone further already is heard again by `confirming`, which asks before it does anything.
      return go({ ...row, paymentId: payment.id }, 'ready', nowMs)
    case 'confirming':
    case 'action-required':
      return confirmationHeard(row, payment, offer, nowMs)
    case 'line-added':
      return captureHeard(row, payment, offer, nowMs)
    case 'voiding':
      return cancellationHeard(row, payment, offer, nowMs)
    case 'refunding':
      return refundHeard(row, payment, offer, nowMs)
    case 'completed':
    case 'undone':
    case 'refunded':
      return refundedElsewhere(row, payment, offer, nowMs)
    default:
      return same(row)
  }
}

function confirmationHeard(row: Acceptance, payment: PaymentState, offer: OfferTerms, nowMs: number): Moved {
  switch (payment.kind) {
    case 'unconfirmed':
    case 'processing':
      return stay(row, nowMs)
    case 'action-required': {
      const action = { url: payment.url, clientSecret: payment.clientSecret }
      return keep({ ...row, state: 'action-required', action, dueAtMs: nowMs + ASK_BANK_MS, tries: 0 })
    }
    case 'authorised':
      if (!isAsShown(row, payment)) return giveBack(row, 'needs-attention', 'payment-refused', offer, nowMs)
      return go({ ...row, action: null }, 'authorised', nowMs)
    case 'captured':
      return tookMoney({ ...row, action: null }, payment, offer, nowMs)
    case 'declined': {
      const reason = payment.because === 'bank' ? 'declined-by-bank' : 'authentication-failed'
      return giveBack(row, 'declined', reason, offer, nowMs)
    }
    case 'cancelled':
      return finish(row, 'expired', 'expired', offer, nowMs)
  }
}

/** Money was taken before the line stands: the line comes next, or the money goes back. */
function tookMoney(
  row: Acceptance,
  payment: PaymentState & { readonly kind: 'captured' },
  offer: OfferTerms,
  nowMs: number,
): Moved {
  const charged = { ...row, capturedMinor: payment.amountMinor }
  const entries = [charge(charged, offer, nowMs)]
  if (!isAsShown(row, payment)) return { row: toRefund(charged, 'refunded', nowMs), entries }
  return { row: go(charged, 'captured', nowMs).row, entries }
}

function lineHeard(row: Acceptance, answer: AddLineAnswer, offer: OfferTerms, nowMs: number): Moved {
  if (row.state !== 'authorised' && row.state !== 'captured') return same(row)
  if (answer.kind === 'added') {
    const added = { ...row, hasLine: true }
    const entry = note(row, 'line-added', offer, nowMs)
    if (row.state === 'authorised') return { row: go(added, 'line-added', nowMs).row, entries: [entry] }
    const done = finish(added, 'completed', null, offer, nowMs)
    return { row: done.row, entries: [entry, ...done.entries] }
  }
  const reason = answer.kind === 'refused' ? 'shop-refused' : answer.kind
  if (row.state === 'captured') return keep(toRefund({ ...row, reason }, 'refunded', nowMs))
  return giveBack(row, 'void', reason, offer, nowMs)
}

function captureHeard(row: Acceptance, payment: PaymentState, offer: OfferTerms, nowMs: number): Moved {
  switch (payment.kind) {
    case 'captured': {
      const charged = { ...row, capturedMinor: payment.amountMinor }
      const entries = [charge(charged, offer, nowMs)]
      // Another sum than was shown is never kept: the line goes, and all the money with it.
      const done = isAsShown(row, payment)
        ? finish(charged, 'completed', null, offer, nowMs)
        : go({ ...charged, goal: 'refunded', reason: 'payment-refused' }, 'unlining', nowMs)
      return { row: done.row, entries: [...entries, ...done.entries] }
    }
    case 'declined':
    case 'cancelled':
      return go({ ...row, goal: 'void', reason: 'capture-refused' }, 'unlining', nowMs)
    default:
      // Not yet, or an answer of long ago that came late.
      return stay(row, nowMs)
  }
}

function removalHeard(row: Acceptance, answer: RemoveLineAnswer, offer: OfferTerms, nowMs: number): Moved {
  if (row.state !== 'unlining') return same(row)
  if (answer.kind === 'shipped') {
    // Taken back too late: it is on its way and paid. Unpaid and on its way is a matter for a person.
    if (row.goal === 'undone')
      return keep({ ...row, state: 'completed', goal: null, reason: 'order-closed', dueAtMs: null, tries: 0 })
    // Paid with another sum than was shown, and on its way, is as well; its reason stays.
    const isPaid = row.capturedMinor > row.refundedMinor
    const entries = isPaid ? [] : [note(row, 'unpaid', offer, nowMs, 'sent before it was paid')]
    const stopped = finish(row, 'needs-attention', row.reason, offer, nowMs)
    return { row: stopped.row, entries: [...entries, ...stopped.entries] }
  }
  const without = { ...row, hasLine: false }
  const entries = row.hasLine ? [note(row, 'line-removed', offer, nowMs)] : []
  if (row.capturedMinor === 0) entries.push(note(row, 'unpaid', offer, nowMs))
  const next = row.capturedMinor > row.refundedMinor ? 'refunding' : 'voiding'
  return { row: go(without, next, nowMs).row, entries }
}

function cancellationHeard(row: Acceptance, payment: PaymentState, offer: OfferTerms, nowMs: number): Moved {
  if (payment.kind === 'cancelled') return finish(row, row.goal ?? 'void', row.reason, offer, nowMs)
  if (payment.kind !== 'captured') return stay(row, nowMs)
  // The bank was faster than we. In time's sake only: the shopper wanted it, so it goes on. Otherwise the money goes back.
  if (row.goal === 'expired') return tookMoney({ ...row, goal: null, reason: null }, payment, offer, nowMs)
  const charged = { ...row, capturedMinor: payment.amountMinor }
  return { row: toRefund(charged, 'refunded', nowMs), entries: [charge(charged, offer, nowMs)] }
}

function refundHeard(row: Acceptance, payment: PaymentState, offer: OfferTerms, nowMs: number): Moved {
  if (payment.kind !== 'captured' || payment.refundedMinor < payment.amountMinor) return stay(row, nowMs)
  const refunded = { ...row, refundedMinor: payment.refundedMinor }
  const done = finish(refunded, row.goal ?? 'refunded', row.reason, offer, nowMs)
  return { row: done.row, entries: [refund(row, payment.refundedMinor, offer, nowMs), ...done.entries] }
}

/** The shop gave money back at the provider itself. */
function refundedElsewhere(row: Acceptance, payment: PaymentState, offer: OfferTerms, nowMs: number): Moved {
  if (payment.kind !== 'captured' || payment.refundedMinor <= row.refundedMinor) return same(row)
  const refunded = { ...row, refundedMinor: payment.refundedMinor }
  const entries = [refund(row, payment.refundedMinor, offer, nowMs)]
  const isWhole = row.state === 'completed' && payment.refundedMinor >= payment.amountMinor
  if (!isWhole) return { row: refunded, entries }
  return { row: { ...refunded, state: 'reversed', reason: 'refunded-by-shop', dueAtMs: null }, entries }
}

function orderCancelled(row: Acceptance, offer: OfferTerms, nowMs: number): Moved {
  switch (row.state) {
    case 'line-added':
      return go({ ...row, goal: 'void', reason: 'order-cancelled' }, 'unlining', nowMs)
    case 'new':
    case 'ready':
    case 'confirming':
    case 'action-required':
    case 'authorised':
      return giveBack(row, 'void', 'order-cancelled', offer, nowMs)
    case 'captured':
      return keep(toRefund({ ...row, reason: 'order-cancelled' }, 'refunded', nowMs))
    default:
      return same(row)
  }
}

/**
 * Long after the end: was a late call heard after all? What is left over was taken out and given back by the audit. Where
 * the money and the line both stand, they agree, and the row says so.
 */
function audited(row: Acceptance, finding: AuditFinding, offer: OfferTerms, nowMs: number): Moved {
  const { payment, hasLine, tookLineOut } = finding
  const entries: LedgerEntry[] = []
  let next: Acceptance = { ...row, hasLine }
  if (payment?.kind === 'captured') {
    if (row.capturedMinor === 0) {
      next = { ...next, capturedMinor: payment.amountMinor }
      entries.push(charge(next, offer, nowMs))
    }
    if (payment.refundedMinor > row.refundedMinor) {
      entries.push(refund(row, payment.refundedMinor, offer, nowMs))
      next = { ...next, refundedMinor: payment.refundedMinor }
    }
  }
  if (tookLineOut) entries.push(note(row, 'line-removed', offer, nowMs, `audit ${row.auditsLeft}`))
  const isPaid = next.capturedMinor > next.refundedMinor
  if (hasLine && isPaid && payment?.kind === 'captured' && isAsShown(row, payment)) {
    if (!row.hasLine) entries.push(note(row, 'line-added', offer, nowMs))
    const done = finish(next, 'completed', null, offer, nowMs)
    return { row: done.row, entries: [...entries, ...done.entries] }
  }
  if (hasLine && !isPaid) entries.push(note(row, 'unpaid', offer, nowMs, 'sent before it was paid'))
  const auditsLeft = row.auditsLeft - 1
  const dueAtMs = auditsLeft > 0 ? (row.finishedAtMs ?? nowMs) + AUDIT_SECOND_MS : null
  const state = hasLine ? 'needs-attention' : next.state
  return { row: { ...next, state, auditsLeft, dueAtMs, tries: 0 }, entries }
}

/** Whatever was reserved is given back, then it ends in `goal`. Without a payment there is nothing to give back. */
function giveBack(
  row: Acceptance,
  goal: FinalState,
  reason: AcceptanceReason,
  offer: OfferTerms,
  nowMs: number,
): Moved {
  if (row.paymentId === null) return finish(row, goal, reason, offer, nowMs)
  return go({ ...row, goal, reason, action: null }, 'voiding', nowMs)
}

function finish(
  row: Acceptance,
  state: FinalState,
  reason: AcceptanceReason | null,
  offer: OfferTerms,
  nowMs: number,
): Moved {
  const isDone = state === 'completed'
  const finished: Acceptance = {
    ...row,
    state,
    reason,
    // A person, and the audit, must know that the shopper wanted it back.
    goal: state === 'needs-attention' && row.goal === 'undone' ? 'undone' : null,
    action: null,
    tries: 0,
    finishedAtMs: nowMs,
    auditsLeft: isDone ? 0 : 2,
    dueAtMs: isDone ? null : nowMs + AUDIT_FIRST_MS,
  }
  const kind = finalNotes[state]
  return { row: finished, entries: kind === null ? [] : [note(row, kind, offer, nowMs, reason)] }
}

const finalNotes: Readonly<Record<FinalState, LedgerKind | null>> = {
  completed: 'completed',
  declined: 'declined',
  undone: 'undone',
  'needs-attention': 'needs-attention',
  rejected: 'not-charged',
  void: 'not-charged',
  expired: 'not-charged',
  refunded: 'not-charged',
  reversed: null,
}

function toRefund(row: Acceptance, goal: FinalState, nowMs: number): Acceptance {
  return { ...row, state: 'refunding', goal, dueAtMs: nowMs, tries: 0 }
}

function go(row: Acceptance, state: Acceptance['state'], nowMs: number): Moved {
  return keep({ ...row, state, dueAtMs: nowMs, tries: 0 })
}

/** Tried without news: later again. */
function stay(row: Acceptance, nowMs: number): Moved {
  const waitMs = Math.min(RETRY_MAX_MS, 1000 * 2 ** Math.min(row.tries, 10))
  return keep({ ...row, tries: row.tries + 1, dueAtMs: nowMs + waitMs })
}

/** Heard, and no news: the state stands. */
function same(row: Acceptance): Moved {
  return keep(row)
}

function keep(row: Acceptance): Moved {
  return { row, entries: [] }
}

function isAsShown(
  row: Acceptance,
  paid: { readonly amountMinor: number; readonly currency: string },
): boolean {
  return paid.amountMinor === row.amountMinor && paid.currency === row.currency
}

function charge(row: Acceptance, offer: OfferTerms, nowMs: number): LedgerEntry {
  return { ...note(row, 'charged', offer, nowMs), amountMinor: row.capturedMinor }
}

/** From what the row knew to what was heard: a partial refund is an entry, and the next one another. */
function refund(row: Acceptance, refundedMinor: number, offer: OfferTerms, nowMs: number): LedgerEntry {
  const entry = note(row, 'refunded', offer, nowMs, String(refundedMinor))
  return { ...entry, amountMinor: row.refundedMinor - refundedMinor }
}

function note(
  row: Acceptance,
  kind: LedgerKind,
  offer: OfferTerms,
  nowMs: number,
  detail: string | null = null,
): LedgerEntry {
  // A line may come and go more than once; a charge, a completion, a refund up to an amount happen once.
  const occasion = repeats.has(kind) ? row.version : kind === 'refunded' ? (detail ?? '') : ''
  return offerEntry(offer, kind, nowMs, detail, occasion)
}

const repeats: ReadonlySet<LedgerKind> = new Set(['line-added', 'line-removed', 'unpaid', 'needs-attention'])

// What is to be done next for an acceptance. Comes in: its row and the time. Goes out: one step to take now, or how long
// to wait. Pure: who drives and what answered is not asked here.

import { type Acceptance, AHEAD_MAX_MS, type OpenState } from '../domain/acceptance.ts'
import { isFinal } from './is-final.ts'

/** The provider is asked, the shop is asked, or the row moves on by itself. */
export type Step =
  | { readonly kind: 'create-payment' }
  | { readonly kind: 'check-again' }
  | { readonly kind: 'confirm-payment' }
  | { readonly kind: 'read-payment' }
  | { readonly kind: 'add-line' }
  | { readonly kind: 'capture-payment' }
  | { readonly kind: 'remove-line' }
  | { readonly kind: 'cancel-payment' }
  | { readonly kind: 'refund-payment' }
  | { readonly kind: 'audit' }
  /** Not authorised in time: nothing will be charged. */
  | { readonly kind: 'run-out' }
  /** Open for a day: a person is asked. */
  | { readonly kind: 'give-up' }

/** Reliability: not authorised 15 minutes after the click is given up, whoever kept it waiting. */
export const AUTHORISE_MS = 15 * 60_000
/** Nothing stays open longer than this. */
export const OPEN_MS = 24 * 3_600_000

const stepOf: Readonly<Record<OpenState, Step['kind']>> = {
  new: 'create-payment',
  ready: 'check-again',
  confirming: 'confirm-payment',
  'action-required': 'read-payment',
  authorised: 'add-line',
  captured: 'add-line',
  'line-added': 'capture-payment',
  unlining: 'remove-line',
  voiding: 'cancel-payment',
  refunding: 'refund-payment',
}

const unauthorised: ReadonlySet<string> = new Set(['new', 'ready', 'confirming', 'action-required'])

/** `null` where nothing is due yet. */
export function nextStep(row: Acceptance, nowMs: number): Step | null {
  if (isFinal(row.state)) return row.auditsLeft > 0 && isDue(row, nowMs) ? { kind: 'audit' } : null
  if (nowMs >= openSince(row) + OPEN_MS) return { kind: 'give-up' }
  if (unauthorised.has(row.state) && nowMs >= row.acceptedAtMs + AUTHORISE_MS) return { kind: 'run-out' }
  if (!isDue(row, nowMs)) return null
  return { kind: stepOf[row.state as OpenState] }
}

/** Taking it back starts after it was completed, and has a day of its own. */
function openSince(row: Acceptance): number {
  return row.goal === 'undone' ? (row.finishedAtMs ?? row.acceptedAtMs) : row.acceptedAtMs
}

function isDue(row: Acceptance, nowMs: number): boolean {
  if (row.dueAtMs === null || row.dueAtMs <= nowMs) return row.dueAtMs !== null
  return !isFinal(row.state) && row.dueAtMs > nowMs + AHEAD_MAX_MS
}

/** Somebody else drives it at the moment. */
export function isLeased({ leaseUntilMs }: Acceptance, nowMs: number): boolean {
  return leaseUntilMs > nowMs && leaseUntilMs <= nowMs + AHEAD_MAX_MS
}

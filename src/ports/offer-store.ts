// The part of the store that one click stands on: saved methods, offers, acceptances, the ledger and the inbox of
// webhooks. As everywhere in the store, what has resolved survives `kill -9`. Entries of the ledger are written in the same
// transaction as what they tell of, and a key is written once.

import type { Acceptance } from '../domain/acceptance.ts'
import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import type { Message } from '../domain/message.ts'
import type { Offer } from '../domain/offer.ts'
import type { SavedMethod } from '../domain/saved-method.ts'

export type StoredOffer = Offer & {
  /** When the shopper said no; `null` where they did not. */
  readonly dismissedAtMs: number | null
}

export type LedgerFilter = {
  readonly orderId?: string | undefined
  readonly offerId?: string | undefined
  readonly kind?: LedgerKind | undefined
  readonly fromMs?: number | undefined
  /** Exclusive. */
  readonly toMs?: number | undefined
  readonly limit: number
}

/** Something to look at again, since a provider or the shop said that it changed. */
export type InboxMessage = {
  /** The sender's id of the event, with the sender's name before it: the same is taken once. */
  readonly id: string
  readonly topic: 'payment' | 'order'
  /** The payment's or the order's id. */
  readonly subject: string
  readonly receivedAtMs: number
}

export type OfferStore = {
  /** The first one counts. */
  putSavedMethod(orderId: string, method: SavedMethod, receivedAtMs: number): Promise<void>
  getSavedMethod(orderId: string): Promise<SavedMethod | null>

  /** Stores the offer unless its slot (order, placement, product, what it replaces) is taken; returns the one stored. */
  putOffer(offer: Offer, issued: LedgerEntry): Promise<StoredOffer>
  getOffer(offerId: string): Promise<StoredOffer | null>
  /** Oldest first. */
  listOffers(orderId: string): Promise<StoredOffer[]>
  replacementOf(offerId: string): Promise<StoredOffer | null>
  /** The shopper said no; the first time counts. */
  dismissOffer(offerId: string, atMs: number, entry: LedgerEntry): Promise<void>

  /** Stores the acceptance unless the offer has one; returns the one stored. */
  openAcceptance(first: Acceptance, accepted: LedgerEntry): Promise<Acceptance>
  getAcceptance(offerId: string): Promise<Acceptance | null>
  findAcceptance(paymentId: string): Promise<Acceptance | null>
  listAcceptances(orderId: string): Promise<Acceptance[]>
  /**
   * Compare and set: written only where the stored version is the one before `next.version`. False where it is not. The
   * mails that tell of the change are scheduled in the same transaction; each becomes the next step of its flow and order.
   */
  saveAcceptance(
    next: Acceptance,
    entries: readonly LedgerEntry[],
    mails?: readonly Message[],
  ): Promise<boolean>
  /**
   * Due, and driven by nobody else, as acceptance-due.ts says; the longest due first. Only whose: one that cannot be read
   * must not hide the others.
   */
  dueAcceptances(nowMs: number, limit: number): Promise<{ readonly offerId: string }[]>
  /** Of the acceptances opened since: how many there are, and how many the bank declined. */
  countAcceptances(sinceMs: number): Promise<{ readonly opened: number; readonly declined: number }>

  addToLedger(entries: readonly LedgerEntry[]): Promise<void>
  /** Oldest first. */
  readLedger(filter: LedgerFilter): Promise<LedgerEntry[]>

  /** False where it is known already. */
  takeMessage(message: InboxMessage): Promise<boolean>
  dueMessages(nowMs: number, limit: number): Promise<InboxMessage[]>
  /** Done, or to be looked at again then. */
  settleMessage(
    id: string,
    outcome: { readonly doneAtMs: number } | { readonly againAtMs: number },
  ): Promise<void>
}

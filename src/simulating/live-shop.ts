// A shop that has been live, with planted truth: what its customers do when something is offered to them, and what they
// would have done anyway. Comes in: how many, how they behave, baskets of the history, a seeded random. Goes out: customers,
// each with all chances drawn before it is known who is held out, so that both arms are the same people; then, once a
// customer was decided for, what became of them: entries of the ledger, later orders, and what of it was caused. Whoever
// wants the add-on anyway buys it alone in a later order, at the same price, unless they have it by then. Nothing can go wrong.

import { DAY_MS } from '../domain/instant.ts'
import type { LedgerEntry, LedgerKind } from '../domain/ledger.ts'
import type { Order, OrderLine } from '../domain/order.ts'
import type { OfferedRelation } from '../domain/pairing.ts'
import type { Random } from '../stats/seeded-random.ts'
import { between, pickOne, wholeBetween } from './draws.ts'

export type LiveSettings = {
  readonly customers: number
  readonly days: number
  /** The last moment. */
  readonly untilMs: number
  readonly currency: string
  /** Accepted offers ÷ orders that saw one, in [0, 1]. */
  readonly attachRate: number
  /** Of those who accept, this share would have bought the add-on within 30 days without an offer, in [0, 1]. */
  readonly boughtAnyway: number
}

export const defaultLive: Omit<LiveSettings, 'untilMs' | 'currency'> = {
  customers: 24_000,
  days: 26 * 7,
  attachRate: 0.18,
  boughtAnyway: 0.5,
}

const SEEN_SHARE = 0.85
/** Of those who see an offer and do not accept it. */
const DISMISSED_SHARE = 0.3
/** Of those who accept. */
const fates = [
  { fate: 'declined-by-bank', share: 0.02 },
  { fate: 'undone', share: 0.02 },
  { fate: 'refunded', share: 0.03 },
] as const
/** Come back for something small that has nothing to do with the offer. */
const OTHER_ORDER_SHARE = 0.05
/** Of those who saw an offer and left it. */
const FOLLOWED_UP_SHARE = 0.5
const CLICKED_SHARE = 0.04
const UNSUBSCRIBED_SHARE = 0.006
const FOLLOW_UP_DAYS = 7

type Fate = (typeof fates)[number]['fate'] | 'kept'

export type LiveCustomer = {
  readonly order: Order & { readonly customerId: string }
  readonly sees: boolean
  readonly accepts: boolean
  readonly wantsAnyway: boolean
  readonly fate: Fate
  readonly dismisses: boolean
  readonly anywayAfterMs: number
  readonly otherOrder: { readonly afterMs: number; readonly lines: readonly OrderLine[] } | null
  readonly message: { readonly clicked: boolean; readonly unsubscribed: boolean } | null
}

export function drawLiveCustomer(
  number: number,
  settings: LiveSettings,
  baskets: readonly (readonly OrderLine[])[],
  effects: { readonly random: Random; readonly hashCustomer: (id: string) => string | null },
): LiveCustomer {
  const { random, hashCustomer } = effects
  const fromMs = settings.untilMs - settings.days * DAY_MS
  const name = `L${1_000_001 + number}`
  const chance = (share: number): boolean => random() < share
  return {
    order: {
      id: `live-${number + 1}`,
      customerId: hashCustomer(name) ?? name,
      placedAtMs: Math.floor(between(random, fromMs, settings.untilMs)),
      currency: settings.currency,
      lines: pickOne(random, baskets),
    },
    sees: chance(SEEN_SHARE),
    accepts: chance(settings.attachRate),
    wantsAnyway: chance(settings.boughtAnyway),
    fate: drawFate(random()),
    dismisses: chance(DISMISSED_SHARE),
    anywayAfterMs: Math.floor(between(random, 3, 28) * DAY_MS),
    otherOrder: chance(OTHER_ORDER_SHARE)
      ? {
          afterMs: wholeBetween(random, 3, 60) * DAY_MS,
          lines: smallest([1, 2, 3].flatMap(() => pickOne(random, baskets))),
        }
      : null,
    message: chance(FOLLOWED_UP_SHARE)
      ? { clicked: chance(CLICKED_SHARE), unsubscribed: chance(UNSUBSCRIBED_SHARE) }
      : null,
  }
}

/** One of the cheapest: dear things would drown what offers cause, in the simulation as in a shop. */
function smallest(lines: readonly OrderLine[]): readonly OrderLine[] {
  const [line] = lines.toSorted((one, other) => one.unitPriceMinor - other.unitPriceMinor)
  return line === undefined ? [] : [{ ...line, quantity: 1 }]
}

function drawFate(at: number): Fate {
  let upTo = 0
  for (const { fate, share } of fates) {
    upTo += share
    if (at < upTo) return fate
  }
  return 'kept'
}

/** The first pick, as it was offered or withheld. */
export type LiveOffer = {
  readonly product: string
  readonly anchor: string
  readonly relation: OfferedRelation
  readonly amountMinor: number
  readonly isHeldOut: boolean
}

export type LivedOn = {
  readonly entries: readonly LedgerEntry[]
  readonly laterOrders: readonly Order[]
  readonly outcome: {
    readonly exposed: boolean
    readonly accepted: boolean
    /** Of the add-on, after what went back. */
    readonly netMinor: number
    /** Of it, from those who would have bought it anyway. */
    readonly anywayMinor: number
    readonly boughtLater: boolean
  }
}

/** `offer` null: nothing fits this order, whoever placed it. */
export function liveOn(customer: LiveCustomer, offer: LiveOffer | null, untilMs: number): LivedOn {
  const { order, otherOrder } = customer
  const laterOrders: Order[] = []
  const orderLater = (suffix: string, afterMs: number, lines: readonly OrderLine[]): boolean => {
    const placedAtMs = order.placedAtMs + afterMs
    if (placedAtMs >= untilMs) return false
    laterOrders.push({ ...order, id: `${order.id}-${suffix}`, placedAtMs, lines })
    return true
  }
  if (otherOrder !== null) orderLater('other', otherOrder.afterMs, otherOrder.lines)
  const wouldAccept = offer !== null && customer.sees && customer.accepts
  const accepted = wouldAccept && !offer.isHeldOut
  const keeps = accepted && customer.fate === 'kept'
  let boughtLater = false
  if (wouldAccept && customer.wantsAnyway && !keeps) {
    const line = { productId: offer.product, quantity: 1, unitPriceMinor: offer.amountMinor }
    boughtLater = orderLater('later', customer.anywayAfterMs, [line])
  }
  const netMinor = keeps ? offer.amountMinor : 0
  return {
    entries: offer === null || offer.isHeldOut ? [] : entriesOf(customer, offer, untilMs),
    laterOrders,
    outcome: {
      exposed: offer !== null && !offer.isHeldOut && customer.sees,
      accepted,
      netMinor,
      anywayMinor: customer.wantsAnyway ? netMinor : 0,
      boughtLater,
    },
  }
}

const MINUTE_MS = 60_000

function entriesOf(customer: LiveCustomer, offer: LiveOffer, untilMs: number): readonly LedgerEntry[] {
  const { order, sees, accepts, fate, dismisses, message } = customer
  const { product, anchor, relation, amountMinor } = offer
  const offerId = `offer-${order.id}`
  const entries: LedgerEntry[] = []
  const note = (kind: LedgerKind, afterMs: number, more: Partial<LedgerEntry> = {}): void => {
    const atMs = order.placedAtMs + afterMs
    entries.push({
      ...{ key: `${more.offerId ?? offerId}:${kind}`, kind, atMs, offerId, orderId: order.id, product },
      ...{ placement: 'thank-you', anchor, relation, amountMinor: 0, currency: order.currency, detail: null },
      ...more,
    })
  }
  note('offer-issued', 2000)
  if (!sees) return entries
  note('exposed', 4000)
  if (accepts) {
    note('accepted', MINUTE_MS)
    if (fate === 'declined-by-bank') {
      note('declined', MINUTE_MS + 1000, { detail: 'declined-by-bank' })
      return entries
    }
    note('charged', MINUTE_MS + 1000, { amountMinor })
    note('line-added', MINUTE_MS + 1000)
    note('completed', MINUTE_MS + 2000)
    if (fate === 'undone') {
      note('undone', 5 * MINUTE_MS)
      note('line-removed', 5 * MINUTE_MS)
      note('refunded', 5 * MINUTE_MS, { amountMinor: -amountMinor })
    }
    if (fate === 'refunded') note('refunded', 6 * DAY_MS, { amountMinor: -amountMinor })
  } else {
    if (dismisses) note('declined', MINUTE_MS, { detail: 'by-shopper' })
    if (message !== null) {
      const about = { offerId: `message-${order.id}`, placement: 'follow-up', anchor: null, relation: null }
      const sentMs = FOLLOW_UP_DAYS * DAY_MS
      note('message-sent', sentMs, about)
      if (message.clicked) note('clicked', sentMs + 60 * MINUTE_MS, about)
      if (message.unsubscribed) note('unsubscribed', sentMs + 61 * MINUTE_MS, about)
    }
  }
  return entries.filter(({ atMs }) => atMs < untilMs)
}

// All that one click stands on, for tests: the real store in a temporary folder, Stripe's SDK over the local bank, a shop whose
// moods a test sets, a clock that stands until it is moved. `pick` issues an offer for a new order.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bankFetch } from '../examples/shop/local-bank/bank-fetch.ts'
import { type LocalBank, openLocalBank } from '../examples/shop/local-bank/bank-state.ts'
import type { AcceptingEffects } from '../src/accepting/accepting-effects.ts'
import { issueOffers } from '../src/accepting/issue-offers.ts'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStripe } from '../src/adapters/payments/stripe.ts'
import { newId } from '../src/adapters/secret/new-id.ts'
import { openOfferTokens, readOfferKeys } from '../src/adapters/secret/offer-tokens.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { defaultAcceptingSettings } from '../src/domain/accepting-settings.ts'
import type { Pick as DecidedPick } from '../src/domain/decision.ts'
import { AppError } from '../src/domain/errors.ts'
import type { Order } from '../src/domain/order.ts'
import type { ShopBackEnd } from '../src/ports/shop.ts'

export const startMs = Date.UTC(2026, 10, 26, 10)

/** What the shop says; a test changes it between two calls. */
export type ShopMood = {
  priceMinor: number
  stock: number
  status: 'open' | 'fulfilled' | 'cancelled'
  isDown: boolean
  /** Shipped lines cannot be taken out. */
  isPacked: boolean
  merchant: string
  readonly lines: Map<string, Map<string, number>>
}

export type Desk = {
  /** Where its store lives; gone with it. */
  readonly folder: string
  readonly effects: AcceptingEffects
  readonly bank: LocalBank
  readonly shop: ShopMood
  readonly clock: ReturnType<typeof openManualClock>
  /** Of the next order and its offer. */
  currency: string
  /** What happens to a request of this path on its way to the bank. */
  fault: (path: string) => 'none' | 'lost-request' | 'lost-answer'
  /** A new order, paid with this method of the local bank, and the token of its offer. */
  offer(
    methodRef?: string,
    kind?: 'card' | 'wallet',
  ): Promise<{ readonly token: string; readonly orderId: string }>
  close(): Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-one-click-'))
  const store = await openStore({ dataFolder: folder })
  const clock = openManualClock(startMs)
  const bank = openLocalBank({ clock, pagesAt: 'https://bank.example', secretKey: 'sk_test_x' })
  const shop: ShopMood = {
    ...{ priceMinor: 1400, stock: 10, status: 'open', isDown: false, isPacked: false, merchant: 'Shop Ltd' },
    lines: new Map(),
  }
  let sequence = 0
  const desk: Desk = {
    folder,
    bank,
    shop,
    clock,
    currency: 'GBP',
    fault: () => 'none',
    effects: {
      ...{ store, clock, newId, sendsMail: true },
      // Waiting costs a test no time; the clock is moved by what is waited for.
      pause: {
        sleep: async (ms) => clock.advance(ms),
        async race(ms, work) {
          const untilMs = clock.nowMs() + ms
          return await work(() => clock.nowMs() >= untilMs)
        },
      },
      shop: moodyShop(shop),
      providers: new Map([['stripe', openStripe({ secretKey: 'sk_test_x', fetch: bankFetch(bank) })]]),
      tokens: openOfferTokens(readOfferKeys(undefined, Buffer.alloc(32, 7))),
      settings: {
        ...defaultAcceptingSettings,
        consentVersions: ['v1'],
        returnUrl: 'https://shop.example/orders/{order}',
        cartLink: 'https://shop.example/cart?add={product}',
      },
    },
    async offer(methodRef = 'pm_card_ok', kind = 'card') {
      sequence += 1
      const order = paidOrder(`order-${sequence}`, desk.currency, clock.nowMs())
      await store.putOrder(order, clock.nowMs())
      const method = { provider: 'stripe', kind, customerRef: 'cus_1', methodRef } as const
      await store.putSavedMethod(
        order.id,
        { ...method, consentVersion: 'v1', merchantOfRecord: 'Shop Ltd' },
        0,
      )
      const request = {
        order,
        placement: 'thank-you',
        picks: [{ ...cleaner, price: { ...cleaner.price, currency: desk.currency } }],
        titleOf: (id: string) => id,
      } as const
      const { offers, left } = await issueOffers(request, desk.effects)
      const [offer] = offers
      if (offer === undefined) throw new Error(`no offer: ${left[0]?.reason}`)
      return { token: desk.effects.tokens.sign(offer), orderId: order.id }
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  bank.faults = ({ path }) => {
    const kind = desk.fault(path)
    return kind === 'none' ? null : { kind }
  }
  return desk
}

function paidOrder(id: string, currency: string, placedAtMs: number): Order {
  const lines = [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }]
  return { id, customerId: null, placedAtMs, currency, lines }
}

export const cleaner: DecidedPick = {
  ...{ product: 'cleaner', title: 'Cleaner', imageUrl: null, url: 'https://shop.example/cleaner' },
  ...{ anchor: 'machine', relation: 'complete', need: 'Keeps your espresso machine clean.', reason: '' },
  ...{ evidence: null, score: 1, propensity: 1, afterDays: 0 },
  price: { amountMinor: 1400, currency: 'GBP' },
}

function moodyShop(mood: ShopMood): ShopBackEnd {
  const answer = async <T>(say: () => T): Promise<T> => {
    if (mood.isDown) throw new AppError('shop-unavailable', 'the shop is down')
    return say()
  }
  const linesOf = (orderId: string) => {
    const lines = mood.lines.get(orderId) ?? new Map<string, number>()
    mood.lines.set(orderId, lines)
    return lines
  }
  return {
    name: 'moody',
    quote: ({ quantity, currency }) =>
      answer(() => {
        if (mood.status !== 'open') return { kind: 'order-closed' }
        if (mood.stock === 0) return { kind: 'sold-out' }
        const totalMinor = mood.priceMinor * quantity
        const tax = { taxMinor: Math.round(totalMinor / 6), taxIncluded: true, deliveryMinor: 0 }
        const quote = { currency, unitPriceMinor: mood.priceMinor, quantity, ...tax, totalMinor }
        return { kind: 'quoted', quote, merchantOfRecord: mood.merchant }
      }),
    addLine: ({ orderId, reference, quote }) =>
      answer(() => {
        const lines = linesOf(orderId)
        if (lines.has(reference)) return { kind: 'added' }
        if (mood.status !== 'open') return { kind: 'order-closed' }
        if (mood.stock === 0) return { kind: 'sold-out' }
        mood.stock -= 1
        lines.set(reference, quote.totalMinor)
        return { kind: 'added' }
      }),
    removeLine: ({ orderId, reference }) =>
      answer(() => {
        const lines = linesOf(orderId)
        if (lines.has(reference) && mood.isPacked) return { kind: 'shipped' }
        if (lines.delete(reference)) mood.stock += 1
        return { kind: 'absent' }
      }),
    readOrder: (orderId) => answer(() => ({ status: mood.status, references: [...linesOf(orderId).keys()] })),
  }
}

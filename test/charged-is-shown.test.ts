// What the button and the price line say is what the bank is asked for: the amount is read back out of the shopper's text and
// compared in minor units, in eight currencies with no, two and three decimals and in each language.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bankFetch } from '../examples/shop/local-bank/bank-fetch.ts'
import { openLocalBank } from '../examples/shop/local-bank/bank-state.ts'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStripe } from '../src/adapters/payments/stripe.ts'
import { addsUp, type Quote } from '../src/domain/offer.ts'
import { type Locale, locales } from '../src/domain/offer-view.ts'
import { wordsFor } from '../src/domain/offer-words/words-for.ts'
import type { SavedMethod } from '../src/domain/saved-method.ts'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'

const CASES = 10_000
/** Decimals after ISO 4217, written down here and not asked of what is tested. */
const decimals = { GBP: 2, EUR: 2, USD: 2, CHF: 2, JPY: 0, KRW: 0, KWD: 3, BHD: 3 } as const
const currencies = Object.keys(decimals) as (keyof typeof decimals)[]

function quoteOf(random: Random, currency: string): Quote {
  const below = (most: number) => Math.floor(random() * most)
  const quantity = 1 + below(4)
  // The bank takes no less than 30.
  const unitPriceMinor = 30 + below(10 ** (1 + below(8)))
  const deliveryMinor = random() < 0.5 ? 0 : below(2000)
  const taxIncluded = random() < 0.5
  const net = unitPriceMinor * quantity + deliveryMinor
  const taxMinor = Math.floor((net * below(25)) / 100)
  const totalMinor = net + (taxIncluded ? 0 : taxMinor)
  return { currency, unitPriceMinor, quantity, taxMinor, taxIncluded, deliveryMinor, totalMinor }
}

/** The last amount of a text in minor units: its digits, after its decimals are found to be as many as the currency has. */
function amountIn(text: string, digits: number, locale: Locale): number {
  const found = [...text.matchAll(/\d[\d.,'’\u00a0\u202f]*\d|\d/g)].at(-1)?.[0] ?? ''
  const mark = locale === 'en' ? '.' : ','
  const at = digits === 0 ? -1 : found.lastIndexOf(mark)
  assert.equal(at === -1 ? 0 : found.length - at - 1, digits, `the decimals of ${text}`)
  return Number(found.replaceAll(/\D/g, ''))
}

test('ten thousand offers are charged what their button and their price line say', async () => {
  const random = seededRandom(20_261_126)
  const clock = openManualClock(0)
  const bank = openLocalBank({ clock, pagesAt: 'https://bank.example', secretKey: 'sk_test_x' })
  const stripe = openStripe({ secretKey: 'sk_test_x', fetch: bankFetch(bank) })
  const method: SavedMethod = {
    provider: 'stripe',
    kind: 'card',
    ...{ customerRef: 'cus_1', methodRef: 'pm_card_ok' },
    ...{ consentVersion: 'v1', merchantOfRecord: 'Shop Ltd' },
  }
  let withoutButton = 0
  for (let n = 0; n < CASES; n++) {
    const currency = currencies[n % currencies.length] ?? 'GBP'
    const locale = locales[Math.floor(n / currencies.length) % locales.length] ?? 'en'
    const quote = quoteOf(random, currency)
    assert.ok(addsUp(quote))
    const terms = {
      quote,
      oneClick: { allowed: true, expiresAtMs: 0, maxAmountMinor: null } as const,
      cartUrl: null,
      undoMinutes: null,
    }
    const { acceptLabel, priceLine } = wordsFor('open', terms, locale)
    const request = { key: `k${n}`, offerId: `f${n}`, orderId: 'o', method, currency }
    const charge = { ...request, amountMinor: quote.totalMinor }
    const state = await stripe.create(charge)
    if (!stripe.canCharge(charge).allowed) {
      // Such an offer has no button; the bank would not take it either.
      assert.equal(state.kind, 'refused')
      withoutButton += 1
      continue
    }
    assert.equal(state.kind, 'unconfirmed')
    const intent = bank.intents.get(state.kind === 'unconfirmed' ? state.id : '')
    assert.equal(intent?.currency, currency.toLowerCase())
    // For these eight openStripe sends the unit of ISO 4217.
    for (const text of [acceptLabel ?? '', priceLine])
      assert.equal(amountIn(text, decimals[currency], locale), intent?.amount, `${locale}: ${text}`)
  }
  assert.ok(withoutButton > 0)
  assert.equal(bank.intents.size, CASES - withoutButton)
})

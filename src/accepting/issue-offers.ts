// Picks → offers. Comes in: the picks that were decided for an order at a placement. Goes out: an offer for each that the
// shop will sell, stored with all that it costs before it is shown; asking again gives the same offers, at the same terms,
// until they run out. What the shop does not answer in time for or will not sell is no offer: the page
// thanks the customer all the same.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import { AppError } from '../domain/errors.ts'
import type { NoOneClick, Offer, OneClick, Quote } from '../domain/offer.ts'
import type { Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { SavedMethod } from '../domain/saved-method.ts'
import { shopPage } from '../domain/shop-page.ts'
import type { StoredOffer } from '../ports/offer-store.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import { offerEntry } from './offer-entry.ts'
import { payingWith } from './provider-of.ts'
import { hasTooManyDeclines } from './too-many-declines.ts'

export type Issued = {
  readonly offers: readonly StoredOffer[]
  /** Picks that became no offer, and why. */
  readonly left: readonly { readonly product: string; readonly reason: string }[]
}

export async function issueOffers(
  request: {
    readonly order: Order
    readonly placement: Placement
    readonly picks: readonly DecidedPick[]
    readonly titleOf: (product: string) => string
  },
  effects: AcceptingEffects,
): Promise<Issued> {
  const { order, placement } = request
  const known = (await effects.store.listOffers(order.id)).filter(
    (offer) => offer.placement === placement && offer.replaces === null,
  )
  const offers: StoredOffer[] = []
  const left: { product: string; reason: string }[] = []
  for (const pick of request.picks) {
    const before = known.find(({ product }) => product === pick.product)
    if (before !== undefined) {
      offers.push(before)
      continue
    }
    const terms = await termsOf(order, pick, effects)
    if (typeof terms === 'string') {
      left.push({ product: pick.product, reason: terms })
      continue
    }
    const { product, title, imageUrl, url, anchor, relation, need, discountPercent } = pick
    const wanted: Wanted = {
      ...{ orderId: order.id, placement, product, title, imageUrl, url, anchor, relation, need },
      anchorTitle: request.titleOf(anchor),
      cartUrl: shopPage(effects.settings.cartLink, '{product}', product) ?? url,
      replaces: null,
      ...(discountPercent === undefined ? {} : { discountPercent }),
    }
    offers.push(await drawUp(wanted, terms, effects))
  }
  return { offers, left }
}

/** The same product at another price: another offer, in the place of the first. `null` where it is not to be had. */
export async function issueReplacement(offer: Offer, effects: AcceptingEffects): Promise<StoredOffer | null> {
  const known = await effects.store.replacementOf(offer.id)
  if (known !== null) return known
  const terms = await askShop(offer, effects)
  return typeof terms === 'string' ? null : drawUp({ ...offer, replaces: offer.id }, terms, effects)
}

type Terms = { readonly quote: Quote; readonly merchantOfRecord: string }

/** Where the shop has no back end there is no button, and the price is that of the catalog. */
async function termsOf(order: Order, pick: DecidedPick, effects: AcceptingEffects): Promise<Terms | string> {
  const { amountMinor, currency } = pick.price
  if (currency !== order.currency) return `its price is in ${currency}, the order in ${order.currency}`
  if (effects.shop !== null) {
    const { product, discountPercent } = pick
    return askShop({ orderId: order.id, product, discountPercent, quote: { quantity: 1, currency } }, effects)
  }
  const quote: Quote = {
    ...{ currency, unitPriceMinor: amountMinor, quantity: 1, taxMinor: 0, taxIncluded: true },
    ...{ deliveryMinor: 0, totalMinor: amountMinor },
  }
  return { quote, merchantOfRecord: '' }
}

async function askShop(
  wanted: {
    readonly orderId: string
    readonly product: string
    readonly quote: Pick<Quote, 'quantity' | 'currency'>
    readonly discountPercent?: number | undefined
  },
  { shop }: AcceptingEffects,
): Promise<Terms | string> {
  if (shop === null) return 'no back end of the shop is set up'
  const { orderId, product, discountPercent } = wanted
  const { quantity, currency } = wanted.quote
  try {
    const answer = await shop.quote({ orderId, product, quantity, currency, discountPercent })
    if (answer.kind === 'refused') return `the shop refuses it: ${answer.detail}`
    return answer.kind === 'quoted' ? answer : `the shop says: ${answer.kind}`
  } catch (error) {
    if (error instanceof AppError && error.code === 'shop-unavailable') return 'the shop does not answer'
    throw error
  }
}

/** What stands before the shop was asked. */
type Wanted = Pick<
  Offer,
  | ('orderId' | 'placement' | 'product' | 'title' | 'imageUrl' | 'url' | 'anchor' | 'anchorTitle')
  | ('relation' | 'need' | 'discountPercent' | 'cartUrl' | 'replaces')
>

/** The offer, stored; where its slot was taken meanwhile, the one that took it. */
async function drawUp(wanted: Wanted, terms: Terms, effects: AcceptingEffects): Promise<StoredOffer> {
  const { orderId, placement, product, title, imageUrl, url, anchor, anchorTitle } = wanted
  const { relation, need, discountPercent, cartUrl, replaces } = wanted
  const issuedAtMs = effects.clock.nowMs()
  const expiresAtMs = issuedAtMs + effects.settings.offerMinutes * 60_000
  const method = await effects.store.getSavedMethod(orderId)
  const offer: Offer = {
    id: effects.newId(),
    ...{ orderId, placement, product, title, imageUrl, url, anchor, anchorTitle, relation, need },
    ...{ quote: terms.quote, merchantOfRecord: terms.merchantOfRecord },
    ...(discountPercent === undefined ? {} : { discountPercent }),
    consentVersion: method?.consentVersion ?? null,
    oneClick: await oneClickFor(orderId, method, { ...terms, expiresAtMs }, effects),
    ...{ cartUrl, issuedAtMs, expiresAtMs, replaces },
  }
  return await effects.store.putOffer(offer, offerEntry(offer, 'offer-issued', issuedAtMs))
}

async function oneClickFor(
  orderId: string,
  saved: SavedMethod | null,
  { quote, merchantOfRecord, expiresAtMs }: Terms & { readonly expiresAtMs: number },
  effects: AcceptingEffects,
): Promise<OneClick> {
  const paying = payingWith(saved, effects)
  if (paying === null || effects.shop === null) return not('no-saved-method')
  const { method, provider } = paying
  const { totalMinor, currency } = quote
  const charge = provider.canCharge({ method, amountMinor: totalMinor, currency })
  if (!charge.allowed && charge.because === 'amount') return not('amount-not-chargeable')
  if (!charge.allowed) return { ...not('method-not-chargeable'), paidWith: method.kind }
  const { maxAmountMinor } = charge
  if (maxAmountMinor !== null && totalMinor > maxAmountMinor) return not('over-maximum')
  const refused = whyRefused(method, merchantOfRecord, effects)
  if (refused !== null) return not(refused)
  if (hasTooManyDeclines(await effects.store.listAcceptances(orderId))) return not('too-many-declines')
  return { allowed: true, expiresAtMs, maxAmountMinor }
}

function whyRefused(
  { consentVersion, merchantOfRecord }: SavedMethod,
  seller: string,
  { settings }: AcceptingEffects,
): NoOneClick | null {
  if (merchantOfRecord !== seller) return 'other-merchant'
  const agreed = consentVersion !== null && settings.consentVersions.includes(consentVersion)
  return agreed ? null : 'no-consent'
}

function not(reason: NoOneClick) {
  return { allowed: false, reason } as const
}

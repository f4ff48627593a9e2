// An offer and what became of it → all that a page shows, in the shopper's language.

import { formatMoney } from '../domain/money.ts'
import type { Locale, OfferView } from '../domain/offer-view.ts'
import { localeTag, wordsFor } from '../domain/offer-words/words-for.ts'
import { readableTitle } from '../domain/product.ts'
import { undoUntilMs } from '../domain/undo-until.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import type { OfferAnswer } from './answer-offer.ts'
import { viewState } from './view-state.ts'

export function viewOffer(answer: OfferAnswer, locale: Locale, effects: AcceptingEffects): OfferView {
  const { offer, acceptance, replacement, willMail } = answer
  const { quote, oneClick } = offer
  const nowMs = effects.clock.nowMs()
  const state = viewState(answer, nowMs)
  const untilMs = acceptance === null ? null : undoUntilMs(acceptance, effects.settings.undoMinutes)
  const undo = untilMs !== null && nowMs < untilMs ? untilMs : null
  const undoMinutes = undo === null ? null : Math.ceil((undo - nowMs) / 60_000)
  // The row remembers why an undo came to nothing.
  const isPacked = acceptance?.state === 'completed' && acceptance.reason === 'order-closed'
  return {
    state,
    locale,
    offer: {
      product: offer.product,
      title: readableTitle(offer.title),
      imageUrl: offer.imageUrl,
      url: offer.url,
      anchorTitle: readableTitle(offer.anchorTitle),
      need: offer.need,
      quantity: quote.quantity,
      unitPriceMinor: quote.unitPriceMinor,
      taxMinor: quote.taxMinor,
      taxIncluded: quote.taxIncluded,
      deliveryMinor: quote.deliveryMinor,
      totalMinor: quote.totalMinor,
      currency: quote.currency,
      total: formatMoney({ amountMinor: quote.totalMinor, currency: quote.currency }, localeTag(locale)),
      merchant: offer.merchantOfRecord,
    },
    oneClick: {
      allowed: oneClick.allowed,
      reason: oneClick.allowed ? null : oneClick.reason,
      expiresAt: oneClick.allowed ? new Date(oneClick.expiresAtMs).toISOString() : null,
      maxAmount: oneClick.allowed ? oneClick.maxAmountMinor : null,
    },
    cartUrl: oneClick.allowed ? null : offer.cartUrl,
    expiresAtMs: offer.expiresAtMs,
    undoUntilMs: undo,
    action: acceptance?.state === 'action-required' ? acceptance.action : null,
    replacement: replacement === null ? null : effects.tokens.sign(replacement),
    words: wordsFor(
      state,
      { quote, undoMinutes, isPacked, willMail, oneClick, cartUrl: offer.cartUrl },
      locale,
    ),
  }
}

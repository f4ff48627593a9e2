// What a message is in the eyes of the law, computed from what was rendered: a reading of 16 CFR
// 316.3(a)(2). A confirmation with an offer stays transactional only while a reader of the subject expects no offer, the
// whole order stands before the first offer, in HTML and in text, and the offer is small: two at most, and at most 30 % of
// the characters that a reader sees (a bar of our own). Whatever fails makes it marketing, with all duties of marketing.

import type { MessageClass } from '../domain/message.ts'
import { visibleCharacters, visibleText } from './to-markup.ts'

/** Largest share of the visible characters that an offer may take. */
export const OFFER_SHARE_MAX = 0.3
const OFFERS_MAX = 2

/** One body, with two pieces of it as they stand in it. */
export type ClassifiedBody = {
  readonly whole: string
  /** Everything about the order: items, totals, whom to ask. */
  readonly summary: string
  /** From the first offer to the last, with its heading. */
  readonly offer: string
}

export type ClassifiedMail = {
  readonly subject: string
  readonly html: ClassifiedBody
  readonly text: ClassifiedBody
  /** Products offered. */
  readonly offers: number
}

export function classOfConfirmation({ subject, html, text, offers }: ClassifiedMail): MessageClass {
  if (offers === 0 && html.offer === '' && text.offer === '') return 'transactional'
  const stays =
    offers <= OFFERS_MAX &&
    !soundsLikeOffer(subject) &&
    comesAfterSummary(html) &&
    comesAfterSummary(text) &&
    visibleCharacters(html.offer) <= OFFER_SHARE_MAX * visibleCharacters(html.whole) &&
    charactersOfText(text.offer) <= OFFER_SHARE_MAX * charactersOfText(text.whole)
  return stays ? 'transactional_with_offer' : 'marketing_email'
}

/** Without web addresses: a token in one is long and says nothing. */
export function charactersOfText(text: string): number {
  return text.replace(/https?:\/\/\S+/g, '').length
}

/** The first offer starts where the summary has ended; what is not found where it should be is no proof. */
function comesAfterSummary({ whole, summary, offer }: ClassifiedBody): boolean {
  const summaryAt = whole.indexOf(summary)
  const offerAt = whole.indexOf(offer)
  if (summary === '' || offer === '' || summaryAt < 0) return false
  return offerAt >= summaryAt + summary.length
}

/** Words by which a reader of a subject expects an offer, in the languages that we write. */
const offerWords = new Set(
  `offer offers deal deals sale discount discounts discounted save saving savings free coupon coupons voucher vouchers
  promo promos promotion promotions bargain bargains bonus gift gifts reward rewards recommended recommend recommendation
  recommendations suggestion suggestions suggested exclusive cheap cheaper clearance bestseller pairs
  angebot angebote angeboten rabatt rabatte rabattcode sparen spare sparpreis gratis kostenlos kostenlose gutschein
  gutscheine aktion schnäppchen geschenk geschenke empfehlung empfehlungen empfehlen empfohlen passt passend passendes
  vorteil vorteile günstig günstiger
  offre offres remise remises réduction réductions solde soldes gratuit gratuite cadeau cadeaux économisez économies
  recommandation recommandations recommandé recommandée avantage avantages
  oferta ofertas descuento descuentos rebaja rebajas ahorra ahorre ahorro regalo regalos cupón cupones promoción
  promociones recomendación recomendaciones recomendado sugerencia sugerencias ventaja ventajas`
    .split(/\s+/)
    .filter(Boolean),
)
const offerPhrases =
  /%|\bgoes? (well )?with\b|\byou (may|might|will) (also )?(like|love)\b|\bjust for you\b|\bva bien\b|\bbons? plans?\b|\bnur für sie\b|\bpour vous\b|\bpara usted\b/iu

export function soundsLikeOffer(subject: string): boolean {
  const plain = subject.normalize('NFC').replace(/[\p{Cf}\u00ad]/gu, '')
  const words = plain.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.some((word) => offerWords.has(word)) || offerPhrases.test(visibleText(plain))
}

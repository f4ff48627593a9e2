// The renderer of everything that people read. Comes in: the shop's settings and the tokens of links; then, for each
// message, what was decided and for whom. Goes out: the message in the recipient's language, its class, what it really
// shows, and the moment for a tool that writes by itself. It never fails for what a title or a name holds. A shop that has
// set no sender gets an empty one: no channel that sends starts without.

import assert from 'node:assert/strict'
import { isAddOnFlow } from '../domain/add-on-news.ts'
import { CONFIRMATION_FLOW } from '../domain/message.ts'
import type { MessagingSettings } from '../domain/messaging-settings.ts'
import { formatMoney } from '../domain/money.ts'
import { readableTitle } from '../domain/product.ts'
import { recipientHash } from '../domain/recipient.ts'
import { shopPage } from '../domain/shop-page.ts'
import type { EmailContent, Moment, TextContent } from '../ports/channel.ts'
import type { LinkTokens } from '../ports/link-tokens.ts'
import type { MessageRenderer, RenderedMessage, RenderFacts } from '../ports/message-renderer.ts'
import type { EmailPicks, EmailProducts, EmailShop, RenderedEmail } from './email-shop.ts'
import { needInLanguage } from './need-in-language.ts'
import { destinationOf, tilePicks } from './product-tile.ts'
import { renderAddOn } from './render-add-on.ts'
import { renderConfirmation } from './render-confirmation.ts'
import { flowKind, renderFollowUp } from './render-follow-up.ts'
import { renderTextMessage } from './render-text-message.ts'
import { oneLine } from './to-markup.ts'
import { languageOf, localeAmong, say, wordsIn } from './words/words-for.ts'

export type RendererParts = {
  readonly settings: MessagingSettings
  readonly links: Pick<LinkTokens, 'click' | 'unsubscribe'>
}

export function openRenderer(parts: RendererParts): MessageRenderer {
  return (facts) => {
    const shop = mailShop(parts, facts)
    const inLanguage = { ...facts, picks: picksInLanguage(facts, shop.locale, parts.settings.locale) }
    if (facts.medium === 'sms') return renderSms(inLanguage, shop)
    return renderMail(inLanguage, shop, parts)
  }
}

/** `RenderFacts` with need sentences in the language of the message. */
type LocalFacts = Omit<RenderFacts, 'picks'> & { readonly picks: EmailPicks }

function mailShop({ settings, links }: RendererParts, { recipient, messageId }: RenderFacts): EmailShop {
  const { publicUrl } = settings
  return {
    name: oneLine(settings.shopName),
    locale: localeAmong([recipient.locale, settings.locale]),
    homeUrl: settings.homeUrl,
    supportEmail: settings.supportEmail ?? settings.replyTo,
    legalEntity: settings.legalEntity,
    postalAddress: settings.postalAddress,
    productUrl: (id) => shopPage(settings.productUrl, '{product}', id),
    orderUrl: (id) => shopPage(settings.orderUrl, '{order}', id),
    linkTo: publicUrl === null ? undefined : (_, index) => `${publicUrl}/c/${links.click(messageId, index)}`,
  }
}

function picksInLanguage({ picks, titles }: RenderFacts, locale: string, shopLocale: string): EmailPicks {
  const languages = [languageOf(locale) ?? 'en', languageOf(shopLocale) ?? 'en'] as const
  const said = (pick: RenderFacts['picks'][number]): EmailPicks[number] => {
    const anchorTitle = oneLine(readableTitle(titles.get(pick.anchor) ?? pick.title))
    return { ...pick, need: needInLanguage({ ...pick, anchorTitle }, ...languages) }
  }
  const [first, second] = picks
  if (first === undefined) return []
  return second === undefined ? [said(first)] : [said(first), said(second)]
}

function renderMail(facts: LocalFacts, shop: EmailShop, parts: RendererParts): RenderedMessage {
  const email = emailOf(facts, shop, parts)
  const { settings } = parts
  const content: EmailContent = {
    kind: 'email',
    from: settings.sender ?? { name: shop.name, address: '' },
    replyTo: settings.replyTo,
    subject: email.subject,
    html: email.html,
    text: email.text,
    unsubscribeUrl: email.class === 'marketing_email' ? unsubscribeUrl(facts, parts) : null,
  }
  return { class: email.class, content, ...shownOf(facts, shop, email.shownPicks.length) }
}

function emailOf(facts: LocalFacts, shop: EmailShop, parts: RendererParts): RenderedEmail {
  const { flow, addOn } = facts
  if (flow === CONFIRMATION_FLOW) return confirmationOf(facts, shop)
  if (!isAddOnFlow(flow)) return followUpOf(facts, shop, parts)
  assert(addOn !== undefined, 'a mail about an add-on is given the add-on')
  return renderAddOn({ ...facts, flow, addOn, shop })
}

function confirmationOf(facts: LocalFacts, shop: EmailShop): RenderedEmail {
  const name = oneLine(facts.recipient.name ?? '')
  return renderConfirmation({
    order: facts.order,
    products: productsOf(facts),
    decision: { picks: facts.picks },
    shop,
    // No street address is ever kept.
    recipient: name === '' ? undefined : { name, address: [] },
  })
}

function followUpOf(facts: LocalFacts, shop: EmailShop, parts: RendererParts): RenderedEmail {
  const language = languageOf(shop.locale) ?? 'en'
  const email = renderFollowUp({
    flow: facts.flow,
    order: facts.order,
    products: productsOf(facts),
    picks: facts.picks,
    shop,
    ownWords: parts.settings.flows[facts.flow]?.words[language],
    recipient: facts.recipient.name === null ? undefined : { name: facts.recipient.name },
    atMs: facts.atMs,
    unsubscribeUrl: unsubscribeUrl(facts, parts),
  })
  assert(email !== null, 'a step without a pick is cancelled before it is rendered')
  return email
}

function renderSms(facts: LocalFacts, shop: EmailShop): RenderedMessage {
  const words = wordsIn(shop.locale)
  const [tile] = tilePicks(facts.picks, shop)
  if (facts.flow === CONFIRMATION_FLOW || tile === undefined) {
    const body = `${shop.name}: ${say(words.textMessage.confirmed, { order: oneLine(facts.order.id) })}`
    return { class: 'transactional', content: { kind: 'text', body }, ...shownOf(facts, shop, 0) }
  }
  const content: TextContent = {
    kind: 'text',
    body: renderTextMessage({
      shop: shop.name,
      sentence: words.textMessage.flows[flowKind(facts.flow)],
      title: tile.title,
      price: tile.price,
      url: tile.url,
      stop: words.textMessage.stop,
    }),
  }
  return { class: 'marketing_sms', content, ...shownOf(facts, shop, 1) }
}

function unsubscribeUrl(facts: LocalFacts, { settings, links }: RendererParts): string | null {
  const hash = recipientHash(facts.recipient, facts.medium)
  if (settings.publicUrl === null || hash === null) return null
  return `${settings.publicUrl}/u/${links.unsubscribe(hash, facts.medium, facts.messageId)}`
}

function productsOf({ titles }: Pick<RenderFacts, 'titles'>): EmailProducts {
  return new Map([...titles].map(([id, title]) => [id, { title }]))
}

/** What is really shown, and the same for a tool of the shop's own; clicks are counted in both. */
function shownOf(
  facts: LocalFacts,
  shop: EmailShop,
  count: number,
): { readonly shown: RenderedMessage['shown']; readonly moment: Moment } {
  const picks = facts.picks.slice(0, count)
  const tiles = tilePicks(facts.picks, shop).slice(0, count)
  return {
    shown: picks.map((pick) => ({ product: pick.product, url: destinationOf(pick, shop) })),
    moment: {
      flow: facts.flow,
      orderId: facts.order.id,
      atMs: facts.atMs,
      picks: tiles.map(({ product, title, need, url, imageUrl }, at) => {
        const price = picks[at]?.price ?? { amountMinor: 0, currency: facts.order.currency }
        const { amountMinor, currency } = price
        return {
          product,
          title,
          need,
          price: formatMoney(price, shop.locale),
          amountMinor,
          currency,
          url,
          imageUrl,
        }
      }),
    },
  }
}

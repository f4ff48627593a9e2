import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyPick } from '../../test/tiny-aftercart.ts'
import { defaultMessagingSettings, type MessagingSettings } from '../domain/messaging-settings.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { EmailContent } from '../ports/channel.ts'
import type { RenderFacts } from '../ports/message-renderer.ts'
import { openRenderer } from './open-renderer.ts'

const settings: MessagingSettings = {
  ...defaultMessagingSettings,
  shopName: 'Teasel & Thyme',
  sender: { name: 'Teasel & Thyme', address: 'post@shop.example' },
  supportEmail: 'hello@shop.example',
  postalAddress: ['1 Example Street', 'Bristol'],
  legalEntity: 'Example Traders Ltd',
  productUrl: 'https://shop.example/p/{product}?from=mail',
  orderUrl: 'https://shop.example/o/{order}',
  publicUrl: 'https://aftercart.example',
}

const links = {
  click: (messageId: string, index: number) => `click-${messageId}-${index}`,
  unsubscribe: (hash: string, medium: string, messageId: string) => `leave-${hash}-${medium}-${messageId}`,
}

const recipient: Recipient = {
  ...{
    email: 'alex@example.com',
    phone: '+15125550100',
    emailHash: 'e1',
    phoneHash: 'p1',
    name: 'Alex Morgan',
  },
  ...{ country: 'GB', region: null, timeZones: [], locale: null },
}

const facts: RenderFacts = {
  messageId: 'm1',
  flow: 'next-step',
  medium: 'email',
  order: {
    ...{ id: '1001', customerId: null, placedAtMs: 0, currency: 'GBP' },
    lines: [{ productId: 'teacup', quantity: 6, unitPriceMinor: 295 }],
  },
  titles: new Map([
    ['teacup', 'ROSES REGENCY TEACUP'],
    ['saucer', 'Saucer'],
  ]),
  picks: [tinyPick('saucer 1', 'Saucer', { relation: 'extend', need: 'A next step after your teacup.' })],
  recipient,
  atMs: 10 * 86_400_000,
}

const render = (more: Partial<RenderFacts> = {}, set: Partial<MessagingSettings> = {}) =>
  openRenderer({ settings: { ...settings, ...set }, links })({ ...facts, ...more })

function mail(content: ReturnType<typeof render>['content']): EmailContent {
  assert.ok(content.kind === 'email')
  return content
}

test('a follow-up carries the one-click address of its recipient, and its links go by the count of clicks', () => {
  const made = render()
  assert.equal(made.class, 'marketing_email')
  const { html, text, unsubscribeUrl, from, subject } = mail(made.content)
  assert.equal(unsubscribeUrl, 'https://aftercart.example/u/leave-e1-email-m1')
  assert.equal(subject, 'A next step after “Roses regency teacup”')
  assert.equal(from.address, 'post@shop.example')
  for (const body of [html, text]) {
    assert.ok(body.includes('https://aftercart.example/c/click-m1-0') && body.includes(unsubscribeUrl))
    assert.equal(body.includes('https://shop.example/p/'), false)
  }
  assert.deepEqual(made.shown, [{ product: 'saucer 1', url: 'https://shop.example/p/saucer%201?from=mail' }])
  assert.deepEqual(made.moment.picks, [
    {
      ...{ product: 'saucer 1', title: 'Saucer', need: 'A next step after your teacup.', price: '£2.95' },
      ...{ amountMinor: 295, currency: 'GBP', url: 'https://aftercart.example/c/click-m1-0', imageUrl: null },
    },
  ])
})

test('a confirmation is transactional, with nothing to unsubscribe from, and shows what it really shows', () => {
  const made = render({ flow: 'confirmation' })
  assert.equal(made.class, 'transactional_with_offer')
  const { subject, unsubscribeUrl, html, text } = mail(made.content)
  assert.equal(subject, 'Your Teasel & Thyme order 1001 is confirmed')
  assert.equal(unsubscribeUrl, null)
  assert.doesNotMatch(html + text, /aftercart\.example\/u\//)
  // The cost of delivery is not known here, so no total claims to hold it.
  assert.match(text, /Total of the items: £17\.70/)
  assert.deepEqual(
    made.shown.map(({ product }) => product),
    ['saucer 1'],
  )
  const none = render({ flow: 'confirmation', picks: [] })
  assert.deepEqual([none.class, none.shown, none.moment.picks], ['transactional', [], []])
})

test('picks that would make a confirmation marketing are neither in it nor among what was shown', () => {
  const long = tinyPick('saucer', 'Saucer', { need: 'A long need. '.repeat(60) })
  const made = render({ flow: 'confirmation', picks: [long] })
  assert.deepEqual([made.class, made.shown, made.moment.picks], ['transactional', [], []])
})

test('a message is in the language of its recipient, else of the shop, else in English, need sentence included', () => {
  const subjectIn = (locale: string | null, shopLocale: string) =>
    mail(render({ recipient: { ...recipient, locale } }, { locale: shopLocale }).content)
  assert.match(subjectIn('de-AT', 'en-GB').subject, /^Ein nächster Schritt nach „/)
  assert.match(subjectIn('de-AT', 'en-GB').text, /\nFür den nächsten Schritt\.\n/)
  assert.match(subjectIn('pt-BR', 'fr-FR').subject, /^L’étape suivante après/)
  assert.match(subjectIn(null, 'es-ES').html, /<html lang="es" dir="ltr">/)
  assert.match(subjectIn('zz-ZZ', 'pt-PT').html, /<html lang="en" dir="ltr">/)
  assert.match(subjectIn('not a locale', 'en-GB').text, /£2\.95/)
  assert.match(subjectIn('DE_at', 'en-GB').text, /£\s2,95/)
  assert.match(subjectIn('en-x-very-private', 'de-DE').html, /<html lang="en" dir="ltr">/)
  assert.match(subjectIn('en-US', 'de-DE').text, /£2\.95/)
})

test('the shop’s own words of a flow are used in their language only', () => {
  const flow = { ...defaultMessagingSettings.flows['next-step'], words: { de: { subject: 'Für {name}' } } }
  const flows = { 'next-step': flow as MessagingSettings['flows'][string] }
  const german = { ...recipient, locale: 'de-DE' }
  assert.equal(mail(render({ recipient: german }, { flows }).content).subject, 'Für Alex')
  assert.match(mail(render({}, { flows }).content).subject, /^A next step/)
})

test('a text message is marketing, names one product and the way out; a confirmation by text offers nothing', () => {
  const made = render({ medium: 'sms' })
  assert.ok(made.content.kind === 'text')
  assert.equal(made.class, 'marketing_sms')
  assert.equal(
    made.content.body,
    'Teasel & Thyme: A next step: Saucer, £2.95. https://aftercart.example/c/click-m1-0 Reply STOP to end',
  )
  const confirmed = render({ medium: 'sms', flow: 'confirmation' })
  assert.deepEqual([confirmed.class, confirmed.shown], ['transactional', []])
  assert.ok(confirmed.content.kind === 'text' && !confirmed.content.body.includes('Saucer'))
})

test('without an address of its own, links lead straight to the shop and nothing offers a way out that is not there', () => {
  const made = mail(render({}, { publicUrl: null }).content)
  assert.equal(made.unsubscribeUrl, null)
  assert.match(made.html, /https:\/\/shop\.example\/p\/saucer%201/)
  assert.match(made.text, /To unsubscribe, write to hello@shop\.example\./)
})

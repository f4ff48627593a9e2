// The class of a confirmation, over 500 generated ones and mutants of each.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { hostileTitles } from '../../test/hostile-titles.ts'
import { firstPicks } from '../domain/placement.ts'
import type { EmailPick, EmailShop } from './email-shop.ts'
import { type ClassifiedMail, classOfConfirmation, soundsLikeOffer } from './message-class.ts'
import { type ConfirmationFacts, composeConfirmation, renderConfirmation } from './render-confirmation.ts'

const headings: Readonly<Record<string, string>> = {
  'en-GB': 'Pairs well with your order',
  'en-US': 'Pairs well with your order',
  'de-AT': 'Passt gut zu Ihrer Bestellung',
  'fr-FR': 'Va bien avec votre commande',
  'es-MX': 'Va bien con su pedido',
}

const title = fc.oneof(
  fc.constantFrom(
    ...hostileTitles,
    'Espresso machine',
    'Café crème – 250 g',
    'ROSES REGENCY TEACUP',
    'Sale! 50 % off',
  ),
  fc.lorem({ maxCount: 6 }),
)

const shop = fc.record<EmailShop>({
  name: fc.constantFrom('Teasel & Thyme', 'The Sale Room', 'Röstwerk', 'Free & Easy'),
  locale: fc.constantFrom(...Object.keys(headings)),
  homeUrl: fc.constant(null),
  supportEmail: fc.constantFrom('hello@shop.example', null),
  legalEntity: fc.constant('Example Traders Ltd'),
  postalAddress: fc.constant(['1 Example Street', 'Bristol']),
  productUrl: fc.constant((id) => `https://shop.example/${encodeURIComponent(id)}`),
  orderUrl: fc.constant(() => 'https://shop.example/order'),
  linkTo: fc.constantFrom(
    undefined,
    (_: string, index: number) => `https://a.example/c/${'t'.repeat(60)}${index}`,
  ),
})

const pick = fc.record<EmailPick>({
  product: fc.constantFrom('p1', 'p2', 'p3'),
  title,
  price: fc.record({ amountMinor: fc.integer({ min: 1, max: 1e6 }), currency: fc.constant('EUR') }),
  imageUrl: fc.constantFrom(null, 'https://shop.example/p.png'),
  url: fc.constant(null),
  anchor: fc.constant('l0'),
  relation: fc.constantFrom('complete', 'refill', 'extend'),
  need: fc.lorem({ maxCount: 20 }),
  reason: fc.constant(''),
  afterDays: fc.constant(0),
})

const line = fc.record({
  title,
  quantity: fc.integer({ min: 1, max: 9 }),
  price: fc.integer({ min: 1, max: 1e5 }),
})

const confirmation = fc
  .record({
    shop,
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    picks: fc.array(pick, { maxLength: 2 }),
    named: fc.boolean(),
    deliveryMinor: fc.constantFrom(undefined, 0, 495),
    steps: fc.boolean(),
  })
  .map(
    ({ shop: by, lines, picks, named, deliveryMinor, steps }): ConfirmationFacts => ({
      order: {
        ...{ id: '1001', customerId: null, placedAtMs: Date.UTC(2026, 0, 15), currency: 'EUR' },
        lines: lines.map(({ quantity, price }, at) => ({
          productId: `l${at}`,
          quantity,
          unitPriceMinor: price,
        })),
      },
      products: new Map(lines.map((one, at) => [`l${at}`, { title: one.title }])),
      decision: { picks: firstPicks(picks, 2) },
      shop: by,
      recipient: named ? { name: 'Alex Morgan', address: ['12 Harbour Lane'] } : undefined,
      deliveryMinor,
      nextSteps: steps ? ['We pack your order, usually within one working day.'] : undefined,
    }),
  )

test('of 500 generated confirmations each has the right class, and its offer stands after the whole order', (t) => {
  const seen = { transactional: 0, transactional_with_offer: 0 }
  fc.assert(
    fc.property(confirmation, (facts) => {
      const mail = renderConfirmation(facts)
      const heading = headings[facts.shop.locale] ?? ''
      const isOffering = mail.html.includes(heading)
      assert.equal(mail.text.includes(heading), isOffering)
      assert.equal(mail.class, isOffering ? 'transactional_with_offer' : 'transactional')
      assert.equal(mail.shownPicks.length > 0, isOffering)
      seen[isOffering ? 'transactional_with_offer' : 'transactional'] += 1
      if (!isOffering) return
      for (const body of [mail.html, mail.text]) {
        const offerAt = body.indexOf(heading)
        const total = body.slice(0, offerAt).search(/€|EUR/)
        const help = body.indexOf(facts.shop.supportEmail ?? 'https://shop.example/order')
        assert.ok(total > 0 && help > 0 && help < offerAt)
        // What comes after the offer is the sender and why the mail came, nothing of the order.
        assert.equal(body.indexOf('1001', offerAt), -1)
      }
    }),
    { numRuns: 500, seed: 22 },
  )
  assert.ok(seen.transactional > 50 && seen.transactional_with_offer > 100, JSON.stringify(seen))
  t.diagnostic(JSON.stringify(seen))
})

type Mutant = (mail: ClassifiedMail, heading: string) => ClassifiedMail

const before = (body: ClassifiedMail['html']): ClassifiedMail['html'] => ({
  ...body,
  whole: body.whole.replace(body.summary, () => `${body.offer}\n${body.summary}`),
})
const swapped = (body: ClassifiedMail['html']): ClassifiedMail['html'] => ({
  ...body,
  whole: body.whole
    .replace(body.offer, () => '')
    .replace(body.summary, () => `${body.offer}\n${body.summary}`),
})
const inside = (body: ClassifiedMail['html']): ClassifiedMail['html'] => {
  const half = Math.floor(body.summary.length / 2)
  const broken = `${body.summary.slice(0, half)}${body.offer}${body.summary.slice(half)}`
  return { ...body, whole: body.whole.replace(body.offer, () => '').replace(body.summary, () => broken) }
}
const swollen = (body: ClassifiedMail['html']): ClassifiedMail['html'] => {
  const offer = `${body.offer}${'word '.repeat(body.whole.length)}`
  return { ...body, offer, whole: body.whole.replace(body.offer, () => offer) }
}

const mutants: Readonly<Record<string, Mutant>> = {
  'offer also first in HTML': (mail) => ({ ...mail, html: before(mail.html) }),
  'offer also first in text': (mail) => ({ ...mail, text: before(mail.text) }),
  'offer moved to the front of HTML': (mail) => ({ ...mail, html: swapped(mail.html) }),
  'offer moved to the front of text': (mail) => ({ ...mail, text: swapped(mail.text) }),
  'offer within the order in HTML': (mail) => ({ ...mail, html: inside(mail.html) }),
  'offer within the order in text': (mail) => ({ ...mail, text: inside(mail.text) }),
  'offer too large in HTML': (mail) => ({ ...mail, html: swollen(mail.html) }),
  'offer too large in text': (mail) => ({ ...mail, text: swollen(mail.text) }),
  'three offers': (mail) => ({ ...mail, offers: 3 }),
  'heading of the offer in the subject': (mail, heading) => ({
    ...mail,
    subject: `${mail.subject}. ${heading}`,
  }),
  'an English offer word in the subject': (mail) => ({
    ...mail,
    subject: `${mail.subject} – and an offer for you`,
  }),
  'a German offer word in the subject': (mail) => ({ ...mail, subject: `Unser Angebot: ${mail.subject}` }),
  'a French offer word in the subject': (mail) => ({ ...mail, subject: `${mail.subject} + une remise` }),
  'a Spanish offer word in the subject': (mail) => ({ ...mail, subject: `DESCUENTO ${mail.subject}` }),
  'a percentage in the subject': (mail) => ({ ...mail, subject: `${mail.subject} (10 %)` }),
}

test('a confirmation that puts the offer first, makes it large or names it in the subject is marketing', (t) => {
  let checked = 0
  fc.assert(
    fc.property(confirmation, (facts) => {
      const heading = headings[facts.shop.locale] ?? ''
      const { shownPicks } = renderConfirmation(facts)
      const picks = firstPicks(facts.decision?.picks ?? [], shownPicks.length === 2 ? 2 : 1)
      if (shownPicks.length === 0) return
      const mail = composeConfirmation(facts, picks)
      assert.equal(classOfConfirmation(mail), 'transactional_with_offer')
      for (const [name, mutant] of Object.entries(mutants)) {
        assert.equal(classOfConfirmation(mutant(mail, heading)), 'marketing_email', name)
        checked += 1
      }
    }),
    { numRuns: 500, seed: 22 },
  )
  assert.ok(checked > 1500, String(checked))
  t.diagnostic(`${checked} mutants by ${Object.keys(mutants).length} ways, all marketing`)
})

test('a confirmation never becomes marketing: what would make it so is left out', () => {
  fc.assert(
    fc.property(confirmation, fc.constantFrom('OFFER-1', '50 % off', 'Angebot'), (facts, id) => {
      const mail = renderConfirmation({ ...facts, order: { ...facts.order, id } })
      assert.equal(mail.class, 'transactional')
      assert.deepEqual(mail.shownPicks, [])
    }),
    { numRuns: 100, seed: 22 },
  )
})

test('no subject of ours sounds like an offer, and a shop’s name that does is left out of it', () => {
  fc.assert(
    fc.property(shop, (by) => {
      const order = { id: '1001', customerId: null, placedAtMs: 0, currency: 'EUR', lines: [] }
      const { subject } = renderConfirmation({ order, products: new Map(), decision: null, shop: by })
      assert.equal(soundsLikeOffer(subject), false, subject)
      assert.match(subject, /1001/)
    }),
    { numRuns: 100, seed: 22 },
  )
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  fitsOneMessage,
  gsmSeptets,
  renderTextMessage,
  type TextMessageFacts,
} from './render-text-message.ts'
import { flowKinds } from './words/mail-words.ts'
import { wordsIn } from './words/words-for.ts'

const facts: TextMessageFacts = {
  shop: 'Teasel & Thyme',
  sentence: wordsIn('en').textMessage.flows.refill,
  title: 'Coffee beans',
  price: '£9.90',
  // As long as a real one: an id of 26 signs, an index, a signature of 22.
  url: `https://aftercart.shop.example/c/${'0'.repeat(26)}.0.${'s'.repeat(22)}`,
  stop: wordsIn('en').textMessage.stop,
}

test('septets are counted as 3GPP TS 23.038 says: one each, two in the extension, none outside', () => {
  assert.equal(gsmSeptets('Hello @£$¥èéùìòÇ'), 16)
  assert.equal(gsmSeptets('5 € [x]'), 10)
  assert.equal(gsmSeptets('ç'), null)
  assert.equal(fitsOneMessage('x'.repeat(160)), true)
  assert.equal(fitsOneMessage('x'.repeat(161)), false)
  assert.equal(fitsOneMessage('ç'.repeat(71)), false)
})

test('a text message names the shop first, then one product with its price, the link and the way out', () => {
  assert.equal(
    renderTextMessage(facts),
    `Teasel & Thyme: Running low? Coffee beans, £9.90. ${facts.url} Reply STOP to end`,
  )
})

test('a Latin title of any length fits one message in every language, with shop, link and STOP whole', () => {
  const title = fc.oneof(
    fc.lorem({ maxCount: 40 }),
    fc.constantFrom(
      'Crème brûlée „Ménage“ – naïve œuvre'.repeat(5),
      'ÄÖÜ €€€ [x] '.repeat(20),
      'W'.repeat(300),
    ),
  )
  fc.assert(
    fc.property(
      title,
      fc.constantFrom('en', 'de', 'fr', 'es'),
      fc.constantFrom(...flowKinds),
      (long, locale, flow) => {
        const { flows, stop } = wordsIn(locale).textMessage
        const body = renderTextMessage({
          ...facts,
          title: long,
          sentence: flows[flow],
          stop,
          price: '1 234,56 €',
        })
        const septets = gsmSeptets(body)
        assert.ok(septets !== null && septets <= 160, `${septets}: ${body}`)
        assert.ok(
          body.startsWith('Teasel & Thyme: ') && body.includes(` ${facts.url} `) && body.includes('STOP'),
        )
      },
    ),
    { numRuns: 300, seed: 7 },
  )
})

test('a title that the plain alphabet cannot write is kept, at the price of a longer message', () => {
  const body = renderTextMessage({ ...facts, title: '抹茶' })
  assert.ok(body.includes('抹茶'))
  assert.equal(gsmSeptets(body), null)
})

test('a text message is one line, whatever a title holds', () => {
  assert.doesNotMatch(
    renderTextMessage({ ...facts, title: 'Teacup\r\nBcc: x\u2028y', shop: 'A\nB' }),
    /[\r\n\u2028]/,
  )
})

// Tokens over the longest ids that the API takes.

import assert from 'node:assert/strict'
import test from 'node:test'
import { anOffer } from '../../../test/store/offer-samples.ts'
import { openOfferTokens } from './offer-tokens.ts'

test('a token over ids of 200 characters is read again, whatever the characters', () => {
  const tokens = openOfferTokens([{ id: 'k1', key: Buffer.alloc(32, 1) }])
  for (const character of ['a', 'ß', '漢', '\\', '\u0001']) {
    const long = character.repeat(200)
    const token = tokens.sign({ ...anOffer(), orderId: long, product: long })
    assert.equal(
      tokens.read(token)?.orderId,
      long,
      `${JSON.stringify(character)}: ${token.length} characters`,
    )
  }
})

import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { AppError } from '../../domain/errors.ts'
import type { Offer } from '../../domain/offer.ts'
import { ID_LENGTH_MAX } from '../../domain/order.ts'
import { type OfferKey, openOfferTokens, readOfferKeys } from './offer-tokens.ts'

const secret = Buffer.alloc(32, 7)
const [key] = readOfferKeys(undefined, secret)
const tokens = openOfferTokens([key])
const offer: Offer = {
  ...{ id: 'abcdefghijklmnopqrstuvwxyz', orderId: 'order-1', placement: 'thank-you' },
  ...{ product: 'cleaner', title: 'Cleaner', imageUrl: null, url: null, anchor: 'machine' },
  ...{ anchorTitle: 'Machine', relation: 'complete', need: 'Cleans it.', merchantOfRecord: 'Shop Ltd' },
  quote: {
    ...{ currency: 'GBP', unitPriceMinor: 1400, quantity: 1, taxMinor: 233, taxIncluded: true },
    ...{ deliveryMinor: 0, totalMinor: 1400 },
  },
  oneClick: { allowed: true, expiresAtMs: 1_800_000, maxAmountMinor: null },
  ...{ consentVersion: 'v1', cartUrl: null, issuedAtMs: 0, expiresAtMs: 1_800_000, replaces: null },
}
const token = tokens.sign(offer)
const [prefix = '', keyId = '', claims = '', signature = ''] = token.split('.')
const cheaper = tokens.sign({ ...offer, quote: { ...offer.quote, totalMinor: 1 } }).split('.')

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function other(character: string): string {
  return ALPHABET[(ALPHABET.indexOf(character) + 1) % ALPHABET.length] ?? 'A'
}

function macOf(body: string, under: Buffer | string, hash = 'sha256'): Buffer {
  return createHmac(hash, under).update(body).digest()
}

function signed(body: string, under: Buffer | string, hash?: string): string {
  return `${body}.${macOf(body, under, hash).toString('base64url')}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function flipped(): string[] {
  return [...token].map((character, at) => token.slice(0, at) + other(character) + token.slice(at + 1))
}

/** The last character of the signature carries two bits that decode to nothing: the same bytes in other spellings. */
function respelled(): string[] {
  return [...ALPHABET]
    .map((last) => token.slice(0, -1) + last)
    .filter((text) => text !== token && Buffer.from(text.split('.')[3] ?? '', 'base64url').length === 32)
}

function otherwiseSigned(): string[] {
  const body = `${prefix}.${keyId}.${claims}`
  const noAlgorithm = { alg: 'none', typ: 'JWT' }
  return [
    // Algorithm: none, and others.
    ...[body, `${body}.`, `${body}.none`, `${encode(noAlgorithm)}.${claims}.`, `ac1.none.${claims}.`],
    ...[`${encode(noAlgorithm)}.${keyId}.${claims}.${signature}`, `ac0.${keyId}.${claims}.${signature}`],
    signed(`ac1.${keyId}.${encode({ ...noAlgorithm, jti: offer.id })}`, ''),
    ...['sha1', 'sha512', 'md5', 'sha3-256'].map((hash) => signed(body, key.key, hash)),
    `${body}.${macOf(body, key.key, 'sha512').subarray(0, 32).toString('base64url')}`,
    // Another key: empty, zeros, the public parts, the secret before its derivation, the key's own spelling.
    ...['', keyId, claims, signature, secret, Buffer.alloc(32), key.key.toString('hex')].map((under) =>
      signed(body, under),
    ),
    signed(body, key.key.toString('base64')),
    // The right key over something else.
    `${body}.${macOf(claims, key.key).toString('base64url')}`,
    `${body}.${macOf(`${keyId}.${claims}`, key.key).toString('base64url')}`,
    `${body}.${macOf(token, key.key).toString('base64url')}`,
    `${body}.${macOf('', key.key).toString('base64url')}`,
    // A key that is not here, and names that every object answers to.
    ...['k1', 'K0', '0', 'constructor', 'toString', '__proto__', 'hasOwnProperty'].map((id) =>
      signed(`ac1.${id}.${claims}`, key.key),
    ),
  ]
}

function swapped(): string[] {
  const body = `${prefix}.${keyId}`
  const other = Buffer.from(claims, 'base64url').toString().replace('1400', '0001')
  return [
    ...[`${body}.${cheaper[2]}.${signature}`, `${body}.${claims}.${cheaper[3]}`],
    `${body}.${Buffer.from(other).toString('base64url')}.${signature}`,
    ...[`${prefix}.${claims}.${keyId}.${signature}`, `${body}.${signature}.${claims}`],
    `${body}.${claims}${cheaper[2]}.${signature}`,
  ]
}

function reencoded(): string[] {
  const padded = Buffer.from(claims, 'base64url').toString('base64')
  const mac = Buffer.from(signature, 'base64url')
  const body = `${prefix}.${keyId}`
  return [
    ...[`${token}=`, `${token}==`, `${body}.${claims}=.${signature}`, `${body}.${claims}==.${signature}`],
    ...[`${body}.${claims}.${mac.toString('base64')}`, `${body}.${claims}.${mac.toString('hex')}`],
    ...[`${body}.${padded}=.${signature}`, `${body}.+${claims}.${signature}`],
    encodeURIComponent(`${token} `),
    token.replaceAll('.', '%2e'),
    token.toUpperCase(),
    token.toLowerCase(),
    token.normalize('NFKD').replace('a', '\u0430'),
  ]
}

function appended(): string[] {
  const ends = ['A', '.', '.A', ' ', '\n', '\0', '/accept', '?', '\u200b', `.${signature}`]
  return [
    ...ends.map((end) => token + end),
    ...ends.map((start) => start + token),
    ...['', ' ', '.', '...', 'null', 'undefined', '{}', '[]', 'ac1', 'ac1...', `ac1.${keyId}..`],
    ...['A'.repeat(1 << 20), `${prefix}.${keyId}.${'A'.repeat(1 << 20)}.${signature}`],
    ...['.'.repeat(1 << 20), token.repeat(3000)],
  ]
}

test('a token that we signed reads as its terms', () => {
  assert.deepEqual(tokens.read(token), {
    ...{ offerId: offer.id, orderId: 'order-1', product: 'cleaner' },
    ...{ totalMinor: 1400, currency: 'GBP', expiresAtMs: 1_800_000 },
  })
})

test('the longest ids that an order and a product may have fit into a token', () => {
  const [orderId, product] = ['漢'.repeat(ID_LENGTH_MAX), '字'.repeat(ID_LENGTH_MAX)]
  const claimed = tokens.read(tokens.sign({ ...offer, orderId, product }))
  assert.deepEqual([claimed?.orderId, claimed?.product], [orderId, product])
})

test('of more than 600 altered tokens none is read', () => {
  const cut = Array.from({ length: token.length }, (_, length) => token.slice(0, length))
  const altered = [
    ...[...flipped(), ...respelled(), ...cut, ...otherwiseSigned()],
    ...[...swapped(), ...reencoded(), ...appended()],
  ].filter((text) => text !== token)
  assert.ok(new Set(altered).size > 600, String(new Set(altered).size))
  const read = altered.filter((text) => tokens.read(text) !== null)
  assert.deepEqual(
    read.map((text) => text.slice(0, 400)),
    [],
  )
})

test('rightly signed claims of another purpose, or with a part missing, are no offer', () => {
  const whole: Record<string, unknown> = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const shapes: unknown[] = [null, 1, 'text', [], {}, { ...whole, aud: 'something-else' }]
  for (const part of ['aud', 'jti', 'order', 'product', 'amount', 'currency', 'exp']) {
    shapes.push({ ...whole, [part]: undefined }, { ...whole, [part]: { toString: '1' } })
  }
  for (const shape of shapes) {
    assert.equal(tokens.read(signed(`ac1.${keyId}.${encode(shape)}`, key.key)), null, JSON.stringify(shape))
  }
  assert.notEqual(tokens.read(signed(`ac1.${keyId}.${encode(whole)}`, key.key)), null)
})

test('while a key is replaced the first signs, both verify, and one that is taken out no longer counts', () => {
  const [first, second]: OfferKey[] = ['k2', 'k1'].map((id) => ({ id, key: randomBytes(32) }))
  assert.ok(first && second)
  const [before, during, after] = [[second], [first, second], [first]].map((keys) =>
    openOfferTokens(keys as [OfferKey]),
  )
  const old = before?.sign(offer) ?? ''
  const fresh = during?.sign(offer) ?? ''
  assert.match(fresh, /^ac1\.k2\./)
  for (const text of [old, fresh]) assert.equal(during?.read(text)?.offerId, offer.id)
  assert.equal(after?.read(old), null)
  assert.equal(after?.read(fresh)?.offerId, offer.id)
  // The name of one key with the signature of the other.
  const body = `ac1.k1.${claims}`
  assert.equal(during?.read(signed(body, first.key)), null)
  assert.equal(during?.read(signed(body, second.key))?.offerId, offer.id)
})

test('the keys of the environment are read in their sequence, and what is no key is refused', () => {
  const [one, two] = [randomBytes(32), randomBytes(40)]
  const keys = readOfferKeys(`k2:${one.toString('base64')}, k1:${two.toString('base64url')}`, secret)
  assert.deepEqual(
    [...keys],
    [
      { id: 'k2', key: one },
      { id: 'k1', key: two },
    ],
  )
  assert.deepEqual(readOfferKeys(' , ', secret), [key])
  for (const text of [
    'k1',
    'k1:',
    'k1:c2hvcnQ=',
    `k-1:${one.toString('base64')}`,
    `:${one.toString('hex')}`,
  ]) {
    assert.throws(
      () => readOfferKeys(text, secret),
      (error) => {
        assert.ok(error instanceof AppError && error.code === 'settings-invalid')
        assert.ok(!error.message.includes(one.toString('base64')))
        return true
      },
    )
  }
})

test('whatever text comes, reading never throws and never finds an offer', () => {
  const part = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 60 })
  const shaped = fc.tuple(part, part, part, part).map((parts) => parts.join('.'))
  const kidded = fc.tuple(part, part).map(([body, mac]) => `ac1.${keyId}.${body}.${mac}`)
  const mac = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const sized = fc
    .tuple(fc.json(), mac)
    .map(([text, bytes]) => `ac1.${keyId}.${encode(text)}.${Buffer.from(bytes).toString('base64url')}`)
  const text = fc.oneof(fc.string({ unit: 'binary' }), shaped, kidded, sized)
  fc.assert(
    fc.property(text, (given) => assert.equal(tokens.read(given), null)),
    { numRuns: 2000, seed: 1 },
  )
})

// Tokens of offers: `ac1.<key id>.<claims>.<signature>`, the claims as JSON and both in base64url, signed with HMAC-SHA256
// over everything before the last dot. The algorithm is fixed; a token names a key, and only keys handed in here count:
// the first signs, all verify, so that a key can be rotated while offers under the old one still run.
// Without keys of its own an installation derives one from its secret (HKDF, RFC 5869).

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../domain/errors.ts'
import type { Offer } from '../../domain/offer.ts'
import type { OfferClaims, OfferTokens } from '../../ports/offer-tokens.ts'

export type OfferKey = { readonly id: string; readonly key: Buffer }

const KEY_BYTES_MIN = 32
/** Longer is no token of ours: two ids of 200 characters, each of six bytes as JSON at worst, make some 3,600. */
const TOKEN_LENGTH_MAX = 4000

export function openOfferTokens(keys: readonly [OfferKey, ...OfferKey[]]): OfferTokens {
  const byId = new Map(keys.map(({ id, key }) => [id, key]))
  return {
    sign(offer) {
      const [{ id, key }] = keys
      const body = `ac1.${id}.${Buffer.from(JSON.stringify(claimsOf(offer))).toString('base64url')}`
      return `${body}.${macOf(body, key).toString('base64url')}`
    },
    read(token) {
      if (token.length > TOKEN_LENGTH_MAX) return null
      const match = /^(ac1\.([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]+))\.([A-Za-z0-9_-]{43})$/.exec(token)
      const [, body, id, claims, signature] = match ?? []
      const key = byId.get(id ?? '')
      if (body === undefined || claims === undefined || signature === undefined || key === undefined)
        return null
      const given = Buffer.from(signature, 'base64url')
      // The last character of 43 carries bits that are not part of the signature: only one spelling counts.
      if (given.toString('base64url') !== signature) return null
      const right = macOf(body, key)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null
      return readClaims(claims)
    },
  }
}

/** The keys of `AFTERCART_OFFER_KEYS` ("k2:<base64>,k1:<base64>", the first signs), else one derived from the secret. */
export function readOfferKeys(text: string | undefined, secret: Buffer): readonly [OfferKey, ...OfferKey[]] {
  const [first, ...others] = (text ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(readKey)
  if (first !== undefined) return [first, ...others]
  return [{ id: 'k0', key: Buffer.from(hkdfSync('sha256', secret, '', 'aftercart offer tokens', 32)) }]
}

function readKey(part: string): OfferKey {
  const [, id, encoded] = /^\s*([A-Za-z0-9]{1,16}):([A-Za-z0-9+/_=-]+)\s*$/.exec(part) ?? []
  const key = Buffer.from(encoded ?? '', 'base64')
  if (id !== undefined && key.length >= KEY_BYTES_MIN) return { id, key }
  throw new AppError(
    'settings-invalid',
    'AFTERCART_OFFER_KEYS holds something that is no key: write "id:base64" with at least 32 bytes, more of them after commas.',
  )
}

function macOf(body: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest()
}

function claimsOf({ id, orderId, product, quote, issuedAtMs, expiresAtMs }: Offer) {
  return {
    ...{ aud: 'aftercart-offer', jti: id, order: orderId, product },
    ...{ amount: quote.totalMinor, currency: quote.currency, iat: issuedAtMs, exp: expiresAtMs },
  }
}

/** After the signature was found right, so what is here was written by us. */
function readClaims(encoded: string): OfferClaims | null {
  const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
  if (typeof value !== 'object' || value === null) return null
  const claims: Partial<Record<string, unknown>> = value
  const { aud, jti, order, product, amount, currency, exp } = claims
  if (aud !== 'aftercart-offer' || typeof jti !== 'string' || typeof order !== 'string') return null
  if (typeof product !== 'string' || typeof currency !== 'string') return null
  if (typeof amount !== 'number' || typeof exp !== 'number') return null
  return { offerId: jti, orderId: order, product, totalMinor: amount, currency, expiresAtMs: exp }
}

// Tokens in the links of messages: `kind.payload.mac`, the MAC being HMAC-SHA256 over kind and payload under a key derived
// from the installation's secret (HKDF, RFC 5869), its first 128 bits in base64url. One algorithm, no expiry: a link to
// unsubscribe works for as long as the secret does.

import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import { ID_LENGTH_MAX } from '../../domain/order.ts'
import type { LinkTokens } from '../../ports/link-tokens.ts'

const MAC_BYTES = 16
/** An order's id in base64url is the longest payload. */
const TOKEN_LENGTH_MAX = ID_LENGTH_MAX * 6 + 60

type Kind = 'u' | 'c' | 'i'

export function openLinkTokens(secret: Buffer): LinkTokens {
  // Made once: a MAC under bytes takes four times as long as under a key.
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'aftercart links', 32)))
  const sign = (kind: Kind, payload: string) =>
    `${payload}.${macOf(key, kind, payload).toString('base64url')}`
  const read = (kind: Kind, token: string): string | null => {
    if (token.length > TOKEN_LENGTH_MAX) return null
    const [, payload, signature] = /^([A-Za-z0-9_.-]+)\.([A-Za-z0-9_-]{22})$/.exec(token) ?? []
    if (payload === undefined || signature === undefined) return null
    const given = Buffer.from(signature, 'base64url')
    // The last character carries bits that are not part of the MAC: only one spelling counts.
    if (given.toString('base64url') !== signature) return null
    return timingSafeEqual(given, macOf(key, kind, payload)) ? payload : null
  }
  return {
    unsubscribe: (recipientHash, medium, messageId) =>
      sign('u', `${medium === 'email' ? 'e' : 's'}${recipientHash}.${messageId}`),
    readUnsubscribe(token) {
      const [, medium, recipientHash, messageId] =
        /^([es])([0-9A-Za-z-]+)\.([^.]*)$/.exec(read('u', token) ?? '') ?? []
      if (recipientHash === undefined || messageId === undefined) return null
      return { recipientHash, medium: medium === 'e' ? 'email' : 'sms', messageId }
    },
    click: (messageId, index) => sign('c', `${messageId}.${index}`),
    readClick(token) {
      const [, messageId, index] = /^([^.]+)\.(\d)$/.exec(read('c', token) ?? '') ?? []
      return messageId === undefined ? null : { messageId, index: Number(index) }
    },
    image: (orderId, index) => sign('i', `${Buffer.from(orderId).toString('base64url')}.${index}`),
    readImage(token) {
      const [, order, index] = /^([^.]+)\.(\d)$/.exec(read('i', token) ?? '') ?? []
      return order === undefined
        ? null
        : { orderId: Buffer.from(order, 'base64url').toString(), index: Number(index) }
    },
  }
}

function macOf(key: KeyObject, kind: Kind, payload: string): Buffer {
  return createHmac('sha256', key).update(`${kind}:${payload}`).digest().subarray(0, MAC_BYTES)
}

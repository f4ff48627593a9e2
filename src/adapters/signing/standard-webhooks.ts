// Messages between two servers, signed as Standard Webhooks say (https://www.standardwebhooks.com): HMAC-SHA256 over
// `id.timestamp.body`, in base64, under a secret written `whsec_<base64>`. Comes in: the raw body and the headers. Goes out: headers
// to send, or whether a message is genuine. A secret that is not one rejects with `settings-invalid`.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../domain/errors.ts'

export type SigningKey = { readonly bytes: Buffer }

export type SignedHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

const TOLERANCE_SECONDS = 300
const SIGNATURES_MAX = 10
/** The bounds of the standard. */
const KEY_BYTES_MIN = 24
const KEY_BYTES_MAX = 64

export function readSigningKey(secret: string): SigningKey {
  const [, text] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim()) ?? []
  const bytes = Buffer.from(text ?? '', 'base64')
  if (bytes.length >= KEY_BYTES_MIN && bytes.length <= KEY_BYTES_MAX) return { bytes }
  throw new AppError(
    'settings-invalid',
    'A signing secret is "whsec_" and the base64 of 24 to 64 random bytes; make one with: node -p "\'whsec_\'+crypto.randomBytes(32).toString(\'base64\')"',
  )
}

export function signMessage(key: SigningKey, id: string, body: string, nowMs: number): SignedHeaders {
  const timestamp = String(Math.floor(nowMs / 1000))
  const signature = `v1,${macOf(key, id, timestamp, body).toString('base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
}

/** The id of a genuine message that is at most five minutes off, else `null`. Several keys while one is being replaced. */
export function verifyMessage(
  keys: readonly SigningKey[],
  body: string,
  headers: { get(name: string): string | null | undefined },
  nowMs: number,
): string | null {
  const id = headers.get('webhook-id') ?? ''
  const timestamp = headers.get('webhook-timestamp') ?? ''
  const given = (headers.get('webhook-signature') ?? '').slice(0, 2_000).split(' ', SIGNATURES_MAX)
  if (id === '' || id.length > 255 || !/^\d{1,12}$/.test(timestamp)) return null
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > TOLERANCE_SECONDS) return null
  const isGenuine = keys.some((key) => {
    const right = Buffer.from(`v1,${macOf(key, id, timestamp, body).toString('base64')}`)
    return given.map((text) => Buffer.from(text)).some((one) => isEqual(one, right))
  })
  return isGenuine ? id : null
}

function macOf({ bytes }: SigningKey, id: string, timestamp: string, body: string): Buffer {
  return createHmac('sha256', bytes).update(`${id}.${timestamp}.${body}`).digest()
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

// Shopify's privacy topics: customers/data_request, customers/redact, shop/redact. Comes in: one or two app secrets (two
// while one is replaced), then the raw body and the headers, of either family of names. Goes out: whose data is to be handed
// out or erased. Signed with base64(HMAC-SHA256(raw body, app secret)); Shopify's signature holds no time, and both requests
// may be done again.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { PrivacyReader } from '../../ports/privacy-requests.ts'
import { readJson } from '../json-text.ts'
import { isBodySigned } from '../signing/body-hmac.ts'
import { shopifyHeader } from './shopify-header.ts'

const text = z.union([z.string(), z.number()]).nullish()
const shape = z.object({ customer: z.object({ id: text, email: text, phone: text }) })

const wanted = { 'customers/data_request': 'data', 'customers/redact': 'erasure' } as const

export function openShopifyPrivacy(
  secrets: readonly [string] | readonly [current: string, previous: string],
): PrivacyReader {
  return (body, headers) => {
    if (!isBodySigned(secrets, body, shopifyHeader(headers, 'hmac-sha256'))) return { kind: 'forged' }
    const topic = shopifyHeader(headers, 'topic')
    if (topic === 'shop/redact') return { kind: 'whole-shop' }
    if (topic !== 'customers/data_request' && topic !== 'customers/redact') return { kind: 'ignored' }
    const { data } = shape.safeParse(readJson(body))
    const names = [data?.customer.id, data?.customer.email, data?.customer.phone].flatMap((name) =>
      name == null || name === '' ? [] : [String(name)],
    )
    if (names.length === 0) return { kind: 'ignored' }
    return { kind: 'request', request: { eventId: eventIdOf(headers, body), wants: wanted[topic], names } }
  }
}

/** Only what a file may be called. */
function eventIdOf(headers: Parameters<PrivacyReader>[1], body: string): string {
  const id = shopifyHeader(headers, 'event-id') ?? ''
  return /^[A-Za-z0-9-]{1,80}$/.test(id) ? id : createHash('sha256').update(body).digest('hex').slice(0, 32)
}

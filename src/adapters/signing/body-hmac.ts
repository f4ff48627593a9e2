// base64(HMAC-SHA256(raw body, secret)), as Shopify and WooCommerce sign what they send. Comes in: one or two secrets (two while
// one is replaced), the body, the signature that came with it. Goes out: whether one of them fits, in constant time.

import { createHmac, timingSafeEqual } from 'node:crypto'

export function isBodySigned(secrets: readonly string[], body: string, given: string | undefined): boolean {
  const mac = Buffer.from(given ?? '', 'base64')
  return secrets.some((secret) => {
    const right = createHmac('sha256', secret).update(body).digest()
    return mac.length === right.length && timingSafeEqual(mac, right)
  })
}

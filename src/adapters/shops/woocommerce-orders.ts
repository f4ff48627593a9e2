// WooCommerce tells of orders: the topics order.created, order.updated, order.restored and order.deleted. Comes in: one or two
// secrets, then the raw body and the headers. Goes out: the order as it is now. Its products are the SKU, else the variation,
// else the product, its customer the e-mail address, as in an import of its exports. When a webhook is saved, WooCommerce
// posts webhook_id=<n> without a signature and turns it off unless that is answered with 200: it changes nothing.

import { z } from 'zod'
import { parseInstant } from '../../domain/instant.ts'
import { parseAmount } from '../../domain/money.ts'
import type { ShopOrderReader, ToldOrder } from '../../ports/shop-orders.ts'
import { readJson } from '../json-text.ts'
import { isBodySigned } from '../signing/body-hmac.ts'
import { textOrNull as text } from './text-or-null.ts'

/** Zero is its word for none. */
const idOrNull = text.transform((id) => (id === '0' ? null : id))

const address = z
  .object({
    first_name: text,
    last_name: text,
    country: text,
    state: text,
    postcode: text,
    email: text,
    phone: text,
  })
  .partial()

const line = z.object({
  sku: text,
  variation_id: idOrNull,
  product_id: idOrNull,
  name: text,
  quantity: z.int(),
  total: z.string(),
})

const shape = z.object({
  id: z.int().transform(String),
  status: z.string(),
  currency: z.string(),
  date_created_gmt: z.string(),
  date_modified_gmt: text,
  date_paid_gmt: text,
  customer_id: idOrNull,
  billing: address,
  shipping: address,
  line_items: z.array(line),
})
type WooOrder = z.infer<typeof shape>

const deleted = z.object({ id: z.int().transform(String) })

/** Cash on delivery has no date of payment. */
const boughtStatuses: ReadonlySet<string> = new Set(['processing', 'completed'])
const notBoughtStatuses: ReadonlySet<string> = new Set([
  ...['pending', 'failed', 'cancelled', 'refunded', 'trash', 'draft', 'auto-draft', 'checkout-draft'],
])

export function openWooCommerceOrders(
  secrets: readonly [string] | readonly [current: string, previous: string],
): ShopOrderReader {
  return (body, headers, nowMs) => {
    const given = headers.get('x-wc-webhook-signature')
    if (given === undefined && /^webhook_id=\d{1,20}$/.test(body)) return { kind: 'trial' }
    if (!isBodySigned(secrets, body, given)) return { kind: 'forged' }
    const topic = headers.get('x-wc-webhook-topic') ?? ''
    if (!topic.startsWith('order.')) return { kind: 'ignored' }
    if (topic === 'order.deleted') {
      const gone = deleted.safeParse(readJson(body)).data
      if (gone === undefined) return { kind: 'ignored' }
      return { kind: 'order', orderId: gone.id, paid: null, fate: { cancelledAtMs: nowMs } }
    }
    const order = shape.safeParse(readJson(body)).data
    if (order === undefined) return { kind: 'ignored' }
    const { id, status, date_paid_gmt } = order
    const isPaid = boughtStatuses.has(status) || (date_paid_gmt !== null && !notBoughtStatuses.has(status))
    return { kind: 'order', orderId: id, paid: isPaid ? toldOrder(order) : null, fate: fateOf(order, nowMs) }
  }
}

/** Its times have no zone; those that end in gmt are of UTC, as the rest of the house takes them. */
function fateOf({ status, date_modified_gmt }: WooOrder, nowMs: number) {
  const atMs = parseInstant(date_modified_gmt ?? '') ?? nowMs
  if (status === 'cancelled') return { cancelledAtMs: atMs }
  return status === 'refunded' ? { refundedAtMs: atMs } : {}
}

function toldOrder(order: WooOrder): ToldOrder {
  const { billing, shipping, currency } = order
  const called = [billing.first_name, billing.last_name].filter((part) => part != null).join(' ')
  const at = shipping.country == null ? billing : shipping
  return {
    id: order.id,
    customerId: billing.email ?? order.customer_id,
    placedAt: order.date_created_gmt,
    currency,
    lines: order.line_items.flatMap((item) => {
      const productId = item.sku ?? item.variation_id ?? item.product_id ?? item.name
      const total = parseAmount(item.total, currency)
      if (productId === null || item.quantity < 1 || total === null || total < 0) return []
      return [{ productId, quantity: item.quantity, unitPriceMinor: Math.round(total / item.quantity) }]
    }),
    contact: {
      email: billing.email ?? null,
      phone: billing.phone ?? null,
      name: called === '' ? null : called,
      country: at.country ?? null,
      region: at.state ?? null,
      postalCode: at.postcode ?? null,
      locale: null,
    },
  }
}

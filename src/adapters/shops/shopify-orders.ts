// Shopify tells of orders: the topics orders/create, orders/paid, orders/updated, orders/cancelled and orders/fulfilled,
// which all carry the whole order. Comes in: one or two app secrets, then the raw body and the headers, of either family of
// names. Goes out: the order as it is now. Its id is the name (#1001), its customer the e-mail address and its products the
// SKU, else the name, because Shopify's export of orders has no other: an imported history goes on under the same ids.

import { z } from 'zod'
import { parseInstant } from '../../domain/instant.ts'
import { parseAmount } from '../../domain/money.ts'
import type { ShopOrderReader, ToldContact, ToldOrder } from '../../ports/shop-orders.ts'
import { readJson } from '../json-text.ts'
import { isBodySigned } from '../signing/body-hmac.ts'
import { shopifyHeader } from './shopify-header.ts'
import { textOrNull as text } from './text-or-null.ts'

const address = z
  .object({ name: text, phone: text, country_code: text, province_code: text, zip: text })
  .nullish()

const line = z.object({
  sku: text,
  name: text,
  quantity: z.int(),
  price: z.string(),
  discount_allocations: z.array(z.object({ amount: z.string() })).nullish(),
})

const shape = z.object({
  name: z.string().min(1),
  email: text,
  phone: text,
  created_at: z.string(),
  updated_at: text,
  cancelled_at: text,
  currency: z.string(),
  customer_locale: text,
  financial_status: text,
  fulfillment_status: text,
  fulfillments: z.array(z.object({ shipment_status: text, updated_at: text })).nullish(),
  customer: z.object({ id: text, first_name: text, last_name: text, phone: text }).nullish(),
  shipping_address: address,
  billing_address: address,
  line_items: z.array(line),
})
type ShopifyOrder = z.infer<typeof shape>

/** Of a partly refunded one the customer keeps something. */
const paidStatuses: ReadonlySet<string> = new Set(['paid', 'partially_refunded'])

export function openShopifyOrders(
  secrets: readonly [string] | readonly [current: string, previous: string],
): ShopOrderReader {
  return (body, headers) => {
    if (!isBodySigned(secrets, body, shopifyHeader(headers, 'hmac-sha256'))) return { kind: 'forged' }
    if (!(shopifyHeader(headers, 'topic') ?? '').startsWith('orders/')) return { kind: 'ignored' }
    const order = shape.safeParse(readJson(body)).data
    if (order === undefined) return { kind: 'ignored' }
    const fate = fateOf(order)
    const isPaid = paidStatuses.has(order.financial_status ?? '') && fate.cancelledAtMs === undefined
    return { kind: 'order', orderId: order.name, paid: isPaid ? toldOrder(order) : null, fate }
  }
}

function fateOf(order: ShopifyOrder) {
  const { cancelled_at, financial_status, updated_at, fulfillment_status } = order
  const parcels = order.fulfillments ?? []
  const hasArrived =
    fulfillment_status === 'fulfilled' &&
    parcels.length > 0 &&
    parcels.every(({ shipment_status }) => shipment_status === 'delivered')
  const arrivals = hasArrived ? parcels.map((parcel) => parseInstant(parcel.updated_at ?? '') ?? 0) : []
  return {
    ...instantOf('cancelledAtMs', cancelled_at ?? (financial_status === 'voided' ? updated_at : null)),
    ...instantOf('refundedAtMs', financial_status === 'refunded' ? updated_at : null),
    ...(arrivals.length > 0 && arrivals.every((atMs) => atMs > 0)
      ? { deliveredAtMs: Math.max(...arrivals) }
      : {}),
  }
}

function instantOf<Name extends string>(name: Name, at: string | null): { readonly [Key in Name]?: number } {
  const atMs = at === null ? null : parseInstant(at)
  return atMs === null ? {} : ({ [name]: atMs } as { readonly [Key in Name]?: number })
}

function toldOrder(order: ShopifyOrder): ToldOrder {
  const { currency } = order
  return {
    id: order.name,
    customerId: order.email ?? order.customer?.id ?? null,
    placedAt: order.created_at,
    currency,
    lines: order.line_items.flatMap((item) => {
      const { quantity } = item
      const productId = item.sku ?? item.name
      const unit = parseAmount(item.price, currency)
      if (productId === null || quantity < 1 || unit === null || unit < 0) return []
      const off = (item.discount_allocations ?? []).reduce(
        (sum, { amount }) => sum + (parseAmount(amount, currency) ?? 0),
        0,
      )
      const unitPriceMinor = Math.max(0, Math.round((unit * quantity - off) / quantity))
      return [{ productId, quantity, unitPriceMinor }]
    }),
    contact: contactOf(order),
  }
}

function contactOf({ email, phone, customer, ...order }: ShopifyOrder): ToldContact {
  const at = order.shipping_address ?? order.billing_address
  const called = [customer?.first_name, customer?.last_name].filter((part) => part != null).join(' ')
  return {
    email,
    phone: phone ?? customer?.phone ?? at?.phone ?? null,
    name: called === '' ? (at?.name ?? null) : called,
    country: at?.country_code ?? null,
    region: at?.province_code ?? null,
    postalCode: at?.zip ?? null,
    locale: order.customer_locale,
  }
}

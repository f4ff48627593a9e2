// The shop's own back end over signed requests to one URL: what an add-on costs now, and the order that it is added to. Rejects
// with `shop-unavailable` where there was no clear answer; a quote that is not right is refused and never shown. The requests
// and answers are in docs/guide/payments.md.

import { z } from 'zod'
import { addsUp, type Quote } from '../../domain/offer.ts'
import type {
  AddLineAnswer,
  QuoteAnswer,
  QuoteRequest,
  RemoveLineAnswer,
  ShopBackEnd,
  ShopOrder,
} from '../../ports/shop.ts'
import { openSignedPost, type SignedPostOptions } from '../signing/post-signed.ts'

export type HttpShopOptions = SignedPostOptions

const minor = z.int().min(0)
const quote: z.ZodType<Quote> = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  unitPriceMinor: minor,
  quantity: z.int().min(1),
  taxMinor: minor,
  taxIncluded: z.boolean(),
  deliveryMinor: minor,
  totalMinor: minor,
})
const soldOut = z.object({ kind: z.literal('sold-out') })
const orderClosed = z.object({ kind: z.literal('order-closed') })
const refused = z.object({ kind: z.literal('refused'), detail: z.string().max(500) })

const quoteShape: z.ZodType<QuoteAnswer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('quoted'), quote, merchantOfRecord: z.string().min(1).max(200) }),
  ...[soldOut, orderClosed, refused],
])
const addLineShape: z.ZodType<AddLineAnswer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('added') }),
  ...[soldOut, orderClosed, refused],
])
const removeLineShape: z.ZodType<RemoveLineAnswer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('shipped') }),
])
const orderShape: z.ZodType<{ readonly order: ShopOrder | null }> = z.object({
  order: z
    .object({
      status: z.enum(['open', 'fulfilled', 'cancelled']),
      references: z.array(z.string().max(255)).max(1_000),
    })
    .nullable(),
})

export function openHttpShop(options: HttpShopOptions): ShopBackEnd {
  const post = openSignedPost(options, { name: "The shop's back end", code: 'shop-unavailable' })
  return {
    name: 'http',
    quote: async (request) => checked(request, await post({ type: 'offer.quote', ...request }, quoteShape)),
    addLine: (request) => post({ type: 'order.add-line', ...request }, addLineShape),
    removeLine: (request) => post({ type: 'order.remove-line', ...request }, removeLineShape),
    readOrder: async (orderId) => (await post({ type: 'order.read', orderId }, orderShape)).order,
  }
}

/** The shopper must never be shown one sum and charged another. */
function checked(asked: QuoteRequest, answer: QuoteAnswer): QuoteAnswer {
  if (answer.kind !== 'quoted') return answer
  const { currency, quantity } = answer.quote
  if (currency !== asked.currency) return refusing(`the quote is in ${currency}, not in ${asked.currency}`)
  if (quantity !== asked.quantity) return refusing(`the quote is for ${quantity}, not for ${asked.quantity}`)
  return addsUp(answer.quote) ? answer : refusing('the parts of the quote do not add up to its total')
}

function refusing(detail: string): QuoteAnswer {
  return { kind: 'refused', detail }
}

// A shop's own back end on 127.0.0.1, as an integrator would write it from docs/guide/payments.md: it checks the signature,
// answers, and can be told how the next request fares. Its orders and stock are plain state.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Quote } from '../src/domain/offer.ts'

export type Message = Readonly<Record<string, unknown>>
export type NextFault =
  | 'lost-request'
  | 'lost-answer'
  | number
  | { readonly status: number; readonly body: string }

export type SignedServer = {
  readonly url: string
  next(fault: NextFault): void
  close(): Promise<void>
}

/** `answer` gets every message whose signature is right; `null` is a 404. */
export async function serveSigned(
  secret: string,
  clock: { nowMs(): number },
  answer: (message: Message) => unknown,
): Promise<SignedServer> {
  let fault: NextFault | null = null
  const server = createServer(async (request, response) => {
    request.setEncoding('utf8')
    let body = ''
    for await (const chunk of request) body += chunk
    const happens = fault
    fault = null
    if (happens === 'lost-request') return request.socket.destroy()
    if (typeof happens === 'number') return response.writeHead(happens, { location: '/elsewhere' }).end()
    if (typeof happens === 'object' && happens !== null) {
      return response.writeHead(happens.status).end(happens.body)
    }
    if (!isGenuine(request, body, secret, clock.nowMs())) return response.writeHead(401).end()
    const said = await Promise.resolve(answer(JSON.parse(body))).catch(() => null)
    if (happens === 'lost-answer') return request.socket.destroy()
    if (said === null) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/aftercart`,
    next(happens) {
      fault = happens
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The ten lines of the guide. */
function isGenuine({ headers }: IncomingMessage, body: string, secret: string, nowMs: number): boolean {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > 300) return false
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const given = Buffer.from(String(headers['webhook-signature']))
  const right = Buffer.from(`v1,${mac}`)
  return given.length === right.length && timingSafeEqual(given, right)
}

export type LocalShop = {
  /** What one piece costs, by product. */
  readonly prices: Map<string, number>
  readonly stock: Map<string, number>
  readonly orders: Map<
    string,
    { status: 'open' | 'fulfilled' | 'cancelled'; readonly lines: Map<string, string> }
  >
  /** What every quote is changed to last: to be wrong on purpose. */
  distort: (quote: Quote) => Quote
}

export function newLocalShop(): LocalShop {
  return {
    prices: new Map([['brush', 1_200]]),
    stock: new Map([['brush', 2]]),
    orders: new Map([['1001', { status: 'open', lines: new Map() }]]),
    distort: (quote) => quote,
  }
}

export function answerAsShop(shop: LocalShop, message: Message): unknown {
  const order = shop.orders.get(String(message.orderId))
  const product = String(message.product)
  const reference = String(message.reference)
  switch (message.type) {
    case 'offer.quote': {
      const unitPriceMinor = shop.prices.get(product)
      if (order === undefined || unitPriceMinor === undefined) return { kind: 'refused', detail: 'not known' }
      if (order.status !== 'open') return { kind: 'order-closed' }
      if ((shop.stock.get(product) ?? 0) < 1) return { kind: 'sold-out' }
      return {
        kind: 'quoted',
        quote: shop.distort(quoteOf(message, unitPriceMinor)),
        merchantOfRecord: 'shop',
      }
    }
    case 'order.add-line': {
      if (order === undefined) return { kind: 'refused', detail: 'not known' }
      if (order.lines.has(reference)) return { kind: 'added' }
      if (order.status !== 'open') return { kind: 'order-closed' }
      const left = shop.stock.get(product) ?? 0
      if (left < 1) return { kind: 'sold-out' }
      shop.stock.set(product, left - 1)
      order.lines.set(reference, product)
      return { kind: 'added' }
    }
    case 'order.remove-line': {
      const taken = order?.lines.get(reference)
      if (order === undefined || taken === undefined) return { kind: 'absent' }
      if (order.status === 'fulfilled') return { kind: 'shipped' }
      order.lines.delete(reference)
      shop.stock.set(taken, (shop.stock.get(taken) ?? 0) + 1)
      return { kind: 'absent' }
    }
    case 'order.read':
      if (order === undefined) return { order: null }
      return { order: { status: order.status, references: [...order.lines.keys()] } }
    default:
      return null
  }
}

function quoteOf({ quantity, currency }: Message, unitPriceMinor: number): Quote {
  const pieces = Number(quantity)
  const deliveryMinor = 200
  return {
    ...{ currency: String(currency), unitPriceMinor, quantity: pieces, taxMinor: 100, taxIncluded: true },
    ...{ deliveryMinor, totalMinor: unitPriceMinor * pieces + deliveryMinor },
  }
}

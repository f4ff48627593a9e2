// A stand-in for the Aftercart server and a shop's thank-you page, for tests of the widget: one origin, a strict policy, and
// answers that the test names. Keeps what was asked. The page writes down layout shifts, policy violations and events.

import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formatMoney } from '../src/domain/money.ts'
import type { OneClick, Quote } from '../src/domain/offer.ts'
import type { Locale, OfferView, ViewState } from '../src/domain/offer-view.ts'
import { localeTag, wordsFor } from '../src/domain/offer-words/words-for.ts'

export type Answer = {
  readonly status?: number
  readonly body?: unknown
  readonly delayMs?: number
  /** The connection ends without an answer. */
  readonly isLost?: boolean
}
export type Asked = { readonly what: string; readonly token: string; readonly body: string }

export type StandIn = {
  readonly address: string
  readonly asked: Asked[]
  /** By what is asked: `see`, `accept`, `decline`, `undo`, `expose`. */
  answers: Record<string, (token: string, count: number) => Answer>
  /** Put into the element's tag and between its tags. */
  element: { attributes: string; content: string }
  count(what: string): number
  close(): Promise<void>
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"

const recorder = `
window.record = { shifts: [], violations: [], events: [] }
window.pwned = () => { window.wasPwned = true }
new PerformanceObserver((list) => list.getEntries().forEach((entry) => record.shifts.push(entry.value)))
  .observe({ type: 'layout-shift', buffered: true })
addEventListener('securitypolicyviolation', (event) => record.violations.push(event.violatedDirective))
for (const name of ['shown', 'accepted', 'declined', 'undone', 'nothing', 'action'])
  addEventListener('aftercart:' + name, (event) => record.events.push({ name, ...event.detail }))
window.drawn = async (token) => {
  const element = document.querySelector('aftercart-offer')
  const isShown = new Promise((resolve) => element.addEventListener('aftercart:shown', resolve, { once: true }))
  element.setAttribute('token', token)
  await isShown
  const root = element.shadowRoot
  return {
    title: root.querySelector('.title').textContent,
    links: [...root.querySelectorAll('a')].filter((link) => !link.hidden).map((link) => link.protocol),
    names: [...new Set([...root.querySelectorAll('*')].map((node) => node.localName))],
  }
}
`
/** The rule of docs/guide/widget.md that keeps the place before the script is there. */
const shopStyle = `
body { margin: 0 auto; max-width: 48rem; padding: 1rem; font: 16px/1.5 'Open Sans', sans-serif; color: #1c1c1e; background: #fff }
aftercart-offer { display: block; block-size: 25rem }
@media (min-width: 40rem) { aftercart-offer { block-size: 17.5rem } }
`
const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120"><rect width="120" height="120" fill="#e9e2d6"/><path d="M30 44h52v22a24 24 0 0 1-24 24h-4a24 24 0 0 1-24-24z" fill="#8a4b3a"/><path d="M82 50h8a10 10 0 0 1 0 22h-9" fill="none" stroke="#8a4b3a" stroke-width="6"/></svg>`

export async function openStandIn(): Promise<StandIn> {
  const asked: Asked[] = []
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const file = files(standIn, path)
    if (file !== null) {
      response.writeHead(200, { 'content-type': file.type, 'content-security-policy': policy })
      response.end(file.text)
      return
    }
    let body = ''
    for await (const piece of request) body += piece
    const [, token = '', doing = 'see'] = /^\/v1\/offers\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const what = path === '/v1/exposures' ? 'expose' : doing
    asked.push({ what, token: decodeURIComponent(token), body })
    const count = (counts.get(what) ?? 0) + 1
    counts.set(what, count)
    const answer = standIn.answers[what]?.(decodeURIComponent(token), count) ?? { status: 404, body: {} }
    if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs))
    if (answer.isLost) {
      // A browser asks again by itself where a connection ended before the first byte; half an answer it takes as lost.
      if (what === 'see') request.socket.destroy()
      else response.writeHead(200, { 'content-length': '1000' }).write('{', () => request.socket.destroy())
      return
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
    if (answer.status === 204) response.end()
    else response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const standIn: StandIn = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers: {},
    element: { attributes: 'token="t1"', content: '' },
    count: (what) => asked.filter((one) => one.what === what).length,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return standIn
}

function files({ element }: StandIn, path: string): { readonly type: string; readonly text: string } | null {
  switch (path) {
    case '/':
      return {
        type: 'text/html; charset=utf-8',
        text: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Thank you</title>
<script src="/recorder.js"></script><link rel="stylesheet" href="/shop.css"><link rel="icon" href="/picture.svg">
<script src="/aftercart.js" defer></script>
<h1>Thank you for your order</h1><p>We have sent a confirmation to you.</p>
<aftercart-offer ${element.attributes}>${element.content}</aftercart-offer>
<p id="below">Your parcel leaves tomorrow.</p></html>`,
      }
    case '/recorder.js':
      return { type: 'text/javascript', text: recorder }
    case '/shop.css':
      return { type: 'text/css', text: shopStyle }
    case '/picture.svg':
      return { type: 'image/svg+xml', text: picture }
    case '/aftercart.js':
      return {
        type: 'text/javascript',
        text: readFileSync(new URL('../dist/storefront/aftercart.js', import.meta.url), 'utf8'),
      }
    default:
      return null
  }
}

const quote: Quote = {
  currency: 'GBP',
  unitPriceMinor: 1400,
  quantity: 1,
  taxMinor: 233,
  taxIncluded: true,
  deliveryMinor: 0,
  totalMinor: 1400,
}

export type ViewChanges = Partial<Omit<OfferView, 'offer'>> & {
  readonly offer?: Partial<OfferView['offer']>
  readonly noOneClick?: Exclude<OneClick, { allowed: true }>
}

/** An offer as the server would send it in this state, with the server's words. */
export function viewOf(state: ViewState, changes: ViewChanges = {}, locale: Locale = 'en'): OfferView {
  const { offer, noOneClick, ...rest } = changes
  const oneClick: OneClick = noOneClick ?? { allowed: true, expiresAtMs: 0, maxAmountMinor: null }
  const undoMinutes = state === 'added' && rest.undoUntilMs !== null ? 15 : null
  const cartUrl = rest.cartUrl ?? null
  return {
    state,
    locale,
    offer: {
      ...quote,
      product: 'saucer',
      title: 'Regency saucer, green',
      imageUrl: '/picture.svg',
      url: '/products/saucer',
      anchorTitle: 'Regency teacup',
      need: 'Completes your Regency teacup',
      total: formatMoney({ amountMinor: quote.totalMinor, currency: quote.currency }, localeTag(locale)),
      merchant: 'shop',
      ...offer,
    },
    oneClick: {
      allowed: oneClick.allowed,
      reason: oneClick.allowed ? null : oneClick.reason,
      expiresAt: null,
      maxAmount: null,
    },
    cartUrl,
    expiresAtMs: Date.now() + 1_800_000,
    undoUntilMs: undoMinutes === null ? null : Date.now() + 900_000,
    action: null,
    replacement: null,
    words: wordsFor(state, { quote, oneClick, cartUrl, undoMinutes }, locale),
    ...rest,
  }
}

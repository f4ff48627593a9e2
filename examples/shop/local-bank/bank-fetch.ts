// The bank as a `fetch`, without sockets: what Stripe's SDK is handed instead of the network. A request can be lost before it
// arrives, or its answer after, as `fault` says; a card named silent never answers.

import { askBank, type Bank } from './bank-model.ts'

export type Fault = 'none' | 'lost-request' | 'lost-answer' | 'server-error'

export function bankFetch(
  bank: Bank,
  fault: (path: string) => Fault = () => 'none',
): (url: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const request = new Request(url, init)
    const { pathname, search } = new URL(request.url)
    const body = request.method === 'POST' ? await request.text() : search
    const fields = new URLSearchParams(body)
    const what = isSilent(bank, pathname) ? 'lost-request' : fault(pathname)
    if (what === 'lost-request') throw new TypeError('the bank does not answer')
    if (what === 'server-error') return json(500, { error: { type: 'api_error', message: 'out of order' } })
    const key = request.headers.get('idempotency-key')
    const answer = askBank(bank, { method: request.method, path: pathname, fields, key })
    if (what === 'lost-answer') throw new TypeError('the answer of the bank was lost')
    return json(answer.status, answer.body)
  }
}

/** Known from its payment on: that one can be made, and then nobody answers. */
function isSilent(bank: Bank, path: string): boolean {
  const id = /^\/v1\/payment_intents\/([^/]+)/.exec(path)?.[1]
  return bank.intents.get(id ?? '')?.paymentMethod === 'pm_card_silent'
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

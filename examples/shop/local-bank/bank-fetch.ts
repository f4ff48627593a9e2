// The local bank as a `fetch` function, without a socket: for Stripe's SDK in tests and in the demo. A request or an answer
// that is lost rejects as a broken connection does.

import { answerRequest } from './answer-request.ts'
import type { BankAnswer, LocalBank } from './bank-state.ts'

export function bankFetch(bank: LocalBank): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const answer = answerFrom(bank, {
      method: init?.method ?? 'GET',
      url,
      body: typeof init?.body === 'string' ? init.body : '',
      headers: new Headers(init?.headers),
    })
    if (answer === null) throw new TypeError('fetch failed')
    return Response.json(answer.body, { status: answer.status })
  }
}

export type RawRequest = {
  readonly method: string
  readonly url: URL
  readonly body: string
  readonly headers: Headers
}

export function answerFrom(bank: LocalBank, { method, url, body, headers }: RawRequest): BankAnswer | null {
  return answerRequest(bank, {
    method,
    path: url.pathname,
    params: new URLSearchParams(method === 'GET' ? url.search : body),
    idempotencyKey: headers.get('idempotency-key'),
    authorization: headers.get('authorization'),
  })
}

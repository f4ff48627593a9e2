// The local bank over HTTP on 127.0.0.1. What is lost on the way closes the connection without an answer.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerFrom } from './bank-fetch.ts'
import type { LocalBank } from './bank-state.ts'

export type ServedBank = { readonly port: number; close(): Promise<void> }

export async function serveBank(bank: LocalBank): Promise<ServedBank> {
  const server = createServer(async (request, response) => {
    request.setEncoding('utf8')
    let body = ''
    for await (const chunk of request) body += chunk
    const answer = answerFrom(bank, {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', 'http://127.0.0.1'),
      body,
      headers: new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    })
    if (answer === null) {
      request.socket.destroy()
      return
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

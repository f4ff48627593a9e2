// A provider on this machine. In: a model of how a real one answers. Out: a `fetch` that leads every address there, what was
// asked, and what it took. It can be told to take nothing, to take and fall silent, or to break after taking.

import { createServer, type IncomingMessage } from 'node:http'
import type { Fetch } from '../../src/adapters/channels/provider-post.ts'

export type Asked = {
  readonly host: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}
export type Reply = { readonly status: number; readonly json: unknown }

/** Takes the message under its id, once for each call, and answers. */
export type ProviderModel = (asked: Asked, take: (id: string) => void) => Reply

export type ProviderFault = 'silent' | 'broken-after-taking' | Reply

export type LocalProvider = {
  readonly fetch: Fetch
  readonly asked: readonly Asked[]
  taken(id: string): number
  /** Of the next request. */
  next(fault: ProviderFault): void
  close(): Promise<void>
}

export async function openLocalProvider(model: ProviderModel): Promise<LocalProvider> {
  const asked: Asked[] = []
  const taken = new Map<string, number>()
  let fault: ProviderFault | null = null
  const take = (id: string) => taken.set(id, (taken.get(id) ?? 0) + 1)
  const server = createServer(async (request, response) => {
    const one = await read(request)
    asked.push(one)
    const how = fault
    fault = null
    const said = typeof how === 'object' && how !== null ? how : model(one, take)
    if (how === 'silent') return
    const { status, json } = how === 'broken-after-taking' ? { status: 500, json: {} } : said
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    asked,
    fetch(url, init) {
      const { host, pathname, search } = new URL(url)
      const headers = { ...Object.fromEntries(new Headers(init.headers)), 'x-real-host': host }
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers })
    },
    taken: (id) => taken.get(id) ?? 0,
    next(one) {
      fault = one
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const { headers, url } = request
  return {
    host: String(headers['x-real-host']),
    path: url ?? '',
    headers,
    body: Buffer.concat(parts).toString(),
  }
}

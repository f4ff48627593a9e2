// How long does a shopper wait for "Buy now" apart from the provider's own time? A server process (SQLite on the disk, Stripe's
// SDK over the local bank in the same process, a shop that answers at once) gets clicks on offers at a fixed rate; each is
// timed from when it was due, so that a stall counts for everybody who came during it. Beside it, in the same run, a bare
// node:http server that answers the same bytes.
//   npx node bench/accept.ts [--rate 50] [--seconds 20]

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bankFetch } from '../examples/shop/local-bank/bank-fetch.ts'
import { openLocalBank } from '../examples/shop/local-bank/bank-state.ts'
import { issueOffers } from '../src/accepting/issue-offers.ts'
import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { openStripe } from '../src/adapters/payments/stripe.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openOneClick } from '../src/cli/open-one-click.ts'
import { startServer } from '../src/cli/start-server.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import type { ShopBackEnd } from '../src/ports/shop.ts'
import { cleaner } from '../test/one-click-desk.ts'
import { percentile } from './percentile.ts'

const { values: given } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
    serve: { type: 'string' },
  },
})
const rate = Number(given.rate)
const clicks = rate * Number(given.seconds)

const instantShop: ShopBackEnd = {
  name: 'instant',
  quote: async ({ quantity, currency }) => ({
    kind: 'quoted',
    merchantOfRecord: 'Shop',
    quote: {
      ...{ currency, unitPriceMinor: 1400, quantity, taxMinor: 233, taxIncluded: true },
      ...{ deliveryMinor: 0, totalMinor: 1400 * quantity },
    },
  }),
  addLine: async () => ({ kind: 'added' }),
  removeLine: async () => ({ kind: 'absent' }),
  readOrder: async () => ({ status: 'open', references: [] }),
}

if (given.serve === undefined) await measure()
else await serve(given.serve)

async function serve(folder: string): Promise<void> {
  const store = await openStore({ dataFolder: folder })
  const secret = Buffer.alloc(32, 1)
  const accepting = { ...defaultSettings.accepting, consentVersions: ['v1'], trustedProxies: 1 }
  const settings = { ...defaultSettings, accepting }
  const bank = openLocalBank({ clock: systemClock, pagesAt: 'http://127.0.0.1', secretKey: 'sk_test_1' })
  const parts = {
    shop: instantShop,
    providers: [openStripe({ secretKey: 'sk_test_1', fetch: bankFetch(bank) })],
    webhooks: new Map(),
  }
  const { accepting: effects } = openOneClick({ store, clock: systemClock, settings, secret }, parts)
  const tokens: string[] = []
  for (let at = 0; at < clicks; at++) {
    const lines = [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }]
    const order = { id: `o${at}`, customerId: null, placedAtMs: systemClock.nowMs(), currency: 'GBP', lines }
    const ids = { provider: 'stripe', kind: 'card', customerRef: 'cus_1', methodRef: 'pm_card_ok' } as const
    await store.putSavedMethod(order.id, { ...ids, consentVersion: 'v1', merchantOfRecord: 'Shop' }, 0)
    const picks = [cleaner]
    const { offers } = await issueOffers(
      { order, placement: 'thank-you', picks, titleOf: (id) => id },
      effects,
    )
    for (const offer of offers) tokens.push(effects.tokens.sign(offer))
  }
  const installation = {
    ...{ dataFolder: folder, store, settings, clock: systemClock, secret },
    hashCustomer: (id: string) => id,
    openHistory: () => Promise.reject(new Error('no history here')),
    close: () => store.close(),
  }
  const { url } = await startServer(installation, {
    port: 0,
    host: '127.0.0.1',
    openReading: false,
    parts: { oneClick: parts },
  })
  const bare = createServer((asked, answered) => {
    asked
      .resume()
      .on('end', () => answered.setHeader('content-type', 'application/json').end('x'.repeat(1400)))
  })
  bare.listen(0, '127.0.0.1', () => {
    const place = bare.address()
    process.send?.({ url, tokens, bare: typeof place === 'object' ? place?.port : 0 })
  })
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-accept-'))
  const child = fork(fileURLToPath(import.meta.url), [
    ...['--serve', folder, '--rate', String(rate), '--seconds', given.seconds],
  ])
  try {
    const [started] = await once(child, 'message')
    const { url, tokens, bare } = started as { url: string; tokens: string[]; bare: number }
    console.log(`${clicks} clicks, ${rate} a second; load ${loadavg()[0]?.toFixed(1)}`)
    const plain = await send((at) => fetch(`http://127.0.0.1:${bare}/${at}`, { method: 'POST', body: '{}' }))
    print('bare node:http', plain)
    const accepted = await send((at) =>
      fetch(`${url}/v1/offers/${tokens[at]}/accept`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.${at >> 8}.${at & 255}` },
        body: '{}',
      }),
    )
    print('accept', accepted)
  } finally {
    child.kill()
    await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

type Sent = { readonly ms: readonly number[]; readonly perSecond: number; readonly failed: number }

async function send(ask: (at: number) => Promise<Response>): Promise<Sent> {
  const ms: number[] = []
  let failed = 0
  const begin = performance.now()
  const asked: Promise<void>[] = []
  for (let at = 0; at < clicks; at++) {
    const dueMs = begin + (at * 1000) / rate
    const waitMs = dueMs - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    asked.push(
      ask(at).then(async (answer) => {
        await answer.arrayBuffer()
        if (answer.status !== 200) failed += 1
        ms.push(performance.now() - dueMs)
      }),
    )
  }
  await Promise.all(asked)
  return { ms: ms.sort((a, b) => a - b), perSecond: (clicks * 1000) / (performance.now() - begin), failed }
}

function print(what: string, { ms, perSecond, failed }: Sent): void {
  const at = (share: number) => `${percentile(Float64Array.from(ms), share)} ms`
  console.log(
    `${what.padEnd(16)} ${perSecond.toFixed(1)}/s, p50 ${at(0.5)}, p99 ${at(0.99)}, max ${ms.at(-1)?.toFixed(1)} ms, not 200: ${failed}`,
  )
}

// The same click, many times at once, at two servers over one PostgreSQL: a shopper with a nervous finger, tabs, retries of
// the network, and a balancer in between. However many, it is one charge, one line and one answer.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { readSecret } from '../src/adapters/secret/customer-key.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import {
  effectsOver,
  type IssuedOffer,
  LINE_MINOR,
  newOffer,
  openOutsideWorld,
  type Peers,
} from './accepting/outside-world.ts'
import { startPostgres } from './postgres/start-postgres.ts'

const OFFERS = 50
const CLICKS = 100
/** Of a click that is under way, two minutes apart from what each answer takes. */
const ASKED_MAX = 600

const script = fileURLToPath(new URL('./accepting/serve-accepts.ts', import.meta.url))

type Server = { readonly url: string; stop(): Promise<void> }

async function startServerProcess(data: string, databaseUrl: string, peers: Peers): Promise<Server> {
  const child = spawn(process.execPath, [script, JSON.stringify({ data, peers })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, AFTERCART_SHOP_SECRET: peers.shopSecret },
  })
  const closed = once(child, 'close')
  const [url] = await Promise.race([once(createInterface(child.stdout), 'line'), closed])
  assert.match(String(url), /^http:/, 'the server started')
  const stop = async () => {
    child.stdin.end()
    await closed
  }
  return { url: String(url), stop }
}

/**
 * Each click comes from an address of its own, as far as the proxy says: the rate limit counts addresses. What takes longer
 * than a shopper's patience, as on a busy machine, is answered as under way, and is asked again as the page does.
 */
async function click(
  server: Server | undefined,
  offer: IssuedOffer,
  place: number,
  asked = 1,
): Promise<string> {
  const answer = await fetch(`${server?.url}/v1/offers/${offer.token}/accept`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`,
    },
    body: '{}',
  })
  const said = await answer.text()
  if (answer.status !== 202 || asked === ASKED_MAX) return `${answer.status} ${said}`
  await sleep(200)
  return await click(server, offer, place, asked + 1)
}

test('100 clicks at once on each of 50 offers, at two servers, are 50 charges, 50 lines and one answer each', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-together-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  const databaseUrl = await postgres.freshUrl()
  const outside = await openOutsideWorld(systemClock)
  t.after(() => outside.close())
  const { bank, shop, peers } = outside
  const accepting = { consentVersions: ['v1'], trustedProxies: 1, shopUrl: peers.shopUrl }
  writeFileSync(
    join(data, 'settings.json'),
    JSON.stringify({ accepting, measuring: { holdOutShare: 0, choice: 'off' } }),
  )
  const store = await openStore({ dataFolder: data, databaseUrl })
  t.after(() => store.close())
  const effects = effectsOver(store, systemClock, readSecret(data), peers)

  const offers: IssuedOffer[] = []
  for (let i = 0; i < OFFERS; i += 1)
    offers.push(await newOffer(`order-${i}`, 'pm_card_ok', outside, effects))
  const servers = await Promise.all([1, 2].map(() => startServerProcess(data, databaseUrl, peers)))
  try {
    for (const [place, offer] of offers.entries()) {
      const answers = await Promise.all(
        Array.from({ length: CLICKS }, (_, turn) => click(servers[turn % 2], offer, place * CLICKS + turn)),
      )
      const [first = '', ...others] = new Set(answers)
      assert.deepEqual(others, [], `all answers to offer ${place} are the same`)
      assert.match(first, /^200 \{.*"state":"added"/)
    }
  } finally {
    for (const server of servers) await server.stop()
  }

  assert.deepEqual(
    [...bank.charges.values()],
    offers.map(() => 1),
  )
  const paid = [...bank.intents.values()].filter(({ status }) => status === 'succeeded')
  assert.deepEqual([bank.intents.size, paid.length], [OFFERS, OFFERS])
  for (const { orderId, offerId } of offers)
    assert.deepEqual([...(shop.orders.get(orderId)?.lines.keys() ?? [])], [offerId])
  for (const kind of ['accepted', 'charged', 'line-added', 'completed'] as const)
    assert.equal((await store.readLedger({ kind, limit: 1_000 })).length, OFFERS, kind)
  const ledger = await store.readLedger({ limit: 1_000 })
  const sum = ledger.reduce((total, { amountMinor }) => total + amountMinor, 0)
  assert.equal(sum, OFFERS * LINE_MINOR)
})

// `aftercart serve`, or another command, as a process of its own over a data folder, with a shop and a payment back end on
// 127.0.0.1 that the test can let hang. Offers are issued beside it, through a second handle on the same store.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AcceptingEffects } from '../../src/accepting/accepting-effects.ts'
import { systemClock } from '../../src/adapters/clock/system-clock.ts'
import { openManualPayment } from '../../src/adapters/payments/manual.ts'
import { readSecret } from '../../src/adapters/secret/customer-key.ts'
import { openStore } from '../../src/adapters/store/open-store.ts'
import { answerAsPaymentBackEnd } from '../local-payment-back-end.ts'
import { type Message, serveSigned } from '../local-shop.ts'
import {
  effectsOver,
  type IssuedOffer,
  newOffer,
  type OutsideWorld,
  openOutsideWorld,
  stripeAt,
} from './outside-world.ts'

export type RealWorld = {
  readonly data: string
  readonly outside: OutsideWorld
  readonly effects: AcceptingEffects
  /** What the payment back end does before it answers: nothing, at first. */
  beforePayment: (message: Message) => Promise<unknown>
  newOffer(orderId: string, methodRef?: string): Promise<IssuedOffer>
  /** Runs until the test ends; `words` beside `--data`. */
  start(words: readonly string[]): Promise<RealProcess>
}

export type RealProcess = {
  readonly child: ChildProcess
  /** Of a server; the empty text of a worker. */
  readonly url: string
  readonly apiKey: string
  /** All that it wrote to standard error. */
  said(): string
  readonly closed: Promise<unknown>
}

const bin = fileURLToPath(new URL('../../bin/aftercart.js', import.meta.url))

export async function openRealWorld(
  t: TestContext,
  { databaseUrl, dataFolder }: { readonly databaseUrl?: string; readonly dataFolder?: string } = {},
): Promise<RealWorld> {
  const data = dataFolder ?? mkdtempSync(join(tmpdir(), 'aftercart-real-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const outside = await openOutsideWorld(systemClock)
  t.after(() => outside.close())
  const secret = outside.peers.shopSecret
  const charging = stripeAt(outside.peers)
  const payments = await serveSigned(secret, systemClock, async (message) => {
    await world.beforePayment(message)
    return await answerAsPaymentBackEnd(charging, message)
  })
  t.after(() => payments.close())
  const accepting = {
    ...{ consentVersions: ['v1'], trustedProxies: 1, shopUrl: outside.peers.shopUrl },
    ...{ payment: 'manual', paymentUrl: payments.url },
  }
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ accepting }))
  const store = await openStore({ dataFolder: data, databaseUrl })
  t.after(() => store.close())
  const provider = openManualPayment({ url: payments.url, secret, clock: systemClock })
  const effects = effectsOver(store, systemClock, readSecret(data), outside.peers, provider)
  const env = {
    ...process.env,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    AFTERCART_SHOP_SECRET: secret,
  }
  const world: RealWorld = {
    ...{ data, outside, effects },
    beforePayment: async () => {},
    newOffer: (orderId, methodRef = 'pm_card_ok') => newOffer(orderId, methodRef, outside, effects),
    start: (words) => startProcess([...words, '--data', data, '--json'], env, t),
  }
  return world
}

async function startProcess(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  t: TestContext,
): Promise<RealProcess> {
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const closed = once(child, 'close')
  t.after(async () => {
    child.kill('SIGKILL')
    await closed
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  let out = ''
  const hello = new Promise<{ readonly url?: string; readonly apiKey?: string | null }>((resolve) => {
    child.stdout.on('data', (text) => {
      out += text
      if (out.trimEnd().endsWith('}')) resolve(JSON.parse(out))
    })
  })
  const first = await Promise.race([hello, closed.then(() => null)])
  assert.ok(first !== null, `${words[0]} ended: ${said}`)
  return { child, url: first.url ?? '', apiKey: first.apiKey ?? '', said: () => said, closed }
}

/** Two minutes, apart from what each answer takes. */
const ASKED_MAX = 600

export type Clicked = { readonly status: number; readonly state: string }

/**
 * A click from an address of its own, as far as the proxy says. What takes longer than a shopper's patience, as on a busy
 * machine, is answered as under way, and is asked again as the page does.
 */
export async function clickAt(
  url: string,
  token: string,
  does: string,
  address: string = '10.0.0.1',
  asked = 1,
): Promise<Clicked> {
  const answer = await fetch(`${url}/v1/offers/${token}/${does}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: '{}',
  })
  const body = (await answer.json()) as { readonly state?: string; readonly code?: string }
  const state = body.state ?? body.code ?? ''
  const isUnderWay = does === 'accept' && (state === 'accepting' || state === 'pending')
  if (!isUnderWay || asked === ASKED_MAX) return { status: answer.status, state }
  await sleep(200)
  return await clickAt(url, token, does, address, asked + 1)
}

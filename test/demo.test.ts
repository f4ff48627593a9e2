// What a newcomer sees first: the demo on the orders that come with the package, from the outside. Orders are placed
// through the shop's own forms, by somebody new and by customers of the history.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { examplePeople } from '../examples/shop/example-people.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

type Demo = { readonly shop: string; readonly end: () => Promise<void> }

/** The address of a demo that runs, and what ends it. */
async function startDemo(data: string): Promise<Demo> {
  const child = spawn(process.execPath, [bin, 'demo', '--port', '0', '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const part of child.stdout) {
    printed += String(part)
    if (printed.trimEnd().endsWith('}')) break
  }
  const { shop }: { shop: string } = JSON.parse(printed)
  const end = async (): Promise<void> => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  return { shop, end }
}

let data = ''
let demo: Demo = { shop: '', end: async () => {} }
before(async () => {
  data = mkdtempSync(join(tmpdir(), 'aftercart-demo-'))
  demo = await startDemo(data)
})
after(async () => {
  await demo.end()
  rmSync(data, { recursive: true, force: true })
})

type Cart = Readonly<Record<string, number>>
type Buyer = { readonly person?: string; readonly email?: string; readonly messages?: 'yes' }

/** Bought by this person: the thank-you page. */
async function buy(
  cart: Cart,
  { person = 'new', email = 'alex@example.com', messages }: Buyer,
): Promise<string> {
  let cookie = ''
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<Response> => {
    const answer = await fetch(`${demo.shop}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams(form),
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  for (const [product, units] of Object.entries(cart)) {
    await post('/cart/add', { product, units: String(units) })
  }
  const form = { name: 'Alex Morgan', email, person, ...(messages && { messages }) }
  const placed = await post('/checkout', form)
  const page = await fetch(new URL(placed.headers.get('location') ?? '', demo.shop), { headers: { cookie } })
  return page.text()
}

test('in the demo each returning customer is offered something else than somebody new, as on the day after the history', async () => {
  const offers = new Map<string, string>()
  for (const { key } of examplePeople) {
    const page = await buy({ '22423': 1 }, { person: key })
    assert.match(page, /In this shop it is 10 December 2011/)
    offers.set(key, /class="aftercart-title"[^>]*>(?:<a[^>]*>)?([^<]+)</.exec(page)?.[1] ?? '')
  }
  assert.equal(new Set(offers.values()).size, examplePeople.length, [...offers].join('; '))
  assert.ok(!offers.has(''))
})

/** Six teacups and a packet of tea: something to complete, to refill and to go on from. */
const cart: Cart = { '22699': 6, EARLGREY: 1 }

type ClockState = { readonly nowMs: number; readonly nextMessageAtMs: number | null }
type Mail = { readonly subject: string; readonly path: string }

async function clock(move?: object): Promise<ClockState> {
  const asked = move && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(move),
  }
  const answer = await fetch(new URL('/demo/clock', demo.shop), asked)
  assert.equal(answer.status, 200)
  return (await answer.json()) as ClockState
}

/** Newest first. */
async function mailbox(): Promise<readonly Mail[]> {
  const page = await (await fetch(`${demo.shop}/mailbox`)).text()
  return [...page.matchAll(/class="mailbox-row" href="([^"]+)">.*?<strong>([^<]+)<\/strong>/g)].map(
    ([, path = '', subject = '']) => ({ path, subject }),
  )
}

/** Sent by the worker, within seconds. */
async function confirmationOf(thankYouPage: string): Promise<string> {
  return await mailAbout(thankYouPage, /^Your .* is confirmed$/)
}

async function mailAbout(thankYouPage: string, about: RegExp): Promise<string> {
  const orderId = /Your order <strong>([^<]+)</.exec(thankYouPage)?.[1] ?? 'none'
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = await mailbox()
    const mail = mails.find(({ subject }) => subject.includes(orderId) && about.test(subject))
    if (mail !== undefined) return (await fetch(new URL(`${mail.path}/message`, demo.shop))).text()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`no mail ${about} of ${orderId} within 20 seconds`)
}

/** From message to message until none is scheduled, at most half a year; the days that went by, and what came. */
async function readOn(): Promise<readonly { readonly day: number; readonly subject: string }[]> {
  const start = (await clock()).nowMs
  const came: { day: number; subject: string }[] = []
  let known = new Set((await mailbox()).map(({ path }) => path))
  for (let moves = 0; moves < 30; moves += 1) {
    if ((await clock()).nextMessageAtMs === null) break
    const { nowMs } = await clock({ to: 'next-message' })
    const mails = await mailbox()
    const day = Math.round((nowMs - start) / 86_400_000)
    came.push(...mails.filter(({ path }) => !known.has(path)).map(({ subject }) => ({ day, subject })))
    known = new Set(mails.map(({ path }) => path))
  }
  return came
}

test('in the demo one reads the confirmation at once, and later what completes, comes next and runs out, a week apart at least', async () => {
  const page = await buy(cart, { email: 'reader@example.com', messages: 'yes' })
  assert.match(await confirmationOf(page), /Pairs well with your order/)
  const came = await readOn()
  assert.deepEqual(
    came.map(({ subject }) => subject.replace(/ .*/, '')),
    ['To', 'A', 'Running'],
    JSON.stringify(came),
  )
  const days = came.map(({ day }) => day)
  assert.ok(
    days.every((day, at) => at === 0 || day - (days[at - 1] ?? 0) >= 7),
    JSON.stringify(came),
  )
  // The catalog says 30 days; less 3 for the parcel, and drawn in by the interval of those who come back.
  assert.ok(Number(days[2]) >= 20 && Number(days[2]) <= 35, JSON.stringify(came))
})

test('in the demo the add-on that one buys with one click is confirmed by mail, and the way back too', async () => {
  const page = await buy({ '22697': 6 }, { email: 'clicking@example.com' })
  const token = /<aftercart-offer token="([^"]+)"/.exec(page)?.[1] ?? ''
  const click = async (what: 'accept' | 'undo') => {
    const address = new URL(`/v1/offers/${token}/${what}`, demo.shop)
    const headers = { 'content-type': 'application/json' }
    return (await fetch(address, { method: 'POST', headers, body: '{}' })).status
  }
  assert.equal(await click('accept'), 200)
  const added = await mailAbout(page, /^Added to your order/)
  assert.match(added, /Total paid[\s\S]*£2\.95[\s\S]*Sold by Teasel &amp; Thyme\.[\s\S]*take it back until/)
  assert.equal(await click('undo'), 200)
  assert.match(await mailAbout(page, /^Refund for your order/), /Goes back to you[\s\S]*£2\.95/)
})

test('in the demo who did not tick the box gets the confirmation alone, without an offer', async () => {
  const confirmation = await confirmationOf(await buy(cart, { email: 'quiet@example.com' }))
  assert.match(confirmation, /is confirmed/)
  assert.doesNotMatch(confirmation, /Pairs well/)
  assert.deepEqual(await readOn(), [])
})

test('in the demo one click unsubscribes, looking at the link does not, and nothing more comes', async () => {
  await confirmationOf(await buy(cart, { email: 'leaving@example.com', messages: 'yes' }))
  await clock({ to: 'next-message' })
  const [first] = await mailbox()
  assert.match(first?.subject ?? '', /^To go with/)
  const page = await (await fetch(new URL(first?.path ?? '', demo.shop))).text()
  const link = new URL(/action="[^"]*(\/u\/[^"]+)"/.exec(page)?.[1] ?? '', demo.shop)
  const looked = await fetch(link)
  assert.match(await looked.text(), /<form method="post">/)
  const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  const done = await fetch(link, { method: 'POST', body: oneClick })
  assert.equal(done.status, 200)
  assert.equal(done.redirected, false)
  assert.match(await done.text(), /You are unsubscribed/)
  assert.deepEqual(await readOn(), [])
})

// What strangers and accidents send at messages, over HTTP: each row was tried against the real app over a real store.

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { listOutbox } from '../src/adapters/channels/outbox.ts'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import { toMessagingSettings } from '../src/cli/messaging-schema.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import { sendDue } from '../src/following-up/send-due.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import type { HttpEffects } from '../src/http/effects.ts'
import type { Store } from '../src/ports/store.ts'
import { confirmationsOnly, orderOf, shopPlan, startMs } from './follow-up-world.ts'
import { heldPlan } from './held-plan.ts'
import { hostileTitles } from './hostile-titles.ts'

const settings = {
  ...confirmationsOnly,
  messaging: {
    ...confirmationsOnly.messaging,
    flows: defaultMessagingSettings.flows,
    ...({ emailChannel: 'outbox', supportEmail: 'shop@shop.example' } as const),
  },
}

describe('messages under attack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-attacked-'))
  const outbox = join(folder, 'outbox')
  const clock = openManualClock(startMs)
  const logged: unknown[] = []
  let drawn = 0
  let store: Store
  let effects: HttpEffects
  let app: ReturnType<typeof createApp>

  before(async () => {
    store = await openStore({ dataFolder: folder })
    await store.addApiKey({ name: 'test', hash: hashApiKey('key'), createdAtMs: 0 })
    const opened = openHttpEffects({
      ...{ store, plan: heldPlan(shopPlan()), clock, settings },
      ...{ secret: Buffer.alloc(32), dataFolder: folder },
      hashCustomer: (id) => `hash-of-${id}`,
      log: { error: (...said: unknown[]) => logged.push(said), info() {} },
    })
    effects = {
      ...opened,
      drawPick(picture) {
        drawn += 1
        return opened.drawPick(picture)
      },
    }
    app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const headers = { 'content-type': 'application/json', authorization: 'Bearer key' }
  const post = (path: string, body: unknown) =>
    app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  const toOff = async (name: string) => {
    const asked = { method: 'PATCH', headers, body: '{"on":false}' }
    const answer = await app.request(`/v1/flows/${name}`, asked)
    return (await answer.json()) as { flows: readonly { name: string; on: boolean }[] }
  }
  const orderBody = (id: string, contact: object, more: object = {}) => ({
    ...{ id, placedAt: new Date(startMs).toISOString(), currency: 'GBP', contact },
    lines: orderOf(['machine']).lines,
    ...more,
  })
  const consent = (more: object = {}) => ({
    ...{ medium: 'email', given: true, basis: 'express', source: 'checkout', legalEntity: 'Shop Ltd' },
    ...{ at: new Date(startMs).toISOString(), ...more },
  })
  const mailTo = async (address: string) =>
    (await listOutbox(outbox)).filter(({ to }) => to.address === address)

  test('an erased address does not come back with the old order, and does with a new one', async () => {
    const contact = { email: 'eve@example.com', country: 'GB', consents: [consent()] }
    assert.equal((await post('/v1/orders', orderBody('eve-1', contact))).status, 201)
    clock.advance(1000)
    const gone = await app.request('/v1/customers/eve@example.com', { method: 'DELETE', headers })
    assert.equal(gone.status, 200)
    clock.advance(1000)
    for (const path of ['/v1/orders', '/v1/decisions']) {
      const order = orderBody('eve-1', contact)
      const body = path === '/v1/orders' ? order : { order, placement: 'thank-you' }
      assert.equal((await post(path, body)).status, 200)
      assert.equal(await store.getRecipient('eve-1'), null, path)
    }
    assert.equal((await post('/v1/orders', orderBody('eve-2', contact))).status, 201)
    assert.notEqual(await store.getRecipient('eve-2'), null)
  })

  test('a name that advertises or writes a header is none, and the confirmation goes out', async () => {
    const names = [
      ...['WIN http://evil.example', 'evil.example/x', 'www.evil.example', 'buy@evil.example', '\u202eecila'],
      ...['Ann\u2028Bcc: all@example.com', `${'A'.repeat(199)}x`, '{{7*7}}'],
      ...hostileTitles.filter((title) => !/\p{Cc}/u.test(title) && title.length <= 200),
    ]
    for (const [at, name] of names.entries()) {
      const email = `n${at}@example.com`
      const body = orderBody(`named-${at}`, { email, name, country: 'GB', consents: [consent()] })
      assert.equal((await post('/v1/orders', body)).status, 201, name)
    }
    assert.deepEqual((await sendDue(effects.followingUp)).failures, [])
    for (const [at, name] of names.entries()) {
      const [mail] = await mailTo(`n${at}@example.com`)
      assert.equal(mail?.content.kind, 'email', name)
      assert.doesNotMatch(mail?.to.name ?? '', /evil\.|@|https?:|[\p{Cc}\p{Cf}\p{Zl}]/u)
    }
    const email = 'smith@example.com'
    await post('/v1/orders', orderBody('smith', { email, name: 'Dr. J.R. Smith-Löwe' }))
    await sendDue(effects.followingUp)
    assert.equal((await mailTo(email))[0]?.to.name, 'Dr. J.R. Smith-Löwe')
  })

  test('flows that no shop has, by whatever name, are not found', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'confirmation', '%2e%2e', 'x'.repeat(40)]) {
      const path = `/v1/flows/${name}`
      const asked = { method: 'PATCH', headers, body: '{"on":true}' }
      assert.equal((await app.request(path, asked)).status, 404, name)
    }
    assert.deepEqual((await store.listFlows()).size, 0)
    for (const name of ['constructor', 'confirmation'])
      assert.throws(
        () => toMessagingSettings({ flows: { [name]: { on: true } } }, 'settings.json'),
        /messaging\.flows\.(constructor is a flow of your own|confirmation is no follow-up)/,
      )
  })

  test('a flow that is turned off stays off where the clock was set back', async () => {
    const on = { on: true, pausedBecause: null, atMs: clock.nowMs() + 3_600_000 }
    await store.setFlow('refill', on)
    const { flows } = await toOff('refill')
    assert.equal(flows.find(({ name }) => name === 'refill')?.on, false)
  })

  test('a picture is drawn once however often it is asked for, and not at all for a token that is not ours', async () => {
    const contact = { email: 'pic@example.com', country: 'GB', consents: [consent()] }
    await post('/v1/orders', orderBody('pic', contact))
    const token = effects.messaging.links.image('pic', 0)
    const before = drawn
    for (let at = 0; at < 20; at += 1) assert.equal((await app.request(`/i/${token}.png`)).status, 200)
    assert.equal(drawn, before + 1)
    const forged = [
      ...[
        '',
        '.',
        '..',
        '%00',
        'x',
        `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
        token.slice(1),
      ],
      ...[`${token}${token}`, 'A'.repeat(100_000), '../../secret.key', '%2e%2e%2fsecret.key'],
      effects.messaging.links.click('pic', 0),
      effects.messaging.links.unsubscribe('pic', 'email', 'm'),
    ]
    for (const one of forged) assert.equal((await app.request(`/i/${one}.png`)).status, 404, one)
    assert.equal(drawn, before + 1)
  })

  test('a message is larger than a request may be, and not endless', async () => {
    const sized = async (path: string, bytes: number): Promise<number> =>
      (await app.request(path, { method: 'POST', headers, body: 'x'.repeat(bytes) })).status
    assert.equal(await sized('/v1/webhooks/mailbox', 600 * 1024), 404)
    assert.equal(await sized('/v1/webhooks/mailbox', 1024 * 1024 + 1), 413)
    assert.equal(await sized('/v1/orders', 256 * 1024 + 1), 413)
    assert.equal(await sized('/u/token', 4 * 1024 + 1), 413)
  })

  test('no answer of an error and no line of the log holds an address', async () => {
    const secret = 'canary@example.com'
    const bad = [
      ['/v1/orders', orderBody('bad', { email: secret, phone: secret })],
      ['/v1/orders', orderBody('bad', { email: `${secret} x` })],
      [`/v1/customers/${secret}/consent`, consent({ medium: 'sms' })],
      ['/v1/messages/reported', { medium: 'sms', address: secret, at: new Date(startMs).toISOString() }],
      ['/v1/previews', { orderId: 'none', flow: 'refill' }],
    ] as const
    for (const [path, body] of bad) {
      const answer = await post(path, body)
      assert.ok(answer.status >= 400, path)
      assert.ok(!(await answer.text()).includes('canary'), path)
    }
    assert.ok(!JSON.stringify(logged).includes('example.com'))
    for (const file of readdirSync(folder)) assert.ok(!file.includes('@'))
  })
})

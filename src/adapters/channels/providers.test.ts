// The channels over HTTP: the battery against models of the real providers, then what each is really told.

import assert from 'node:assert/strict'
import test from 'node:test'
import {
  type LocalProvider,
  openLocalProvider,
  type ProviderModel,
} from '../../../test/channels/local-provider.ts'
import {
  modelKlaviyo,
  modelPostmark,
  modelResend,
  modelSes,
  modelTwilio,
  refusedAddress,
  refusedNumber,
} from '../../../test/channels/model-providers.ts'
import { channelContract, mailContent, outgoing } from '../../ports/channel.contract.ts'
import type { Channel } from '../../ports/channel.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { readSigningKey, verifyMessage } from '../signing/standard-webhooks.ts'
import { openKlaviyo } from './klaviyo.ts'
import { openPostmark } from './postmark.ts'
import type { ProviderSettings } from './provider-post.ts'
import { openResend } from './resend.ts'
import { openSes } from './ses.ts'
import { openTwilio } from './twilio.ts'
import { openWebhook } from './webhook.ts'

const clock = openManualClock(Date.UTC(2026, 10, 26))
const awsKey = { id: 'AKIAEXAMPLE', secret: 'aws/secret+key' }
const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const twilioAccount = { sid: 'AC1', token: 'twilio-token' }
const streams = { transactionalStream: 'outbound', broadcastStream: 'broadcast' }

type Kind = {
  readonly model: () => ProviderModel
  readonly open: (settings: ProviderSettings) => Channel
  /** What it says where it takes nothing. */
  readonly takesNothing: number
  readonly knowsKeys: boolean
}

const kinds: Readonly<Record<string, Kind>> = {
  resend: {
    model: () => modelResend('re_key'),
    open: (settings) => openResend({ ...settings, apiKey: 're_key' }),
    ...{ takesNothing: 429, knowsKeys: true },
  },
  postmark: {
    model: () => modelPostmark('pm-token'),
    open: (settings) => openPostmark({ ...settings, token: 'pm-token', ...streams }),
    ...{ takesNothing: 503, knowsKeys: false },
  },
  ses: {
    model: () => modelSes(awsKey, 'eu-central-1'),
    open: (settings) =>
      openSes({
        ...{ ...settings, region: 'eu-central-1', accessKeyId: awsKey.id, secretAccessKey: awsKey.secret },
        ...{ sessionToken: null, configurationSet: 'aftercart', clock },
      }),
    ...{ takesNothing: 429, knowsKeys: false },
  },
  klaviyo: {
    model: () => modelKlaviyo('pk_key'),
    open: (settings) => openKlaviyo({ ...settings, apiKey: 'pk_key' }),
    ...{ takesNothing: 429, knowsKeys: true },
  },
  webhook: {
    model: modelWebhook,
    open: (settings) =>
      openWebhook({ ...settings, url: 'https://tool.shop.example/due', secret: webhookSecret, clock }),
    ...{ takesNothing: 503, knowsKeys: true },
  },
  twilio: {
    model: () => modelTwilio(twilioAccount),
    open: (settings) =>
      openTwilio({
        ...{ ...settings, accountSid: twilioAccount.sid, authToken: twilioAccount.token },
        ...{ from: '+15125550111', noticeUrl: 'https://after.shop.example/v1/notices/twilio' },
      }),
    ...{ takesNothing: 429, knowsKeys: false },
  },
}

/** A tool of a shop's own, as docs/guide/channels.md asks for it. */
function modelWebhook(): ProviderModel {
  const seen = new Set<string>()
  const key = readSigningKey(webhookSecret)
  return ({ host, path, headers, body }, take) => {
    if (`${host}${path}` !== 'tool.shop.example/due') return { status: 404, json: {} }
    const get = (name: string) => headers[name]?.toString()
    const id = verifyMessage([key], body, { get }, clock.nowMs())
    if (id === null) return { status: 401, json: {} }
    if (JSON.parse(body).data.to.address === refusedAddress)
      return { status: 422, json: { refused: 'address', reason: `no such mailbox: ${refusedAddress}` } }
    if (!seen.has(id)) take(id)
    seen.add(id)
    return { status: 200, json: { id: `tool-${id}` } }
  }
}

async function place({ model, open, takesNothing }: Kind) {
  const provider = await openLocalProvider(model())
  const channel = open({ fetch: provider.fetch, timeoutMs: 400 })
  const isMail = channel.medium === 'email'
  return {
    ...{ channel, provider },
    address: isMail ? 'ada@mail.example' : '+15125550100',
    refusedAddress: isMail ? refusedAddress : refusedNumber,
    taken: provider.taken,
    next: (fault: 'takes-nothing' | 'silent') =>
      provider.next(fault === 'silent' ? fault : { status: takesNothing, json: {} }),
    remove: () => provider.close(),
  }
}

for (const [name, kind] of Object.entries(kinds)) {
  channelContract(name, () => place(kind))

  test(`${name}: what becomes of every answer that is no yes`, async () => {
    const { channel, provider, address, remove } = await place(kind)
    const after = async (fault: Parameters<LocalProvider['next']>[0], id: string) => {
      provider.next(fault)
      const outcome = await channel.send(outgoing({ channel, address }, { id }))
      return outcome.kind
    }
    const answer = (status: number) => after({ status, json: {} }, `s-${status}`)
    assert.equal(await answer(429), 'try-later')
    assert.equal(await answer(503), 'try-later')
    assert.equal(
      await answer(401),
      'try-later',
      'a wrong key is mended by the shopkeeper, and costs no message',
    )
    assert.equal(await answer(302), 'try-later', 'redirects are not followed')
    assert.equal(await answer(400), 'rejected')
    const afterBreaking = await after('broken-after-taking', 'm-500')
    assert.equal(afterBreaking, kind.knowsKeys ? 'try-later' : 'ambiguous')
    assert.equal(provider.taken('m-500'), 1)
    if (kind.knowsKeys) {
      assert.equal((await channel.send(outgoing({ channel, address }, { id: 'm-500' }))).kind, 'sent')
      assert.equal(provider.taken('m-500'), 1, 'repeated under its key it is the same message')
    }
    await remove()
    const gone = await openLocalProvider(kind.model())
    await gone.close()
    const notThere = kind.open({ fetch: gone.fetch })
    assert.equal((await notThere.send(outgoing({ channel, address }))).kind, 'try-later', 'nobody is there')
  })
}

for (const name of ['resend', 'klaviyo', 'webhook']) {
  test(`${name}: another process with the same id sends nothing anew`, async () => {
    const kind = kinds[name]
    assert.ok(kind)
    const { channel, provider, address, remove } = await place(kind)
    const other = kind.open({ fetch: provider.fetch })
    for (const one of [channel, other])
      assert.equal((await one.send(outgoing({ channel, address }))).kind, 'sent')
    assert.equal(provider.asked.length, 2)
    assert.equal(provider.taken('m-1'), 1)
    await remove()
  })
}

test('resend: another mail under an id that was sent is open, not sent a second time', async () => {
  const { resend } = kinds
  assert.ok(resend)
  const { channel, provider, address, remove } = await place(resend)
  await channel.send(outgoing({ channel, address }))
  const other = resend.open({ fetch: provider.fetch })
  const content = { ...mailContent, subject: 'Something else' }
  assert.equal((await other.send(outgoing({ channel, address }, { content }))).kind, 'ambiguous')
  assert.equal(provider.taken('m-1'), 1)
  await remove()
})

const listHeaders = {
  'List-Unsubscribe': '<https://after.shop.example/u/0123456789abcdef>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
}

test('each provider is told of both headers to unsubscribe, once', async () => {
  const told = async (name: string) => {
    const kind = kinds[name]
    assert.ok(kind)
    const { channel, provider, address, remove } = await place(kind)
    await channel.send(outgoing({ channel, address }))
    await remove()
    return JSON.parse(provider.asked[0]?.body ?? '')
  }
  const ours = (headers: object) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('List-')))
  assert.deepEqual(ours((await told('resend')).headers), listHeaders)
  const postmark: { Name: string; Value: string }[] = (await told('postmark')).Headers
  assert.deepEqual(ours(Object.fromEntries(postmark.map(({ Name, Value }) => [Name, Value]))), listHeaders)
  assert.equal(postmark.length, new Set(postmark.map(({ Name }) => Name)).size)
  const ses: { Name: string; Value: string }[] = (await told('ses')).Content.Simple.Headers
  assert.deepEqual(ours(Object.fromEntries(ses.map(({ Name, Value }) => [Name, Value]))), listHeaders)
})

test('postmark: marketing goes over the broadcast stream and nothing else does', async () => {
  const { postmark } = kinds
  assert.ok(postmark)
  const { channel, provider, address, remove } = await place(postmark)
  const content = { ...mailContent, unsubscribeUrl: null }
  await channel.send(outgoing({ channel, address }, { id: 'a', class: 'marketing_email' }))
  await channel.send(outgoing({ channel, address }, { id: 'b', class: 'transactional_with_offer', content }))
  const streamsUsed = provider.asked.map(({ body }) => JSON.parse(body).MessageStream)
  assert.deepEqual(streamsUsed, ['broadcast', 'outbound'])
  await remove()
})

test('klaviyo: one metric for each flow, an array of picks, and no sum that would count as revenue', async () => {
  const { klaviyo } = kinds
  assert.ok(klaviyo)
  const { channel, provider, address, remove } = await place(klaviyo)
  await channel.send(outgoing({ channel, address }))
  const { attributes } = JSON.parse(provider.asked[0]?.body ?? '').data
  assert.equal(attributes.metric.data.attributes.name, 'Aftercart refill')
  assert.equal(attributes.unique_id, 'm-1')
  assert.deepEqual(attributes.properties.picks, [
    {
      ...{ product_id: 'beans-1kg', title: 'House beans 1 kg', need: 'Your beans run out soon' },
      ...{ price: '€19.00', amount_minor: 1900, currency: 'EUR' },
      ...{ url: 'https://shop.example/c/1', image_url: null },
    },
  ])
  assert.equal('value' in attributes, false)
  await remove()
})

test('names with quotes and letters beyond ASCII reach SES as encoded words that read back', async () => {
  const { ses } = kinds
  assert.ok(ses)
  const { channel, provider, address, remove } = await place(ses)
  const name = 'Zoë "Zo" Łukasiewicz-Überall und noch viel mehr Buchstaben, äöü ßß 日本語'
  await channel.send(outgoing({ channel, address }, { to: { name, address } }))
  const [to]: string[] = JSON.parse(provider.asked[0]?.body ?? '').Destination.ToAddresses
  const encoded = [...(to ?? '').matchAll(/=\?UTF-8\?B\?([A-Za-z0-9+/=]+)\?=/g)]
  assert.ok(encoded.every(([word]) => word.length <= 75))
  assert.equal(encoded.map(([, word]) => Buffer.from(word ?? '', 'base64').toString()).join(''), name)
  assert.ok(to?.endsWith(` <${address}>`))
  await remove()
})

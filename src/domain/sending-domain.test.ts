import assert from 'node:assert/strict'
import test from 'node:test'
import { defaultMessagingSettings, emailChannels } from './messaging-settings.ts'
import {
  afterLooking,
  type DomainStanding,
  GOOD_LOOK_HOLDS_MS,
  judgeMailRecords,
  LOOK_AGAIN_MS,
  lookOf,
  type MailRecord,
  type MailRecords,
  marketingHold,
  type SendingDomain,
  sendingDomainOf,
} from './sending-domain.ts'

const shop: SendingDomain = {
  ...{ domain: 'mail.shop.com', takesBounces: true, signer: 'mail.shop.com', selector: 'after' },
}
const all: MailRecords = {
  ...{ spf: 'found', dkim: 'found', dmarc: 'found' },
  policy: { domain: 'shop.com', strict: false },
}
const look = (sending: Partial<SendingDomain>, records: Partial<MailRecords>) =>
  lookOf(judgeMailRecords({ ...shop, ...sending }, { ...all, ...records }))
const from = (address: string, more: Partial<typeof defaultMessagingSettings> = {}) =>
  sendingDomainOf(
    { ...defaultMessagingSettings, emailChannel: 'smtp', sender: { name: 'Shop', address }, ...more },
    null,
  )

test('only what resolves whole is fit: of 81 combinations of answers and alignments one goes, at once', () => {
  const answers: readonly MailRecord[] = ['found', 'missing', 'unknown']
  let fit = 0
  let cases = 0
  for (const spf of answers)
    for (const dkim of answers)
      for (const dmarc of answers)
        for (const signer of ['mail.shop.com', 'provider.net', 'shop.com.provider.net']) {
          const policy = dmarc === 'found' ? all.policy : null
          const { kind } = look({ signer }, { spf, dkim, dmarc, policy })
          const isMissing = [spf, dkim, dmarc].includes('missing')
          const isUnaligned = dkim === 'found' && dmarc === 'found' && signer !== shop.domain
          const isUnknown = [spf, dkim, dmarc].includes('unknown')
          const expected = isMissing || isUnaligned ? 'unfit' : isUnknown ? 'unknown' : 'fit'
          assert.equal(kind, expected, `${spf} ${dkim} ${dmarc} ${signer}`)
          fit += kind === 'fit' ? 1 : 0
          cases += 1
        }
  assert.deepEqual([cases, fit], [81, 1])
})

test('a signature is aligned with the domain, one above it and one beside it under the same DMARC; strictly, with it alone', () => {
  const strict = { policy: { domain: 'shop.com', strict: true } }
  for (const signer of ['mail.shop.com', 'shop.com', 'news.shop.com'])
    assert.equal(look({ signer }, {}).kind, 'fit', signer)
  for (const signer of ['com', 'othershop.com', 'shop.com.evil.net'])
    assert.equal(look({ signer }, {}).kind, 'unfit', signer)
  assert.equal(look({}, strict).kind, 'fit')
  assert.equal(look({ signer: 'shop.com' }, strict).kind, 'unfit')
})

test('where the provider takes the bounces its domain carries the SPF; a selector that nobody named is missing, not unknown', () => {
  assert.equal(look({ takesBounces: false }, { spf: 'missing' }).kind, 'fit')
  const unnamed = judgeMailRecords({ ...shop, selector: null }, { ...all, dkim: 'unknown' })
  assert.match(unnamed.find(({ is }) => is === 'missing')?.fix ?? '', /messaging\.dkim\.selector/)
})

test('a domain stands behind what goes out under the shop’s name, and behind nothing else', () => {
  const sender = { name: 'Shop', address: 'hello@Shop.com' }
  const asked = emailChannels.filter(
    (emailChannel) => sendingDomainOf({ sender, emailChannel, dkim: null }, null) !== null,
  )
  assert.deepEqual(asked, ['smtp', 'resend', 'postmark', 'ses'])
  for (const address of [
    'a@127.0.0.1',
    'a@[::1]',
    'a@localhost',
    'a@shop.example',
    'a@mail.test',
    'a@example.com',
  ])
    assert.equal(from(address), null, address)
  for (const address of ['a@shop.com', 'a@example.shop', 'a@latest', 'a@notexample.com'])
    assert.notEqual(from(address), null, address)
})

test('who signs is our own key, else what the settings say, else the selector of the provider', () => {
  const named = { dkim: { selector: 'pm', domain: 'mail.shop.com' } }
  const pick = (one: SendingDomain | null) => [one?.domain, one?.signer, one?.selector, one?.takesBounces]
  assert.deepEqual(pick(from('a@Shop.com')), ['shop.com', 'shop.com', null, true])
  assert.deepEqual(pick(from('a@shop.com', named)), ['shop.com', 'mail.shop.com', 'pm', true])
  const resend = from('a@shop.com', { emailChannel: 'resend' })
  assert.deepEqual(pick(resend), ['shop.com', 'shop.com', 'resend', false])
  const asked = { sender: { name: 'Shop', address: 'a@shop.com' }, emailChannel: 'smtp', ...named } as const
  const own = sendingDomainOf(asked, { selector: 'own', domain: 'shop.com' })
  assert.deepEqual(pick(own), ['shop.com', 'shop.com', 'own', true])
})

test('while nobody answers a good look holds for a day; a bad one, or none, holds marketing back', () => {
  const hour = 3_600_000
  const unknown = { kind: 'unknown', because: 'DKIM: nobody answered' } as const
  const unfit = { kind: 'unfit', because: 'SPF: shop.com has none' } as const
  const after = (...looks: readonly Parameters<typeof afterLooking>[1][]): DomainStanding | null =>
    looks.reduce<DomainStanding | null>((before, one, at) => afterLooking(before, one, at * hour), null)
  const held = (standing: DomainStanding | null, nowMs: number) =>
    standing === null ? 'nothing' : (marketingHold(standing, nowMs)?.because ?? null)
  assert.equal(held(after({ kind: 'fit' }), 0), null)
  assert.equal(held(after({ kind: 'fit' }, unknown), hour), null)
  assert.equal(held(after({ kind: 'fit' }, unknown), GOOD_LOOK_HOLDS_MS), null)
  assert.equal(held(after({ kind: 'fit' }, unknown), GOOD_LOOK_HOLDS_MS + 1), unknown.because)
  assert.equal(held(after(unknown), 0), unknown.because)
  assert.equal(held(after({ kind: 'fit' }, unfit), hour), unfit.because)
  assert.equal(held(after({ kind: 'fit' }, unfit, unknown), 2 * hour), unknown.because)
  assert.equal(held(after(unfit, { kind: 'fit' }), hour), null)
  const hold = marketingHold(afterLooking(null, unfit, 0), 5)
  assert.deepEqual(hold, { because: unfit.because, untilMs: 5 + LOOK_AGAIN_MS })
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { AppError } from '../../domain/errors.ts'
import type { Recipient } from '../../domain/recipient.ts'
import { hashRecipient } from './hash-recipient.ts'
import { openSealing } from './seal.ts'

const secret = Buffer.alloc(32, 3)
const ann: Recipient = {
  ...{ email: 'ann@example.com', phone: '+15125550100', name: 'Ann Canary', emailHash: 'e', phoneHash: 'p' },
  ...{ country: 'US', region: 'TX', timeZones: ['America/Chicago'], locale: 'en-US' },
}

test('what is stored of a recipient holds no address and no name, and opens to what it was', () => {
  const { seal, open } = openSealing(secret)
  const stored = seal(ann)
  assert.doesNotMatch(JSON.stringify(stored), /ann|canary|5125550100/i)
  assert.deepEqual(open(stored), ann)
  assert.notEqual(seal(ann).sealed, stored.sealed, 'two of the same do not look the same')
})

test('any name and address open to what they were', () => {
  const { seal, open } = openSealing(secret)
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 300 }))
  fc.assert(
    fc.property(text, text, text, (email, phone, name) => {
      fc.pre([email, phone, name].every((one) => one === null || one.isWellFormed()))
      assert.deepEqual(open(seal({ ...ann, email, phone, name })), { ...ann, email, phone, name })
    }),
  )
})

test('what was altered in any character, or sealed under another secret, does not open', () => {
  const { seal, open } = openSealing(secret)
  const stored = seal(ann)
  const refuses = (sealed: string, by = open) =>
    assert.throws(
      () => by({ ...stored, sealed }),
      (error) => error instanceof AppError && error.code === 'store-damaged',
    )
  refuses(stored.sealed, openSealing(Buffer.alloc(32, 4)).open)
  for (let at = 3; at < stored.sealed.length - 1; at += 1) {
    const other = stored.sealed[at] === 'A' ? 'B' : 'A'
    refuses(stored.sealed.slice(0, at) + other + stored.sealed.slice(at + 1))
  }
  refuses('s1.')
})

test('one person has one hash however the address is written, another on each medium and in each installation', () => {
  const hash = (address: string) => hashRecipient('email', address, secret)
  assert.match(hash('ann@example.com') ?? '', /^[0-9a-f]{32}$/)
  assert.equal(hash(' Ann@EXAMPLE.com '), hash('ann@example.com'))
  assert.equal(hash('ann@bücher.example'), hash('ann@xn--bcher-kva.example'))
  assert.notEqual(hash('ann+tea@example.com'), hash('ann@example.com'))
  assert.notEqual(hashRecipient('email', 'ann@example.com', Buffer.alloc(32, 4)), hash('ann@example.com'))
  const phone = hashRecipient('sms', '+1 (512) 555-0100', secret)
  assert.equal(phone, hashRecipient('sms', '+15125550100', secret))
  for (const none of [
    '',
    'ann',
    'ann@',
    '@example.com',
    'a b@example.com',
    'ann@exa mple.com',
    '"a"@example.com',
  ])
    assert.equal(hash(none), null, none)
  for (const none of ['5125550100', '+0123456789', '+1', 'ann@example.com'])
    assert.equal(hashRecipient('sms', none, secret), null, none)
})

// Lists of other systems and of our own export, as suppressions.

import assert from 'node:assert/strict'
import test from 'node:test'
import { hashRecipient } from '../adapters/secret/hash-recipient.ts'
import type { Medium } from '../domain/recipient.ts'
import { readSuppressionList } from './read-suppression-list.ts'

const secret = Buffer.alloc(32, 7)
const nowMs = Date.UTC(2026, 0, 14)
const hashOf = (medium: Medium, address: string) => hashRecipient(medium, address, secret)
const read = (text: string, medium: Medium | null = null) =>
  readSuppressionList(text, { medium, hashOf, nowMs })
const ann = hashOf('email', 'ann@shop.example') ?? ''
const phone = hashOf('sms', '+15125550100') ?? ''
const imported = { reason: 'imported', sinceMs: nowMs, untilMs: null } as const

test('addresses and numbers are taken by what they are, with a header and without', () => {
  const both = [
    { recipientHash: ann, medium: 'email', ...imported },
    { recipientHash: phone, medium: 'sms', ...imported },
  ]
  for (const text of [
    'Email,Name\nAnn@Shop.example,Ann\n+1 512 555-0100,\n',
    "address;reason\nann@shop.example;said so\n'+15125550100;\n",
    'ann@shop.example\n+15125550100\n',
    '"ann@shop.example"\r\n"+15125550100"',
  ])
    assert.deepEqual(read(text), { rowsRead: 2, suppressions: both, refused: [] }, text)
})

test('what was exported is read as it was', () => {
  const text =
    'recipient,medium,reason,since,until\r\n' +
    `${ann},email,complaint,2025-06-01T10:00:00.000Z,\r\n` +
    `${phone},sms,soft-bounces,2025-06-01T10:00:00.000Z,2025-07-01T10:00:00.000Z\r\n`
  const sinceMs = Date.UTC(2025, 5, 1, 10)
  assert.deepEqual(read(text).suppressions, [
    { recipientHash: ann, medium: 'email', reason: 'complaint', sinceMs, untilMs: null },
    {
      recipientHash: phone,
      medium: 'sms',
      reason: 'soft-bounces',
      sinceMs,
      untilMs: Date.UTC(2025, 6, 1, 10),
    },
  ])
})

test('hashes without a medium take the one that was named, and none without it', () => {
  assert.deepEqual(read(`hash\n${ann}\n`, 'email').suppressions, [
    { recipientHash: ann, medium: 'email', ...imported },
  ])
  assert.equal(read(`hash\n${ann}\n`).refused.length, 1)
})

test('rows that name nobody are left out and told, and the others are taken', () => {
  const { suppressions, refused } = read(
    'email,medium,until\nnobody,,\nann@shop.example,fax,\nann@shop.example,,soon\nann@shop.example,email,\n@,,\n',
  )
  assert.equal(suppressions.length, 1)
  assert.deepEqual(
    refused.map(({ row }) => row),
    [1, 2, 3, 5],
  )
  assert.equal(read('hash,medium\nxyz,email\n').refused[0]?.reason, 'not a hash of 32 hex digits')
})

test('a list that names no column of people is refused', () => {
  for (const text of ['name,city\nAnn,Bath\n', ''])
    assert.throws(() => read(text), { code: 'column-missing' })
})

// Acceptance test A26 of docs/reliability.md, the part before the thresholds: what bounces and complaints say, and that a
// forged one says nothing.

import assert from 'node:assert/strict'
import test from 'node:test'
import {
  complaintReport,
  type DeliveryReport,
  deliveryReport,
} from '../../../test/channels/delivery-report.ts'
import { seededRandom } from '../../stats/seeded-random.ts'
import { readSigningKey, signMessage } from '../signing/standard-webhooks.ts'
import { openMailboxNotices } from './mailbox-notices.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const key = readSigningKey(secret)
const otherKey = readSigningKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`)
const nowMs = 1_790_000_000_000
const place = { url: 'https://after.shop.example/v1/webhooks/mailbox', nowMs }
const read = openMailboxNotices([secret])

function post(raw: string, eventId = 'evt-1', signedWith = key, signed = raw) {
  const headers = new Map(Object.entries(signMessage(signedWith, eventId, signed, nowMs)))
  return read(raw, { get: (name) => headers.get(name) }, place)
}

const about = { medium: 'email', address: null, atMs: nowMs } as const

test('of 1,000 bounces each is read as it was meant', async (t) => {
  const seen: Record<string, number> = {}
  const random = seededRandom(26)
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0]
  const details = ['1.1', '2.1', '2.2', '4.1', '4.7', '7.1', '0.0'] as const
  for (let at = 0; at < 1_000; at++) {
    const action = pick<DeliveryReport['action']>([
      'failed',
      'failed',
      'failed',
      'delayed',
      'delivered',
      'relayed',
    ])
    const status = `${action === 'failed' ? pick(['4', '5']) : action === 'delayed' ? '4' : '2'}.${pick(details)}`
    const raw = deliveryReport({
      ...{ messageId: `message-${at}`, recipient: `person${at}@mail.example`, action, status },
      ...{ headersOnly: random() < 0.3, newline: random() < 0.2 ? '\n' : '\r\n' },
    })
    const kinds = { delayed: 'soft-bounce', delivered: 'delivered', relayed: null } as const
    const kind =
      action === 'failed' ? (status.startsWith('5') ? 'hard-bounce' : 'soft-bounce') : kinds[action]
    seen[kind ?? 'nothing'] = (seen[kind ?? 'nothing'] ?? 0) + 1
    const notice = { ...about, eventId: `evt-${at}`, kind, messageId: `message-${at}` }
    assert.deepEqual(await post(raw, `evt-${at}`), {
      kind: 'notices',
      notices: kind === null ? [] : [notice],
    })
  }
  t.diagnostic(JSON.stringify(seen))
})

test('a bounce that is signed by nobody we know, or was changed on its way, is forged', async () => {
  const report = { recipient: 'ada@mail.example', action: 'failed', status: '5.1.1' } as const
  for (let at = 0; at < 100; at++) {
    const raw = deliveryReport({ ...report, messageId: `message-${at}` })
    assert.deepEqual(await post(raw, 'evt', otherKey), { kind: 'forged' })
    assert.deepEqual(await post(raw.replace('5.1.1', '5.1.2'), 'evt', key, raw), { kind: 'forged' })
    assert.deepEqual(await read(raw, { get: () => undefined }, place), { kind: 'forged' })
  }
})

test('a report that names no message of ours is not believed, whomever it names', async () => {
  const report = { recipient: 'ada@mail.example', action: 'failed', status: '5.1.1' } as const
  for (const messageId of [null, 'no id of ours!', 'x'.repeat(200)]) {
    assert.deepEqual(await post(deliveryReport({ ...report, messageId })), { kind: 'notices', notices: [] })
  }
})

test('complaints are told apart from thanks, and other mail tells nothing', async () => {
  const kinds = { abuse: 'complaint', fraud: 'complaint', 'opt-out': 'unsubscribed', 'not-spam': null }
  for (const [type, kind] of Object.entries(kinds)) {
    const notice = { ...about, eventId: 'evt-1', kind, messageId: 'message-1' }
    assert.deepEqual(await post(complaintReport('message-1', type)), {
      ...{ kind: 'notices', notices: kind === null ? [] : [notice] },
    })
  }
  const others = [
    '',
    'Subject: Out of office\r\n\r\nBack on Monday',
    'Content-Type: multipart/report\r\n\r\n--x',
    '\u0000',
  ]
  for (const raw of others) assert.deepEqual(await post(raw), { kind: 'notices', notices: [] })
})

// Mail over a mail server: the battery on a real one, then every way that a connection goes wrong, then how a mail looks to
// a real parser.

import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import test from 'node:test'
import {
  type FaultyMailServer,
  type MailFault,
  openFaultyMailServer,
} from '../../../test/channels/faulty-mail-server.ts'
import { openLocalMailServer, refusedMailAddress } from '../../../test/channels/local-mail-server.ts'
import { channelContract, mailContent, outgoing } from '../../ports/channel.contract.ts'
import type { SendOutcome } from '../../ports/channel.ts'
import { openSmtp } from './smtp.ts'

const address = 'ada@mail.example'

channelContract('smtp', async () => {
  const server = await openLocalMailServer()
  return {
    channel: openSmtp({ url: server.url, dkim: null, deadlineMs: 500 }),
    ...{ address, refusedAddress: refusedMailAddress },
    taken: (id) => server.taken.filter(({ raw }) => raw.includes(`Message-ID: <${id}@shop.example>`)).length,
    next: (fault) => server.next(fault),
    remove: () => server.close(),
  }
})

async function sendInto(fault: MailFault): Promise<{ outcome: SendOutcome; server: FaultyMailServer }> {
  const server = await openFaultyMailServer(fault)
  const channel = openSmtp({ url: server.url, dkim: null, deadlineMs: 400 })
  const outcome = await channel.send(outgoing({ channel, address }))
  await channel.close()
  await server.close()
  return { outcome, server }
}

type Expected = 'try-later' | 'ambiguous' | 'rejected' | 'rejected as an address'
const expected: Readonly<Record<Exclude<MailFault, 'none'>, Expected>> = {
  // The six of the figure.
  '451-at-rcpt': 'try-later',
  '550-at-rcpt': 'rejected as an address',
  '451-after-data': 'try-later',
  'drop-after-data': 'ambiguous',
  'stall-after-data': 'ambiguous',
  'drip-after-data': 'ambiguous',
  // And more.
  '550-policy-at-rcpt': 'rejected',
  '554-after-data': 'rejected',
  '421-after-data': 'try-later',
  'reset-after-data': 'ambiguous',
  'drop-in-data': 'ambiguous',
  'drop-at-greeting': 'try-later',
  'stall-at-greeting': 'try-later',
  'drip-at-greeting': 'try-later',
  'stall-at-rcpt': 'try-later',
  'drop-at-data': 'try-later',
  '535-at-mail': 'try-later',
}

for (const [fault, kind] of Object.entries(expected) as [MailFault, Expected][]) {
  test(`smtp: ${fault} is ${kind}`, async () => {
    const { outcome, server } = await sendInto(fault)
    const isAddress = outcome.kind === 'rejected' && outcome.isAddress
    assert.equal(isAddress ? 'rejected as an address' : outcome.kind, kind, JSON.stringify(outcome))
    if (outcome.kind === 'sent') return
    assert.doesNotMatch(outcome.reason, /@/)
    if (kind !== 'ambiguous') assert.equal(server.taken(), 0, 'what is certain is that nothing was taken')
  })
}

test('smtp: a server that is not there is for later', async () => {
  const taken = createServer()
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  await new Promise((resolve) => taken.close(resolve))
  const channel = openSmtp({ url: `smtp://127.0.0.1:${port}`, dkim: null })
  assert.equal((await channel.send(outgoing({ channel, address }))).kind, 'try-later')
  await channel.close()
  assert.equal(
    (await channel.send(outgoing({ channel, address }))).kind,
    'try-later',
    'and once it is closed',
  )
})

test('smtp: after the other side was silent the same message may be sent again by whoever decides so', async (t) => {
  const server = await openLocalMailServer()
  t.after(() => server.close())
  const channel = openSmtp({ url: server.url, dkim: null, deadlineMs: 300 })
  t.after(() => channel.close())
  server.next('silent')
  const message = outgoing(
    { channel, address },
    { class: 'transactional', content: { ...mailContent, unsubscribeUrl: null } },
  )
  assert.equal((await channel.send(message)).kind, 'ambiguous')
  assert.equal((await channel.send(message)).kind, 'sent')
  const ids = server.taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw.toString())?.[1]?.trim())
  assert.deepEqual(
    ids,
    ['<m-1@shop.example>', '<m-1@shop.example>'],
    'under one Message-ID, so that a mailbox shows it once',
  )
})

test('smtp: the login is read from the address, and a wrong one costs no message', async (t) => {
  const server = await openLocalMailServer({ user: 'hello@shop.example', password: 'p@ss/word' })
  t.after(() => server.close())
  const at = server.url.slice('smtp://'.length)
  const sendAs = async (login: string) => {
    const channel = openSmtp({ url: `smtp://${login}@${at}`, dkim: null })
    const outcome = await channel.send(outgoing({ channel, address }))
    await channel.close()
    return outcome
  }
  assert.equal((await sendAs('hello%40shop.example:p%40ss%2Fword')).kind, 'sent')
  assert.equal((await sendAs('hello%40shop.example:wrong')).kind, 'try-later')
  assert.equal(server.taken.length, 1)
})

// Another address of this machine, which is not the one that may go without; only Linux has it from the start.
const elsewhere = process.platform === 'linux' ? {} : { skip: 'needs 127.0.0.2' }

test(
  'smtp: a server elsewhere that cannot encrypt gets nothing, unless the shopkeeper says so',
  elsewhere,
  async (t) => {
    const server = await openFaultyMailServer('none', '127.0.0.2')
    t.after(() => server.close())
    const sendTo = async (url: string) => {
      const channel = openSmtp({ url, dkim: null, deadlineMs: 2_000 })
      const outcome = await channel.send(outgoing({ channel, address }))
      await channel.close()
      return outcome
    }
    const refused = await sendTo(server.url)
    assert.ok(refused.kind === 'try-later' && /^502 5\.5\.1/.test(refused.reason), JSON.stringify(refused))
    assert.equal(server.taken(), 0)
    assert.equal((await sendTo(`${server.url}?requireTLS=false`)).kind, 'sent')
  },
)

test('smtp: an address of a server or a key that is none is refused before anything is sent, without being shown', () => {
  const refused = (open: () => unknown) =>
    assert.throws(open, (error: Error) => {
      assert.ok('code' in error && error.code === 'settings-invalid')
      assert.doesNotMatch(error.message, /hunter2|not-a-key/)
      return true
    })
  for (const url of ['', 'mail.example', 'https://user:hunter2@mail.example', 'smtp://']) {
    refused(() => openSmtp({ url, dkim: null }))
  }
  const dkim = { domain: 'shop.example', selector: 'a', privateKey: 'not-a-key' }
  refused(() => openSmtp({ url: 'smtp://127.0.0.1:1', dkim }))
})

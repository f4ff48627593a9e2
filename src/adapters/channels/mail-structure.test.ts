// How a mail of ours looks to software that is not ours: a real mail server takes it, mailparser reads it, and its signature
// is checked by RFC 6376. Acceptance test A21 of docs/reliability.md, the part about mails.

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import test from 'node:test'
import { simpleParser } from 'mailparser'
import { openLocalMailServer } from '../../../test/channels/local-mail-server.ts'
import { verifyDkim } from '../../../test/channels/verify-dkim.ts'
import type { MessageClass } from '../../domain/message.ts'
import { mailContent, outgoing } from '../../ports/channel.contract.ts'
import type { Channel, EmailContent } from '../../ports/channel.ts'
import { seededRandom } from '../../stats/seeded-random.ts'
import { openSmtp } from './smtp.ts'

const MAILS = 1_000

// RFC 8463, appendix A: a mail with an RSA signature (relaxed/relaxed), and the record of its key.
const known = {
  selector: 'test',
  publicKey:
    'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB',
  mail: [
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
    ' d=football.example.com; i=@football.example.com;',
    ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
    ' date : message-id : from : subject : date;',
    ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
    ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
    ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
    ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
    'From: Joe SixPack <joe@football.example.com>',
    'To: Suzie Q <suzie@shopping.example.net>',
    'Subject: Is dinner ready?',
    'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
    'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
    '',
    'Hi.',
    '',
    'We lost the game.  Are you hungry yet?',
    '',
    'Joe.',
    '',
  ].join('\r\n'),
}

test('what checks signatures here agrees with the example of RFC 8463, and with nothing that was changed', () => {
  const check = (mail: string) => verifyDkim(Buffer.from(mail), known.publicKey, known.selector)?.isValid
  assert.equal(check(known.mail), true)
  assert.equal(check(known.mail.replace('hungry', 'thirsty')), false)
  assert.equal(check(known.mail.replace('dinner', 'lunch')), false)
  assert.equal(check(known.mail.replace('game.  Are', 'game. Are')), true, 'relaxed')
})

const random = seededRandom(8058)
const pick = <T>(list: readonly T[], fallback: T): T => list[Math.floor(random() * list.length)] ?? fallback
const bits = ['Kaffee', 'für', '☕️', '日本', '"quoted"', 'a,b;c', '<b>', '.', '..', '  ', 'é', 'x'.repeat(90)]
const words = (count: number) => Array.from({ length: count }, () => pick(bits, 'x')).join(' ')

function someContent(): EmailContent {
  const lines = Array.from({ length: 1 + Math.floor(random() * 30) }, () => words(Math.floor(random() * 12)))
  const token = Array.from({ length: 40 + Math.floor(random() * 400) }, () =>
    pick([...'abcXYZ0189-_.'], 'a'),
  ).join('')
  return {
    ...mailContent,
    from: { name: words(2), address: 'hello@shop.example' },
    subject: `Re ${words(1 + Math.floor(random() * 10))}`,
    text: lines.join('\n'),
    html: `<p>${lines.join('</p>\n<p>')}</p>`,
    unsubscribeUrl: `https://after.shop.example/u/${token}`,
  }
}

test(`of ${MAILS} mails each reads as it was written, and its signature holds and covers both List-Unsubscribe headers`, async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const inDns = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const server = await openLocalMailServer()
  const channel = openSmtp({
    url: server.url,
    dkim: { domain: 'shop.example', selector: 'after', privateKey: pem },
  })
  t.after(() => Promise.all([channel.close(), server.close()]))
  const written = new Map(Array.from({ length: MAILS }, (_, at) => [`mail-${at}`, someContent()]))
  await sendAll(channel, written)
  assert.equal(server.taken.length, MAILS)
  for (const { raw, from, to } of server.taken) {
    const signature = verifyDkim(raw, inDns, 'after')
    assert.deepEqual([signature?.isValid, signature?.domain], [true, 'shop.example'])
    for (const name of ['from', 'to', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post'])
      assert.ok(signature?.covers.includes(name), `${name} is covered`)
    const mail = await simpleParser(raw)
    const id = /^<(.*)@shop\.example>$/.exec(mail.messageId ?? '')?.[1] ?? ''
    const content = written.get(id)
    assert.ok(content)
    const header = (name: string) => mail.headerLines.filter(({ key }) => key === name)
    for (const name of [
      'list-unsubscribe',
      'list-unsubscribe-post',
      'from',
      'to',
      'subject',
      'message-id',
      'date',
    ])
      assert.equal(header(name).length, 1, name)
    assert.equal(header('list-unsubscribe')[0]?.line, `List-Unsubscribe: <${content.unsubscribeUrl}>`)
    assert.equal(
      header('list-unsubscribe-post')[0]?.line,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    )
    assert.equal(mail.headers.get('precedence'), 'bulk')
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    assert.deepEqual([from, to], ['hello@shop.example', ['ada@mail.example']])
    assert.equal(mail.from?.value[0]?.address, 'hello@shop.example')
    assert.equal(oneSpaced(mail.subject ?? ''), oneSpaced(content.subject))
    assert.equal(mail.text?.trimEnd(), content.text.trimEnd())
    assert.equal(String(mail.html).trimEnd(), content.html)
  }
})

async function sendAll(channel: Channel, written: ReadonlyMap<string, EmailContent>): Promise<void> {
  const sending = [...written].map(([id, content]) =>
    channel.send(outgoing({ channel, address: 'ada@mail.example' }, { id, content })),
  )
  const outcomes = await Promise.all(sending)
  assert.deepEqual([...new Set(outcomes.map(({ kind }) => kind))], ['sent'])
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

test('a mail that is no marketing has neither a list header nor the mark of bulk', async () => {
  const server = await openLocalMailServer()
  const channel = openSmtp({ url: server.url, dkim: null })
  const classes: readonly MessageClass[] = ['transactional', 'transactional_with_offer']
  for (const one of classes) {
    const content = { ...mailContent, unsubscribeUrl: null }
    await channel.send(outgoing({ channel, address: 'ada@mail.example' }, { id: one, class: one, content }))
  }
  for (const { raw } of server.taken) {
    const mail = await simpleParser(raw)
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    for (const name of ['list', 'list-unsubscribe', 'precedence', 'x-mailer', 'dkim-signature'])
      assert.equal(mail.headers.has(name), false, name)
  }
  await channel.close()
  await server.close()
})

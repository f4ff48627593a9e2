import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { promises } from 'node:dns'
import test from 'node:test'
import { openMailDomainLookUp } from './mail-domain.ts'

/** A name server on this machine that knows these TXT records (RFC 1035, 4.1) and no other name. */
async function openNameServer(records: Readonly<Record<string, string>>) {
  const socket = createSocket('udp4')
  socket.on('message', (asked, from) => {
    const labels: string[] = []
    let at = 12
    for (let length = asked[at] ?? 0; length > 0; length = asked[at] ?? 0) {
      labels.push(asked.subarray(at + 1, at + 1 + length).toString())
      at += 1 + length
    }
    const question = asked.subarray(12, at + 5)
    const text = records[labels.join('.').toLowerCase()]
    const head = Buffer.from(asked.subarray(0, 12))
    head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2)
    head.writeUInt16BE(text === undefined ? 0 : 1, 6)
    head.writeUInt32BE(0, 8)
    const parts = (text?.match(/.{1,200}/g) ?? []).map((part) =>
      Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]),
    )
    const value = Buffer.concat(parts)
    const answer = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, value.length >> 8, value.length & 255])
    socket.send(
      Buffer.concat([head, question, ...(text === undefined ? [] : [answer, value])]),
      from.port,
      from.address,
    )
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const resolver = new promises.Resolver({ timeout: 2000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    look: openMailDomainLookUp((name) => resolver.resolveTxt(name)),
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

const shop = { domain: 'shop.example', signer: 'shop.example', selector: 'after' }

test('a domain that is set up has all three; a long key comes in pieces', async () => {
  const { look, close } = await openNameServer({
    'shop.example': 'v=spf1 include:mail.example -all',
    'after._domainkey.shop.example': `v=DKIM1; k=rsa; p=${'A'.repeat(360)}`,
    '_dmarc.shop.example': 'v=DMARC1; p=none',
  })
  const policy = { domain: 'shop.example', strict: false }
  assert.deepEqual(await look(shop), { spf: 'found', dkim: 'found', dmarc: 'found', policy })
  assert.equal((await look({ ...shop, selector: null })).dkim, 'unknown')
  const below = await look({ ...shop, domain: 'a.mail.shop.example' })
  assert.deepEqual([below.dkim, below.dmarc, below.policy], ['found', 'found', policy])
  await close()
})

test('DMARC that takes exactly the domain says so, and what stands under the last name alone is nobody’s', async () => {
  const { look, close } = await openNameServer({
    '_dmarc.shop.example': 'v=DMARC1; p=reject; adkim=s; rua=mailto:a@shop.example',
    '_dmarc.com': 'v=DMARC1; p=none',
  })
  assert.deepEqual((await look(shop)).policy, { domain: 'shop.example', strict: true })
  assert.equal((await look({ ...shop, domain: 'other.com' })).dmarc, 'missing')
  await close()
})

test('other records, a revoked key and names that are not there are missing', async () => {
  const { look, close } = await openNameServer({
    'shop.example': 'google-site-verification=v=spf1',
    'after._domainkey.shop.example': 'v=DKIM1; p=',
    '_dmarc.shop.example': 'v=spf1',
  })
  assert.deepEqual(await look(shop), { spf: 'missing', dkim: 'missing', dmarc: 'missing', policy: null })
  await close()
})

test('where nobody answers nothing is said', async () => {
  const { look, close } = await openNameServer({})
  await close()
  assert.deepEqual(await look(shop), { spf: 'unknown', dkim: 'unknown', dmarc: 'unknown', policy: null })
})

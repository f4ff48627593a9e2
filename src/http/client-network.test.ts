// Under which key requests are counted. Spellings of one address are those of RFC 4291 and RFC 5952.

import assert from 'node:assert/strict'
import test from 'node:test'
import { clientNetwork } from './client-network.ts'

test('all addresses of one /64 are counted together, however they are written', () => {
  const one = ['2001:db8:0:1::', '2001:DB8:0:1::ffff', '2001:0db8:0000:0001:aaaa:bbbb:cccc:dddd']
  const more = [
    '[2001:db8:0:1::7]:4711',
    '[2001:db8:0:1::7]',
    '2001:db8:0:1::198.51.100.1',
    '2001:db8::1:0:0:0:9',
  ]
  for (const written of [...one, ...more]) assert.equal(clientNetwork(written), '2001:db8:0:1::/64', written)
  assert.equal(clientNetwork('fe80::1%eth0'), 'fe80:0:0:0::/64')
})

test('another /64 and another IPv4 address are counted apart', () => {
  const addresses = ['2001:db8:0:1::1', '2001:db8:0:2::1', '2001:db9:0:1::1', '::1', '192.0.2.1', '192.0.2.2']
  assert.equal(new Set(addresses.map(clientNetwork)).size, addresses.length)
})

test('an IPv4 address is the same in IPv6 clothes and with the port of a proxy', () => {
  for (const written of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '192.0.2.1:55123'])
    assert.equal(clientNetwork(written), '192.0.2.1', written)
})

test('what is no address stands for itself, and never for long', () => {
  for (const written of ['', 'unknown', '1.2.3', ':', '[', '[]:1', '::1::2', 'x'.repeat(64)])
    assert.equal(clientNetwork(written), written)
  assert.equal(clientNetwork('x'.repeat(10_000)).length, 64)
})

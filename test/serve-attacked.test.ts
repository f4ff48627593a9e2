// `aftercart serve` and `aftercart worker` as they run in a shop, and what is done to them there: nonsense on the wire, an end in
// the middle of purchases, a provider that hangs, a disk that is full. Whatever happens, a shopper is answered with what is
// true, and nobody pays twice or for nothing.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { acceptOffer } from '../src/accepting/answer-offer.ts'
import { isFinal } from '../src/accepting/is-final.ts'
import { driveDue } from '../src/accepting/look-after-offers.ts'
import { systemClock } from '../src/adapters/clock/system-clock.ts'
import { LINE_MINOR } from './accepting/outside-world.ts'
import { clickAt, openRealWorld, type RealWorld } from './accepting/real-server.ts'

/** What came back until the server closed, or the client hung up. */
function onWire(port: number, bytes: string, hangsUp: boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answered = ''
    socket.on('data', (part) => {
      answered += part
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answered))
    socket.write(bytes, () => hangsUp && setTimeout(() => socket.destroy(), 200))
  })
}

const start = (line: string, headers: readonly string[] = [], body = '') =>
  [`${line} HTTP/1.1`, 'Connection: close', ...headers, '', body].join('\r\n')

/** The status line that each may be answered with; none where the server just hangs up. */
function nonsense(token: string): readonly (readonly [string, string, RegExp])[] {
  const json = 'Content-Type: application/json'
  const accept = `POST /v1/offers/${token}/accept`
  const look = `GET /v1/offers/${token}`
  return [
    ['no host', start(accept, [json, 'Content-Length: 2'], '{}'), / 400 /],
    ['a host that is none', start(look, ['Host: a b/c']), / 400 /],
    ['a host with a name before it', start(look, ['Host: x@127.0.0.1', 'Origin: http://x']), / 400 /],
    ['two origins', start(accept, ['Host: x', 'Origin: http://x', 'Origin: http://y', json], ''), / 403 /],
    [
      'two lengths',
      start(accept, ['Host: x', json, 'Content-Length: 2', 'Content-Length: 3'], '{}x'),
      / 400 /,
    ],
    [
      'two bodies',
      start(accept, ['Host: x', json, 'Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      / 400 /,
    ],
    ['a negative length', start(accept, ['Host: x', json, 'Content-Length: -1'], '{}'), / 400 /],
    ['a length of a gigabyte', start(accept, ['Host: x', json, 'Content-Length: 1000000000'], '{}'), / 413 /],
    [
      'chunks that are none',
      start(accept, ['Host: x', json, 'Transfer-Encoding: chunked'], 'zz\r\n'),
      / 400 /,
    ],
    ['a method in small letters', start(accept.replace('POST', 'post'), ['Host: x', json], ''), / 400 /],
    [
      'another method by header',
      start(look.replace('GET', 'POST'), ['Host: x', json, 'X-HTTP-Method-Override: GET']),
      / 404 /,
    ],
    ['a path that climbs', start('GET /v1/offers/x/%2e%2e/%2e%2e/pairings', ['Host: x']), / 401 /],
    ['a path in escapes', start('GET /%761/pairings', ['Host: x']), / 401 /],
    ['a header of 20 kB', start('GET /healthz', ['Host: x', `X: ${'a'.repeat(20_000)}`]), / 431 /],
    [
      '2,500 headers',
      start('GET /healthz', ['Host: x', ...Array.from({ length: 2_500 }, () => 'X: a')]),
      / 431 /,
    ],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00', / 400 /],
    ['a tunnel', start('CONNECT x:1', ['Host: x']), /^$/],
    [
      'arrays in arrays',
      start('POST /v1/exposures', ['Host: x', json, 'Content-Length: 200000'], '['.repeat(200_000)),
      / 400 /,
    ],
    // They hang up before the body is there.
    ...Array.from(
      { length: 5 },
      () =>
        [
          'half a body',
          start('POST /v1/exposures', ['Host: x', json, 'Content-Length: 99'], '{'),
          /^$/,
        ] as const,
    ),
    ['half a message', start('POST /v1/webhooks/shop', ['Host: x', json, 'Content-Length: 99'], '{'), /^$/],
  ]
}

test('a server in the hands of attackers', async (t) => {
  const world = await openRealWorld(t)
  const server = await world.start(['serve', '--port', '0'])

  await t.test(
    'nonsense on the wire is refused, buys nothing, fills no log, and the next shopper is served',
    async () => {
      const { token } = await world.newOffer('1001')
      const port = Number(new URL(server.url).port)
      await Promise.all(
        nonsense(token).map(async ([name, bytes, answer]) =>
          assert.match(
            (await onWire(port, bytes, name.startsWith('half '))).split('\r\n')[0] ?? '',
            answer,
            name,
          ),
        ),
      )
      assert.equal(world.outside.bank.intents.size, 0)
      assert.deepEqual(await clickAt(server.url, token, 'accept'), { status: 200, state: 'added' })
      assert.equal(server.said(), '')
    },
  )

  await t.test(
    'tabs that accept, decline and undo at once end with a line for a charge, or with neither',
    async () => {
      const tabs = ['accept', 'undo', 'decline', 'accept', 'undo', 'accept', 'undo']
      for (const order of ['never seen', 'bought']) {
        const { token } = await world.newOffer(order)
        if (order === 'bought') await clickAt(server.url, token, 'accept')
        const answers = await Promise.all(
          tabs.map((does, tab) => clickAt(server.url, token, does, `10.0.0.${tab}`)),
        )
        for (const { status } of answers) assert.ok(status === 200 || status === 202, `${status}`)
      }
      await untilAgreed(world)
    },
  )

  await t.test(
    'told to stop in the middle of purchases, the server finishes them, answers, and takes no new ones',
    async () => {
      const offers = await Promise.all([1, 2, 3, 4].map((order) => world.newOffer(`${order}`)))
      const late = await world.newOffer('late')
      const asked = new Promise<void>((resolve) => {
        world.beforePayment = async () => {
          resolve()
          await sleep(300)
        }
      })
      const clicks = offers.map(({ token }, tab) => clickAt(server.url, token, 'accept', `10.0.0.${tab}`))
      await asked
      server.child.kill('SIGTERM')
      for (const click of clicks) assert.deepEqual(await click, { status: 200, state: 'added' })
      await assert.rejects(clickAt(server.url, late.token, 'accept', '10.0.0.9'))
      await server.closed
      assert.equal(server.child.exitCode, 0)
      await untilAgreed(world)
    },
  )
})

test('a provider that hangs while its messages are looked at holds up no purchase, and no stop', async (t) => {
  const world = await openRealWorld(t)
  const { store } = world.effects
  const { token } = await world.newOffer('bought')
  const subject = (await acceptOffer(token, world.effects)).acceptance?.paymentId ?? ''
  const receivedAtMs = systemClock.nowMs()
  for (let event = 0; event < 60; event += 1)
    await store.takeMessage({ id: `shop:${event}`, topic: 'payment', subject, receivedAtMs })
  const left = await world.newOffer('left behind')
  const dies = { ...store, saveAcceptance: () => Promise.reject(new Error('killed')) }
  await assert.rejects(acceptOffer(left.token, { ...world.effects, store: dies }))
  let reads = 0
  world.beforePayment = ({ type }) => {
    if (type !== 'payment.read') return Promise.resolve()
    reads += 1
    return new Promise(() => {})
  }
  const worker = await world.start(['worker'])
  while ((await store.getAcceptance(left.offerId))?.state !== 'completed') await sleep(50)
  worker.child.kill('SIGTERM')
  await worker.closed
  assert.equal(worker.child.exitCode, 0)
  assert.ok(reads > 0 && reads < 50, `${reads} of the messages were asked about before it stopped`)
  await untilAgreed(world)
})

const canLimit = spawnSync('prlimit', ['--version']).status === 0

test('on a full disk nothing is asked of the provider; full in the middle, it goes on where it was', async (t) => {
  if (!canLimit) return t.skip('prlimit, of util-linux, is not on this machine')
  const world = await openRealWorld(t)
  const server = await world.start(['serve', '--port', '0', '--no-worker'])
  const [before, middle] = [await world.newOffer('before'), await world.newOffer('middle')]
  // No file of the server may grow: what it writes is refused as on a disk without room.
  const limitFiles = (bytes: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:unlimited`])
  const fill = () => limitFiles(statSync(join(world.data, 'aftercart.sqlite-wal')).size)
  const refused = { status: 503, state: 'store-unavailable' }
  fill()
  assert.deepEqual(await clickAt(server.url, before.token, 'accept'), refused)
  assert.equal(world.outside.bank.intents.size, 0)
  assert.match(server.said(), /"code":"store-unavailable"/)
  limitFiles('unlimited')
  assert.deepEqual(await clickAt(server.url, before.token, 'accept'), { status: 200, state: 'added' })

  world.beforePayment = async ({ type }) => {
    if (type === 'payment.capture') fill()
  }
  assert.deepEqual(await clickAt(server.url, middle.token, 'accept'), refused)
  limitFiles('unlimited')
  assert.equal((await world.effects.store.getAcceptance(middle.offerId))?.state, 'line-added')
  // Another worker, once the lease has run out.
  await driveDue({ ...world.effects, clock: { nowMs: () => systemClock.nowMs() + 31_000 } })
  assert.equal((await world.effects.store.getAcceptance(middle.offerId))?.state, 'completed')
  await untilAgreed(world)
})

/** Waits until each purchase has ended; then: one charge at most, of what was shown, and a line for it and for nothing else. */
async function untilAgreed({ effects, outside }: RealWorld): Promise<void> {
  const { bank, shop } = outside
  for (const [orderId, { lines }] of shop.orders) {
    for (const { id } of await effects.store.listOffers(orderId)) {
      const ended = async () => {
        const row = await effects.store.getAcceptance(id)
        return row === null || isFinal(row.state)
      }
      while (!(await ended())) await sleep(50)
      const paid = [...bank.intents.values()].filter(({ metadata }) => metadata.offer === id)
      const heldMinor = paid.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0)
      assert.ok((bank.charges.get(id) ?? 0) <= 1, `${orderId}: charged once at most`)
      assert.deepEqual([...lines.keys()], heldMinor > 0 ? [id] : [], `${orderId}: a line for a charge`)
      assert.ok(heldMinor === 0 || heldMinor === LINE_MINOR, `${orderId}: what was shown`)
    }
  }
}

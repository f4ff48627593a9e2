// `aftercart worker` as one starts it: it sends what is due through the channel that the settings name, and ends in order.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { listOutbox } from '../src/adapters/channels/outbox.ts'
import { openInstallation } from '../src/cli/installation.ts'
import { outboxFolder } from '../src/cli/open-channels.ts'
import { openMessaging } from '../src/cli/open-messaging.ts'
import { planFollowUps } from '../src/following-up/plan-follow-ups.ts'
import { orderOf } from './follow-up-world.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

const messaging = {
  ...{ emailChannel: 'outbox', shopName: 'Shop', supportEmail: 'help@shop.example', confirmations: true },
  ...{ sender: { name: 'Shop', address: 'shop@shop.example' }, legalEntity: 'Shop Ltd' },
  ...{ postalAddress: ['1 High Street', 'Leeds'], publicUrl: 'https://after.example' },
}

test('the worker sends a confirmation that was planned by another process, once, and stops on SIGTERM', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-worker-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ messaging }))
  const installation = await openInstallation({ data, create: true, apart: true })
  const { store, clock } = installation
  const opened = openMessaging({ ...installation, plan: { get: () => null }, testing: { get: () => null } })
  const email = 'ada@example.com'
  const order = orderOf(['machine'], { placedAtMs: clock.nowMs() })
  await store.putOrder(order, clock.nowMs())
  const recipient = opened.messaging.seal({
    ...{ email, phone: null, emailHash: opened.messaging.hashRecipient('email', email), phoneHash: null },
    ...{ name: 'Ada', country: 'GB', region: null, timeZones: [], locale: 'en-GB' },
  })
  await store.putRecipient(order.id, recipient, clock.nowMs())
  assert.equal((await planFollowUps(order.id, opened.followingUp)).planned, 1)

  const worker = spawn(process.execPath, [bin, 'worker', '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: '' },
  })
  const ended = once(worker, 'exit')
  while ((await store.nextMessageDue()) !== null) {
    assert.equal(worker.exitCode, null, 'it is at work')
    await sleep(50)
  }
  worker.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  const [mail, ...more] = await listOutbox(outboxFolder(data))
  assert.ok(mail?.content.kind === 'email' && more.length === 0)
  assert.deepEqual([mail.to.address, mail.class], [email, 'transactional'])
  assert.match(mail.content.text, /order-1/)
  const [row] = await store.messagesOfOrder(order.id)
  assert.deepEqual([row?.state, row?.id, row?.channel], ['sent', mail.id, 'outbox'])
  await installation.close()
})

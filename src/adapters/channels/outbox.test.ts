// The outbox: the battery, and what the demo's mailbox reads.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Medium } from '../../domain/recipient.ts'
import { channelContract, outgoing } from '../../ports/channel.contract.ts'
import type { Outgoing } from '../../ports/channel.ts'
import { openManualClock } from '../clock/manual-clock.ts'
import { listOutbox, openOutbox, readOutbox } from './outbox.ts'

function place(medium: Medium, address: string) {
  return async () => {
    const root = await mkdtemp(join(tmpdir(), 'aftercart-outbox-'))
    const folder = join(root, 'outbox')
    const channel = openOutbox({ folder, medium, clock: openManualClock(5) })
    return {
      channel: {
        ...channel,
        async send(message: Outgoing) {
          const outcome = await channel.send(message)
          if (outcome.kind === 'try-later') await rm(folder)
          return outcome
        },
      },
      ...{ address, refusedAddress: null },
      taken: (id: string) => Number(existsSync(join(folder, `${id}.json`))),
      // A file stands where the folder should, until a message was turned away.
      next: () => writeFile(folder, ''),
      remove: () => rm(root, { recursive: true }),
    }
  }
}

channelContract('outbox for mail', place('email', 'ada@mail.example'), ['takes-nothing'])
channelContract('outbox for texts', place('sms', '+15125550100'), ['takes-nothing'])

test('outbox: what was sent is read back, the latest first, and the first of an id stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercart-outbox-'))
  const clock = openManualClock(1_000)
  const channel = openOutbox({ folder, medium: 'email', clock })
  const message = outgoing({ channel, address: 'ada@mail.example' })
  await channel.send(message)
  clock.advance(1_000)
  await channel.send({ ...message, id: 'm-2' })
  await channel.send({ ...message, moment: { ...message.moment, flow: 'next-step' } })
  assert.deepEqual(
    (await listOutbox(folder)).map(({ id, atMs }) => [id, atMs]),
    [
      ['m-2', 2_000],
      ['m-1', 1_000],
    ],
  )
  assert.deepEqual(await readOutbox(folder, 'm-1'), { ...message, atMs: 1_000 })
  assert.equal(await readOutbox(folder, 'm-3'), null)
  assert.equal(await readOutbox(folder, '../../etc/passwd'), null)
  assert.deepEqual((await readdir(folder)).sort(), ['m-1.json', 'm-2.json'], 'nothing unfinished is left')
  assert.deepEqual(await listOutbox(join(folder, 'none')), [])
  await rm(folder, { recursive: true })
})

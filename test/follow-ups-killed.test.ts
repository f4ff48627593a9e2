// A process that sends is killed with SIGKILL before and after each thing that it does, against a real mail server; another
// goes on. At whatever point: marketing goes out once at most, a confirmation at least once and at most twice, under one
// id, and both are looked at again within 90 seconds. AFTERCART_KILLS=10 kills ten times at each point.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { openSmtp } from '../src/adapters/channels/smtp.ts'
import { finalMessageStates } from '../src/domain/message.ts'
import { sendDue } from '../src/following-up/send-due.ts'
import { type LocalMailServer, openLocalMailServer } from './channels/local-mail-server.ts'
import { openFollowUpDesk } from './follow-up-desk.ts'
import { confirmationsOnly, marketingAtOnce, orderOf } from './follow-up-world.ts'
import type { Task } from './following-up/send-until-killed.ts'

const KILLS = Number(process.env.AFTERCART_KILLS ?? 1)
const RESUMED_MS = 90_000
const script = fileURLToPath(new URL('./following-up/send-until-killed.ts', import.meta.url))

async function run(task: Task): Promise<{ readonly points: string[]; readonly signal: string | null }> {
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(task.data, 'compiled'), ...process.env },
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await once(child, 'close')
  return { points: said.split('\n').slice(0, -1), signal: child.signalCode }
}

const takenOf = ({ taken }: LocalMailServer, id: string): number =>
  taken.filter(({ raw }) => raw.includes(`Message-ID: <${id}@`)).length

for (const { title, settings, flow, mostOften } of [
  { title: 'marketing', settings: marketingAtOnce, flow: 'complete-the-set', mostOften: 1 },
  { title: 'a confirmation', settings: confirmationsOnly, flow: 'confirmation', mostOften: 2 },
]) {
  test(`${title} whose worker is killed at any point is looked at again within 90 s, and goes out at most ${mostOften} times`, async (t) => {
    const server = await openLocalMailServer()
    t.after(() => server.close())
    const desk = await openFollowUpDesk({ settings })
    t.after(() => desk.close())
    const { store } = desk.effects
    const email = openSmtp({ url: server.url, dkim: null })
    t.after(() => email.close())
    const effects = { ...desk.effects, channels: { email, sms: null } }

    const sendOne = async (orderId: string, dieAt: string | null) => {
      const order = orderOf(['machine'], { id: orderId, customerId: null, placedAtMs: desk.clock.nowMs() })
      await desk.receive(order, { address: `${orderId}@example.com` })
      const clock = { atMs: desk.clock.nowMs(), sinceMs: 0, speed: 0 }
      const task = { data: desk.folder, mailUrl: server.url, deadlineMs: 10_000, settings, clock, dieAt }
      const died = await run(task)
      return { ...died, id: (await desk.message(flow, orderId)).id, point: dieAt ?? 'alive' }
    }
    const alive = await sendOne('alive', null)
    assert.equal(alive.signal, null)
    assert.equal(takenOf(server, alive.id), 1)
    const points = ['reserveMessages', 'claimMessage', 'send', 'saveMessage'].flatMap((name) =>
      ['before', 'after'].map((when) => `${when} ${name} 1`),
    )
    assert.deepEqual(alive.points, points)

    const cases = [alive]
    for (const [place, point] of points.entries())
      for (let time = 0; time < KILLS; time += 1) {
        const died = await sendOne(`o-${place}-${time}`, point)
        assert.equal(died.signal, 'SIGKILL', point)
        const handedOver = points.indexOf(point) >= points.indexOf('after send 1')
        assert.equal(takenOf(server, died.id), handedOver ? 1 : 0, point)
        // Its state is asked for at the time when it must have been looked at, by a worker that lives.
        for (let seconds = 0; seconds < RESUMED_MS / 1000; seconds += 1) {
          desk.clock.advance(1_000)
          await sendDue(effects)
        }
        const resumed = await store.getMessage(died.id)
        assert.notEqual(resumed?.state, 'claimed', point)
        cases.push(died)
      }

    for (let minutes = 0; minutes < 10; minutes += 1) {
      desk.clock.advance(60_000)
      await sendDue(effects)
    }
    for (const { id, point } of cases) {
      const row = await store.getMessage(id)
      assert.ok(
        finalMessageStates.some((state) => state === row?.state),
        `${point}: ends in ${row?.state}`,
      )
      const taken = takenOf(server, id)
      assert.ok(taken <= mostOften, `${point}: went out ${taken} times`)
      if (row?.state === 'sent') assert.ok(taken >= 1, `${point}: "sent" was sent`)
      if (mostOften > 1) assert.ok(taken >= 1, `${point}: no confirmation is lost`)
      const isUnclear = points.indexOf(point) >= points.indexOf('after claimMessage 1')
      if (mostOften === 1 && !isUnclear) assert.equal(taken, 1, `${point}: what was not claimed goes out`)
    }
    t.diagnostic(`${points.length} points, ${cases.length - 1} kills`)
  })
}

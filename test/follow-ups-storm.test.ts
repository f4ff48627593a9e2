// A mail server that goes wrong in one of six ways, many messages, and a worker that is killed with SIGKILL again and again
// while it sends; another takes its place. No marketing goes out twice, a confirmation twice at most, and what the server
// puts off is not lost. AFTERCART_MAILS=5000 AFTERCART_KILLS=50 is the size of the figure in docs/reliability.md.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { finalMessageStates, type Message } from '../src/domain/message.ts'
import { LEASE_RAN_OUT } from '../src/following-up/after-sending.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { type MailFault, openFaultyMailServer } from './channels/faulty-mail-server.ts'
import { hashOf, openFollowUpDesk } from './follow-up-desk.ts'
import { marketingAtOnce, orderOf, startMs } from './follow-up-world.ts'
import type { Task } from './following-up/send-until-killed.ts'

const MAILS = Number(process.env.AFTERCART_MAILS ?? 60)
const KILLS = Number(process.env.AFTERCART_KILLS ?? 2)
/** A minute, the lease of a claim, passes in a second. */
const SPEED = 60
/** Short where the server never answers; elsewhere long, so that a slow machine is not taken for a server that is silent. */
const deadlineOf = (mode: MailFault): number => (/^(stall|drip)/.test(mode) ? 500 : 30_000)
/** Of ten recipients the first time, and of one of them the second time, too. */
const FAULTY_OF_TEN = 3

const script = fileURLToPath(new URL('./following-up/send-until-killed.ts', import.meta.url))
const settings = {
  ...marketingAtOnce,
  messaging: { ...marketingAtOnce.messaging, confirmations: true },
}

const modes: readonly MailFault[] = [
  '451-at-rcpt',
  '550-at-rcpt',
  '451-after-data',
  'drop-after-data',
  'stall-after-data',
  'drip-after-data',
]

/** Goes wrong for some recipients, at their first one or two attempts. */
function faultsOf(mode: MailFault) {
  const attempts = new Map<string, number>()
  return (recipient: string): MailFault | 'none' => {
    const before = attempts.get(recipient) ?? 0
    attempts.set(recipient, before + 1)
    const lot = Number.parseInt(hashOf(recipient).slice(0, 6), 16) % 10
    return lot < FAULTY_OF_TEN && before <= (lot === 0 ? 1 : 0) ? mode : 'none'
  }
}

function startSender(task: Task): ChildProcess {
  return spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(task.data, 'compiled'), ...process.env },
  })
}

for (const mode of modes) {
  test(`a mail server with ${mode} and workers that are killed: nothing twice, nothing lost`, async (t) => {
    const server = await openFaultyMailServer(faultsOf(mode))
    t.after(() => server.close())
    const desk = await openFollowUpDesk({ settings })
    t.after(() => desk.close())
    const { store } = desk.effects
    const ids = Array.from({ length: MAILS / 2 }, (_, at) => `o-${at}`)
    // Each order has a confirmation and a message of marketing.
    for (let from = 0; from < ids.length; from += 100)
      await Promise.all(
        ids
          .slice(from, from + 100)
          .map((id) =>
            desk.receive(orderOf(['machine'], { id, customerId: null }), { address: `${id}@mail.example` }),
          ),
      )

    const clock = { atMs: startMs, sinceMs: Date.now(), speed: SPEED }
    const task = {
      data: desk.folder,
      mailUrl: server.url,
      deadlineMs: deadlineOf(mode),
      settings,
      clock,
      dieAt: null,
    }
    const random = seededRandom(MAILS + modes.indexOf(mode))
    const openRows = async (): Promise<number> => ((await store.nextMessageDue()) === null ? 0 : 1)
    const progress = () => server.takenIds.length
    let kills = 0
    let sender = startSender(task)
    while ((await openRows()) > 0) {
      const goal = progress() + 1 + Math.floor((random() * 1.5 * MAILS) / (KILLS + 1))
      while (progress() < goal && (await openRows()) > 0 && sender.exitCode === null) await sleep(10)
      assert.equal(sender.exitCode, null, 'a sender ends only when it is killed')
      if (kills >= KILLS || (await openRows()) === 0) continue
      sender.kill('SIGKILL')
      await once(sender, 'close')
      kills += 1
      sender = startSender(task)
    }
    sender.kill('SIGKILL')
    await once(sender, 'close')

    const taken = Map.groupBy(server.takenIds, (id) => id)
    const rows = (await Promise.all(ids.map((id) => store.messagesOfOrder(id)))).flat()
    assert.equal(rows.length, 2 * ids.length)
    const times = ({ id }: Message): number => taken.get(id)?.length ?? 0
    for (const row of rows) {
      const what = `${row.flow} of ${row.orderId}, ${row.state}, ${row.reason}: ${times(row)} times`
      const isMarketing = row.flow !== 'confirmation'
      assert.ok(
        finalMessageStates.some((state) => state === row.state),
        what,
      )
      assert.ok(times(row) <= (isMarketing ? 1 : 2), what)
      if (row.state === 'sent') assert.ok(times(row) >= 1, what)
      if (times(row) > 0) assert.ok(row.state === 'sent' || row.state === 'ambiguous', what)
      if (!mode.startsWith('451')) continue
      // Only what a killed worker had in its hands may be unclear, and that is marketing alone.
      const isUnclear = isMarketing && row.state === 'ambiguous' && row.reason === LEASE_RAN_OUT
      assert.ok(row.state === 'sent' || isUnclear, what)
    }
    const count = (state: Message['state']) => rows.filter((row) => row.state === state).length
    const twice = rows.filter((row) => times(row) === 2).length
    t.diagnostic(
      `${rows.length} messages, ${kills} kills: ${count('sent')} sent, ${count('ambiguous')} ambiguous, ` +
        `${count('rejected')} rejected, ${count('cancelled')} cancelled; ${twice} confirmations went out twice`,
    )
  })
}

// A process that sends what is due. In, as argument: `Task` as JSON. It either goes on round after round until it is
// killed, by a clock that runs faster than ours, or does one round by a clock that stands, and kills itself with SIGKILL
// right before or right after one named effect. Out, one line each: the effects in their order, `before claimMessage 1`.

import { writeSync } from 'node:fs'
import { openSmtp } from '../../src/adapters/channels/smtp.ts'
import { openStore } from '../../src/adapters/store/open-store.ts'
import { startRounds } from '../../src/cli/start-rounds.ts'
import type { Settings } from '../../src/domain/settings.ts'
import type { FollowingUpEffects } from '../../src/following-up/following-up-effects.ts'
import { sendDue } from '../../src/following-up/send-due.ts'
import { followUpEffects } from '../follow-up-desk.ts'

export type Task = {
  readonly data: string
  readonly mailUrl: string
  readonly deadlineMs: number
  readonly settings: Settings
  /** The clock stood at `atMs` when ours was at `sinceMs`, and runs so many times faster; 0: it stands. */
  readonly clock: { readonly atMs: number; readonly sinceMs: number; readonly speed: number }
  /** As one of the lines that a run without death prints; `null` to live. */
  readonly dieAt: string | null
}

const task: Task = JSON.parse(process.argv[2] ?? '')
const counts = new Map<string, number>()

function reach(when: 'before' | 'after', name: string): void {
  const count = counts.get(`${when} ${name}`) ?? 1
  counts.set(`${when} ${name}`, count + 1)
  const point = `${when} ${name} ${count}`
  if (point === task.dieAt) process.kill(process.pid, 'SIGKILL')
  writeSync(1, `${point}\n`)
}

function mortal<In extends unknown[], Out>(name: string, work: (...given: In) => Promise<Out>) {
  return async (...given: In): Promise<Out> => {
    reach('before', name)
    const answer = await work(...given)
    reach('after', name)
    return answer
  }
}

function allMortal(effects: FollowingUpEffects): FollowingUpEffects {
  const { store, channels } = effects
  const { email } = channels
  return {
    ...effects,
    store: {
      ...store,
      reserveMessages: mortal('reserveMessages', store.reserveMessages),
      claimMessage: mortal('claimMessage', store.claimMessage),
      saveMessage: mortal('saveMessage', store.saveMessage),
      suppress: mortal('suppress', store.suppress),
    },
    channels: { ...channels, email: email === null ? null : { ...email, send: mortal('send', email.send) } },
  }
}

const store = await openStore({ dataFolder: task.data, databaseUrl: process.env.DATABASE_URL || undefined })
const { atMs, sinceMs, speed } = task.clock
const clock = { nowMs: () => Math.round(atMs + (Date.now() - sinceMs) * speed) }
const email = openSmtp({ url: task.mailUrl, dkim: null, deadlineMs: task.deadlineMs })
const effects = followUpEffects(store, clock, { email, sms: null }, task.settings)
if (speed === 0) {
  const { failures } = await sendDue(allMortal(effects))
  await email.close()
  await store.close()
  if (failures.length > 0) throw failures[0]
} else {
  const log = { error: (...words: unknown[]) => process.stderr.write(`${JSON.stringify(words)}\n`) }
  startRounds(log, async (isStopping) => {
    const { due, failures } = await sendDue(effects, isStopping)
    for (const failure of failures) process.stderr.write(`${String(failure)}\n`)
    return due > 0
  })
}

// The background work of a server or of `aftercart worker`, in three loops of their own, so that neither a slow mail server nor
// a provider that hangs delays an acceptance: offers are driven on, what providers and the shop said is looked at, messages
// are sent at their moment. Told to stop, each finishes what it has in hand and begins nothing more.

import type { Logger } from 'pino'
import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { driveDue, lookAtMessages } from '../accepting/look-after-offers.ts'
import { watchDeclines } from '../accepting/watch-declines.ts'
import type { FollowingUpEffects } from '../following-up/following-up-effects.ts'
import { guardFlows } from '../following-up/guard-flows.ts'
import { sendDue } from '../following-up/send-due.ts'
import type { Clock } from '../ports/clock.ts'
import { startRounds } from './start-rounds.ts'

/** How often the share of declines, and what became of messages, is looked at. */
const WATCH_MS = 60_000

type WorkerEffects = { readonly accepting: AcceptingEffects; readonly followingUp: FollowingUpEffects }

export type Worker = { stop(): Promise<void> }

export function startWorker({ accepting, followingUp }: WorkerEffects, log: Logger): Worker {
  const isDeclinesTime = everySoOften(accepting.clock)
  const isGuardTime = everySoOften(followingUp.clock)
  const offers = startRounds(log, async (isStopping) => {
    const driven = await driveDue(accepting, isStopping)
    if (isDeclinesTime()) {
      const alarm = await watchDeclines(accepting)
      if (alarm !== null) log.error(alarm, 'many declines: this may be card testing')
    }
    return driven > 0
  })
  const inbox = startRounds(log, async (isStopping) => (await lookAtMessages(accepting, isStopping)) > 0)
  const messages = startRounds(log, async (isStopping) => {
    if (isGuardTime()) await guard(followingUp, log)
    const { due, failures } = await sendDue(followingUp, isStopping)
    for (const err of failures) log.error({ err }, 'a message could not be sent; it is tried again')
    return due > 0
  })
  return {
    async stop() {
      await Promise.all([offers.stop(), inbox.stop(), messages.stop()])
    },
  }
}

async function guard(effects: FollowingUpEffects, log: Logger): Promise<void> {
  for (const alarm of await guardFlows(effects)) {
    if (alarm.kind === 'paused') log.error(alarm, 'a flow of messages paused itself')
    else log.warn(alarm, 'a flow of messages comes close to pausing itself')
  }
}

function everySoOften(clock: Clock): () => boolean {
  let lastMs = Number.NEGATIVE_INFINITY
  return () => {
    const nowMs = clock.nowMs()
    if (nowMs - lastMs < WATCH_MS) return false
    lastMs = nowMs
    return true
  }
}

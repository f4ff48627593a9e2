// The background work of a server or of `aftercart worker`, in loops of their own, so that neither a slow mail server, nor a slow
// name server, nor a provider that hangs delays an acceptance: offers are driven on, what providers and the shop said is
// looked at, messages are sent at their moment, the sender's domain is looked at, what is too old is forgotten,
// experiments that have answered or do harm are ended, and the week's report is mailed to the owner. Told to stop, each
// finishes what it has in hand and begins nothing more.

import type { Logger } from 'pino'
import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import { driveDue, lookAtMessages } from '../accepting/look-after-offers.ts'
import { watchDeclines } from '../accepting/watch-declines.ts'
import type { FollowingUpEffects } from '../following-up/following-up-effects.ts'
import { forgetOld } from '../following-up/forget-old.ts'
import { guardFlows } from '../following-up/guard-flows.ts'
import { sendDue } from '../following-up/send-due.ts'
import { endDecided } from '../measuring/end-experiment.ts'
import { shopCurrency } from '../measuring/shop-currency.ts'
import type { Clock } from '../ports/clock.ts'
import { startRounds } from './start-rounds.ts'

/** How often the share of declines, and what became of messages, is looked at. */
const WATCH_MS = 60_000
/** How often experiments are looked at: each look reads all that their customers bought. */
const EXPERIMENTS_MS = 3_600_000
/** How often what is too old is looked for; then it goes on until nothing is left. */
const FORGET_MS = 3_600_000

type WorkerEffects = {
  readonly accepting: AcceptingEffects
  readonly followingUp: FollowingUpEffects
  /** Mails the report of the week where it is due; `null`: nobody is to get it. */
  readonly mailReport: (() => Promise<void>) | null
}

export type Worker = { stop(): Promise<void> }

export function startWorker({ accepting, followingUp, mailReport }: WorkerEffects, log: Logger): Worker {
  const isDeclinesTime = everySoOften(accepting.clock)
  const isGuardTime = everySoOften(followingUp.clock)
  const isExperimentsTime = everySoOften(followingUp.clock, EXPERIMENTS_MS)
  const isLookTime = everySoOften(followingUp.clock)
  const isForgettingTime = everySoOften(followingUp.clock, FORGET_MS)
  let isForgetting = false
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
  const experiments = startRounds(log, async () => {
    if (isExperimentsTime()) await lookAtExperiments(followingUp, log)
    return false
  })
  const isReportTime = everySoOften(followingUp.clock)
  const reports = startRounds(log, async () => {
    if (isReportTime()) await mailReport?.()
    return false
  })
  const tellHold = holdTeller(followingUp, log)
  const upkeep = startRounds(log, async () => {
    if (isLookTime()) await tellHold()
    if (isForgettingTime()) isForgetting = true
    if (isForgetting) isForgetting = (await forgetOld(followingUp)) > 0
    return isForgetting
  })
  return {
    async stop() {
      await Promise.all(
        [offers, inbox, messages, upkeep, experiments, reports].map((rounds) => rounds.stop()),
      )
    },
  }
}

/** Tells once that marketing by mail is held back, and once that it no longer is. */
function holdTeller({ sendingDomain }: Pick<FollowingUpEffects, 'sendingDomain'>, log: Logger) {
  let told: string | null = null
  return async (): Promise<void> => {
    const because = (await sendingDomain.hold())?.because ?? null
    if (because === told) return
    told = because
    if (because === null) log.info("the sender's domain is fit: marketing by mail goes out again")
    else log.error({ because }, "marketing by mail waits: the sender's domain is not fit for it")
  }
}

async function guard(
  effects: Pick<FollowingUpEffects, 'store' | 'settings' | 'clock'>,
  log: Logger,
): Promise<void> {
  for (const alarm of await guardFlows(effects)) {
    if (alarm.kind === 'paused') log.error(alarm, 'a flow of messages paused itself')
    else log.warn(alarm, 'a flow of messages comes close to pausing itself')
  }
}

async function lookAtExperiments(effects: FollowingUpEffects, log: Logger): Promise<void> {
  const plan = effects.plan.get()
  const currency = plan === null ? null : shopCurrency(plan)
  if (currency === null) return
  for (const { id, verdict } of await endDecided({ ...effects, currency }))
    log.info({ experiment: id, verdict }, 'an experiment has ended')
}

function everySoOften(clock: Clock, everyMs = WATCH_MS): () => boolean {
  let lastMs = Number.NEGATIVE_INFINITY
  return () => {
    const nowMs = clock.nowMs()
    if (nowMs - lastMs < everyMs) return false
    lastMs = nowMs
    return true
  }
}

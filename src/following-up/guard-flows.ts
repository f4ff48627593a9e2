// Rule 6 of the craft: a flow that people complain about, or leave by, stops itself and says so. Comes in: the flows and
// what became of the last 1,000 messages of each. Goes out: the flows that were paused now, and those that come close.
// Who resumes a flow starts its count anew, else it would stop again at once.
//
//   complaints    0.3 % is where mailbox providers turn a sender away, 0.1 % what they ask for (docs/reliability.md, C7)
//   unsubscribes  2 %: more than twice the 0.89 % of cross-sell mail in a public set of 27,000 brands
//
// The bounds are no settings: the first is not the shop's to choose, and who thinks the second wrong resumes the flow by
// hand, seeing why it stopped. Below 500 messages a flow stops as soon as it has more complaints than 500 would allow.

import { flowsNow } from './flows-now.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'

export const guardBounds = {
  ...{ lastMessages: 1_000, messagesMin: 500 },
  ...{ complaintsWarn: 0.001, complaintsMax: 0.003, unsubscribesMax: 0.02 },
} as const

export type GuardAlarm = {
  readonly flow: string
  readonly kind: 'paused' | 'warning'
  readonly because: string
}

type Outcomes = { readonly sent: number; readonly complaints: number; readonly unsubscribes: number }

export async function guardFlows({
  store,
  settings,
  clock,
}: Pick<FollowingUpEffects, 'store' | 'settings' | 'clock'>): Promise<readonly GuardAlarm[]> {
  const states = await store.listFlows()
  const alarms: GuardAlarm[] = []
  for (const { name, standing } of flowsNow(settings.messaging, states).values()) {
    if (standing !== 'on') continue
    const latest = await store.listMessages({ state: 'sent', flow: name, limit: guardBounds.lastMessages })
    const oldestMs = latest.at(-1)?.settledAtMs ?? 0
    const sinceMs = Math.max(oldestMs, states.get(name)?.atMs ?? 0)
    const alarm = judgeFlow(name, await store.countOutcomes(name, sinceMs))
    if (alarm === null) continue
    alarms.push(alarm)
    if (alarm.kind === 'warning') continue
    const atMs = Math.max(clock.nowMs(), states.get(name)?.atMs ?? 0)
    await store.setFlow(name, { on: true, pausedBecause: alarm.because, atMs })
  }
  return alarms
}

export function judgeFlow(flow: string, { sent, complaints, unsubscribes }: Outcomes): GuardAlarm | null {
  const { messagesMin, complaintsWarn, complaintsMax, unsubscribesMax } = guardBounds
  const judged = Math.max(sent, messagesMin)
  const tell = (count: number, word: string, bound: number): string =>
    `${count} of ${sent} people ${word}, more than the ${bound * 100} % at which a flow stops itself`
  if (complaints > complaintsMax * judged)
    return { flow, kind: 'paused', because: tell(complaints, 'complained', complaintsMax) }
  if (unsubscribes > unsubscribesMax * judged)
    return { flow, kind: 'paused', because: tell(unsubscribes, 'unsubscribed', unsubscribesMax) }
  if (complaints === 0 || complaints < complaintsWarn * judged) return null
  const because = `${complaints} of ${sent} people complained; at ${complaintsMax * 100} % the flow stops itself`
  return { flow, kind: 'warning', because }
}

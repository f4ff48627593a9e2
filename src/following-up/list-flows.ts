// Each kind of follow-up as the owner sees it: what the settings say, the word of the owner or of a guardrail over it, and
// what its messages of the last 30 days led to.

import { DAY_MS } from '../domain/instant.ts'
import type { FlowSettings, MessagingSettings } from '../domain/messaging-settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { MessageStore } from '../ports/message-store.ts'
import { flowsNow } from './flows-now.ts'

const COUNTED_DAYS = 30

export type ListedFlow = Omit<FlowSettings, 'words' | 'on'> & {
  readonly name: string
  readonly on: boolean
  readonly pausedBecause: string | null
  readonly sent: number
  readonly complaints: number
  readonly unsubscribes: number
}

export type ListFlowsEffects = {
  readonly store: Pick<MessageStore, 'listFlows' | 'countOutcomes'>
  readonly settings: { readonly messaging: Pick<MessagingSettings, 'flows'> }
  readonly clock: Clock
}

export async function listFlows({
  store,
  settings,
  clock,
}: ListFlowsEffects): Promise<readonly ListedFlow[]> {
  const states = await store.listFlows()
  const now = flowsNow(settings.messaging, states)
  const sinceMs = clock.nowMs() - COUNTED_DAYS * DAY_MS
  return await Promise.all(
    Object.entries(settings.messaging.flows).map(async ([name, { words: _, ...flow }]) => ({
      name,
      ...flow,
      on: now.get(name)?.standing === 'on',
      pausedBecause: states.get(name)?.pausedBecause ?? null,
      ...(await store.countOutcomes(name, sinceMs)),
    })),
  )
}

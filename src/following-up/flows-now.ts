// How each flow stands now: what the settings say, and over it the latest word of the owner or of a guardrail.

import { CONFIRMATION_FLOW } from '../domain/message.ts'
import type { FlowSettings, MessagingSettings } from '../domain/messaging-settings.ts'
import type { FlowState } from '../ports/message-store.ts'

export type FlowStanding = 'on' | 'off' | 'paused'

export type FlowNow = {
  readonly name: string
  readonly standing: FlowStanding
  readonly settings: FlowSettings
}

export function flowsNow(
  { flows }: Pick<MessagingSettings, 'flows'>,
  states: ReadonlyMap<string, FlowState>,
): ReadonlyMap<string, FlowNow> {
  return new Map(
    Object.entries(flows).map(([name, settings]) => [
      name,
      { name, settings, standing: standingOf(settings.on, states.get(name)) },
    ]),
  )
}

export function confirmationNow(
  { confirmations }: Pick<MessagingSettings, 'confirmations'>,
  states: ReadonlyMap<string, FlowState>,
): FlowStanding {
  return standingOf(confirmations, states.get(CONFIRMATION_FLOW))
}

function standingOf(isSet: boolean, state: FlowState | undefined): FlowStanding {
  if (state === undefined) return isSet ? 'on' : 'off'
  if (state.pausedBecause !== null) return 'paused'
  return state.on ? 'on' : 'off'
}

// Final states are left only by an undo or a refund of what was completed, and by an audit that found more than was known.

import { type AcceptanceState, type FinalState, finalStates } from '../domain/acceptance.ts'

const final: ReadonlySet<string> = new Set(finalStates)

export function isFinal(state: AcceptanceState): state is FinalState {
  return final.has(state)
}

// Card testing (threat T17): after so many declines an order gets no button any more, and a button shown before buys nothing.

import type { Acceptance } from '../domain/acceptance.ts'

const DECLINES_MAX = 3

/** Of the acceptances of one order. */
export function hasTooManyDeclines(acceptances: readonly Acceptance[]): boolean {
  return acceptances.filter(({ state }) => state === 'declined').length >= DECLINES_MAX
}

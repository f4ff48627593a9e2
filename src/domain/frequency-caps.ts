// How soon may this person hear from us again? In: when marketing was claimed to them on this medium, when the shop wrote
// to them itself, when they last dismissed an offer, and the shop's caps. Out: now, or the first instant that keeps all
// caps, with the cap that decides it. Requirement C11 of docs/reliability.md. Each cap is over in time, so a later instant
// never breaks one that an earlier instant kept.

import type { ClaimFacts } from './claim.ts'
import { DAY_MS } from './instant.ts'
import type { FrequencyCaps } from './messaging-settings.ts'
import type { Medium } from './recipient.ts'

const HOUR_MS = 3_600_000

export type CapVerdict =
  | { readonly kind: 'now' }
  /** `atMs` is infinite where a cap of 0 allows nothing. */
  | { readonly kind: 'later'; readonly atMs: number; readonly reason: string }

export function withinCaps(
  facts: Pick<ClaimFacts, 'marketingAtMs' | 'otherAtMs' | 'dismissedAtMs'>,
  caps: FrequencyCaps,
  medium: Medium,
  nowMs: number,
): CapVerdict {
  const within = (most: number, days: number) => ({
    atMs: freeAtMs(facts.marketingAtMs, most, days * DAY_MS),
    reason: `${most} in ${days === 1 ? 'a day' : `${days} days`}`,
  })
  const after = (atMs: number | null, pauseMs: number, reason: string) => ({
    atMs: atMs === null ? Number.NEGATIVE_INFINITY : atMs + pauseMs,
    reason,
  })
  const all = [
    ...(medium === 'email'
      ? [within(caps.inSevenDays, 7), within(caps.inThirtyDays, 30)]
      : [within(caps.smsInOneDay, 1), within(caps.smsInThirtyDays, 30)]),
    after(facts.otherAtMs, caps.hoursAfterOther * HOUR_MS, `${caps.hoursAfterOther} h after another message`),
    after(
      facts.dismissedAtMs,
      caps.daysAfterDismissed * DAY_MS,
      `${caps.daysAfterDismissed} days after a dismissed offer`,
    ),
  ]
  const latest = all.reduce((one, other) => (other.atMs > one.atMs ? other : one))
  return latest.atMs <= nowMs ? { kind: 'now' } : { kind: 'later', ...latest }
}

/** When at most `most - 1` of the times still lie within the window that ends there. */
function freeAtMs(times: readonly number[], most: number, windowMs: number): number {
  if (most <= 0) return Number.POSITIVE_INFINITY
  const deciding = times.toSorted((a, b) => b - a)[Math.floor(most) - 1]
  return deciding === undefined ? Number.NEGATIVE_INFINITY : deciding + windowMs
}

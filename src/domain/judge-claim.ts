// The verdict on one message at the moment it is claimed: send it, look again later, or never. In: the facts that the store
// read in the transaction of the claim, what the message is, and the shop's settings. A transactional message is held
// back by a dead address alone; one that carries an offer goes only to whom marketing may go, else it is claimed again
// without (requirement C2 of docs/reliability.md).

import type { ClaimFacts, ClaimVerdict } from './claim.ts'
import { withinCaps } from './frequency-caps.ts'
import { isMarketing, type MessageClass } from './message.ts'
import type { MessagingSettings } from './messaging-settings.ts'
import { nextWakingMs } from './quiet-hours.ts'
import type { Medium } from './recipient.ts'
import type { MarketingHold } from './sending-domain.ts'
import { isSuppressed } from './suppression.ts'
import { whyNoMarketing } from './why-no-marketing.ts'

export type ClaimQuestion = {
  readonly medium: Medium
  readonly class: MessageClass
  readonly country: string | null
  readonly timeZones: readonly string[]
  /** Later than this it is of no use. */
  readonly lastUsefulAtMs: number
  /** Of mail: the sender's domain is not fit for marketing. */
  readonly hold: MarketingHold | null
}

export function judgeClaim(
  facts: ClaimFacts,
  asked: ClaimQuestion,
  settings: Pick<MessagingSettings, 'caps' | 'quietHours' | 'legalEntity'>,
  nowMs: number,
): ClaimVerdict {
  const { medium, country, lastUsefulAtMs } = asked
  const noMarketing = whyNoMarketing(facts, { medium, country, legalEntity: settings.legalEntity }, nowMs)
  if (!isMarketing(asked.class)) {
    const dead = facts.suppressions.filter(({ reason }) => reason === 'hard-bounce')
    if (isSuppressed(dead, medium, nowMs)) return { kind: 'never', reason: 'suppressed' }
    const isRefused = asked.class === 'transactional_with_offer' && noMarketing !== null
    return isRefused ? { kind: 'never', reason: noMarketing } : { kind: 'send' }
  }
  if (noMarketing !== null) return { kind: 'never', reason: noMarketing }
  if (nowMs > lastUsefulAtMs) return { kind: 'never', reason: 'moment-passed' }

  if (asked.hold !== null) return heldBack(asked.hold, lastUsefulAtMs)
  const caps = withinCaps(facts, settings.caps, medium, nowMs)
  const freeAtMs = caps.kind === 'now' ? nowMs : caps.atMs
  if (freeAtMs > lastUsefulAtMs) return { kind: 'never', reason: 'too-many-messages' }
  const atMs = medium === 'sms' ? nextWakingMs(asked.timeZones, settings.quietHours, freeAtMs) : freeAtMs
  if (atMs === nowMs) return { kind: 'send' }
  if (atMs === null) return { kind: 'never', reason: 'unreachable' }
  if (atMs > lastUsefulAtMs)
    return { kind: 'never', reason: caps.kind === 'now' ? 'moment-passed' : 'too-many-messages' }
  return { kind: 'later', dueAtMs: atMs, reason: caps.kind === 'now' ? 'quiet hours' : caps.reason }
}

/** The caps are asked when it is free to go: nothing is gained by knowing of both. */
function heldBack({ because, untilMs }: MarketingHold, lastUsefulAtMs: number): ClaimVerdict {
  if (untilMs > lastUsefulAtMs) return { kind: 'never', reason: 'domain-unfit' }
  return {
    kind: 'later',
    dueAtMs: untilMs,
    reason: `the sender's domain is not fit for marketing (${because})`,
  }
}

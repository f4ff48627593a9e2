// Holds what the domain name system last said of the domain that mail is sent under. Comes in: the names, or `null` where
// none stand behind what is sent. Goes out: whether marketing by mail is held back. It looks when it is first asked and
// again every quarter of an hour; who asks meanwhile waits for the same look. Each process looks for itself.

import {
  afterLooking,
  type DomainStanding,
  judgeMailRecords,
  LOOK_AGAIN_MS,
  lookOf,
  type MarketingHold,
  marketingHold,
  type SendingDomain,
} from '../domain/sending-domain.ts'
import type { Clock } from '../ports/clock.ts'
import type { LookUpMailDomain } from '../ports/mail-domain.ts'

export type SendingDomainWatch = {
  /** By a look that is no older than a quarter of an hour. */
  hold(): Promise<MarketingHold | null>
  /** By the last look, without waiting for the one that it starts where that is old; `null` before the first. */
  lastHold(): MarketingHold | null
}

export function watchSendingDomain(
  sending: SendingDomain | null,
  { lookUp, clock }: { readonly lookUp: LookUpMailDomain; readonly clock: Clock },
): SendingDomainWatch {
  if (sending === null) return { hold: async () => null, lastHold: () => null }
  let standing: DomainStanding | null = null
  let looking: Promise<DomainStanding> | null = null
  const look = async (): Promise<DomainStanding> => {
    const findings = judgeMailRecords(sending, await lookUp(sending))
    standing = afterLooking(standing, lookOf(findings), clock.nowMs())
    return standing
  }
  const isFresh = ({ lookedAtMs }: DomainStanding) => Math.abs(clock.nowMs() - lookedAtMs) < LOOK_AGAIN_MS
  const latest = async (): Promise<DomainStanding> => {
    if (standing !== null && isFresh(standing)) return standing
    looking ??= look().finally(() => {
      looking = null
    })
    return await looking
  }
  return {
    hold: async () => marketingHold(await latest(), clock.nowMs()),
    lastHold() {
      void latest()
      return standing === null ? null : marketingHold(standing, clock.nowMs())
    },
  }
}

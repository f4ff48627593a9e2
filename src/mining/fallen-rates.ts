// Which pairings does the new plan leave out because shoppers take them no more? Comes in: the ledger by week, what was said
// of arms, the owner's words. Goes out: the reason by pairing, and what is to be said of its arm once the plan stands. The
// arms' log remembers it: a pairing that is not shown has no rate that could rise again, so it stays out for REST_DAYS
// after its day, unless the owner takes it back or wants it; then it is judged by what came after that day alone.

import {
  type ArmChange,
  type ArmPlace,
  type ArmState,
  answeredMs,
  isHeld,
  isRestOver,
} from '../domain/arm.ts'
import { DAY_MS } from '../domain/instant.ts'
import { armKey } from '../next/arm-key.ts'
import { findFallen, sayFallen, TRACKED_WEEKS } from '../next/attach-rate-fallen.ts'
import { isOwnersChoice, type OwnerGuide } from '../next/owner-guide.ts'
import type { WhyFallen } from '../next/taken-less.ts'
import type { ArmStore } from '../ports/arm-store.ts'

/** What is said of an arm that a plan left out, and what it was before. */
export type RetiredArm = Omit<ArmChange, 'sequence'> & { readonly before: ArmState }

export type FallenRates = {
  /** Asked only of pairings that would stand but for this. */
  readonly whyFallen: WhyFallen
  /** To be said of those that were asked for and are not said yet. */
  readonly toSay: () => readonly RetiredArm[]
}

export async function readFallenRates(
  guide: OwnerGuide,
  nowMs: number,
  store: Pick<ArmStore, 'countArms' | 'latestArmChanges'>,
): Promise<FallenRates> {
  const latest = new Map((await store.latestArmChanges()).map((change) => [armKey(change), change]))
  const retired = new Map((await store.latestArmChanges('retired')).map((change) => [armKey(change), change]))
  const found = findFallen(await store.countArms(nowMs, TRACKED_WEEKS), (arm) => {
    const [said, once] = [latest.get(armKey(arm)) ?? null, retired.get(armKey(arm))]
    if (isResting(said, nowMs) || isHeld(said, nowMs) || isOwnersChoice(guide, arm.anchor, arm.addOn))
      return 0
    if (once === undefined) return TRACKED_WEEKS
    return Math.floor((nowMs - answeredMs(arm.placement) - once.atMs) / (7 * DAY_MS))
  })
  const reasons = new Map<string, { readonly because: string; readonly news: RetiredArm | null }>()
  for (const said of latest.values())
    if (isResting(said, nowMs) && !isOwnersChoice(guide, said.anchor, said.addOn))
      reasons.set(pairKey(said), { because: said.because, news: null })
  for (const fallen of found) {
    const { placement, anchor, addOn } = fallen
    const because = sayFallen(fallen, nowMs)
    const was = latest.get(armKey(fallen))?.state ?? 'live'
    // Its rest is over, else it would not have been judged.
    const before = was === 'retired' ? 'live' : was
    const news = { placement, anchor, addOn, state: 'retired', atMs: nowMs, source: 'machine' } as const
    if (!reasons.has(pairKey(fallen)))
      reasons.set(pairKey(fallen), { because, news: { ...news, because, before } })
  }
  const asked = new Set<RetiredArm>()
  return {
    whyFallen(anchor, addOn) {
      const reason = reasons.size === 0 ? undefined : reasons.get(pairKey({ anchor, addOn }))
      if (reason === undefined) return null
      if (reason.news !== null) asked.add(reason.news)
      return reason.because
    },
    toSay: () => [...asked],
  }
}

function isResting(said: ArmChange | null, nowMs: number): boolean {
  return said?.state === 'retired' && !isRestOver(said, nowMs)
}

function pairKey({ anchor, addOn }: Pick<ArmPlace, 'anchor' | 'addOn'>): string {
  return JSON.stringify([anchor, addOn])
}

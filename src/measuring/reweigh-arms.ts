// The always-on choice weighed anew, once a night. Comes in: the ledger, by week. Goes out: how often each arm was shown and
// taken, old weeks counting less, and what won or rests now; stored in one transaction, so that servers see both or none.

import type { ArmRecord } from '../domain/arm.ts'
import type { Plan } from '../domain/plan.ts'
import { armKey } from '../next/arm-key.ts'
import type { ArmStore, ArmWeek } from '../ports/arm-store.ts'
import type { Clock } from '../ports/clock.ts'
import { forget } from '../stats/thompson-sampling.ts'
import { judgeArms, type NewArmChange } from './judge-arms.ts'

/** A year of old showings keeps 2 % of its weight after that. */
const WEEKS = 56

export type Reweighed = { readonly arms: number; readonly changes: readonly NewArmChange[] }

export async function reweighArms(
  plan: Pick<Plan, 'products'> | null,
  { store, clock }: { readonly store: ArmStore; readonly clock: Clock },
): Promise<Reweighed> {
  const nowMs = clock.nowMs()
  const records = recordsOf(await store.countArms(nowMs, WEEKS))
  const product = (id: string) => plan?.products.get(id)
  const changes = judgeArms({
    records,
    latest: await store.latestArmChanges(),
    priceOf: (id) => product(id)?.priceMinor ?? 1,
    titleOf: (id) => product(id)?.title ?? id,
    nowMs,
  })
  await store.replaceArms(records, changes)
  return { arms: records.length, changes }
}

/** A week counts as old as its middle. An answer may fall into the week after its showing, never more than are shown. */
export function recordsOf(weeks: readonly ArmWeek[]): readonly ArmRecord[] {
  const sums = new Map<string, { -readonly [Field in keyof ArmRecord]: ArmRecord[Field] }>()
  for (const { weeksAgo, shown, taken, ...arm } of weeks) {
    const known = sums.get(armKey(arm)) ?? { ...arm, shown: 0, taken: 0 }
    const kept = forget({ shown, taken }, weeksAgo * 7 + 3.5)
    known.shown += kept.shown
    known.taken += kept.taken
    sums.set(armKey(arm), known)
  }
  return [...sums.values()]
    .filter(({ shown }) => shown > 0)
    .map((record) => ({ ...record, taken: Math.min(record.taken, record.shown) }))
}

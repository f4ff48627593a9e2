// The always-on choice weighed anew, once a night. Comes in: the ledger, by week. Goes out: how often each arm was shown and
// taken, old weeks counting less, and what won or rests now; stored in one transaction, so that servers see both or none.

import type { ArmRecord, ArmState, ArmWeek } from '../domain/arm.ts'
import type { CatalogProduct } from '../domain/product.ts'
import { armKey } from '../next/arm-key.ts'
import type { ArmStore } from '../ports/arm-store.ts'
import type { Clock } from '../ports/clock.ts'
import { forget } from '../stats/thompson-sampling.ts'
import { judgeArms, type NewArmChange } from './judge-arms.ts'

/** A year of old showings keeps 2 % of its weight after that. */
const WEEKS = 56

export type Reweighed = {
  readonly arms: number
  /** Each with what the arm was before. */
  readonly changes: readonly (NewArmChange & { readonly before: ArmState })[]
}

export async function reweighArms(
  catalog: readonly Pick<CatalogProduct, 'id' | 'title' | 'priceMinor'>[],
  { store, clock }: { readonly store: ArmStore; readonly clock: Clock },
): Promise<Reweighed> {
  const nowMs = clock.nowMs()
  const records = recordsOf(await store.countArms(nowMs, WEEKS))
  const products = new Map(catalog.map((product) => [product.id, product]))
  const latest = await store.latestArmChanges()
  const changes = judgeArms({
    records,
    latest,
    priceOf: (id) => products.get(id)?.priceMinor ?? 1,
    titleOf: (id) => products.get(id)?.title ?? id,
    nowMs,
  })
  await store.replaceArms(records, changes)
  const states = new Map(latest.map((change) => [armKey(change), change.state]))
  return {
    arms: records.length,
    changes: changes.map((change) => ({ ...change, before: states.get(armKey(change)) ?? 'live' })),
  }
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

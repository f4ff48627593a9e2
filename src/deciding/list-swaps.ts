// What the always-on choice changed, as people read it: arms that were tried, promoted, rested or brought back, each with its
// day and evidence, the newest first; and taking one back.

import type { ArmChange, ArmState } from '../domain/arm.ts'
import type { Placement } from '../domain/placement.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { readableTitle } from '../domain/product.ts'
import { armKey } from '../next/arm-key.ts'
import type { ArmStore } from '../ports/arm-store.ts'
import type { Clock } from '../ports/clock.ts'

/** One row of `aftercart swaps --json` and of `GET /v1/swaps`. */
export type SwapRow = {
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly placement: Placement
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOn: string
  readonly addOnTitle: string
  readonly state: ArmState
  readonly source: 'machine' | 'owner'
  readonly because: string
  /** Nothing was said of this arm since, so that it can be taken back. */
  readonly isLatest: boolean
}

type Titles = ReadonlyMap<string, Pick<PlanProduct, 'title'>>

export async function listSwaps(limit: number, store: ArmStore, products: Titles): Promise<SwapRow[]> {
  const seen = new Set<string>()
  return (await store.listArmChanges(limit)).map((change) => {
    const isLatest = !seen.has(armKey(change))
    seen.add(armKey(change))
    return toRow(change, isLatest, products)
  })
}

/** The arm takes part again, by the owner's word, which nothing overrules for 90 days. `null`: there is no such change. */
export async function undoSwap(
  id: number,
  { store, clock, products }: { readonly store: ArmStore; readonly clock: Clock; readonly products: Titles },
): Promise<SwapRow | null> {
  const latest = (await store.latestArmChanges()).find(({ sequence }) => sequence === id)
  if (latest === undefined || latest.state === 'live') return null
  const { placement, anchor, addOn, state } = latest
  const because = `the owner took back that it was ${state}`
  await store.addArmChange({
    ...{ placement, anchor, addOn, state: 'live', atMs: clock.nowMs(), source: 'owner', because },
  })
  const said = (await store.latestArmChanges()).find((change) => armKey(change) === armKey(latest))
  return said === undefined ? null : toRow(said, true, products)
}

function toRow(change: ArmChange, isLatest: boolean, products: Titles): SwapRow {
  const { sequence: id, atMs, placement, anchor, addOn, state, source, because } = change
  const title = (product: string): string => readableTitle(products.get(product)?.title ?? product)
  return {
    ...{ id, at: new Date(atMs).toISOString(), placement, anchor, anchorTitle: title(anchor) },
    ...{ addOn, addOnTitle: title(addOn), state, source, because, isLatest },
  }
}

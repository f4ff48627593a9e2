// The counted pairs as the plan takes them (src/next/make-plan.ts): anchor by anchor, from the most sold product down, each
// made when it is asked for, so that they never stand in memory as objects. Goes in: the columns, what was counted. Pairs
// that say nothing were not kept: who asks after one has its anchor counted again.

import type { AnchorPairs, PairRow } from '../next/make-plan.ts'
import { NOBODY_CHOSE } from '../next/within-customers.ts'
import type { RowFacts } from './count-beside.ts'
import type { PairColumns, PairCounts } from './pair-columns.ts'
import type { Goods } from './read-goods.ts'

export function* anchorPairs(
  { columns, ids }: Goods,
  counted: PairCounts,
  beside: RowFacts,
): Generator<AnchorPairs> {
  const { pairs, margins } = counted
  const numberOf = new Map(ids.map((id, product) => [id, product]))
  let row = 0
  for (const anchor of columns.productOf) {
    const rows: PairRow[] = []
    for (; row < pairs.pairCount && pairs.anchor[row] === anchor; row++) {
      const { gaps, within, lately } = beside
      const asked = { gaps: gaps(row), within: within(row), lately: lately(row) }
      rows.push({ ...countsOf(pairs, row), ...asked })
    }
    const silent = margins.silentPairs[anchor] as number
    if (rows.length + silent === 0) continue
    yield { anchorId: ids[anchor] ?? '', rows, silent, silentRow: openSilent(anchor, rows) }
  }

  function countsOf(columns: PairColumns, at: number) {
    const [anchor, addOn] = [columns.anchor[at] as number, columns.addOn[at] as number]
    return {
      anchorId: ids[anchor] ?? '',
      addOnId: ids[addOn] ?? '',
      ordersTogether: columns.together[at] as number,
      togetherWeight: columns.togetherWeight[at] as number,
      ordersBulk: columns.bulk[at] as number,
      expectedTogether: columns.expectedTogether[at] as number,
      customersFollowed: margins.customersFollowed[anchor] as number,
      customersLaterFollowed: columns.laterFollowed[at] as number,
      customersLater: columns.later[at] as number,
      customersLaterExpected: columns.expectedLater[at] as number,
      kindLift: beside.kinds.between(anchor, addOn),
    }
  }

  function openSilent(anchor: number, rows: readonly PairRow[]): AnchorPairs['silentRow'] {
    let all: PairColumns | undefined
    return (addOnId) => {
      const addOn = numberOf.get(addOnId)
      if (addOn === undefined || rows.some((row) => row.addOnId === addOnId)) return undefined
      all ??= counted.allOf(anchor)
      const place = all.addOn.subarray(0, all.pairCount).indexOf(addOn)
      return place < 0 ? undefined : { ...countsOf(all, place), ...unasked }
    }
  }
}

/** Customers and the last year are asked about pairs that stand out, gaps about those bought later. */
const unasked = { gaps: null, within: NOBODY_CHOSE, lately: null }

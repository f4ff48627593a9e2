// Which counted pairs are in one order more often than popularity explains? Few of all, and the only ones that can come to
// complete each other (boughtTogether in src/next/label-relation.ts): what is costly to count is counted of them alone.
// Goes in: the counted pairs. Comes out: those that stand out, in the same sequence, and the way there from a row.

import { standsOut } from '../next/label-relation.ts'
import type { PairColumns } from './pair-columns.ts'

export type StandingOut = {
  readonly pairs: Pick<PairColumns, 'pairCount' | 'anchor' | 'addOn'>
  /** What `of` says of the place of a row among them, else `otherwise`. */
  byRow<Said>(of: (place: number) => Said, otherwise: Said): (row: number) => Said
}

export function pairsStandingOut(pairs: PairColumns): StandingOut {
  const placeOf = new Map<number, number>()
  for (let row = 0; row < pairs.pairCount; row++) {
    const proving = (pairs.together[row] as number) - (pairs.bulk[row] as number)
    if (standsOut(proving, pairs.expectedTogether[row] as number)) placeOf.set(row, placeOf.size)
  }
  return {
    pairs: {
      pairCount: placeOf.size,
      anchor: Uint32Array.from(placeOf.keys(), (row) => pairs.anchor[row] as number),
      addOn: Uint32Array.from(placeOf.keys(), (row) => pairs.addOn[row] as number),
    },
    byRow: (of, otherwise) => (row) => {
      const place = placeOf.get(row)
      return place === undefined ? otherwise : of(place)
    },
  }
}

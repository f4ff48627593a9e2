// Of which counted pairs is more to be asked? Few of all: what is costly to count is counted of them alone. Goes in: the
// counted pairs, and which rows are meant. Comes out: these, in the same sequence, and the way there from a row.

import type { PairColumns } from './pair-columns.ts'

export type ChosenRows = {
  readonly pairs: Pick<PairColumns, 'pairCount' | 'anchor' | 'addOn'>
  /** A column more, of the chosen rows. */
  column(of: (row: number) => number): Float64Array
  /** What `of` says of the place of a row among them, else `otherwise`. */
  byRow<Said>(of: (place: number) => Said, otherwise: Said): (row: number) => Said
}

export function chooseRows(pairs: PairColumns, isMeant: (row: number) => boolean): ChosenRows {
  const placeOf = new Map<number, number>()
  for (let row = 0; row < pairs.pairCount; row++) if (isMeant(row)) placeOf.set(row, placeOf.size)
  const rows = [...placeOf.keys()]
  return {
    pairs: {
      pairCount: rows.length,
      anchor: Uint32Array.from(rows, (row) => pairs.anchor[row] as number),
      addOn: Uint32Array.from(rows, (row) => pairs.addOn[row] as number),
    },
    column: (of) => Float64Array.from(rows, of),
    byRow: (of, otherwise) => (row) => {
      const place = placeOf.get(row)
      return place === undefined ? otherwise : of(place)
    },
  }
}

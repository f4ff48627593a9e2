// How one product's customers bought it again, kept as plain numbers. Goes in and comes out: a row per customer who came
// back, or per customers who did not and waited about as long. Rows of a whole shop as objects took 140 MB on Online
// Retail II (176,000 rows); as numbers 13 MB, and only one product's rows are objects at a time.

/** v = ln days of an interval, u = ln units bought at its start. */
export type Rebuy = {
  /** Intervals between days of purchase. */
  readonly gaps: number
  readonly sumV: number
  readonly sumVV: number
  readonly sumU: number
  readonly sumUU: number
  readonly sumUV: number
  /** Since the last purchase, at least 0.5. */
  readonly openDays: number
  readonly openU: number
  readonly customers: number
}

export type ProductRebuys = { readonly productId: string; readonly rows: RebuyColumns }

/** `cells`: nine numbers per row, in the sequence of the fields of `Rebuy`. */
export type RebuyColumns = { readonly cells: Float64Array }

const FIELDS = 9

export function packRebuys(rows: readonly Rebuy[]): RebuyColumns {
  const cells = new Float64Array(rows.length * FIELDS)
  for (const [place, row] of rows.entries()) {
    const { gaps, sumV, sumVV, sumU, sumUU, sumUV, openDays, openU, customers } = row
    cells.set([gaps, sumV, sumVV, sumU, sumUU, sumUV, openDays, openU, customers], place * FIELDS)
  }
  return { cells }
}

export function countRebuys({ cells }: RebuyColumns): number {
  return cells.length / FIELDS
}

export function unpackRebuys(rows: RebuyColumns): Rebuy[] {
  const { cells } = rows
  const cell = (place: number): number => cells[place] ?? 0
  return Array.from({ length: countRebuys(rows) }, (_, row) => {
    const at = row * FIELDS
    return {
      gaps: cell(at),
      sumV: cell(at + 1),
      sumVV: cell(at + 2),
      sumU: cell(at + 3),
      sumUU: cell(at + 4),
      sumUV: cell(at + 5),
      openDays: cell(at + 6),
      openU: cell(at + 7),
      customers: cell(at + 8),
    }
  })
}

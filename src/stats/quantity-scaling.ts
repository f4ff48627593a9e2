// Who buys more comes back later: an interval grows with the quantity as q^θ. θ = 1: every unit lasts as long as the
// first (a pantry); below 1, a fuller shelf is also used up faster. θ is fitted by least squares of ln t on ln q.

/** Used until there are 50 observations. */
export const USUAL_EXPONENT = 0.8
const OBSERVATIONS_MIN = 50
const SPREAD_MIN = 0.015

/** Sums over closed intervals: u = ln quantity, v = ln days. */
export type LogQuantitySums = {
  readonly n: number
  readonly sumU: number
  readonly sumV: number
  readonly sumUU: number
  readonly sumUV: number
}

/** `days` is the interval of one unit, `quantity` ≥ 1 units × pack size. */
export function scaleByQuantity(days: number, quantity: number, exponent = USUAL_EXPONENT): number {
  return days * quantity ** exponent
}

/** θ in [0, 1]; the usual one below 50 observations or where all bought about the same quantity. */
export function fitQuantityExponent(
  { n, sumU, sumV, sumUU, sumUV }: LogQuantitySums,
  usual = USUAL_EXPONENT,
): number {
  if (n < OBSERVATIONS_MIN) return usual
  const spread = sumUU - (sumU * sumU) / n
  // Quantities that hardly differ tell nothing of their effect: some 3 % of them at least are doubled.
  if (!(spread > SPREAD_MIN * n)) return usual
  return Math.min(1, Math.max(0, (sumUV - (sumU * sumV) / n) / spread))
}

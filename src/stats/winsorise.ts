// One wholesaler must not decide an experiment: sums per customer above a high quantile count as that quantile. Comes
// in: one sum per customer, of all arms together, since a cap per arm would itself be an effect. Goes out: the cap, and
// the capped values. The uncapped figure is always reported beside it. Without values the cap is infinite: nothing is cut.
// Source: Tukey 1962, after C. P. Winsor; the 99th percentile as in GrowthBook. The quantile is a value that occurs
// (inverse of the distribution function, type 1 of Hyndman & Fan 1996), so that the largest sum never sets its own cap.

export const CAP_SHARE = 0.99

/** `share` in (0, 1]. `withoutZeros`: for values per order, where a 0 is no order at all. */
export function capOf(
  pooled: ArrayLike<number>,
  {
    share = CAP_SHARE,
    withoutZeros = false,
  }: { readonly share?: number; readonly withoutZeros?: boolean } = {},
): number {
  const sorted = Float64Array.from(pooled)
    .filter((value) => !withoutZeros || value !== 0)
    .sort()
  // 0.99 × 100 is 99.00000000000001 in binary for some sizes: the step back keeps the rank whole.
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? Number.POSITIVE_INFINITY
}

export function winsorise(values: ArrayLike<number>, cap: number): Float64Array {
  return Float64Array.from(values, (value) => Math.min(value, cap))
}

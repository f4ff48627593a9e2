// One percentile of measured times, in milliseconds with three digits. `share` in [0, 1].

export function percentile(values: Float64Array, share: number): string {
  return (values.toSorted()[Math.floor(share * (values.length - 1))] ?? 0).toFixed(3)
}

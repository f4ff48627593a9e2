// How many of an anchor's baskets would hold a product if baskets were filled by popularity alone (Smith and Linden,
// "Two decades of recommender systems at Amazon.com", 2017): the sum over the anchor's baskets of 1 - (1 - P)^m, with
// P the product's share of all lines and m the basket's other products. Goes in: a histogram of m, kept between
// anchors so that it is cleared and not made anew. Comes out: a number from 0 to the number of baskets.

export type SizeHistogram = {
  counts: Uint32Array
  /** The sizes that occur, ascending once `sealSizes` was called; the first `used` of them. */
  sizes: Uint32Array
  used: number
}

export function emptySizes(): SizeHistogram {
  return { counts: new Uint32Array(256), sizes: new Uint32Array(256), used: 0 }
}

export function addSize(histogram: SizeHistogram, size: number): void {
  if (size === 0) return
  if (size >= histogram.counts.length) {
    const counts = new Uint32Array(Math.max(size + 1, histogram.counts.length * 2))
    counts.set(histogram.counts)
    const sizes = new Uint32Array(counts.length)
    sizes.set(histogram.sizes)
    histogram.counts = counts
    histogram.sizes = sizes
  }
  const before = histogram.counts[size] as number
  if (before === 0) histogram.sizes[histogram.used++] = size
  histogram.counts[size] = before + 1
}

/** To be called between the last `addSize` and the first `expectedCount`. */
export function sealSizes(histogram: SizeHistogram): void {
  histogram.sizes.subarray(0, histogram.used).sort()
}

export function clearSizes(histogram: SizeHistogram): void {
  for (let i = 0; i < histogram.used; i++) histogram.counts[histogram.sizes[i] as number] = 0
  histogram.used = 0
}

/**
 * The alternating binomial sum of the paper cancels for large baskets; neither of the two forms here does. Sizes that
 * lie close together are walked by d(m) = d(m - 1) + P (1 - d(m - 1)), far ones are reached by -expm1(m log1p(-P)).
 */
export function expectedCount(histogram: SizeHistogram, share: number): number {
  if (share <= 0) return 0
  const { counts, sizes, used } = histogram
  if (share >= 1) {
    let baskets = 0
    for (let i = 0; i < used; i++) baskets += counts[sizes[i] as number] as number
    return baskets
  }
  let sum = 0
  let chance = 0
  let reached = 0
  let logRest: number | undefined
  for (let i = 0; i < used; i++) {
    const size = sizes[i] as number
    if (size - reached <= 12) {
      for (; reached < size; reached++) chance += share * (1 - chance)
    } else {
      logRest ??= Math.log1p(-share)
      chance = -Math.expm1(size * logRest)
      reached = size
    }
    sum += (counts[size] as number) * chance
  }
  return sum
}

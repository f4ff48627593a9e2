// How good is a ranked list against what was really bought? Rates in [0, 1]; `k` ≥ 1 places count, the rest is not seen.
// A product named twice earns once, at its first place. For an empty truth nothing can be right: every rate is 0.
// Source: Li et al. 2023, "A next basket recommendation reality check" (TOIS); nDCG with the ideal over the whole truth,
// so that with more truths than places it stays below 1 even for a perfect list.

/** 1 when one of the first `k` is right, else 0. */
export function hitAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  const places = Math.min(k, ranked.length)
  for (let place = 0; place < places; place++) if (isRight(ranked, truth, place)) return 1
  return 0
}

function hits(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  const places = Math.min(k, ranked.length)
  let found = 0
  for (let place = 0; place < places; place++) if (isRight(ranked, truth, place)) found += 1
  return found
}

function isRight(ranked: readonly number[], truth: ReadonlySet<number>, place: number): boolean {
  const product = ranked[place]
  return product !== undefined && truth.has(product) && ranked.indexOf(product) === place
}

/** Right ones among the first `k`, over `k`: a short list has fewer chances. */
export function precisionAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return hits(ranked, truth, k) / k
}

/** Right ones among the first `k`, over all that would be right; 0 for an empty truth. */
export function recallAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return truth.size === 0 ? 0 : hits(ranked, truth, k) / truth.size
}

/** Gains discounted by log2(rank + 1), ranks from 1, over those of a list that names the whole truth first. */
export function ndcgAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  const places = Math.min(k, ranked.length)
  let gain = 0
  for (let place = 0; place < places; place++) {
    if (isRight(ranked, truth, place)) gain += 1 / Math.log2(place + 2)
  }
  let ideal = 0
  for (let place = 0; place < truth.size; place++) ideal += 1 / Math.log2(place + 2)
  return ideal === 0 ? 0 : gain / ideal
}

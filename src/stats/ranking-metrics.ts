// How good is a ranked list against what was really bought? Rates in [0, 1].
// Source: Li et al. 2023, "A next basket recommendation reality check" (TOIS); nDCG with the ideal over the whole truth.

/** 1 when one of the first `k` is right, else 0. */
export function hitAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return ranked.slice(0, k).some((product) => truth.has(product)) ? 1 : 0
}

function hits(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return ranked.slice(0, k).filter((product) => truth.has(product)).length
}

/** Right ones among the first `k`, over `k`: a short list has fewer chances. */
export function precisionAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return hits(ranked, truth, k) / k
}

/** Right ones among the first `k`, over all that would be right; 0 for an empty truth. */
export function recallAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  return truth.size === 0 ? 0 : hits(ranked, truth, k) / truth.size
}

/** Gains discounted by log2(rank + 1), over those of a list that names the whole truth first. */
export function ndcgAt(ranked: readonly number[], truth: ReadonlySet<number>, k: number): number {
  let gain = 0
  for (const [rank, product] of ranked.slice(0, k).entries()) {
    if (truth.has(product)) gain += 1 / Math.log2(rank + 2)
  }
  let ideal = 0
  for (let rank = 0; rank < truth.size; rank++) ideal += 1 / Math.log2(rank + 2)
  return ideal === 0 ? 0 : gain / ideal
}

// Are two things together more often than chance? Dunning's G² of a 2 × 2 table.
// Source: Dunning 1993, "Accurate methods for the statistics of surprise and coincidence"; form of Apache Mahout.
// It is a test, not a size of effect: with many orders trivial pairs become huge. Always ask for a lift above 1 too.

function xLogX(x: number): number {
  return x > 0 ? x * Math.log(x) : 0
}

/**
 * `both`: k11, `onlyFirst`: k12, `onlySecond`: k21, `neither`: k22, all counts ≥ 0. At least 0; about χ²(1) under
 * independence. Round-off below zero counts as 0.
 */
export function logLikelihoodRatio(
  both: number,
  onlyFirst: number,
  onlySecond: number,
  neither: number,
): number {
  const all = xLogX(both + onlyFirst + onlySecond + neither)
  const rows = all - xLogX(both + onlyFirst) - xLogX(onlySecond + neither)
  const columns = all - xLogX(both + onlySecond) - xLogX(onlyFirst + neither)
  const cells = all - xLogX(both) - xLogX(onlyFirst) - xLogX(onlySecond) - xLogX(neither)
  return Math.max(0, 2 * (rows + columns - cells))
}

/** Its root, negative where the two are together less often than by chance. Any real number. */
export function rootLogLikelihoodRatio(
  both: number,
  onlyFirst: number,
  onlySecond: number,
  neither: number,
): number {
  const root = Math.sqrt(logLikelihoodRatio(both, onlyFirst, onlySecond, neither))
  // k11 / (k11 + k12) < k21 / (k21 + k22), multiplied out so that an empty row divides nothing.
  return both * (onlySecond + neither) < onlySecond * (both + onlyFirst) ? -root : root
}

// Old orders count less: weight 2^(-age / half-life). Ages and half-lives in one unit (days, or milliseconds).
// Weights say where a rate stands; how sure we are of it follows from the effective count, never from the plain one.
// Source: Kish 1965, "Survey sampling", for the effective count.

/** Weight in (0, 1] of what is `age` old; an age below 0 (a clock ahead) counts as 0. `halfLife` > 0; infinite: no decay. */
export function decayWeight(age: number, halfLife: number): number {
  return age <= 0 ? 1 : 2 ** (-age / halfLife)
}

/**
 * (Σw)² / Σw²: as many equal counts tell as much as these weighted ones. From its two sums over weights ≥ 0;
 * 0 without weights, at most the number of weights, which it reaches when all are equal.
 */
export function effectiveCount(sum: number, sumSquares: number): number {
  return sumSquares > 0 ? (sum * sum) / sumSquares : 0
}

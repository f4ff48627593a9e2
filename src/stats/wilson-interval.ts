// Interval of a rate from counts that stays inside [0, 1] and holds at small counts.
// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".

export type Interval = { readonly low: number; readonly high: number }

/** 97.5 % point of the normal distribution: a two-sided interval of 95 %. */
export const Z_95 = 1.959963984540054

/** `successes` of `trials`, 0 ≤ successes ≤ trials. Both ends in [0, 1]; without trials nothing is known: 0 to 1. */
export function wilsonInterval(successes: number, trials: number, z: number = Z_95): Interval {
  if (trials <= 0) return { low: 0, high: 1 }
  const rate = successes / trials
  const spread = (z * z) / trials
  const middle = (rate + spread / 2) / (1 + spread)
  const half = (z * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials))) / (1 + spread)
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

// Old orders count less: weight 2^(-age / half-life). Ages and half-lives in one unit (days, or milliseconds).

/** Weight in (0, 1] of what is `age` old; an age below 0 (a clock ahead) counts as 0. `halfLife` > 0; infinite: no decay. */
export function decayWeight(age: number, halfLife: number): number {
  return age <= 0 ? 1 : 2 ** (-age / halfLife)
}

// The mixture sequential probability ratio test: how much more likely is what was seen if the effect were drawn from
// Normal(0, τ²) than if there were none? A ratio above 1 / alpha at any look rejects "no effect". It is the second
// opinion on confidence-sequence.ts, with a τ of the effect that one expects instead of a number of units.
// Comes in: units per arm, the difference of the means, the variance of a difference of two single units. Goes out: the
// ratio; 1 / ratio is an always-valid p-value.
// Source: Johari, Koomen, Pekelis & Walsh 2017, "Peeking at A/B tests"; τ as in the R package mixtureSPRT.

import { normalCdf, normalPdf } from './special-functions.ts'

/** Logarithm of the ratio. `units` per arm ≥ 0; `variance` = σ²_A + σ²_B and `tauSquared` above 0. */
export function lnMixtureRatio(
  units: number,
  difference: number,
  variance: number,
  tauSquared: number,
): number {
  const total = variance + units * tauSquared
  const gain = (units * units * tauSquared * difference * difference) / (2 * variance * total)
  return 0.5 * Math.log(variance / total) + gain
}

/** τ that is best for a test which ends after `units`: `variance` as above, `alpha` in (0, 1). */
export function bestTau(alpha: number, variance: number, units: number): number {
  const b = (2 * Math.log(1 / alpha)) / Math.sqrt(units * variance)
  return variance * (normalCdf(-b) / (normalPdf(b) / b - normalCdf(-b)))
}

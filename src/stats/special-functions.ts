// The few special functions that the methods need. Numbers in, numbers out, in double precision; each names its source
// and its accuracy, and the tests hold them against 40-digit values. DLMF: dlmf.nist.gov. Outside of the stated ranges
// the outcome is NaN or infinite, nothing throws.

const HALF_LN_TWO_PI = 0.9189385332046727
const SQRT_TWO_PI = 2.5066282746310002

/** ln Γ(x) minus the closed part of Stirling's formula, for x ≥ 10: Bernoulli terms of DLMF 5.11.1, error below 1e-16. */
function stirlingRest(x: number): number {
  const y = 1 / (x * x)
  const tail = 1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156))
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * tail))) / x
}

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1), reached by Γ(x + 1) = x Γ(x). Error below 1e-14 · max(1, |ln Γ|). */
export function lnGamma(x: number): number {
  let product = 1
  let y = x
  for (; y < 10; y++) product *= y
  return (y - 0.5) * Math.log(y) - y + HALF_LN_TWO_PI + stirlingRest(y) - Math.log(product)
}

/** P(a, x), the regularised lower incomplete gamma function, a > 0, x ≥ 0. In [0, 1]. DLMF 8.11.4 and 8.9.2. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** Q(a, x) = 1 - P(a, x), without cancellation in the far tail. In [0, 1]. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

/** x^a e^-x / Γ(a). For large a the big terms are taken out first: they would cost digits. */
function gammaFront(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - lnGamma(a))
  const d = (x - a) / a
  const logRatio = Math.abs(d) < 0.5 ? Math.log1p(d) : Math.log(x / a)
  return (Math.sqrt(a) / SQRT_TWO_PI) * Math.exp(-a * (d - logRatio) - stirlingRest(a))
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return Math.min(1, gammaFront(a, x) * sum)
}

/** Lentz's method on the continued fraction; `tiny` keeps it from dividing by zero. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 1_000_000; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / (step * d + b || tiny)
    c = b + step / c || tiny
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return Math.min(1, gammaFront(a, x) * fraction)
}

/**
 * x with P(a, x) = `probability` in (0, 1), a > 0: the quantile of Gamma(a, rate 1); relative error below 1e-11.
 * Start: Wilson & Hilferty 1931, or P(a, x) ≈ x^a / Γ(a + 1) near zero; then Halley steps. `z` is the normal quantile of
 * `probability`: who asks often for one probability passes it along.
 */
export function gammaQuantile(a: number, probability: number, z = normalQuantile(probability)): number {
  const ninth = 1 / (9 * a)
  const root = 1 - ninth + z * Math.sqrt(ninth)
  let x = a * root ** 3
  if (root < 0.3) x = Math.exp((Math.log(probability) + lnGamma(a + 1)) / a)
  if (x === 0) return 0
  const inUpperHalf = probability > 0.5
  for (let step = 0; step < 60; step++) {
    const miss = inUpperHalf ? 1 - probability - upperGamma(a, x) : lowerGamma(a, x) - probability
    const newton = (miss * x) / gammaFront(a, x)
    const bend = Math.min(1, newton * ((a - 1) / x - 1))
    const next = Math.max(x / 8, Math.min(x * 8, x - newton / (1 - 0.5 * bend)))
    const change = Math.abs(next - x)
    x = next
    // Halley triples the digits: a change of 1e-6 leaves an error far below the rounding of P.
    if (!(change > 1e-6 * x)) break
  }
  return x
}

/**
 * Chebyshev coefficients of (1 + 2x) e^x² erfc(x) in (x - 3.75) / (x + 3.75), the form of Shepherd & Laframboise 1981;
 * computed for this file with 40 digits at 64 nodes.
 */
const ERFCX = Float64Array.of(
  1.1775789345674017,
  -0.004590054580646478,
  -0.08424913336651792,
  0.05920993999819189,
  -0.026658668435305753,
  0.009074997670705265,
  -0.002413163540417608,
  0.0004907758365258086,
  -6.916973302501207e-5,
  4.13902798607301e-6,
  7.74038306619849e-7,
  -2.1886401049234397e-7,
  1.076499946567091e-8,
  4.521959811218287e-9,
  -7.754400208831351e-10,
  -6.318088340886684e-11,
  2.86879501093067e-11,
  1.9455868545777347e-13,
  -9.65469674843344e-13,
  3.25254814814874e-14,
  3.3478119482868056e-14,
  -1.864562880419313e-15,
  -1.2507950530688648e-15,
)

/** e^x² erfc(x) for x ≥ 0: never underflows. Relative error below 1e-14. In (0, 1]. */
function scaledErfc(x: number): number {
  const t = (2 * (x - 3.75)) / (x + 3.75)
  let next = 0
  let afterNext = 0
  for (let i = ERFCX.length - 1; i > 0; i--) {
    const now = t * next - afterNext + (ERFCX[i] ?? 0)
    afterNext = next
    next = now
  }
  return (0.5 * t * next - afterNext + (ERFCX[0] ?? 0)) / (1 + 2 * x)
}

/** Complementary error function. In [0, 2]; relative error below 1e-14 · max(1, x²). */
export function erfc(x: number): number {
  const size = Math.abs(x)
  const tail = size > 30 ? 0 : Math.exp(-size * size) * scaledErfc(size)
  return x >= 0 ? tail : 2 - tail
}

/** Φ(z), the standard normal distribution function. In [0, 1]. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2)
}

/** φ(z), the standard normal density. */
export function normalPdf(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_TWO_PI
}

/**
 * What ln(1 - Φ(z)) and the hazard at z are both made of: where both are asked for, it is worked out once. Of z ≤ 0
 * erfc(-z / √2), else the scaled form, which never underflows.
 */
export function tailTerm(z: number): number {
  return z <= 0 ? erfc(-z / Math.SQRT2) : scaledErfc(z / Math.SQRT2)
}

/** ln(1 - Φ(z)), finite for every finite z. At most 0. */
export function logNormalTail(z: number, term: number = tailTerm(z)): number {
  return z <= 0 ? Math.log1p(-0.5 * term) : Math.log(0.5 * term) - 0.5 * z * z
}

/** φ(z) / (1 - Φ(z)), the hazard of the normal distribution (inverse Mills ratio). Positive, above z, rising. */
export function normalHazard(z: number, term: number = tailTerm(z)): number {
  return z <= 0 ? normalPdf(z) / (1 - 0.5 * term) : Math.sqrt(2 / Math.PI) / term
}

/**
 * z with Φ(z) = `probability`; ±Infinity at 1 and 0. Start: Abramowitz & Stegun 26.2.23 (error 4.5e-4), then Newton
 * steps on ln(1 - Φ). Error below 1e-13 · max(1, |z|); above 0.5 as good as the double of `probability` allows.
 */
export function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability)
  if (!(tail > 0)) return tail === 0 ? (probability < 0.5 ? -Infinity : Infinity) : Number.NaN
  const logTail = Math.log(tail)
  const t = Math.sqrt(-2 * logTail)
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let step = 0; step < 3; step++) z += (logNormalTail(z) - logTail) / normalHazard(z)
  return probability < 0.5 ? -z : z
}

// Customers whose rates, leaving and spending are drawn from known distributions, as the models have it: what they did
// until a day, and what they do after it.

import type { CustomerColumns } from '../src/measuring/worth-queries.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { gammaQuantile } from '../src/stats/special-functions.ts'

/** Days; orders of 50.00 on average. Purchases of one day count as one, which so few do that it makes no difference. */
export const planted = { r: 0.6, alpha: 60, a: 0.8, b: 2.5, p: 4, q: 4, v: 3750 }

export function plantCustomers(count: number, later: number, seed = 1): CustomerColumns {
  const random = seededRandom(seed)
  const gamma = (shape: number): number => gammaQuantile(shape, random() || 0.5)
  const columns = {
    repeats: new Int32Array(count),
    lastDays: new Int32Array(count),
    watchedDays: new Int32Array(count),
    firstMinor: new Float64Array(count),
    repeatsMinor: new Float64Array(count),
    later: new Int32Array(count),
    laterMinor: new Float64Array(count),
    sides: new Int32Array(count),
  }
  for (let customer = 0; customer < count; customer++) {
    const rate = gamma(planted.r) / planted.alpha
    const [leave, stay] = [gamma(planted.a), gamma(planted.b)]
    const spread = gamma(planted.q) / planted.v
    const value = (): number => Math.round(gamma(planted.p) / spread)
    const watched = 200 + Math.floor(random() * 300)
    columns.watchedDays[customer] = watched
    columns.firstMinor[customer] = value()
    for (let day = 0; ; ) {
      day += Math.max(1, Math.round(-Math.log(1 - random()) / rate))
      if (day > watched + later) break
      if (day <= watched) {
        columns.repeats[customer] = (columns.repeats[customer] ?? 0) + 1
        columns.lastDays[customer] = day
        columns.repeatsMinor[customer] = (columns.repeatsMinor[customer] ?? 0) + value()
      } else {
        columns.later[customer] = (columns.later[customer] ?? 0) + 1
        columns.laterMinor[customer] = (columns.laterMinor[customer] ?? 0) + value()
      }
      if (random() < leave / (leave + stay)) break
    }
  }
  return columns
}

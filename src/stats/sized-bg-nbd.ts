// The BG/NBD model (bg-nbd.ts) for a shop where customers who begin with a large order also come back more often. Comes
// in: counted records, each with the size of the first order (a logarithm: 0 is the shop's usual one). Goes out: the
// model and one number more, the effect: a first order e times as large lets a customer buy exp(effect) times as often.
// What can go wrong: what can go wrong there; and where sizes say nothing, the effect is 0 and nothing is lost.
// Source: Fader & Hardie 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models", with the
// effect on the rate alone. Whether it is worth a parameter: Schwarz 1978, "Estimating the dimension of a model" (BIC).

import { type BgNbd, type CountedRecord, fitBgNbd, logLikelihood } from './bg-nbd.ts'
import { minimise } from './minimise.ts'

export type SizedRecord = CountedRecord & { readonly size: number }

export type SizedBgNbd = BgNbd & { readonly effect: number }

export type SizedBgNbdFit =
  | {
      readonly kind: 'fitted'
      readonly model: SizedBgNbd
      readonly logLikelihood: number
      /** Of the model without the effect. */
      readonly plainLogLikelihood: number
    }
  | { readonly kind: 'not-computable'; readonly reason: string }

/** The model of the customers whose first order had this size. */
export function modelOfSize({ r, alpha, a, b, effect }: SizedBgNbd, size: number): BgNbd {
  return { r, alpha: alpha * Math.exp(-effect * size), a, b }
}

export function fitSizedBgNbd(records: readonly SizedRecord[]): SizedBgNbdFit {
  const plain = fitBgNbd(records)
  if (plain.kind === 'not-computable') return plain
  const groups = new Map<number, CountedRecord[]>()
  let customers = 0
  for (const record of records) {
    customers += record.customers
    const known = groups.get(record.size)
    if (known === undefined) groups.set(record.size, [record])
    else known.push(record)
  }
  const likelihoodOf = (model: SizedBgNbd): number => {
    let sum = 0
    for (const [size, group] of groups) sum += logLikelihood(group, modelOfSize(model, size))
    return sum
  }
  const readModel = ([r = 0, alpha = 0, a = 0, b = 0, effect = 0]: readonly number[]): SizedBgNbd => ({
    r: plain.model.r * Math.exp(r),
    alpha: plain.model.alpha * Math.exp(alpha),
    a: plain.model.a * Math.exp(a),
    b: plain.model.b * Math.exp(b),
    effect,
  })
  const loss = (at: readonly number[]): number => -likelihoodOf(readModel(at))
  let best = minimise(loss, [0, 0, 0, 0, 0], { step: 0.2 })
  // As in bg-nbd.ts: a simplex that folded up starts again until that gains nothing.
  for (let round = 0; round < 10; round++) {
    const next = minimise(loss, best.at, { step: 0.1, tolerance: 1e-12 })
    const gain = best.loss - next.loss
    if (gain >= 0) best = next
    if (gain < 1e-9 * Math.abs(best.loss)) break
  }
  const plainLogLikelihood = plain.logLikelihood
  const isWorthIt = -best.loss - plainLogLikelihood > Math.log(customers) / 2
  return isWorthIt
    ? { kind: 'fitted', model: readModel(best.at), logLikelihood: -best.loss, plainLogLikelihood }
    : {
        kind: 'fitted',
        model: { ...plain.model, effect: 0 },
        logLikelihood: plainLogLikelihood,
        plainLogLikelihood,
      }
}

/**
 * The size of a first order: each fifth of the orders has one, the logarithm of its median value less the mean of all.
 * Fifths, since single values run from gifts to wholesale, and equal records are then counted together. A value of 0 or
 * less (all was returned) belongs to the lowest fifth.
 */
export function fifthsOf(values: Float64Array): (value: number) => number {
  const sorted = values.slice().sort()
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const edges = [at(0.2), at(0.4), at(0.6), at(0.8)]
  const smallest = sorted.find((value) => value > 0) ?? 1
  const logs = [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => Math.log(Math.max(at(share), smallest)))
  const fifthOf = (value: number): number => edges.filter((edge) => value > edge).length
  let sum = 0
  for (const value of values) sum += logs[fifthOf(value)] ?? 0
  const mean = sum / Math.max(1, values.length)
  // Three digits: the same shop gives the same records on every machine.
  const sizes = logs.map((log) => Math.round((log - mean) * 1000) / 1000)
  return (value) => sizes[fifthOf(value)] ?? 0
}

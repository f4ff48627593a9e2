// The methods that a shop could have without us, on exactly the same queries and the same counts. Comes in: counts as
// they stood, the known products. Goes out: for each method the ten best products. Several known products are joined in
// the way that serves each method best on Online Retail II: the strongest confidence, the sum of squared cosines, of
// lifts, of signed log-likelihood ratios. Lift asks for five orders together: without, it is far below popularity.

import { rootLogLikelihoodRatio } from '../stats/log-likelihood-ratio.ts'
import type { LiveCounts } from './live-counts.ts'

export const baselineNames = ['popularity', 'confidence', 'lift', 'cosine', 'llr'] as const
export type BaselineName = (typeof baselineNames)[number]

export type BaselineRanker = {
  rank(
    known: readonly number[],
    excluded: ReadonlySet<number>,
    day: number,
  ): Readonly<Record<BaselineName, readonly number[]>>
}

export const LIST_LENGTH = 10

const LIFT_TOGETHER_MIN = 5

export function openBaselines(counts: LiveCounts, productCount: number): BaselineRanker {
  const sums = {
    confidence: new Float64Array(productCount),
    lift: new Float64Array(productCount),
    cosine: new Float64Array(productCount),
    llr: new Float64Array(productCount),
  }
  const seen = new Uint8Array(productCount)
  return {
    rank(known, excluded, day) {
      const touched: number[] = []
      for (const anchor of known) {
        const anchorOrders = counts.ordersOf(anchor)
        counts.eachTogether(anchor, day, (addOn, together) => {
          if (excluded.has(addOn)) return
          if (seen[addOn] === 0) {
            seen[addOn] = 1
            touched.push(addOn)
          }
          const addOnOrders = counts.ordersOf(addOn)
          const confidence = together / anchorOrders
          if (confidence > (sums.confidence[addOn] as number)) sums.confidence[addOn] = confidence
          if (together >= LIFT_TOGETHER_MIN)
            add(sums.lift, addOn, (together * counts.orders) / (anchorOrders * addOnOrders))
          add(sums.cosine, addOn, together ** 2 / (anchorOrders * addOnOrders))
          const rest = Math.max(0, counts.orders - anchorOrders - addOnOrders + together)
          const root = rootLogLikelihoodRatio(together, anchorOrders - together, addOnOrders - together, rest)
          add(sums.llr, addOn, root * Math.abs(root))
        })
      }
      const top = (score: Float64Array): readonly number[] =>
        topProducts(touched, (product) => score[product] as number, counts)
      const answer = {
        popularity: mostPopular(counts, productCount, excluded),
        confidence: top(sums.confidence),
        lift: top(sums.lift),
        cosine: top(sums.cosine),
        llr: top(sums.llr),
      }
      for (const product of touched) {
        seen[product] = 0
        for (const score of Object.values(sums)) score[product] = 0
      }
      return answer
    },
  }
}

function add(sum: Float64Array, product: number, value: number): void {
  sum[product] = (sum[product] as number) + value
}

/** The best by score; ties go to the more popular product, then to the lower number. */
export function topProducts(
  products: readonly number[],
  score: (product: number) => number,
  counts: Pick<LiveCounts, 'ordersOf'>,
): readonly number[] {
  const top: number[] = []
  const before = (one: number, other: number): boolean => {
    const gap = score(one) - score(other)
    if (gap !== 0) return gap > 0
    const popularity = counts.ordersOf(one) - counts.ordersOf(other)
    return popularity !== 0 ? popularity > 0 : one < other
  }
  for (const product of products) {
    const last = top.at(-1)
    if (top.length === LIST_LENGTH && last !== undefined && !before(product, last)) continue
    let at = top.length
    while (at > 0 && before(product, top[at - 1] as number)) at -= 1
    top.splice(at, 0, product)
    if (top.length > LIST_LENGTH) top.pop()
  }
  return top
}

function mostPopular(
  counts: LiveCounts,
  productCount: number,
  excluded: ReadonlySet<number>,
): readonly number[] {
  const all: number[] = []
  for (let product = 0; product < productCount; product++) {
    if (counts.ordersOf(product) > 0 && !excluded.has(product)) all.push(product)
  }
  return topProducts(all, (product) => counts.ordersOf(product), counts)
}

// What do customers who come back take up for the first time lately? Comes in: the later orders of known customers, each
// with the products that its customer had in no order before. Goes out: per product, the share of such orders, newer ones
// counting more, that took it up. It follows the season within weeks, where pair counts take months.

/** Days after which such an order counts half. 10 to 20 served equally well on Online Retail II, June to August 2011. */
export const TAKEN_UP_HALF_LIFE_DAYS = 20

export type TakenUpCount = {
  /** Counts an order of a customer who had one before. */
  add(day: number, fresh: Iterable<number>): void
  /** In [0, 1]. */
  share(product: number): number
}

/** `firstDay` only keeps the weights in range: they are relative to it. */
export function openTakenUpCount(firstDay: number): TakenUpCount {
  let orders = 0
  // By product number, which are dense: a map would be asked once a line.
  let weights = new Float64Array(1024)
  return {
    add(day, fresh) {
      const weight = 2 ** ((day - firstDay) / TAKEN_UP_HALF_LIFE_DAYS)
      orders += weight
      for (const product of fresh) {
        if (product >= weights.length) weights = grown(weights, product + 1)
        weights[product] = (weights[product] as number) + weight
      }
    },
    share: (product) => (orders > 0 ? (weights[product] ?? 0) / orders : 0),
  }
}

function grown(list: Float64Array<ArrayBuffer>, needed: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(needed, list.length * 2))
  larger.set(list)
  return larger
}

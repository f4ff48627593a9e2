// The histories as the rankers read them: one entry per shopper and different item, with when and how often it was
// bought. Time is counted in baskets: the published files hold no dates.

import type { Shopper } from './read-baskets.ts'

export type ShopperColumns = {
  readonly shoppers: number
  readonly items: number
  /** The entries of shopper `u` are `start[u]` to `start[u + 1] - 1`, in the sequence of first purchases. */
  readonly start: Uint32Array
  readonly baskets: Uint32Array
  readonly item: Uint32Array
  /** The shopper's first and latest basket with the item, from 0, and how many hold it. */
  readonly first: Uint32Array
  readonly latest: Uint32Array
  readonly times: Uint32Array
  /** Sum over the baskets with the item of 0.9, and of 0.7, per basket that came after. */
  readonly weight9: Float32Array
  readonly weight7: Float32Array
  /** The entries of item `i` are `entry[itemStart[i]]` to `entry[itemStart[i + 1] - 1]`; their shoppers beside them. */
  readonly itemStart: Uint32Array
  readonly entry: Uint32Array
  readonly owner: Uint32Array
}

export function buildShopperColumns(shoppers: readonly Shopper[], items: number): ShopperColumns {
  const start = new Uint32Array(shoppers.length + 1)
  const lines = shoppers.reduce((sum, { baskets }) => sum + baskets.reduce((n, one) => n + one.length, 0), 0)
  const item = new Uint32Array(lines)
  const first = new Uint32Array(lines)
  const latest = new Uint32Array(lines)
  const times = new Uint32Array(lines)
  const weight9 = new Float32Array(lines)
  const weight7 = new Float32Array(lines)
  const placeOf = new Int32Array(items).fill(-1)
  let end = 0
  for (const [shopper, { baskets }] of shoppers.entries()) {
    const begin = end
    for (const [time, basket] of baskets.entries()) {
      const after = baskets.length - 1 - time
      for (const bought of basket) {
        let at = placeOf[bought] as number
        if (at < begin) {
          at = end++
          placeOf[bought] = at
          item[at] = bought
          first[at] = time
        }
        latest[at] = time
        times[at] = (times[at] as number) + 1
        weight9[at] = (weight9[at] as number) + 0.9 ** after
        weight7[at] = (weight7[at] as number) + 0.7 ** after
      }
    }
    start[shopper + 1] = end
  }
  const baskets = Uint32Array.from(shoppers, (one) => one.baskets.length)
  const columns = { shoppers: shoppers.length, items, start, baskets, first, latest, times, weight9, weight7 }
  return { ...columns, item, ...indexItems(item, start, items) }
}

function indexItems(item: Uint32Array, start: Uint32Array, items: number) {
  const entries = start.at(-1) ?? 0
  const itemStart = new Uint32Array(items + 1)
  for (let e = 0; e < entries; e++) {
    const behind = (item[e] as number) + 1
    itemStart[behind] = (itemStart[behind] as number) + 1
  }
  for (let i = 0; i < items; i++) itemStart[i + 1] = (itemStart[i + 1] as number) + (itemStart[i] as number)
  const next = Uint32Array.from(itemStart)
  const entry = new Uint32Array(entries)
  const owner = new Uint32Array(entries)
  for (let shopper = 0; shopper + 1 < start.length; shopper++) {
    for (let e = start[shopper] as number; e < (start[shopper + 1] as number); e++) {
      const bought = item[e] as number
      const place = next[bought] as number
      next[bought] = place + 1
      entry[place] = e
      owner[place] = shopper
    }
  }
  return { itemStart, entry, owner }
}

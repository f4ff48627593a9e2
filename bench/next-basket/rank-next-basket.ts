// Our ranking of the next basket, from histories alone. Comes in: all shoppers' histories, whom to answer. Goes out: a
// score per item. Three chances are added, all on the scale "expected in the next basket":
//   again    how often is an item that was bought so often, so lately, in the next basket? Counted over all histories
//            (by times bought, baskets since, baskets so far), times how much more often this item comes back than others.
//   alike    what shoppers like this one bought. Cosine neighbours without a cut at the nearest k fall apart into a sum
//            over this shopper's own items, so it needs rows per item, not a search per shopper:
//              sum over own x of a(x) n(x)^-1/4 · sum over other buyers v of x of a_v(x) b_v(y) / |a_v|²
//            with a, b the item's decayed counts (0.9, 0.7 per basket), scaled to one mean basket.
//   later    mean over own x of (first bought after x + 20 p(y)) / (buyers of x who came back + 20).
// Weights and decays were chosen on validation shoppers; docs/benchmarks.md says how many were tried.

import type { Shopper } from './read-baskets.ts'
import type { ShopperColumns } from './shopper-columns.ts'

const LATER_WEIGHT = 0.225
const LATER_SHRINKAGE = 20
const POPULAR_DAMPING = 0.25

/** Calls back once per asked shopper with a score per item; the array is used again for the next. */
export function rankNextBasket(
  columns: ShopperColumns,
  shoppers: readonly Shopper[],
  asked: Uint32Array,
  answer: (shopper: number, scores: Float64Array) => void,
): void {
  const { items, start, item, weight7, weight9 } = columns
  const again = againChances(columns, shoppers)
  const prior = laterPrior(columns)
  const pull = pullOf(columns)
  const rows = itemRows(columns, pull, asked)
  const lines = shoppers.reduce((sum, { baskets }) => sum + baskets.reduce((n, one) => n + one.length, 0), 0)
  const meanBasket = lines / columns.baskets.reduce((sum, count) => sum + count, 0)
  const scores = new Float64Array(items)
  for (const shopper of asked) {
    const begin = start[shopper] as number
    const end = start[shopper + 1] as number
    const { alikeTotal, ownPrior } = totalsOf(columns, rows, prior.share, pull, begin, end)
    const scale = alikeTotal > 0 ? meanBasket / alikeTotal : 0
    const perItem = LATER_WEIGHT / Math.max(1, end - begin)
    const fromPrior = perItem * ownPrior
    for (let y = 0; y < items; y++) scores[y] = fromPrior * (prior.popularity[y] as number)
    for (let e = begin; e < end; e++) {
      const row = rows[item[e] as number] as ItemRow
      const weight = scale * (weight9[e] as number) * row.damping
      const laterWeight = perItem * row.laterScale
      for (let t = 0; t < row.items.length; t++) {
        const y = row.items[t] as number
        scores[y] =
          (scores[y] as number) + weight * (row.alike[t] as number) + laterWeight * (row.later[t] as number)
      }
      // Nobody is their own neighbour.
      const self = weight * (pull[e] as number)
      for (let other = begin; other < end; other++) {
        const y = item[other] as number
        scores[y] = (scores[y] as number) - self * (weight7[other] as number)
      }
    }
    for (let e = begin; e < end; e++) {
      const y = item[e] as number
      scores[y] = (scores[y] as number) + (again[e] as number)
    }
    answer(shopper, scores)
  }
}

/** Per entry, how strongly its item draws in the shopper's other items: a / |a|². */
function pullOf({ shoppers, start, weight9 }: ShopperColumns): Float32Array {
  const pull = new Float32Array(weight9.length)
  for (let u = 0; u < shoppers; u++) {
    let square = 0
    for (let e = start[u] as number; e < (start[u + 1] as number); e++) square += (weight9[e] as number) ** 2
    for (let e = start[u] as number; e < (start[u + 1] as number); e++)
      pull[e] = (weight9[e] as number) / square
  }
  return pull
}

/** What a shopper's `alike` sums to over all items, and how much of p(y) their `later` holds. */
function totalsOf(
  { item, weight7, weight9 }: ShopperColumns,
  rows: readonly (ItemRow | undefined)[],
  priorShare: Float64Array,
  pull: Float32Array,
  begin: number,
  end: number,
) {
  let alikeTotal = 0
  let ownPrior = 0
  let ownWeight7 = 0
  for (let e = begin; e < end; e++) ownWeight7 += weight7[e] as number
  for (let e = begin; e < end; e++) {
    const row = rows[item[e] as number] as ItemRow
    alikeTotal += (weight9[e] as number) * row.damping * (row.alikeTotal - (pull[e] as number) * ownWeight7)
    ownPrior += priorShare[item[e] as number] as number
  }
  return { alikeTotal, ownPrior }
}

/** Per item: p(y), and the share of y's row that the shrinkage fills with p. */
function laterPrior(columns: ShopperColumns) {
  const { items, shoppers, start, item, first } = columns
  const popularity = new Float64Array(items)
  for (let e = 0; e < (start.at(-1) ?? 0); e++) {
    if ((first[e] as number) > 0)
      popularity[item[e] as number] = (popularity[item[e] as number] as number) + 1 / shoppers
  }
  const share = Float64Array.from(cameBack(columns), (n) => LATER_SHRINKAGE / (n + LATER_SHRINKAGE))
  return { popularity, share }
}

/** Per item, its buyers who had another basket after their first with it. */
function cameBack({ items, itemStart, entry, owner, first, baskets }: ShopperColumns): Float64Array {
  const counts = new Float64Array(items)
  for (let x = 0; x < items; x++) {
    for (let p = itemStart[x] as number; p < (itemStart[x + 1] as number); p++) {
      const more = (first[entry[p] as number] as number) < (baskets[owner[p] as number] as number) - 1
      if (more) counts[x] = (counts[x] as number) + 1
    }
  }
  return counts
}

type ItemRow = {
  /** What the item's buyers bought, and beside each how much of it: as neighbours, and for the first time later. */
  readonly items: Uint32Array
  readonly alike: Float32Array
  readonly later: Float32Array
  readonly alikeTotal: number
  readonly damping: number
  readonly laterScale: number
}

/** Walks the buyers of each item that an asked shopper has. */
function itemRows(
  columns: ShopperColumns,
  pull: Float32Array,
  asked: Uint32Array,
): readonly (ItemRow | undefined)[] {
  const { items, start, item, first, weight7, itemStart, entry, owner } = columns
  const needed = new Set<number>()
  for (const u of asked) {
    for (let e = start[u] as number; e < (start[u + 1] as number); e++) needed.add(item[e] as number)
  }
  const back = cameBack(columns)
  const alike = new Float64Array(items)
  const later = new Uint32Array(items)
  const touched = new Uint32Array(items)
  const rows: (ItemRow | undefined)[] = Array.from({ length: items })
  for (const x of needed) {
    const begin = itemStart[x] as number
    const end = itemStart[x + 1] as number
    let size = 0
    let alikeTotal = 0
    for (let p = begin; p < end; p++) {
      const v = owner[p] as number
      const at = entry[p] as number
      const strength = pull[at] as number
      const since = first[at] as number
      for (let e = start[v] as number; e < (start[v + 1] as number); e++) {
        const y = item[e] as number
        const share = strength * (weight7[e] as number)
        if (alike[y] === 0) touched[size++] = y
        alike[y] = (alike[y] as number) + share
        alikeTotal += share
        if ((first[e] as number) > since) later[y] = (later[y] as number) + 1
      }
    }
    const row = {
      items: touched.slice(0, size),
      alike: new Float32Array(size),
      later: new Float32Array(size),
    }
    for (let t = 0; t < size; t++) {
      const y = touched[t] as number
      row.alike[t] = alike[y] as number
      row.later[t] = later[y] as number
      alike[y] = 0
      later[y] = 0
    }
    rows[x] = {
      ...row,
      alikeTotal,
      damping: (end - begin) ** -POPULAR_DAMPING,
      laterScale: 1 / ((back[x] as number) + LATER_SHRINKAGE),
    }
  }
  return rows
}

/** Repeats' worth of doubt about how an item differs from the others, and about a cell of the table. */
const ITEM_DOUBT = 5
const CELL_DOUBT = 5
const CELL_SHARE = 0.02

const timesClass = (times: number): number => Math.min(times, 6)
const sinceClass = (baskets: number): number =>
  baskets <= 3 ? baskets - 1 : baskets <= 5 ? 3 : baskets <= 8 ? 4 : baskets <= 15 ? 5 : 6
const pastClass = (baskets: number): number =>
  baskets <= 2 ? 0 : baskets <= 4 ? 1 : baskets <= 8 ? 2 : baskets <= 16 ? 3 : 4
const cellOf = (times: number, since: number, past: number): number =>
  (timesClass(times) * 7 + sinceClass(since)) * 5 + pastClass(past)

/** Per entry, the chance that its item is in the shopper's next basket again. */
function againChances(columns: ShopperColumns, shoppers: readonly Shopper[]): Float64Array {
  const { items, start, item, latest, times, baskets } = columns
  const seen = new Float64Array(7 * 7 * 5)
  const came = new Float64Array(7 * 7 * 5)
  eachChance(shoppers, items, (_bought, cell, again) => {
    seen[cell] = (seen[cell] as number) + 1
    came[cell] = (came[cell] as number) + again
  })
  const share = came.map(
    (count, cell) => (count + CELL_SHARE * CELL_DOUBT) / ((seen[cell] as number) + CELL_DOUBT),
  )
  const happened = new Float64Array(items)
  const foretold = new Float64Array(items)
  eachChance(shoppers, items, (bought, cell, again) => {
    happened[bought] = (happened[bought] as number) + again
    foretold[bought] = (foretold[bought] as number) + (share[cell] as number)
  })
  const chances = new Float64Array(item.length)
  for (let u = 0; u < columns.shoppers; u++) {
    const past = baskets[u] as number
    for (let e = start[u] as number; e < (start[u + 1] as number); e++) {
      const bought = item[e] as number
      const cell = cellOf(times[e] as number, past - (latest[e] as number), past)
      const comesBack =
        ((happened[bought] as number) + ITEM_DOUBT) / ((foretold[bought] as number) + ITEM_DOUBT)
      chances[e] = (share[cell] as number) * comesBack
    }
  }
  return chances
}

/** Every basket but a shopper's first asks of each item bought before: is it in this one again? */
function eachChance(
  shoppers: readonly Shopper[],
  items: number,
  visit: (item: number, cell: number, again: 0 | 1) => void,
): void {
  const times = new Uint32Array(items)
  const latest = new Uint32Array(items)
  const inBasket = new Int32Array(items).fill(-1)
  let stamp = 0
  for (const { baskets } of shoppers) {
    const known: number[] = []
    for (const [time, basket] of baskets.entries()) {
      stamp += 1
      for (const bought of basket) inBasket[bought] = stamp
      for (const bought of known) {
        const cell = cellOf(times[bought] as number, time - (latest[bought] as number), time)
        visit(bought, cell, inBasket[bought] === stamp ? 1 : 0)
      }
      for (const bought of new Set(basket)) {
        if (times[bought] === 0) known.push(bought)
        times[bought] = (times[bought] as number) + 1
        latest[bought] = time
      }
    }
    for (const bought of known) times[bought] = 0
  }
}

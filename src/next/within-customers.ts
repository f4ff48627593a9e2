// Does the add-on come in the ORDER of the anchor, or only to its CUSTOMERS? Who likes a department or a maker buys both
// of two products, in whichever order; a complement comes in the order of its anchor. So the customers who bought both
// are asked where they took the add-on: beside the anchor, or in another of their orders. By taste alone it falls on
// each place of their orders alike: with a places beside the anchor and b in other orders, beside it with the chance
// a / (a + b). An errand (who bakes buys for baking) favours the order of the anchor, so its places count ERRAND_ODDS
// times. Taste, popularity and large baskets cancel out: a test within customers, as in matched case-control studies
// (conditional logistic regression; Breslow & Day 1980, chapter 7), at fixed odds, with the normal distribution.
//
// What errands favour differs from one pair to the next, so the more is seen the less a small surplus says: the odds
// themselves have a spread (a normal random effect on their logarithm), which no number of orders makes smaller.
//
// Asked in two ways, and the clearer answer counts: the first time each customer took the add-on (a refill that they come
// back for alone says nothing against its first purchase), and every time (who takes both again and again says more; how
// many of a customer's orders hold both is then noncentral hypergeometric, given how many hold the one and the other).
// Comes in: pairs of product numbers, days that a pair is to be judged without (find-campaigns.ts), and orders customer by
// customer. Guests, and customers whose orders all hold the anchor, say nothing.

import { type DaysOut, openCustomerOrders } from './customer-orders.ts'

/** In the simulated shop things of one department that nobody planted come together at odds of 1.7; planted ones, 3.5. */
const ERRAND_ODDS = 1.75
/** Of their logarithm, from pair to pair: of 4,442 pairs there that nobody planted the middle half shows 0.26, chance aside. */
const ERRAND_SPREAD = 0.3
/** 99.9 % of a normal distribution: a shop has thousands of pairs that errands explain. */
const Z_SURE = 3.090232306167814
/** Of half a choice: counts are whole, the normal distribution is not. */
const DOUBT = 0.5

export type WithinCustomers = {
  /** Orders of these customers with both in the days in which the two were bought together far more often than else. */
  readonly ordersCampaign: number
  /** How often customers who bought both took the add-on, where they could have taken it beside the anchor or not. */
  readonly choices: number
  /** Of these, how often in an order with the anchor. */
  readonly choicesBeside: number
  /** The most of them that taste and errand explain, at 99.9 % certainty. */
  readonly choicesBesideMost: number
  /** How far the odds of errands were taken to differ from pair to pair; 0 where only the same odds for all are exceeded. */
  readonly errandSpread: number
}
export type Choices = Omit<WithinCustomers, 'ordersCampaign'>

export const NOBODY_CHOSE: WithinCustomers = {
  ...{ choices: 0, choicesBeside: 0, choicesBesideMost: 0, errandSpread: 0, ordersCampaign: 0 },
}

type Bound = Pick<Choices, 'choices' | 'choicesBeside' | 'choicesBesideMost'>

/** Would even all choices beside the anchor not exceed what taste and errand explain? */
export function cannotTell({ choices, choicesBesideMost }: Bound): boolean {
  return choicesBesideMost >= choices
}

/** More of them beside the anchor than taste and errand explain? */
export function exceedsTaste({ choicesBeside, choicesBesideMost }: Bound): boolean {
  return choicesBeside > choicesBesideMost
}

export type ProductPairs = { readonly anchor: ArrayLike<number>; readonly addOn: ArrayLike<number> }

export type WithinCount = {
  /** Different products of the customer's next order and its day, oldest order first. */
  addOrder(products: ArrayLike<number>, from: number, to: number, day: number): void
  endCustomer(): void
  /** By place in the list of pairs. */
  of(pair: number): Choices
}

/** `leftOut`: the days that a pair is judged without, by its place in the list. */
export function openWithinCount(
  productCount: number,
  pairs: ProductPairs,
  leftOut: (pair: number) => DaysOut | null = () => null,
): WithinCount {
  const { start, pairAt } = byAnchor(productCount, pairs)
  const first = emptyTally(pairAt.length)
  const every = emptyTally(pairAt.length)
  const customer = openCustomerOrders(productCount)
  const daysOut = Array.from(pairAt, (_, pair) => leftOut(pair))

  const addEvery = (pair: number, orders: number, times: number, both: number, chance: number): void => {
    if (times === 0 || times === orders) return
    const mean = meanBeside(orders, times, chance)
    addChoices(every, pair, times, both, mean, varianceBeside(orders, times, chance, mean))
  }
  const addFirst = (pair: number, isBeside: boolean, chance: number): void =>
    addChoices(first, pair, 1, isBeside ? 1 : 0, chance, chance * (1 - chance))

  function askAnchor(anchor: number): void {
    const [begin, end] = [start[anchor] as number, start[anchor + 1] as number]
    if (begin === end) return
    const ofAll = chanceBeside(customer.placesBeside(anchor), customer.placesElsewhere(anchor))
    if (ofAll === null) return
    for (let place = begin; place < end; place++) {
      const pair = pairAt[place] as number
      const addOn = pairs.addOn[pair] as number
      const times = customer.timesOf(addOn)
      if (times === 0) continue
      const days = daysOut[pair] ?? null
      if (days === null) {
        addFirst(pair, customer.firstIsBeside(addOn, anchor), ofAll)
        addEvery(pair, customer.count(), times, customer.ordersWithBoth(anchor, addOn), ofAll)
        continue
      }
      const left = customer.without(days, addOn, anchor)
      const chance = chanceBeside(left.placesBeside, left.placesElsewhere)
      if (chance === null) continue
      if (left.firstIsBeside !== null) addFirst(pair, left.firstIsBeside, chance)
      addEvery(pair, left.orders, left.times, left.withBoth, chance)
    }
  }

  return {
    addOrder: customer.add,
    endCustomer() {
      if (customer.close() > 1) for (const anchor of customer.different()) askAnchor(anchor)
      customer.clear()
    },
    of(pair) {
      const spread = clearer(weigh(first, pair, ERRAND_SPREAD), weigh(every, pair, ERRAND_SPREAD))
      if (exceedsTaste(spread)) return spread
      const alike = clearer(weigh(first, pair, 0), weigh(every, pair, 0))
      return exceedsTaste(alike) && !cannotTell(alike) ? alike : spread
    },
  }
}

/** `null` where there was no choice. */
function chanceBeside(beside: number, elsewhere: number): number | null {
  const favoured = beside * ERRAND_ODDS
  return favoured === 0 || elsewhere === 0 ? null : favoured / (favoured + elsewhere)
}

type Tally = {
  readonly choices: Uint32Array
  readonly beside: Uint32Array
  readonly expected: Float64Array
  readonly variance: Float64Array
}

function emptyTally(pairs: number): Tally {
  return {
    choices: new Uint32Array(pairs),
    beside: new Uint32Array(pairs),
    expected: new Float64Array(pairs),
    variance: new Float64Array(pairs),
  }
}

/**
 * Of a customer's orders, the share that holds the anchor (by places), and `times` of them with the add-on, at fixed
 * odds: how many hold both? The mean of the noncentral hypergeometric distribution by Cornfield's equation (1956).
 */
function meanBeside(orders: number, times: number, chance: number): number {
  if (times === 1) return chance
  const near = anchorsOf(orders, chance)
  const most = orders + (ERRAND_ODDS - 1) * (near + times)
  const root = Math.sqrt(most * most - 4 * ERRAND_ODDS * (ERRAND_ODDS - 1) * near * times)
  return (most - root) / (2 * (ERRAND_ODDS - 1))
}

/** Its variance: that of the four cells that it leaves. */
function varianceBeside(orders: number, times: number, chance: number, mean: number): number {
  if (times === 1) return chance * (1 - chance)
  const near = anchorsOf(orders, chance)
  const inverse = 1 / mean + 1 / (near - mean) + 1 / (times - mean) + 1 / (orders - near - times + mean)
  return orders / ((orders - 1) * inverse)
}

/** The orders with the anchor that the chance, odds taken off, stands for. */
function anchorsOf(orders: number, chance: number): number {
  const odds = chance / (1 - chance) / ERRAND_ODDS
  return (orders * odds) / (1 + odds)
}

function addChoices(
  tally: Tally,
  pair: number,
  choices: number,
  beside: number,
  mean: number,
  variance: number,
): void {
  tally.choices[pair] = (tally.choices[pair] as number) + choices
  tally.beside[pair] = (tally.beside[pair] as number) + beside
  tally.expected[pair] = (tally.expected[pair] as number) + mean
  tally.variance[pair] = (tally.variance[pair] as number) + variance
}

/** Of the two ways to ask. */
function clearer(once: Choices, always: Choices): Choices {
  if (cannotTell(always)) return once
  return cannotTell(once) || surplus(always) > surplus(once) ? always : once
}

function weigh({ choices, beside, expected, variance }: Tally, pair: number, errandSpread: number): Choices {
  if (choices[pair] === 0) return NOBODY_CHOSE
  const byChance = variance[pair] as number
  const spread = Math.sqrt(byChance + DOUBT + (errandSpread * byChance) ** 2)
  return {
    choices: choices[pair] as number,
    choicesBeside: beside[pair] as number,
    choicesBesideMost: (expected[pair] as number) + Z_SURE * spread,
    errandSpread,
  }
}

function surplus({ choicesBeside, choicesBesideMost }: Bound): number {
  return choicesBesideMost > 0 ? choicesBeside / choicesBesideMost : 0
}

/** The pairs of anchor `a` are `pairAt[start[a]]` to `pairAt[start[a + 1] - 1]`. */
function byAnchor(
  productCount: number,
  { anchor }: ProductPairs,
): { readonly start: Uint32Array; readonly pairAt: Uint32Array } {
  const start = new Uint32Array(productCount + 1)
  for (let pair = 0; pair < anchor.length; pair++) {
    const next = (anchor[pair] as number) + 1
    start[next] = (start[next] as number) + 1
  }
  for (let product = 0; product < productCount; product++)
    start[product + 1] = (start[product + 1] as number) + (start[product] as number)
  const next = start.slice()
  const pairAt = new Uint32Array(anchor.length)
  for (let pair = 0; pair < anchor.length; pair++) {
    const product = anchor[pair] as number
    pairAt[next[product] as number] = pair
    next[product] = (next[product] as number) + 1
  }
  return { start, pairAt }
}

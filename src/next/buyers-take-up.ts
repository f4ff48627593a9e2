// What do customers who bought a product take up for the first time lately? Comes in: the orders of one customer after
// another. Goes out: for a product x the orders in which its buyers came back, and in how many of them each other
// product was new to its buyer, newer ones counting more; the products taken up most, since the tail is what sells
// anyhow. A customer is one voice, shared among all that they bought: who buys everything says little about each.
// What can go wrong: a shop without known customers, or in which nobody came back lately, has no lists.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { TAKEN_UP_HALF_LIFE_DAYS } from './taken-up.ts'

/** Days after which a purchase counts half in what its buyer stands for. */
const BOUGHT_HALF_LIFE_DAYS = 90
/** What counts less is forgotten: take-ups after 86 days, purchases after 389. */
const WEIGHT_MIN = 0.05
/** Products kept per list. On Online Retail II, June to August 2011, 20 to 100 served equally well. */
export const TAKE_UPS_KEPT = 50
/** Of a product with more buyers every second, third … is asked: a share of 2 % is then known to within a sixth. */
const VOICES_MAX = 2000

export type BuyerOrder = {
  readonly day: number
  /** The order's are those from place `begin` to before `end`: orders of one array leave no views of it behind. */
  readonly products: ArrayLike<number>
  readonly begin: number
  /** What its customer had in no order before stands in front, to before this place. */
  readonly firstsEnd: number
  readonly end: number
}

/** Visits each known customer once, with all their orders, oldest first; the same at every call. */
export type EachBuyer = (visit: (orders: readonly BuyerOrder[]) => void) => void

export function nameTakeUp<From, To>(
  list: BuyersTakeUp<From> | null,
  nameOf: (product: From) => To,
): BuyersTakeUp<To> | null {
  return list && { ...list, products: list.products.map(nameOf) }
}

/**
 * By product: most first, of equals the smaller number; `null` where no buyer came back lately. Customers are walked
 * twice, to count and to fill, so that a purchase takes eight bytes.
 */
export function openBuyersTakeUp(
  productCount: number,
  today: number,
  eachBuyer: EachBuyer,
): (product: number) => BuyersTakeUp<number> | null {
  const { voices, comeBacks } = readBuyers(productCount, today, eachBuyer)
  const sums = new Float64Array(productCount)
  // Memory that is used again: a list of many products touches most of the shop.
  const touched = new Uint32Array(productCount + 1)
  return (product) => {
    let count = 0
    let orders = 0
    const [from, to] = [voices.start[product] ?? 0, voices.start[product + 1] ?? 0]
    const step = Math.max(1, Math.ceil((to - from) / VOICES_MAX))
    for (let voice = from; voice < to; voice += step) {
      const customer = voices.customer[voice] as number
      const share = voices.share[voice] as number
      orders += share * (comeBacks.orders[customer] as number)
      const end = comeBacks.start[customer + 1] as number
      for (let at = comeBacks.start[customer] as number; at < end; at++) {
        const taken = comeBacks.products[2 * at] as number
        const before = sums[taken] as number
        // Written each time, kept where it is new: no branch that the core would often guess wrong.
        touched[count] = taken
        count += before === 0 ? 1 : 0
        sums[taken] = before + share * (comeBacks.weights[2 * at + 1] as number)
      }
    }
    sums[product] = 0
    const all = touched.subarray(0, count)
    const list = orders > 0 ? mostTaken(all, sums, orders) : null
    for (const taken of all) sums[taken] = 0
    return list
  }
}

/** The voices on product `p` are those from `start[p]` to `start[p + 1] - 1`. */
type Voices = { readonly start: Uint32Array; readonly customer: Uint32Array; readonly share: Float32Array }
/**
 * What customer `c` took up lately, the same way, and the weight of the orders in which they came back. A product and its
 * weight lie side by side, at twice the place: customers of a product lie far apart, and each distant read costs.
 */
type ComeBacks = {
  readonly start: Uint32Array
  readonly products: Uint32Array
  /** The same memory. */
  readonly weights: Float32Array
  readonly orders: Float64Array
}

function readBuyers(
  productCount: number,
  today: number,
  eachBuyer: EachBuyer,
): { readonly voices: Voices; readonly comeBacks: ComeBacks } {
  const eachVoice = openVoices(productCount, today)
  const start = new Uint32Array(productCount + 1)
  let customers = 0
  let takeUps = 0
  eachBuyer((orders) => {
    const taken = eachTakeUp(orders, today, () => undefined)
    if (taken.count === 0) return
    customers += 1
    takeUps += taken.count
    eachVoice(orders, (product) => {
      start[product + 1] = (start[product + 1] as number) + 1
    })
  })
  for (let product = 0; product < productCount; product++)
    start[product + 1] = (start[product + 1] as number) + (start[product] as number)
  const spoken = start[productCount] as number
  const voices = { start, customer: new Uint32Array(spoken), share: new Float32Array(spoken) }
  const pairs = new ArrayBuffer(takeUps * 8)
  const comeBacks = {
    start: new Uint32Array(customers + 1),
    products: new Uint32Array(pairs),
    weights: new Float32Array(pairs),
    orders: new Float64Array(customers),
  }
  const next = start.slice(0, productCount)
  let customer = 0
  let at = 0
  eachBuyer((orders) => {
    const taken = eachTakeUp(orders, today, (product, weight) => {
      comeBacks.products[2 * at] = product
      comeBacks.weights[2 * at + 1] = weight
      at += 1
    })
    if (taken.count === 0) return
    eachVoice(orders, (product, share) => {
      const voice = next[product] as number
      voices.customer[voice] = customer
      voices.share[voice] = share
      next[product] = voice + 1
    })
    comeBacks.orders[customer] = taken.orders
    customer += 1
    comeBacks.start[customer] = at
  })
  return { voices, comeBacks }
}

/** Visits what the customer took up lately; goes out how much that was, and the weight of these orders. */
function eachTakeUp(
  orders: readonly BuyerOrder[],
  today: number,
  visit: (product: number, weight: number) => void,
): { readonly count: number; readonly orders: number } {
  let [count, weightSum] = [0, 0]
  for (let place = orders.length - 1; place > 0; place--) {
    const { day, products, begin, firstsEnd } = orders[place] as BuyerOrder
    const weight = 2 ** ((day - today) / TAKEN_UP_HALF_LIFE_DAYS)
    if (weight < WEIGHT_MIN) break
    weightSum += weight
    count += firstsEnd - begin
    for (let at = begin; at < firstsEnd; at++) visit(products[at] as number, weight)
  }
  return { count, orders: weightSum }
}

/** One voice, shared among the customer's products by how lately each was bought. */
function openVoices(productCount: number, today: number) {
  const lastBought = new Float64Array(productCount)
  const touched: number[] = []
  return (orders: readonly BuyerOrder[], visit: (product: number, share: number) => void): void => {
    let sum = 0
    for (let place = orders.length - 1; place >= 0; place--) {
      const { day, products, begin, end } = orders[place] as BuyerOrder
      const weight = 2 ** ((day - today) / BOUGHT_HALF_LIFE_DAYS)
      if (weight < WEIGHT_MIN) break
      for (let at = begin; at < end; at++) {
        const product = products[at] as number
        if (lastBought[product] !== 0) continue
        lastBought[product] = weight
        sum += weight
        touched.push(product)
      }
    }
    for (const product of touched) {
      visit(product, (lastBought[product] as number) / sum)
      lastBought[product] = 0
    }
    touched.length = 0
  }
}

function mostTaken(touched: Uint32Array, sums: Float64Array, orders: number): BuyersTakeUp<number> {
  const best = new Uint32Array(TAKE_UPS_KEPT + 1)
  let size = 0
  let least = 0
  for (const product of touched) {
    const sum = sums[product] as number
    // What was taken up has a sum above 0; the product itself has none any more.
    if (sum === 0 || sum < least) continue
    let at = size
    for (; at > 0; at--) {
      const other = best[at - 1] as number
      const gap = sum - (sums[other] as number)
      if (gap < 0 || (gap === 0 && product > other)) break
      best[at] = other
    }
    best[at] = product
    size = Math.min(size + 1, TAKE_UPS_KEPT)
    if (size === TAKE_UPS_KEPT) least = sums[best[size - 1] as number] as number
  }
  const products = [...best.subarray(0, size)]
  return { orders, products, amounts: products.map((product) => sums[product] as number) }
}

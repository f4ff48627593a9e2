// What do customers who bought a product take up for the first time lately? Comes in: the orders of one customer after
// another. Goes out: for a product x the orders in which its buyers came back, and in how many of them each other
// product was new to its buyer, newer ones counting more; the products taken up most, since the tail is what sells anyhow. A
// customer is one voice, shared among all that they bought: who buys everything says little about each. What can go
// wrong: a shop without known customers, or in which nobody came back lately, has no lists.

import type { BuyersTakeUp } from '../domain/plan.ts'
import { TAKEN_UP_HALF_LIFE_DAYS } from './taken-up.ts'

/** Days after which a purchase counts half in what its buyer stands for. */
const BOUGHT_HALF_LIFE_DAYS = 90
/** What counts less is forgotten: take-ups after 86 days, purchases after 389. */
const WEIGHT_MIN = 0.05
/** Products kept per list. On Online Retail II, June to August 2011, 20 to 100 served equally well. */
export const TAKE_UPS_KEPT = 50

export type BuyerOrder = {
  readonly day: number
  readonly products: ArrayLike<number>
  /** So many of them, in front, had their customer in no order before. */
  readonly firsts: number
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
 * twice, so that a purchase takes eight bytes.
 */
export function openBuyersTakeUp(
  productCount: number,
  today: number,
  eachBuyer: EachBuyer,
): (product: number) => BuyersTakeUp<number> | null {
  const voices = readVoices(productCount, today, eachBuyer)
  const customers = readComeBacks(today, eachBuyer)
  const sums = new Float64Array(productCount)
  return (product) => {
    const touched: number[] = []
    let orders = 0
    const end = voices.start[product + 1] ?? 0
    for (let voice = voices.start[product] ?? 0; voice < end; voice++) {
      const customer = customers[voices.customer[voice] as number] as Customer
      const share = voices.share[voice] as number
      orders += share * customer.orders
      for (let at = 0; at < customer.products.length; at++) {
        const taken = customer.products[at] as number
        if (taken === product) continue
        if (sums[taken] === 0) touched.push(taken)
        sums[taken] = (sums[taken] as number) + share * (customer.weights[at] as number)
      }
    }
    const list = orders > 0 ? mostTaken(touched, sums, orders) : null
    for (const taken of touched) sums[taken] = 0
    return list
  }
}

/** What a customer took up in the orders in which they came back lately. */
type Customer = {
  readonly orders: number
  readonly products: Uint32Array
  readonly weights: Float32Array
}

function readComeBacks(today: number, eachBuyer: EachBuyer): readonly Customer[] {
  const customers: Customer[] = []
  eachBuyer((orders) => {
    if (!tookUp(orders, today)) return
    const products: number[] = []
    const weights: number[] = []
    let weightSum = 0
    for (let place = orders.length - 1; place > 0; place--) {
      const order = orders[place] as BuyerOrder
      const weight = takeUpWeight(order, today)
      if (weight < WEIGHT_MIN) break
      weightSum += weight
      for (let line = 0; line < order.firsts; line++) {
        products.push(order.products[line] as number)
        weights.push(weight)
      }
    }
    customers.push({
      orders: weightSum,
      products: Uint32Array.from(products),
      weights: Float32Array.from(weights),
    })
  })
  return customers
}

/** Who took up nothing lately says nothing. */
function tookUp(orders: readonly BuyerOrder[], today: number): boolean {
  for (let place = orders.length - 1; place > 0; place--) {
    const order = orders[place] as BuyerOrder
    if (takeUpWeight(order, today) < WEIGHT_MIN) return false
    if (order.firsts > 0) return true
  }
  return false
}

function takeUpWeight({ day }: BuyerOrder, today: number): number {
  return 2 ** ((day - today) / TAKEN_UP_HALF_LIFE_DAYS)
}

/** The voices on product `p` are those from `start[p]` to `start[p + 1] - 1`. */
type Voices = { readonly start: Uint32Array; readonly customer: Uint32Array; readonly share: Float32Array }

function readVoices(productCount: number, today: number, eachBuyer: EachBuyer): Voices {
  const start = new Uint32Array(productCount + 1)
  const eachVoice = openVoices(productCount, today)
  eachBuyer((orders) => {
    eachVoice(orders, (product) => {
      start[product + 1] = (start[product + 1] as number) + 1
    })
  })
  for (let product = 0; product < productCount; product++)
    start[product + 1] = (start[product + 1] as number) + (start[product] as number)
  const next = start.slice(0, productCount)
  const customer = new Uint32Array(start[productCount] as number)
  const share = new Float32Array(customer.length)
  let customers = 0
  eachBuyer((orders) => {
    const spoke = eachVoice(orders, (product, itsShare) => {
      const voice = next[product] as number
      customer[voice] = customers
      share[voice] = itsShare
      next[product] = voice + 1
    })
    if (spoke) customers += 1
  })
  return { start, customer, share }
}

/** One voice, shared among the customer's products by how lately each was bought; false where there is none. */
function openVoices(productCount: number, today: number) {
  const lastBought = new Float64Array(productCount)
  const touched: number[] = []
  return (orders: readonly BuyerOrder[], visit: (product: number, share: number) => void): boolean => {
    if (!tookUp(orders, today)) return false
    let sum = 0
    for (let place = orders.length - 1; place >= 0; place--) {
      const { day, products } = orders[place] as BuyerOrder
      const weight = 2 ** ((day - today) / BOUGHT_HALF_LIFE_DAYS)
      if (weight < WEIGHT_MIN) break
      for (let line = 0; line < products.length; line++) {
        const product = products[line] as number
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
    return true
  }
}

function mostTaken(touched: readonly number[], sums: Float64Array, orders: number): BuyersTakeUp<number> {
  const before = (one: number, other: number): boolean => {
    const gap = (sums[one] as number) - (sums[other] as number)
    return gap !== 0 ? gap > 0 : one < other
  }
  const products: number[] = []
  for (const product of touched) {
    if (products.length === TAKE_UPS_KEPT && !before(product, products.at(-1) as number)) continue
    let at = products.length
    while (at > 0 && before(product, products[at - 1] as number)) at -= 1
    products.splice(at, 0, product)
    if (products.length > TAKE_UPS_KEPT) products.pop()
  }
  return { orders, products, amounts: products.map((product) => sums[product] as number) }
}

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

export type BuyersTakeUpCount = {
  /** All orders of one customer, oldest first. */
  add(orders: readonly BuyerOrder[]): void
  /** Once all customers were added; most first, of equals the smaller number. `null`: no buyer came back lately. */
  of(product: number): BuyersTakeUp<number> | null
}

export function nameTakeUp<From, To>(
  list: BuyersTakeUp<From> | null,
  nameOf: (product: From) => To,
): BuyersTakeUp<To> | null {
  return list && { ...list, products: list.products.map(nameOf) }
}

export function openBuyersTakeUp(productCount: number, today: number): BuyersTakeUpCount {
  const voices: Voices = { product: [], customer: [], share: [] }
  const customers: Customer[] = []
  const lastBought = new Float64Array(productCount)
  const sums = new Float64Array(productCount)
  let index: { readonly start: Uint32Array; readonly at: Uint32Array } | null = null
  return {
    add(orders) {
      const cameBack = comeBacks(orders, today)
      if (cameBack !== null) {
        addVoices(orders, today, lastBought, customers.length, voices)
        customers.push(cameBack)
      }
    },
    of(product) {
      index ??= indexVoices(voices, productCount)
      const from = index.start[product] ?? 0
      const to = index.start[product + 1] ?? 0
      const touched: number[] = []
      let orders = 0
      for (let place = from; place < to; place++) {
        const voice = index.at[place] as number
        const customer = customers[voices.customer[voice] as number]
        if (customer === undefined) continue
        const share = voices.share[voice] as number
        orders += share * customer.orders
        for (const [at, taken] of customer.products.entries()) {
          if (taken === product) continue
          if (sums[taken] === 0) touched.push(taken)
          sums[taken] = (sums[taken] as number) + share * (customer.weights[at] as number)
        }
      }
      const list = orders > 0 ? mostTaken(touched, sums, orders) : null
      for (const taken of touched) sums[taken] = 0
      return list
    },
  }
}

type Voices = { readonly product: number[]; readonly customer: number[]; readonly share: number[] }

/** What a customer took up in the orders in which they came back lately. */
type Customer = {
  readonly orders: number
  readonly products: readonly number[]
  readonly weights: readonly number[]
}

function comeBacks(orders: readonly BuyerOrder[], today: number): Customer | null {
  const products: number[] = []
  const weights: number[] = []
  let weightSum = 0
  for (let place = orders.length - 1; place > 0; place--) {
    const order = orders[place] as BuyerOrder
    const weight = 2 ** ((order.day - today) / TAKEN_UP_HALF_LIFE_DAYS)
    if (weight < WEIGHT_MIN) break
    weightSum += weight
    for (let line = 0; line < order.firsts; line++) {
      products.push(order.products[line] as number)
      weights.push(weight)
    }
  }
  return products.length === 0 ? null : { orders: weightSum, products, weights }
}

/** One voice, shared among the customer's products by how lately each was bought. */
function addVoices(
  orders: readonly BuyerOrder[],
  today: number,
  lastBought: Float64Array,
  customer: number,
  voices: Voices,
): void {
  const from = voices.product.length
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
      voices.product.push(product)
      voices.customer.push(customer)
      voices.share.push(weight)
    }
  }
  for (let voice = from; voice < voices.product.length; voice++) {
    lastBought[voices.product[voice] as number] = 0
    voices.share[voice] = (voices.share[voice] as number) / sum
  }
}

function indexVoices({ product }: Voices, productCount: number): { start: Uint32Array; at: Uint32Array } {
  const start = new Uint32Array(productCount + 1)
  for (const one of product) start[one + 1] = (start[one + 1] as number) + 1
  for (let one = 0; one < productCount; one++)
    start[one + 1] = (start[one + 1] as number) + (start[one] as number)
  const next = start.slice(0, productCount)
  const at = new Uint32Array(product.length)
  for (const [voice, one] of product.entries()) {
    at[next[one] as number] = voice
    next[one] = (next[one] as number) + 1
  }
  return { start, at }
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

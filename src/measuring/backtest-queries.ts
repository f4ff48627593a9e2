// The questions that a backtest asks of each test order. Comes in: the orders, the day of the split, a seeded random.
// Goes out: what is known and what would have been right. Pure; the same seed asks the same questions.
//
//   completion     one random product of the order is known; right is any other product of it
//   leave-one-out  all but one random product are known; right is that one; orders of at most 60 products
//   next-order     the whole order is known; right is what this customer first buys in the next order within 30 days
//
// With `newOnly`, the first two ask only for products that this customer had in no order of an earlier day.

import type { Random } from '../stats/seeded-random.ts'
import type { ReplayOrder } from './replay.ts'

export const questions = ['completion', 'leave-one-out', 'next-order'] as const
export type Question = (typeof questions)[number]

const LEAVE_ONE_OUT_PRODUCTS_MAX = 60
const NEXT_ORDER_DAYS = 30

export type BacktestQuery = {
  readonly order: ReplayOrder
  /** Products that the method may look at. */
  readonly known: readonly number[]
  readonly truth: ReadonlySet<number>
  /** Products that do not count as an answer: what is known and, for the next order, what the customer has had. */
  readonly excluded: ReadonlySet<number>
}

export function makeQueries(
  orders: readonly ReplayOrder[],
  asked: { readonly question: Question; readonly newOnly: boolean; readonly splitDay: number },
  random: Random,
): BacktestQuery[] {
  const { question, newOnly, splitDay } = asked
  if (question === 'next-order') return nextOrderQueries(orders, splitDay)
  const queries: BacktestQuery[] = []
  const hadBefore = openEarlierProducts()
  for (const order of orders) {
    const had = hadBefore(order)
    if (order.day < splitDay || order.lines.length < 2) continue
    if (question === 'leave-one-out' && order.lines.length > LEAVE_ONE_OUT_PRODUCTS_MAX) continue
    const products = order.lines.map((line) => line.product)
    const drawn = products[Math.floor(random() * products.length)] ?? 0
    const rest = products.filter((product) => product !== drawn)
    const known = question === 'completion' ? [drawn] : rest
    const right = question === 'completion' ? rest : [drawn]
    const truth = new Set(newOnly ? right.filter((product) => !had.has(product)) : right)
    const excluded = new Set(newOnly ? [...known, ...had] : known)
    if (truth.size > 0) queries.push({ order, known, truth, excluded })
  }
  return queries
}

/** What the order's customer had in orders of earlier days; orders come in the sequence of their days. */
function openEarlierProducts(): (order: ReplayOrder) => ReadonlySet<number> {
  const customers = new Map<number, { day: number; readonly had: Set<number>; today: number[] }>()
  return ({ customer, day, lines }) => {
    if (customer === null) return new Set()
    const own = customers.get(customer) ?? { day, had: new Set<number>(), today: [] }
    customers.set(customer, own)
    if (own.day < day) {
      for (const product of own.today) own.had.add(product)
      own.today = []
      own.day = day
    }
    for (const line of lines) own.today.push(line.product)
    return own.had
  }
}

function nextOrderQueries(orders: readonly ReplayOrder[], splitDay: number): BacktestQuery[] {
  const byCustomer = new Map<number, ReplayOrder[]>()
  for (const order of orders) {
    if (order.customer === null) continue
    const own = byCustomer.get(order.customer)
    if (own === undefined) byCustomer.set(order.customer, [order])
    else own.push(order)
  }
  const queries: BacktestQuery[] = []
  for (const own of byCustomer.values()) {
    const had = new Set<number>()
    for (const [place, order] of own.entries()) {
      for (const line of order.lines) had.add(line.product)
      if (order.day < splitDay) continue
      const next = own.slice(place + 1).find((later) => later.day > order.day)
      if (next === undefined || next.day - order.day > NEXT_ORDER_DAYS) continue
      const truth = new Set(next.lines.map((line) => line.product).filter((product) => !had.has(product)))
      const known = order.lines.map((line) => line.product)
      if (truth.size > 0) queries.push({ order, known, truth, excluded: new Set(had) })
    }
  }
  return queries.sort((one, other) => one.order.day - other.order.day)
}

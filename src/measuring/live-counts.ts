// Pair counts as they stood on the morning of any day: the backtest feeds the orders of one day after another and asks
// in between. Definitions are those of the counting kernel (docs/methods.md): within an order, distinct orders; later,
// first purchase to first purchase of the same customer within the window. Weights are decayed by age and down-weighted
// for large baskets; they are kept relative to a fixed first day, so that decay multiplies every sum alike.

import { openTakenUpCount } from '../next/taken-up.ts'
import { basketWeight } from '../stats/basket-weight.ts'
import { openPairRow, type PairRow } from './pair-row.ts'

export type DayOrder = {
  /** `null` for a guest. */
  readonly customer: number | null
  readonly day: number
  /** Distinct. */
  readonly products: readonly number[]
}

export type LiveCounts = {
  /** Adds one order; orders come in the order of their days. */
  add(order: DayOrder): void
  readonly orders: number
  readonly lines: number
  /** Sum of the weights of all orders, as of a day. */
  ordersWeight(day: number): number
  ordersOf(product: number): number
  ordersWeightOf(product: number, day: number): number
  customersOf(product: number): number
  repeatCustomersOf(product: number): number
  /** Add-ons seen in one order with the anchor; `weight` as of the day. */
  eachTogether(
    anchor: number,
    day: number,
    visit: (addOn: number, count: number, weight: number) => void,
  ): void
  /** Add-ons that customers first bought within the window after the anchor. */
  eachLater(anchor: number, visit: (addOn: number, customers: number) => void): void
  laterOf(anchor: number, addOn: number): number
  /** Basket sizes of the anchor's orders: size → how many. */
  basketSizesOf(anchor: number): ReadonlyMap<number, number>
  firstPurchasesWithinWindowAfter(anchor: number): number
  /** Share of the later orders of customers that took it up for the first time lately. */
  takenUp(product: number): number
}

export function openLiveCounts(settings: {
  readonly firstDay: number
  readonly halfLifeDays: number
  readonly windowDays: number
}): LiveCounts {
  const { firstDay, halfLifeDays, windowDays } = settings
  const rise = (day: number): number => 2 ** ((day - firstDay) / halfLifeDays)
  const rows = new Map<number, PairRow>()
  const laterRows = new Map<number, PairRow>()
  const margins = new Map<number, Margin>()
  const customers = new Map<number, Map<number, { firstDay: number; lastDay: number; repeated: boolean }>>()
  const upTaken = openTakenUpCount(firstDay)
  let orders = 0
  let lines = 0
  let weightSum = 0

  const marginOf = (product: number): Margin => {
    const known = margins.get(product)
    if (known !== undefined) return known
    const fresh: Margin = {
      orders: 0,
      weight: 0,
      customers: 0,
      repeatCustomers: 0,
      sizes: new Map(),
      laterSum: 0,
    }
    margins.set(product, fresh)
    return fresh
  }

  function addBasket({ day, products }: DayOrder): void {
    const size = products.length
    const weight = rise(day) * basketWeight(size)
    orders += 1
    lines += size
    weightSum += weight
    for (const anchor of products) {
      const margin = marginOf(anchor)
      margin.orders += 1
      margin.weight += weight
      margin.sizes.set(size, (margin.sizes.get(size) ?? 0) + 1)
      const row = rowOf(rows, anchor)
      for (const addOn of products) if (addOn !== anchor) row.add(addOn, 1, weight)
    }
  }

  function addCustomer(customer: number, { day, products }: DayOrder): void {
    const known = customers.get(customer)
    const owned = known ?? new Map()
    customers.set(customer, owned)
    const fresh = products.filter((product) => !owned.has(product))
    if (known !== undefined) upTaken.add(day, fresh)
    for (const [anchor, { firstDay: since }] of owned) {
      const gap = day - since
      if (gap <= 0 || gap > windowDays || fresh.length === 0) continue
      const row = rowOf(laterRows, anchor)
      for (const product of fresh) row.add(product, 1, 0)
      marginOf(anchor).laterSum += fresh.length
    }
    for (const product of products) {
      const had = owned.get(product)
      if (had === undefined) {
        owned.set(product, { firstDay: day, lastDay: day, repeated: false })
        marginOf(product).customers += 1
      } else if (had.lastDay < day) {
        if (!had.repeated) marginOf(product).repeatCustomers += 1
        owned.set(product, { firstDay: had.firstDay, lastDay: day, repeated: true })
      }
    }
  }

  return {
    add(order) {
      addBasket(order)
      if (order.customer !== null) addCustomer(order.customer, order)
    },
    get orders() {
      return orders
    },
    get lines() {
      return lines
    },
    ordersWeight: (day) => weightSum / rise(day),
    ordersOf: (product) => margins.get(product)?.orders ?? 0,
    ordersWeightOf: (product, day) => (margins.get(product)?.weight ?? 0) / rise(day),
    customersOf: (product) => margins.get(product)?.customers ?? 0,
    repeatCustomersOf: (product) => margins.get(product)?.repeatCustomers ?? 0,
    eachTogether(anchor, day, visit) {
      const scale = 1 / rise(day)
      rows.get(anchor)?.each((addOn, count, weight) => {
        visit(addOn, count, weight * scale)
      })
    },
    eachLater(anchor, visit) {
      laterRows.get(anchor)?.each((addOn, count) => {
        visit(addOn, count)
      })
    },
    laterOf: (anchor, addOn) => laterRows.get(anchor)?.count(addOn) ?? 0,
    basketSizesOf: (anchor) => margins.get(anchor)?.sizes ?? new Map(),
    takenUp: (product) => upTaken.share(product),
    firstPurchasesWithinWindowAfter: (anchor) => margins.get(anchor)?.laterSum ?? 0,
  }
}

type Margin = {
  orders: number
  weight: number
  customers: number
  repeatCustomers: number
  readonly sizes: Map<number, number>
  laterSum: number
}

function rowOf(rows: Map<number, PairRow>, anchor: number): PairRow {
  const known = rows.get(anchor)
  if (known !== undefined) return known
  const fresh = openPairRow()
  rows.set(anchor, fresh)
  return fresh
}

// Builds the columns that the counting kernel reads. Goes in: chunks of order lines (order, customer, day, product),
// the lines of an order one after another, orders in any sequence. Comes out: HistoryColumns. A product that stands
// twice in an order counts once; a basket above the cap keeps a seeded sample, and the result says how many did. An
// order whose lines are torn apart would count as two: sort by order before. Wrong lengths or ids fail an assert.

import type { Parallel } from '../ports/parallel.ts'
import { arrangeOrders } from './arrange-orders.ts'
import { type ArrivedPart, appendOrder, emptyParts, grown, partOf } from './arrived-orders.ts'
import { GUEST, type HistoryColumns } from './history-columns.ts'
import { rankByOrders } from './rank-by-orders.ts'

export type HistoryLines = {
  readonly count: number
  /** Any number that differs between neighbouring orders. */
  readonly order: ArrayLike<number>
  /** Dense from 0, or GUEST (or -1). */
  readonly customer: ArrayLike<number>
  /** Days since 1970-01-01, UTC. */
  readonly day: ArrayLike<number>
  /** Dense from 0. */
  readonly product: ArrayLike<number>
}

export type HistorySettings = {
  /** Half-life of an order's weight in days; without it age does not matter. */
  readonly halfLifeDays?: number
  /** Baskets with more different products than this are sampled down to it. */
  readonly largestBasket?: number
  readonly seed?: number
  /** Products that exist even if no line names them. */
  readonly productCount?: number
  /** The day from which ages are counted; without it the history's last day. */
  readonly asOfDay?: number
}

export type HistoryBuilder = {
  addLines(lines: HistoryLines): void
  finish(parallel: Pick<Parallel, 'run'>): Promise<HistoryColumns>
}

type Arrived = {
  readonly parts: readonly ArrivedPart[]
  orders: number
  lastDay: number
  productCount: number
  customerCount: number
  /** How many orders hold each product. */
  ordersOf: Uint32Array<ArrayBuffer>
  sampledOrders: number
  sampledLinesLeftOut: number
}

export function buildHistoryColumns(settings: HistorySettings = {}): HistoryBuilder {
  const { largestBasket = 1000, seed = 1 } = settings
  const arrived = nothingArrived(settings.productCount ?? 0)
  let basket = new Uint32Array(64)
  let basketSize = 0
  let currentOrder: number | undefined
  let currentCustomer = GUEST
  let currentDay = 0
  let seenInOrder = new Uint32Array(1024)

  function closeOrder(): void {
    if (currentOrder === undefined) return
    const kept = keepSample(basket.subarray(0, basketSize), largestBasket, seed, arrived.orders)
    if (kept.length < basketSize) {
      arrived.sampledOrders += 1
      arrived.sampledLinesLeftOut += basketSize - kept.length
    }
    countOrder(arrived, currentCustomer, currentDay, kept)
    appendOrder(partOf(arrived.parts, currentCustomer, arrived.orders), currentCustomer, currentDay, kept)
    arrived.orders += 1
    basketSize = 0
    currentOrder = undefined
  }

  function addLines(lines: HistoryLines): void {
    for (let i = 0; i < lines.count; i++) {
      const order = lines.order[i] as number
      const customer = (lines.customer[i] as number) >>> 0
      const day = lines.day[i] as number
      const product = lines.product[i] as number
      if (order !== currentOrder || customer !== currentCustomer || day !== currentDay) {
        closeOrder()
        currentOrder = order
        currentCustomer = customer
        currentDay = day
      }
      if (product >= seenInOrder.length) seenInOrder = grown(seenInOrder, product + 1)
      const stamp = arrived.orders + 1
      if (seenInOrder[product] === stamp) continue
      seenInOrder[product] = stamp
      if (basketSize === basket.length) basket = grown(basket, basketSize + 1)
      basket[basketSize++] = product
      if (product >= arrived.productCount) arrived.productCount = product + 1
    }
  }

  async function finish(parallel: Pick<Parallel, 'run'>): Promise<HistoryColumns> {
    closeOrder()
    return await arrange(arrived, settings, parallel)
  }

  return { addLines, finish }
}

function nothingArrived(productCount: number): Arrived {
  return {
    parts: emptyParts(),
    orders: 0,
    lastDay: Number.NEGATIVE_INFINITY,
    productCount,
    customerCount: 0,
    ordersOf: new Uint32Array(Math.max(1024, productCount)),
    sampledOrders: 0,
    sampledLinesLeftOut: 0,
  }
}

function countOrder(arrived: Arrived, customer: number, day: number, products: Uint32Array): void {
  arrived.lastDay = Math.max(arrived.lastDay, day)
  if (customer !== GUEST && customer >= arrived.customerCount) arrived.customerCount = customer + 1
  if (arrived.productCount > arrived.ordersOf.length)
    arrived.ordersOf = grown(arrived.ordersOf, arrived.productCount)
  const { ordersOf } = arrived
  for (let i = 0; i < products.length; i++) {
    const product = products[i] as number
    ordersOf[product] = (ordersOf[product] as number) + 1
  }
}

/** Of a basket above the cap, the products with the smallest seeded hash: the same ones however the lines stood. */
function keepSample(basket: Uint32Array, cap: number, seed: number, order: number): Uint32Array {
  if (basket.length <= cap) return basket
  const salt = mix(seed ^ mix(order + 1))
  return Uint32Array.from(basket)
    .sort((a, b) => mix(a ^ salt) - mix(b ^ salt) || a - b)
    .slice(0, cap)
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

async function arrange(
  arrived: Arrived,
  settings: HistorySettings,
  parallel: Pick<Parallel, 'run'>,
): Promise<HistoryColumns> {
  const { parts, orders, productCount, customerCount, sampledOrders, sampledLinesLeftOut } = arrived
  const lineCount = parts.reduce((sum, { lines }) => sum + lines, 0)
  const lastDay = orders === 0 ? 0 : arrived.lastDay
  const ranks = rankByOrders(arrived.ordersOf, productCount)
  const { asOfDay = lastDay, halfLifeDays } = settings
  const ages = { rankOf: ranks.rankOf, customerCount, asOfDay, halfLifeDays }
  const records = await arrangeOrders(parts, ages, parallel)
  return {
    ...{ productCount, customerCount, orderCount: orders, lineCount },
    ...{ records, recordWeights: new Float32Array(records.buffer) },
    ...{ ...ranks, lastDay, sampledOrders, sampledLinesLeftOut },
  }
}

// Builds the columns that the counting kernel reads. Goes in: chunks of order lines (order, customer, day, product),
// the lines of an order one after another, orders in any sequence. Comes out: HistoryColumns. A product that stands
// twice in an order counts once; a basket above the cap keeps a seeded sample, and the result says how many did. An
// order whose lines are torn apart would count as two: sort by order before. Wrong lengths or ids fail an assert.

import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import { rankByOrders } from './rank-by-orders.ts'
import { sortOrders } from './sort-orders.ts'
import { weighOrder } from './weigh-order.ts'

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
  finish(): HistoryColumns
}

/** How many orders are looked up before the first of them is copied. */
const AHEAD = 32

const BLOCK_BITS = 18
const BLOCK = 1 << BLOCK_BITS

/** What has arrived, in arrival order: orders as growing columns, lines in blocks that are given back one by one. */
type Arrived = {
  orders: number
  lines: number
  start: Uint32Array<ArrayBuffer>
  customer: Uint32Array<ArrayBuffer>
  day: Int32Array
  readonly blocks: Uint32Array<ArrayBuffer>[]
  productCount: number
  customerCount: number
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
    appendOrder(arrived, currentCustomer, currentDay, kept)
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

  function finish(): HistoryColumns {
    closeOrder()
    return arrange(arrived, settings)
  }

  return { addLines, finish }
}

function nothingArrived(productCount: number): Arrived {
  return {
    orders: 0,
    lines: 0,
    start: new Uint32Array(1024),
    customer: new Uint32Array(1024),
    day: new Int32Array(1024),
    blocks: [],
    productCount,
    customerCount: 0,
    sampledOrders: 0,
    sampledLinesLeftOut: 0,
  }
}

function appendOrder(arrived: Arrived, customer: number, day: number, products: Uint32Array): void {
  const order = arrived.orders
  if (order + 1 >= arrived.start.length) {
    arrived.start = grown(arrived.start, order + 2)
    arrived.customer = grown(arrived.customer, order + 2)
    arrived.day = grownDays(arrived.day, order + 2)
  }
  arrived.customer[order] = customer
  arrived.day[order] = day
  if (customer !== GUEST && customer >= arrived.customerCount) arrived.customerCount = customer + 1
  let at = arrived.lines
  for (let i = 0; i < products.length; i++, at++) {
    const inBlock = at & (BLOCK - 1)
    if (inBlock === 0) arrived.blocks.push(new Uint32Array(BLOCK))
    const block = arrived.blocks[at >>> BLOCK_BITS] as Uint32Array
    block[inBlock] = products[i] as number
  }
  arrived.lines = at
  arrived.orders = order + 1
  arrived.start[order + 1] = at
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

/** Puts the orders in their final sequence and gives back what arrived. */
function arrange(arrived: Arrived, settings: HistorySettings): HistoryColumns {
  const { orders, productCount, customerCount, start, blocks } = arrived
  const sequence = sortOrders(arrived.customer, arrived.day, orders, customerCount)
  const ranks = rankByOrders(blocks, arrived.lines, productCount)
  const memory = new SharedArrayBuffer((arrived.lines + orders * RECORD.ranks) * 4)
  const records = new Uint32Array(memory)
  const recordWeights = new Float32Array(memory)
  const lastDay = latestDay(arrived.day, orders)
  const asOfDay = settings.asOfDay ?? lastDay
  const seenBy = new Uint32Array(productCount)
  let at = 0
  for (let o = 0; o < orders; o++) {
    const from = sequence === undefined ? o : (sequence[o] as number)
    if (sequence !== undefined && o % AHEAD === 0)
      lookAhead(arrived, sequence, o, Math.min(orders, o + AHEAD))
    const begin = start[from] as number
    const end = start[from + 1] as number
    const customer = arrived.customer[from] as number
    const day = arrived.day[from] as number
    records[at + RECORD.customer] = customer
    records[at + RECORD.day] = day
    records[at + RECORD.size] = end - begin
    recordWeights[at + RECORD.weight] = weighOrder(asOfDay - day, end - begin, settings.halfLifeDays)
    const firsts = copyLines(blocks, begin, end, ranks.rankOf, records, at + RECORD.ranks, seenBy, customer)
    records[at + RECORD.firsts] = firsts
    at += RECORD.ranks + end - begin
  }
  const lineCount = arrived.lines
  for (const block of blocks) block.buffer.transfer(0)
  blocks.length = 0
  const { sampledOrders, sampledLinesLeftOut } = arrived
  return {
    ...{ productCount, customerCount, orderCount: orders, lineCount, records, recordWeights },
    ...{ ...ranks, lastDay, sampledOrders, sampledLinesLeftOut },
  }
}

/** Reads the beginnings of the next orders at once: they lie far apart, and a core waits for all as long as for one. */
function lookAhead({ start, blocks }: Arrived, sequence: Uint32Array, from: number, to: number): number {
  let read = 0
  for (let o = from; o < to; o++) {
    const at = start[sequence[o] as number] as number
    const block = blocks[at >>> BLOCK_BITS]
    if (block !== undefined) read ^= block[at & (BLOCK - 1)] as number
  }
  return read
}

/** Copies one order's products, the customer's first purchases in front; returns how many of those there are. */
function copyLines(
  blocks: readonly Uint32Array[],
  begin: number,
  end: number,
  rankOf: Uint32Array,
  records: Uint32Array,
  at: number,
  seenBy: Uint32Array,
  customer: number,
): number {
  const stamp = customer + 1
  let front = at
  let back = at + end - begin
  for (let i = begin; i < end; i++) {
    const rank = rankOf[(blocks[i >>> BLOCK_BITS] as Uint32Array)[i & (BLOCK - 1)] as number] as number
    if (customer !== GUEST && seenBy[rank] !== stamp) {
      seenBy[rank] = stamp
      records[front++] = rank
    } else {
      records[--back] = rank
    }
  }
  return front - at
}

function latestDay(day: Int32Array, orders: number): number {
  let latest = orders === 0 ? 0 : (day[0] as number)
  for (let o = 1; o < orders; o++) latest = Math.max(latest, day[o] as number)
  return latest
}

function grown(column: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, Math.ceil(column.length * 1.5)))
  larger.set(column)
  return larger
}

function grownDays(column: Int32Array, needed: number): Int32Array {
  const larger = new Int32Array(Math.max(needed, Math.ceil(column.length * 1.5)))
  larger.set(column)
  return larger
}

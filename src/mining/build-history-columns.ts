// Builds the columns that the counting kernel reads. Goes in: chunks of order lines (order, customer, day, product),
// the lines of an order one after another, orders in any sequence. Comes out: HistoryColumns. A product that stands
// twice in an order counts once; of a basket above the cap a sample is kept, and the result says of which. An
// order whose lines are torn apart would count as two: sort by order before. Wrong lengths or ids fail an assert.

import {
  ARRIVED,
  type ArrivedOrders,
  addOrder,
  blockOf,
  LARGEST_ORDER,
  noOrders,
  unitsOf,
  wordOf,
} from './arrived-orders.ts'
import { emptyRecords, finishRecords } from './finish-records.ts'
import { AHEAD, CACHE_LINE, GUEST, type HistoryColumns, RECORD } from './history-columns.ts'
import { LARGEST_BASKET, type SampledOrder, sampleLargeOrder } from './sample-large-order.ts'
import { sortOrders } from './sort-orders.ts'

export type HistoryLines = {
  readonly count: number
  /** Any number that differs between neighbouring orders; the higher half of the order's name. */
  readonly order: ArrayLike<number>
  /** The lower half; in all chunks or in none. */
  readonly orderRest?: ArrayLike<number>
  /** Dense from 0, or GUEST (or -1). */
  readonly customer: ArrayLike<number>
  /** Days since 1970-01-01, UTC. */
  readonly day: ArrayLike<number>
  /** Dense from 0. */
  readonly product: ArrayLike<number>
  /** Pieces bought, at least 1; in all chunks or in none. */
  readonly units?: ArrayLike<number>
}

export type HistorySettings = {
  /** Half-life of an order's weight in days; without it age does not matter. */
  readonly halfLifeDays?: number
  /** Baskets with more different products than this are sampled down to it (sample-large-order.ts). */
  readonly largestBasket?: number
  /** What a product is called, which samples are drawn by; without it by its number. */
  readonly idOf?: (product: number) => string
  /** Products that exist even if no line names them. */
  readonly productCount?: number
  /** The day from which ages are counted; without it the history's last day. */
  readonly asOfDay?: number
}

/** What the lines told by the way. */
type Seen = {
  productCount: number
  /** One more than the highest number of a known customer. */
  customerCount: number
  firstDay: number
  lastDay: number
  readonly sampled: SampledOrder[]
}

export type HistoryBuilder = {
  addLines(lines: HistoryLines): void
  finish(): HistoryColumns
}

const UNITS_MAX = 65_535

export function buildHistoryColumns(settings: HistorySettings = {}): HistoryBuilder {
  const { idOf = String } = settings
  const largestBasket = Math.min(settings.largestBasket ?? LARGEST_BASKET, LARGEST_ORDER)
  const arrived = noOrders()
  const seen: Seen = {
    productCount: settings.productCount ?? 0,
    ...{ customerCount: 0, firstDay: 0, lastDay: 0, sampled: [] },
  }
  const basket = emptyBasket()
  let hasUnits = false
  let currentOrder: number | undefined
  let currentRest = 0
  let currentCustomer = GUEST
  let currentDay = 0

  function closeOrder(): void {
    if (currentOrder === undefined) return
    const name = [currentOrder, currentRest] as const
    const linesLeftOut = sampleDown(basket, largestBasket, idOf, name)
    if (linesLeftOut > 0) seen.sampled.push({ name, linesLeftOut })
    const isFirst = arrived.orders === 0
    seen.firstDay = isFirst ? currentDay : Math.min(seen.firstDay, currentDay)
    seen.lastDay = isFirst ? currentDay : Math.max(seen.lastDay, currentDay)
    if (currentCustomer !== GUEST) seen.customerCount = Math.max(seen.customerCount, currentCustomer + 1)
    const head = { customer: currentCustomer, day: currentDay, name }
    const units = hasUnits ? basket.units.subarray(0, basket.size) : null
    addOrder(arrived, head, basket.products.subarray(0, basket.size), units)
    basket.size = 0
    currentOrder = undefined
  }

  function addLines(lines: HistoryLines): void {
    hasUnits = lines.units !== undefined
    for (let i = 0; i < lines.count; i++) {
      const order = lines.order[i] as number
      const customer = (lines.customer[i] as number) >>> 0
      const day = lines.day[i] as number
      const product = lines.product[i] as number
      if (order !== currentOrder || customer !== currentCustomer || day !== currentDay) {
        closeOrder()
        currentOrder = order
        currentRest = lines.orderRest === undefined ? 0 : (lines.orderRest[i] as number)
        currentCustomer = customer
        currentDay = day
      }
      putInBasket(
        basket,
        product,
        arrived.orders + 1,
        lines.units === undefined ? 0 : (lines.units[i] as number),
      )
      if (product >= seen.productCount) seen.productCount = product + 1
    }
  }

  function finish(): HistoryColumns {
    closeOrder()
    return arrange(arrived, seen, settings)
  }

  return { addLines, finish }
}

/** The order that is being read: its different products, with the units of each. */
type Basket = {
  products: Uint32Array<ArrayBuffer>
  units: Uint16Array<ArrayBuffer>
  size: number
  /** Per product, the order that named it last, and where it stands in that one's basket. */
  namedBy: Uint32Array<ArrayBuffer>
  placeOf: Uint32Array<ArrayBuffer>
}

function emptyBasket(): Basket {
  return {
    ...{ products: new Uint32Array(64), units: new Uint16Array(64), size: 0 },
    ...{ namedBy: new Uint32Array(1024), placeOf: new Uint32Array(1024) },
  }
}

/** A product that stands in several lines counts once, with the units of all. */
function putInBasket(basket: Basket, product: number, order: number, units: number): void {
  if (product >= basket.namedBy.length) {
    basket.namedBy = grown(basket.namedBy, product + 1)
    basket.placeOf = grown(basket.placeOf, product + 1)
  }
  if (basket.namedBy[product] === order) {
    const place = basket.placeOf[product] as number
    basket.units[place] = Math.min(UNITS_MAX, (basket.units[place] as number) + units)
    return
  }
  if (basket.size === basket.products.length) {
    basket.products = grown(basket.products, basket.size + 1)
    const units = new Uint16Array(basket.products.length)
    units.set(basket.units)
    basket.units = units
  }
  basket.namedBy[product] = order
  basket.placeOf[product] = basket.size
  basket.units[basket.size] = Math.min(UNITS_MAX, units)
  basket.products[basket.size++] = product
}

/** Returns how many products a basket above the cap lost. */
function sampleDown(
  basket: Basket,
  cap: number,
  idOf: (product: number) => string,
  name: SampledOrder['name'],
): number {
  const kept = sampleLargeOrder(basket.size, (place) => idOf(basket.products[place] as number), name, cap)
  if (kept === null) return 0
  const leftOut = basket.size - kept.length
  const products = Uint32Array.from(kept, (place) => basket.products[place] as number)
  const units = Uint16Array.from(kept, (place) => basket.units[place] as number)
  basket.products.set(products)
  basket.units.set(units)
  basket.size = kept.length
  return leftOut
}

/** Puts the orders in their final sequence and gives back what arrived. */
function arrange(arrived: ArrivedOrders, seen: Seen, settings: HistorySettings): HistoryColumns {
  const { orders, lines } = arrived
  const sequence = sortOrders(arrived, seen)
  const hasUnits = arrived.units.length > 0
  const placed = emptyRecords(orders, lines, hasUnits)
  const { records, units, orderNames } = placed
  let at = 0
  for (let o = 0; o < orders; o++) {
    if (o % AHEAD === 0) lookAhead(arrived, sequence, o, Math.min(orders, o + AHEAD))
    const place = sequence[o] as number
    const block = blockOf(arrived, place)
    const from = wordOf(place)
    const size = block[from + ARRIVED.size] as number
    records[at + RECORD.customer] = block[from + ARRIVED.customer] as number
    records[at + RECORD.day] = block[from + ARRIVED.day] as number
    records[at + RECORD.size] = size
    orderNames[2 * o] = block[from + ARRIVED.name] as number
    orderNames[2 * o + 1] = block[from + ARRIVED.name + 1] as number
    const blockUnits = unitsOf(arrived, place)
    const begin = at + RECORD.ranks
    for (let i = 0; i < size; i++) {
      records[begin + i] = block[from + ARRIVED.products + i] as number
      if (blockUnits !== undefined) units[begin + i] = blockUnits[from + ARRIVED.products + i] as number
    }
    at = begin + size
  }
  for (const block of [...arrived.blocks, ...arrived.units]) block.buffer.transfer(0)
  arrived.blocks.length = 0
  arrived.units.length = 0
  const { productCount, customerCount, sampled } = seen
  return finishRecords(placed, { ...settings, productCount, customerCount, sampled })
}

/** Reads the beginnings of the next orders at once: they lie far apart, and a core waits for all as long as for one. */
function lookAhead(arrived: ArrivedOrders, sequence: Uint32Array, from: number, to: number): number {
  let read = 0
  for (let o = from; o < to; o++) {
    const block = blockOf(arrived, sequence[o] as number)
    const at = wordOf(sequence[o] as number)
    read ^= (block[at] as number) ^ (block[Math.min(at + CACHE_LINE, block.length - 1)] as number)
  }
  return read
}

function grown(column: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, Math.ceil(column.length * 1.5)))
  larger.set(column)
  return larger
}

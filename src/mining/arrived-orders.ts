// The orders of a history in the sequence in which they arrive, before they are put in order. Goes in: one order at a
// time. Comes out: blocks of words, an order's head and its products side by side in one block, so that an order that
// is looked up later costs one distant read, and nothing is ever copied to make room: fresh memory costs more here than
// what is written into it (13 µs a page on a virtual machine). An order is named by its place: its block and its word.

/** Of each order: customer, day (signed), how many products, the two words of its name, then the products. */
export const ARRIVED = { customer: 0, day: 1, size: 2, name: 3, products: 5 } as const

const BLOCK_BITS = 18
const BLOCK = 1 << BLOCK_BITS
/** How many products an order can hold. */
export const LARGEST_ORDER = BLOCK - ARRIVED.products

export type ArrivedOrders = {
  readonly blocks: Uint32Array<ArrayBuffer>[]
  /** Beside each word of a product its units, where the lines name them; else no blocks. */
  readonly units: Uint16Array<ArrayBuffer>[]
  /** Words used of the last block. */
  used: number
  orders: number
  lines: number
}

export type OrderHead = {
  readonly customer: number
  readonly day: number
  /** 64 bits that tell the order from others, the higher half first. */
  readonly name: readonly [high: number, low: number]
}

export function noOrders(): ArrivedOrders {
  return { blocks: [], units: [], used: BLOCK, orders: 0, lines: 0 }
}

/** `units` of each product, or none. */
export function addOrder(
  arrived: ArrivedOrders,
  { customer, day, name }: OrderHead,
  products: Uint32Array,
  units: Uint16Array | null,
): void {
  const size = products.length
  if (arrived.used + ARRIVED.products + size > BLOCK) {
    arrived.blocks.push(new Uint32Array(BLOCK))
    if (units !== null) arrived.units.push(new Uint16Array(BLOCK))
    arrived.used = 0
  }
  const block = arrived.blocks[arrived.blocks.length - 1] as Uint32Array
  const at = arrived.used
  block[at + ARRIVED.customer] = customer
  block[at + ARRIVED.day] = day
  block[at + ARRIVED.size] = size
  block[at + ARRIVED.name] = name[0]
  block[at + ARRIVED.name + 1] = name[1]
  for (let i = 0; i < size; i++) block[at + ARRIVED.products + i] = products[i] as number
  if (units !== null) arrived.units[arrived.units.length - 1]?.set(units, at + ARRIVED.products)
  arrived.used = at + ARRIVED.products + size
  arrived.orders += 1
  arrived.lines += size
}

/** Tells every order in turn: its block, its word in it, and its place. */
export function eachOrder(
  { blocks }: ArrivedOrders,
  visit: (block: Uint32Array, at: number, place: number) => void,
): void {
  for (const [number, block] of blocks.entries()) {
    for (let at = 0; at + ARRIVED.products < BLOCK; ) {
      const size = block[at + ARRIVED.size] as number
      // What an order did not need of its block is still zero, and no order is empty.
      if (size === 0) break
      visit(block, at, number * BLOCK + at)
      at += ARRIVED.products + size
    }
  }
}

export function blockOf({ blocks }: ArrivedOrders, place: number): Uint32Array {
  return blocks[place >>> BLOCK_BITS] as Uint32Array
}

export function unitsOf({ units }: ArrivedOrders, place: number): Uint16Array | undefined {
  return units[place >>> BLOCK_BITS]
}

export function wordOf(place: number): number {
  return place & (BLOCK - 1)
}

// Orders as they arrive, before they are put in sequence: growing columns, and their lines in blocks. Goes in: one order
// after another. They are dealt into parts by customer, all orders of one customer into the same part, so that threads
// can arrange the parts each by itself, and the memory of a part is free as soon as it is arranged.

import { GUEST } from './history-columns.ts'

export type ArrivedPart = {
  orders: number
  lines: number
  /** The first line of each order; one more than there are orders. */
  start: Uint32Array<ArrayBuffer>
  customer: Uint32Array<ArrayBuffer>
  day: Int32Array<ArrayBuffer>
  readonly blocks: Uint32Array<ArrayBuffer>[]
}

/** Fixed, so that the sequence of orders does not depend on the number of threads. */
const PARTS = 8
/** Lines of a block, as a power of two. */
const BLOCK_BITS = 16
const BLOCK = 1 << BLOCK_BITS

export function emptyParts(): ArrivedPart[] {
  return Array.from({ length: PARTS }, () => ({
    orders: 0,
    lines: 0,
    start: new Uint32Array(1024),
    customer: new Uint32Array(1024),
    day: new Int32Array(1024),
    blocks: [],
  }))
}

/** Guests have no other orders, so theirs are dealt in turns. */
export function partOf(parts: readonly ArrivedPart[], customer: number, order: number): ArrivedPart {
  return parts[(customer === GUEST ? order : customer) % PARTS] as ArrivedPart
}

export function appendOrder(
  part: ArrivedPart,
  customer: number,
  day: number,
  products: ArrayLike<number>,
): void {
  const order = part.orders
  if (order + 1 >= part.start.length) {
    part.start = grown(part.start, order + 2)
    part.customer = grown(part.customer, order + 2)
    part.day = new Int32Array(grown(new Uint32Array(part.day.buffer), order + 2).buffer)
  }
  part.customer[order] = customer
  part.day[order] = day
  let at = part.lines
  for (let i = 0; i < products.length; i++, at++) {
    const inBlock = at & (BLOCK - 1)
    if (inBlock === 0) part.blocks.push(new Uint32Array(BLOCK))
    const block = part.blocks[at >>> BLOCK_BITS] as Uint32Array
    block[inBlock] = products[i] as number
  }
  part.lines = at
  part.orders = order + 1
  part.start[order + 1] = at
}

export function lineAt({ blocks }: Pick<ArrivedPart, 'blocks'>, at: number): number {
  return (blocks[at >>> BLOCK_BITS] as Uint32Array)[at & (BLOCK - 1)] as number
}

/** All memory of a part: to move it to another thread, or to give it back at once. */
export function buffersOf({ start, customer, day, blocks }: ArrivedPart): ArrayBuffer[] {
  return [start.buffer, customer.buffer, day.buffer, ...blocks.map((block) => block.buffer)]
}

export function grown(column: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, Math.ceil(column.length * 1.5)))
  larger.set(column)
  return larger
}

// The orders of a history by their names, as they are kept between two runs: products by number, nothing that moves with
// the clock or with other orders (ranks, weights, first purchases). Goes in: the columns of a run, or a kept file. Comes
// out: columns to keep, or the table.

import type { KeptColumn, KeptColumnSource } from '../ports/kept-files.ts'
import { GUEST, RECORD } from './history-columns.ts'
import type { Goods } from './read-goods.ts'

export type OrderTable = {
  /** Two words per customer, the hash of the id, ascending. */
  readonly customers: Uint32Array
  /** Per order: its customer's number or GUEST, the day (signed), how many different products. By customer, day, name. */
  readonly customer: Uint32Array
  readonly day: Uint32Array
  readonly size: Uint32Array
  /** Two words per order, the hash of its id. */
  readonly names: Uint32Array
  /** Per line. */
  readonly product: Uint32Array
  readonly units: Uint16Array
}

const PIECE = 1 << 18

/** In the sequence of the fields of `OrderTable`. */
export function tableColumns({ columns, customers }: Goods): readonly KeptColumnSource[] {
  const { records, units, orderNames, orderCount, lineCount, productOf } = columns
  const ofOrders = (field: number) => (at: number, put: (value: number) => void) =>
    put(records[at + field] as number)
  const ofLines = (value: (place: number) => number) => (at: number, put: (value: number) => void) => {
    const begin = at + RECORD.ranks
    const end = begin + (records[at + RECORD.size] as number)
    for (let place = begin; place < end; place++) put(value(place))
  }
  const words = (count: number, take: Take): KeptColumnSource => ({
    ...{ kind: 'words', count },
    pieces: pieces(records, take, new Uint32Array(PIECE)),
  })
  return [
    { kind: 'words', count: customers.length, pieces: [customers] },
    words(orderCount, ofOrders(RECORD.customer)),
    words(orderCount, ofOrders(RECORD.day)),
    words(orderCount, ofOrders(RECORD.size)),
    { kind: 'words', count: orderNames.length, pieces: [orderNames] },
    words(
      lineCount,
      ofLines((place) => productOf[records[place] as number] as number),
    ),
    {
      ...{ kind: 'halves', count: lineCount },
      pieces: pieces(
        records,
        ofLines((place) => units[place] as number),
        new Uint16Array(PIECE),
      ),
    },
  ]
}

type Take = (at: number, put: (value: number) => void) => void

/** What `take` puts of each record, in pieces. */
function* pieces<Piece extends Uint32Array | Uint16Array>(
  records: Uint32Array,
  take: Take,
  piece: Piece,
): Generator<Uint32Array | Uint16Array> {
  let used = 0
  let full: Piece[] = []
  const put = (value: number): void => {
    piece[used++] = value
    if (used < piece.length) return
    full.push(piece.slice() as Piece)
    used = 0
  }
  for (let at = 0; at < records.length; at += RECORD.ranks + (records[at + RECORD.size] as number)) {
    take(at, put)
    if (full.length === 0) continue
    yield* full
    full = []
  }
  yield piece.subarray(0, used)
}

/** `null` where the columns are not those of a table. */
export function tableOf(columns: readonly KeptColumn[]): OrderTable | null {
  const [customers, customer, day, size, names, product, units] = columns
  if (
    !(customers instanceof Uint32Array && customer instanceof Uint32Array && day instanceof Uint32Array) ||
    !(size instanceof Uint32Array && names instanceof Uint32Array && product instanceof Uint32Array) ||
    !(units instanceof Uint16Array) ||
    columns.length !== 7
  )
    return null
  const lines = size.reduce((sum, one) => sum + one, 0)
  const fits =
    [day.length, size.length, names.length / 2].every((orders) => orders === customer.length) &&
    [product.length, units.length].every((count) => count === lines) &&
    customer.every((one) => one === GUEST || one < customers.length / 2)
  return fits ? { customers, customer, day, size, names, product, units } : null
}

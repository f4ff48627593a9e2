// The orders of a history as the backtest replays them. Comes in: the history and what is not goods. Goes out: orders in
// the sequence of their days, products as numbers, with quantities and prices, so that price rules can be replayed too.

import type { History } from '../ports/history.ts'
import type { ColumnChunk, Query } from '../ports/query.ts'
import { numbers, texts } from '../ports/read-fields.ts'

export type ReplayLine = {
  readonly product: number
  readonly quantity: number
  readonly unitPriceMinor: number
}

export type ReplayOrder = {
  /** `null` for a guest. */
  readonly customer: number | null
  /** UTC days since 1970-01-01. */
  readonly day: number
  /** Each product once. */
  readonly lines: readonly ReplayLine[]
}

export type Replay = {
  /** The shop's id of each product number. */
  readonly productIds: readonly string[]
  /** In the sequence of their days. */
  readonly orders: readonly ReplayOrder[]
}

const GUEST = 4_294_967_295

const backtestLines: Query<unknown> = {
  file: new URL('./backtest-lines.sql', import.meta.url),
  row: (raw) => raw,
}

export async function readReplay(
  history: Pick<History, 'columns'>,
  notGoods: readonly string[],
  customersOnly: boolean,
): Promise<Replay> {
  const numberOf = new Map<string, number>()
  const orders: { customer: number | null; day: number; lines: ReplayLine[] }[] = []
  let current = -1
  const parameters = { not_goods: notGoods, customers_only: customersOnly }
  for await (const chunk of history.columns(backtestLines, parameters)) {
    const columns = readColumns(chunk)
    for (let row = 0; row < chunk.rows; row++) {
      const order = columns.order[row] ?? 0
      if (order !== current) {
        current = order
        const customer = columns.customer[row] ?? GUEST
        orders.push({ customer: customer === GUEST ? null : customer, day: columns.day[row] ?? 0, lines: [] })
      }
      const id = columns.product[row] ?? ''
      const product = numberOf.get(id) ?? numberOf.size
      numberOf.set(id, product)
      orders.at(-1)?.lines.push({
        product,
        quantity: columns.quantity[row] ?? 0,
        unitPriceMinor: columns.price[row] ?? 0,
      })
    }
  }
  return { productIds: [...numberOf.keys()], orders }
}

function readColumns(chunk: ColumnChunk) {
  return {
    order: numbers(chunk, 'order_number'),
    customer: numbers(chunk, 'customer'),
    day: numbers(chunk, 'day'),
    quantity: numbers(chunk, 'quantity'),
    price: numbers(chunk, 'unit_price_minor'),
    product: texts(chunk, 'product_id'),
  }
}

// What customers bought, one row per customer, besides the orders that came in live. A replacement is written as a
// new generation in small transactions, so that other writers wait for a batch at most, and counts at once when it
// is complete: one transaction moves the pointer. A replacement that breaks off leaves rows that nobody reads; the
// next one sweeps them away.

import { randomInt } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type CustomerPurchases, ORDERS_REMEMBERED } from '../../domain/order.ts'
import { rememberOrders } from '../../domain/remember-orders.ts'
import { latestOrders } from './order-queries.ts'
import { holdPointer, movePointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, readJson } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** Customers in memory and in a transaction at a time: 500 made the heap 90 MB larger on Online Retail II, no faster. */
const batchRows = 100

type PastOrder = CustomerPurchases['orders'][number]

/** What mining read from the history, and the orders that came in since: the live ones count where both know an order. */
export async function getCustomerPurchases(
  database: StoreDatabase,
  customerId: string,
): Promise<CustomerPurchases | null> {
  const [mined, live] = await Promise.all([
    database.read
      .selectFrom('customer_purchases')
      .select('products')
      .where('customer_id', '=', customerId)
      .where('generation', '=', (eb) =>
        eb.selectFrom('pointers').select('value').where('name', '=', 'purchases'),
      )
      .executeTakeFirst(),
    latestOrders(database, customerId, ORDERS_REMEMBERED),
  ])
  const past = mined ? readPurchases(mined.products, customerId) : null
  return rememberOrders(customerId, past, live)
}

export async function replaceCustomerPurchases(
  database: StoreDatabase,
  all: Iterable<CustomerPurchases> | AsyncIterable<CustomerPurchases>,
): Promise<string> {
  const generation = await database.writeTogether(begin)
  let done = false
  try {
    for await (const batch of batchesOf(all, batchRows)) {
      const rows = rowsOf(batch, generation)
      await database.write((db) => db.insertInto('customer_purchases').values(rows).execute())
    }
    done = await database.writeTogether(async (db) => {
      // A replacement that began later and is complete knows more than this one.
      if ((await holdPointer(db, 'purchases')) > generation) return false
      await movePointer(db, 'purchases', generation)
      return true
    })
  } finally {
    await sweep(database, generation, done)
  }
  return standsFor(generation, generation)
}

/** What is known, and the last attempt to change it: if that is not the one that led to it, one broke off. */
function standsFor(generation: number, begun: number): string {
  return `${generation}.${begun}`
}

/** Steps of chance: two copies of a store, or two stores, never number what they know alike. */
const STEP_MAX = 2 ** 32

async function begin(db: Kysely<Tables>): Promise<number> {
  const begun = (await holdPointer(db, 'purchases-begun')) + randomInt(1, STEP_MAX)
  await movePointer(db, 'purchases-begun', begun)
  return begun
}

function rowsOf(customers: readonly CustomerPurchases[], generation: number): Tables['customer_purchases'][] {
  return customers.map((customer) => ({
    generation,
    customer_id: customer.customerId,
    products: purchasesAsText(customer),
  }))
}

export async function changeCustomerPurchases(
  database: StoreDatabase,
  known: string,
  changed: Iterable<CustomerPurchases>,
): Promise<string | null> {
  const now = await database.writeTogether(async (db) => {
    const begun = await holdPointer(db, 'purchases-begun')
    const generation = await holdPointer(db, 'purchases')
    if (standsFor(generation, begun) !== known) return null
    return { generation, begun: await begin(db) }
  })
  if (now === null) return null
  for await (const batch of batchesOf(changed, batchRows)) {
    const ids = batch.map(({ customerId }) => customerId)
    const rows = rowsOf(
      batch.filter(({ orders }) => orders.length > 0),
      now.generation,
    )
    await database.writeTogether(async (db) => {
      await db
        .deleteFrom('customer_purchases')
        .where('generation', '=', now.generation)
        .where('customer_id', 'in', ids)
        .execute()
      if (rows.length > 0) await db.insertInto('customer_purchases').values(rows).execute()
    })
  }
  return standsFor(now.generation, now.begun)
}

/** Deletes this generation when it does not count, else all before it: later ones may still be in the making. */
async function sweep(database: StoreDatabase, generation: number, done: boolean): Promise<void> {
  for (;;) {
    const deleted = await database.write((db) =>
      db
        .deleteFrom('customer_purchases')
        .where('generation', done ? '<' : '=', generation)
        .where((eb) =>
          eb(
            eb.refTuple('generation', 'customer_id'),
            'in',
            eb
              .selectFrom('customer_purchases as old')
              .select(['old.generation', 'old.customer_id'])
              .where('old.generation', done ? '<' : '=', generation)
              .limit(batchRows * 4)
              .$asTuple('generation', 'customer_id'),
          ),
        )
        .executeTakeFirst(),
    )
    if (deleted.numDeletedRows === 0n) return
  }
}

async function* batchesOf<T>(all: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const one of all) {
    batch.push(one)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/**
 * Each order as `[order, placed at, product, product, 6, …]`: a number says how many of the product before it; most
 * stand alone.
 */
function purchasesAsText({ orders, earlier }: CustomerPurchases): string {
  return JSON.stringify({
    orders: orders.map(({ orderId, placedAtMs, productIds, quantities }) => [
      orderId,
      placedAtMs,
      ...productIds.flatMap((id, at) => {
        const quantity = quantities[at] ?? 1
        return quantity === 1 ? [id] : [id, quantity]
      }),
    ]),
    earlier,
  })
}

function readPurchases(text: string, customerId: string): Omit<CustomerPurchases, 'customerId'> {
  const what = `purchases of customer ${customerId}`
  const stored = readJson(text, what)
  if (typeof stored !== 'object' || stored === null) throw damaged(what)
  // Rows that an older version mined are a list of orders alone.
  const { orders, earlier = [] } = (Array.isArray(stored) ? { orders: stored } : stored) as {
    orders?: unknown
    earlier?: unknown
  }
  if (!Array.isArray(orders) || !Array.isArray(earlier)) throw damaged(what)
  if (!earlier.every((id) => typeof id === 'string')) throw damaged(what)
  return { orders: readOrders(orders, what), earlier }
}

function readOrders(stored: readonly unknown[], what: string): PastOrder[] {
  return stored.map((entry: unknown) => {
    const [orderId, placedAtMs, ...bought]: unknown[] = Array.isArray(entry) ? entry : []
    if (typeof orderId !== 'string' || typeof placedAtMs !== 'number') throw damaged(what)
    const productIds: string[] = []
    const quantities: number[] = []
    for (const one of bought) {
      if (typeof one === 'string') {
        productIds.push(one)
        quantities.push(1)
      } else if (typeof one === 'number' && productIds.length > 0) quantities[quantities.length - 1] = one
      else throw damaged(what)
    }
    return { orderId, placedAtMs, productIds, quantities }
  })
}

// What customers bought, one row per customer. A replacement is written as a new generation in small transactions, so
// that other writers wait for a batch at most, and counts at once when it is complete: one transaction moves the
// pointer. A replacement that breaks off leaves rows that nobody reads; the next one sweeps them away.

import type { CustomerPurchases } from '../../domain/order.ts'
import { holdPointer, movePointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, readJson } from './stored-json.ts'

/** Rows in memory and in a transaction at a time. */
const batchRows = 500

export async function getCustomerPurchases(
  database: StoreDatabase,
  customerId: string,
): Promise<CustomerPurchases | null> {
  const row = await database.read
    .selectFrom('customer_purchases')
    .select('products')
    .where('customer_id', '=', customerId)
    .where('generation', '=', (eb) =>
      eb.selectFrom('pointers').select('value').where('name', '=', 'purchases'),
    )
    .executeTakeFirst()
  return row ? readPurchases(row.products, customerId) : null
}

export async function replaceCustomerPurchases(
  database: StoreDatabase,
  all: Iterable<CustomerPurchases> | AsyncIterable<CustomerPurchases>,
): Promise<void> {
  const generation = await database.writeTogether(async (db) => {
    const begun = (await holdPointer(db, 'purchases-begun')) + 1
    await movePointer(db, 'purchases-begun', begun)
    return begun
  })
  let done = false
  try {
    for await (const batch of batchesOf(all, batchRows)) {
      const rows = batch.map((customer) => ({
        generation,
        customer_id: customer.customerId,
        products: purchasesAsText(customer),
      }))
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

function purchasesAsText({ asOfMs, ordersWeight, products }: CustomerPurchases): string {
  const rows = products.map((p) => [p.productId, p.orders, p.weight, p.lastBoughtAtMs])
  return JSON.stringify({ asOfMs, ordersWeight, products: rows })
}

function readPurchases(text: string, customerId: string): CustomerPurchases {
  const what = `purchases of customer ${customerId}`
  const stored = readJson(text, what)
  if (typeof stored !== 'object' || stored === null) throw damaged(what)
  const { asOfMs, ordersWeight, products } = stored as Readonly<Record<string, unknown>>
  if (typeof asOfMs !== 'number' || typeof ordersWeight !== 'number' || !Array.isArray(products)) {
    throw damaged(what)
  }
  return {
    customerId,
    asOfMs,
    ordersWeight,
    products: products.map((entry: unknown) => {
      const [productId, orders, weight, lastBoughtAtMs]: unknown[] = Array.isArray(entry) ? entry : []
      if (typeof productId !== 'string' || typeof orders !== 'number') throw damaged(what)
      if (typeof weight !== 'number' || typeof lastBoughtAtMs !== 'number') throw damaged(what)
      return { productId, orders, weight, lastBoughtAtMs }
    }),
  }
}

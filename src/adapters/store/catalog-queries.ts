// The catalog: one row per product, readable columns.

import { type Kysely, sql } from 'kysely'
import type { CatalogProduct, GoodsVerdict } from '../../domain/product.ts'
import { holdPointer, movePointer, readPointer } from './pointers.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged, readJson, requireStorableKey } from './stored-json.ts'
import type { ProductRow, Tables } from './tables.ts'

/** 21 columns a row; PostgreSQL takes 65,535 parameters a statement, SQLite 32,766. */
const rowsPerStatement = 500

export async function listProducts(database: StoreDatabase): Promise<CatalogProduct[]> {
  const rows = await database.read.selectFrom('products').selectAll().execute()
  // Sorted here, because the engines' collations differ.
  return rows.map(productOfRow).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

export async function putProducts(
  database: StoreDatabase,
  products: readonly CatalogProduct[],
): Promise<void> {
  // A statement may name a row once only; of several the last one counts. The order of the ids is the same for every
  // writer, so that two of them never wait for each other.
  const byId = new Map<string, ProductRow>()
  for (const product of products) {
    requireStorableKey(product.id, 'product id')
    byId.set(product.id, rowOfProduct(product))
  }
  const rows = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  if (rows.length === 0) return
  await database.writeTogether(async (db) => {
    for (let from = 0; from < rows.length; from += rowsPerStatement)
      await upsert(db, rows.slice(from, from + rowsPerStatement))
    await moveCatalog(db)
  })
}

export async function setGoods(
  database: StoreDatabase,
  productId: string,
  verdict: GoodsVerdict & { readonly source: 'owner' },
): Promise<boolean> {
  return await database.writeTogether(async (db) => {
    const result = await db
      .updateTable('products')
      .set(goodsColumns(verdict))
      .where('id', '=', productId)
      .executeTakeFirst()
    await moveCatalog(db)
    return result.numUpdatedRows > 0n
  })
}

export async function catalogVersion(database: StoreDatabase): Promise<number> {
  return await readPointer(database.read, 'catalog')
}

async function moveCatalog(db: Kysely<Tables>): Promise<void> {
  await movePointer(db, 'catalog', (await holdPointer(db, 'catalog')) + 1)
}

async function upsert(db: Kysely<Tables>, rows: readonly ProductRow[]): Promise<void> {
  // What the owner said stands, unless the new verdict is the owner's as well.
  const ownerSaid = sql`products.goods_source = 'owner' and excluded.goods_source <> 'owner'`
  await db
    .insertInto('products')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        title: eb.ref('excluded.title'),
        category: eb.ref('excluded.category'),
        category_is_guess: eb.ref('excluded.category_is_guess'),
        brand: eb.ref('excluded.brand'),
        tags: eb.ref('excluded.tags'),
        price_minor: eb.ref('excluded.price_minor'),
        currency: eb.ref('excluded.currency'),
        image_url: eb.ref('excluded.image_url'),
        url: eb.ref('excluded.url'),
        status: eb.ref('excluded.status'),
        stock: eb.ref('excluded.stock'),
        variant_group: eb.ref('excluded.variant_group'),
        goods_kind: sql`case when ${ownerSaid} then products.goods_kind else excluded.goods_kind end`,
        goods_reason: sql`case when ${ownerSaid} then products.goods_reason else excluded.goods_reason end`,
        goods_source: sql`case when ${ownerSaid} then products.goods_source else excluded.goods_source end`,
        first_sold_at_ms: eb.ref('excluded.first_sold_at_ms'),
        last_sold_at_ms: eb.ref('excluded.last_sold_at_ms'),
        lasts_days: eb.ref('excluded.lasts_days'),
        cross_sell_ids: eb.ref('excluded.cross_sell_ids'),
        source: eb.ref('excluded.source'),
      })),
    )
    .execute()
}

function rowOfProduct(product: CatalogProduct): ProductRow {
  return {
    id: product.id,
    title: product.title,
    category: product.category,
    category_is_guess: product.categoryIsGuess ? 1 : 0,
    brand: product.brand,
    tags: JSON.stringify(product.tags),
    price_minor: product.priceMinor,
    currency: product.currency,
    image_url: product.imageUrl,
    url: product.url,
    status: product.status,
    stock: product.stock,
    variant_group: product.variantGroup,
    ...goodsColumns(product.goods),
    first_sold_at_ms: product.firstSoldAtMs,
    last_sold_at_ms: product.lastSoldAtMs,
    lasts_days: product.lastsDays,
    cross_sell_ids: JSON.stringify(product.crossSellIds),
    source: product.source,
  }
}

function goodsColumns(
  verdict: GoodsVerdict,
): Pick<ProductRow, 'goods_kind' | 'goods_reason' | 'goods_source'> {
  return {
    goods_kind: verdict.kind,
    goods_reason: verdict.kind === 'goods' ? null : verdict.reason,
    goods_source: verdict.source,
  }
}

function productOfRow(row: ProductRow): CatalogProduct {
  const source = row.goods_source
  return {
    id: row.id,
    title: row.title,
    category: row.category,
    categoryIsGuess: row.category_is_guess === 1,
    brand: row.brand,
    tags: readTexts(row.tags, row.id),
    priceMinor: row.price_minor,
    currency: row.currency,
    imageUrl: row.image_url,
    url: row.url,
    status: row.status,
    stock: row.stock,
    variantGroup: row.variant_group,
    goods:
      row.goods_kind === 'goods'
        ? { kind: 'goods', source }
        : { kind: 'not-goods', reason: row.goods_reason ?? '', source },
    firstSoldAtMs: row.first_sold_at_ms,
    lastSoldAtMs: row.last_sold_at_ms,
    lastsDays: row.lasts_days,
    crossSellIds: readTexts(row.cross_sell_ids, row.id),
    source: row.source,
  }
}

function readTexts(json: string, productId: string): string[] {
  const texts = readJson(json, `product ${productId}`)
  if (!Array.isArray(texts) || !texts.every((text): text is string => typeof text === 'string'))
    throw damaged(`product ${productId}`)
  return texts
}

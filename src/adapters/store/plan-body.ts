// A plan's body as a sequence of deflated parts, and back, exactly. A part holds some thousand entries, so that neither
// side holds more than a few parts beside the plan itself, and the event loop turns between them. Pairings are packed
// column by column (pairing-columns.ts), since reading and printing sixteen million figures as decimal text took most
// of the time; all else is JSON. What can go wrong: a part that is damaged (`store-damaged`); a figure that is not
// finite is a bug of whoever made the plan, and is refused before anything is stored.

import assert from 'node:assert/strict'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Pairing } from '../../domain/pairing.ts'
import type { CategoryPairing, PlanDraft, PlanProduct, PlanStream } from '../../domain/plan.ts'
import { openPairingWriter, unpackPairings } from './pairing-columns.ts'
import { damagedPlan } from './stored-json.ts'

export type PlanPart = { readonly kind: string; readonly body: Uint8Array }

export type PlanBody = Pick<PlanDraft, 'products' | 'pairings' | 'categoryPairings' | 'bestSellers'>

/** Small enough that a server which loads a plan can answer requests between two parts. */
const productsPerPart = 2_000
const pairingsPerPart = 4_000

const deflateAsync = promisify<Buffer, { level: number }, Buffer>(deflate)
const inflateAsync = promisify<Uint8Array, Buffer>(inflate)

/** Compresses one part while the next is put together. */
export async function* encodePlan(plan: PlanStream): AsyncGenerator<PlanPart> {
  let pending: Promise<PlanPart> | null = null
  for await (const [kind, content] of partsOf(plan)) {
    const next = deflateAsync(content, { level: 1 }).then((body) => ({ kind, body }))
    if (pending) yield await pending
    pending = next
  }
  if (pending) yield await pending
}

export async function decodePlan(parts: AsyncIterable<PlanPart>, version: number): Promise<PlanBody> {
  const products = new Map<string, PlanProduct>()
  const pairings = new Map<string, readonly Pairing[]>()
  const categoryPairings = new Map<string, readonly CategoryPairing[]>()
  let bestSellers: readonly string[] = []
  // A product's id is one string in the whole plan, not one for each part that names it.
  const intern = (id: string) => products.get(id)?.id ?? id
  for await (const { kind, body } of parts) {
    try {
      const content = await inflateAsync(body)
      if (kind === 'pairings') unpackPairings(content, intern, pairings)
      else if (kind === 'products')
        for (const product of readJson<PlanProduct[]>(content)) products.set(product.id, product)
      else if (kind === 'category-pairings')
        for (const [category, list] of readJson<[string, CategoryPairing[]][]>(content))
          categoryPairings.set(category, list)
      else if (kind === 'best-sellers') bestSellers = readJson<string[]>(content)
      else assert.fail(`no part of a plan is called ${kind}`)
    } catch (error) {
      throw damagedPlan(version, error)
    }
  }
  return { products, pairings, categoryPairings, bestSellers }
}

/** Reads the products, which stand in front, and hands on the parts behind them. */
export async function takeProducts(
  parts: AsyncGenerator<PlanPart>,
  version: number,
): Promise<{ readonly products: ReadonlyMap<string, PlanProduct>; readonly rest: AsyncGenerator<PlanPart> }> {
  const products = new Map<string, PlanProduct>()
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value
    if (part.kind !== 'products') return { products, rest: withFirst(part, parts) }
    try {
      for (const product of readJson<PlanProduct[]>(await inflateAsync(part.body)))
        products.set(product.id, product)
    } catch (error) {
      throw damagedPlan(version, error)
    }
  }
  return { products, rest: parts }
}

async function* withFirst(first: PlanPart, rest: AsyncGenerator<PlanPart>): AsyncGenerator<PlanPart> {
  yield first
  yield* rest
}

export async function* streamPairings(
  parts: AsyncIterable<PlanPart>,
  products: ReadonlyMap<string, PlanProduct>,
  version: number,
): AsyncGenerator<readonly [anchor: string, pairings: readonly Pairing[]]> {
  for await (const { kind, body } of parts) {
    if (kind !== 'pairings') return
    const found = new Map<string, readonly Pairing[]>()
    try {
      unpackPairings(await inflateAsync(body), (id) => products.get(id)?.id ?? id, found)
    } catch (error) {
      throw damagedPlan(version, error)
    }
    yield* found
  }
}

async function* partsOf(plan: PlanStream): AsyncGenerator<[kind: string, content: Buffer]> {
  let products: PlanProduct[] = []
  for (const [id, product] of plan.products) {
    assert.equal(product.id, id, 'a product stands under its own id')
    products.push(product)
    if (products.length < productsPerPart) continue
    yield ['products', json(products)]
    products = []
  }
  yield ['products', json(products)]
  let writer = openPairingWriter()
  for await (const [anchor, list] of plan.pairings) {
    writer.add(anchor, list)
    if (writer.size() < pairingsPerPart) continue
    yield ['pairings', writer.pack()]
    writer = openPairingWriter()
  }
  yield ['pairings', writer.pack()]
  // Known only now that all pairings were read.
  yield ['category-pairings', json([...plan.categoryPairings])]
  yield ['best-sellers', json(plan.bestSellers)]
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

/** The parts were written by `encodePlan` and zlib checks their sum, so their shape is taken as it is. */
function readJson<T>(content: Buffer): T {
  return JSON.parse(content.toString())
}

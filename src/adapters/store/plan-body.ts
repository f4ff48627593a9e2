// A plan's body as a sequence of parts, and back, exactly. Each part is deflated JSON of some thousand entries, so that
// neither side holds more than a few parts beside the plan itself, and the event loop turns between them.
// Pairings stand column by column, their texts in a table of the part: as a million objects they would be half a
// gigabyte of JSON. What can go wrong: a part that is damaged (`store-damaged`); a figure that is not finite is a bug
// of whoever made the plan, and is refused before anything is stored.

import assert from 'node:assert/strict'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import type { Evidence, Pairing } from '../../domain/pairing.ts'
import type { CategoryPairing, PlanDraft, PlanProduct } from '../../domain/plan.ts'
import { damaged } from './stored-json.ts'

export type PlanPart = { readonly kind: string; readonly body: Uint8Array }

export type PlanBody = Pick<PlanDraft, 'products' | 'pairings' | 'categoryPairings' | 'bestSellers'>

/** Some 15 ms of work a part: what a request waits for at most while a server loads a plan. */
const productsPerPart = 2_000
const pairingsPerPart = 4_000

/** The fastest level: level 6 takes three times as long for a seventh less. */
const compression = { level: 1 }

const deflateAsync = promisify<Buffer, { level: number }, Buffer>(deflate)
const inflateAsync = promisify<Uint8Array, Buffer>(inflate)

/** Every figure of `Evidence`; the compiler refuses a list that lacks one. */
const evidenceFields = Object.keys({
  orders: true,
  ordersTogether: true,
  expected: true,
  lift: true,
  liftLow: true,
  liftHigh: true,
  confidence: true,
  confidenceLow: true,
  rootLogLikelihoodRatio: true,
  togetherWeight: true,
  ordersWeight: true,
  customersFollowed: true,
  customersLaterFollowed: true,
  customersLater: true,
  customersLaterExpected: true,
} satisfies Record<keyof Evidence, true>) as (keyof Evidence)[]

type PairingColumns = {
  readonly anchors: string[]
  /** How many of the following rows belong to each anchor. */
  readonly counts: number[]
  /** The texts and windows of this part; the columns below that end in `At` point into them. */
  readonly texts: string[]
  readonly windows: Pairing['windows'][]
  readonly addOnAt: number[]
  readonly statusAt: number[]
  readonly relationAt: number[]
  readonly becauseAt: number[]
  readonly needAt: number[]
  readonly sourceAt: number[]
  readonly windowsAt: number[]
  readonly score: number[]
  readonly priceRatio: (number | null)[]
  readonly evidence: Record<keyof Evidence, number[]>
}

/** Compresses one part while the next is put together. */
export async function* encodePlan(plan: PlanBody): AsyncGenerator<PlanPart> {
  let pending: Promise<PlanPart> | null = null
  for (const [kind, content] of partsOf(plan)) {
    const text = Buffer.from(JSON.stringify(content))
    const next = deflateAsync(text, compression).then((body) => ({ kind, body }))
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
  for await (const { kind, body } of parts) {
    // The parts were written by `encodePlan` and carry a checksum (zlib's), so their shape is taken as it is.
    const content: unknown = await inflateJson(body, version)
    if (kind === 'products') for (const product of content as PlanProduct[]) products.set(product.id, product)
    else if (kind === 'pairings') readPairings(content as PairingColumns, products, pairings)
    else if (kind === 'category-pairings')
      for (const [category, list] of content as [string, CategoryPairing[]][])
        categoryPairings.set(category, list)
    else if (kind === 'best-sellers') bestSellers = content as string[]
    else throw damaged(`plan ${version}`)
  }
  return { products, pairings, categoryPairings, bestSellers }
}

async function inflateJson(body: Uint8Array, version: number): Promise<unknown> {
  try {
    return JSON.parse((await inflateAsync(body)).toString())
  } catch (error) {
    throw damaged(`plan ${version}`, error)
  }
}

function* partsOf(plan: PlanBody): Generator<[kind: string, content: unknown]> {
  let products: PlanProduct[] = []
  for (const [id, product] of plan.products) {
    assert.equal(product.id, id, 'a product stands under its own id')
    products.push(product)
    if (products.length < productsPerPart) continue
    yield ['products', products]
    products = []
  }
  yield ['products', products]
  let writer = openPairingWriter()
  for (const [anchor, list] of plan.pairings) {
    writer.add(anchor, list)
    if (writer.rows() < pairingsPerPart) continue
    yield ['pairings', writer.columns]
    writer = openPairingWriter()
  }
  yield ['pairings', writer.columns]
  yield ['category-pairings', [...plan.categoryPairings]]
  yield ['best-sellers', plan.bestSellers]
}

function openPairingWriter() {
  const columns: PairingColumns = {
    anchors: [],
    counts: [],
    texts: [],
    windows: [],
    addOnAt: [],
    statusAt: [],
    relationAt: [],
    becauseAt: [],
    needAt: [],
    sourceAt: [],
    windowsAt: [],
    score: [],
    priceRatio: [],
    evidence: Object.fromEntries(evidenceFields.map((f) => [f, []])) as unknown as PairingColumns['evidence'],
  }
  const text = placesIn<string>(columns.texts, (t) => t)
  const windows = placesIn<Pairing['windows']>(columns.windows, (list) => JSON.stringify(list))

  function addOne(anchor: string, pairing: Pairing): void {
    // Naming every field here makes the compiler ask for a new one to be stored.
    const {
      anchor: own,
      addOn,
      verdict,
      need,
      evidence,
      score,
      priceRatio,
      windows: list,
      source,
      ...rest
    } = pairing
    rest satisfies Record<string, never>
    assert.equal(own, anchor, 'a pairing stands under its own anchor')
    const { status, relation, because, ...restOfVerdict } = verdict
    restOfVerdict satisfies Record<string, never>
    assert.ok(Number.isFinite(score), `the score of ${anchor} with ${addOn} is finite`)
    assert.ok(
      priceRatio === null || Number.isFinite(priceRatio),
      `the price ratio of ${anchor} with ${addOn} is finite`,
    )
    columns.addOnAt.push(text(addOn))
    columns.statusAt.push(text(status))
    columns.relationAt.push(text(relation))
    columns.becauseAt.push(text(because))
    columns.needAt.push(text(need))
    columns.sourceAt.push(text(source))
    columns.windowsAt.push(windows(list))
    columns.score.push(score)
    columns.priceRatio.push(priceRatio)
    for (const field of evidenceFields) {
      assert.ok(Number.isFinite(evidence[field]), `${field} of ${anchor} with ${addOn} is finite`)
      columns.evidence[field].push(evidence[field])
    }
  }

  return {
    columns,
    rows: () => columns.score.length + columns.anchors.length,
    add(anchor: string, list: readonly Pairing[]): void {
      columns.anchors.push(anchor)
      columns.counts.push(list.length)
      for (const pairing of list) addOne(anchor, pairing)
    },
  }
}

/** Gives each different value a place in the list, and returns the place. */
function placesIn<T>(list: T[], keyOf: (value: T) => string): (value: T) => number {
  const places = new Map<string, number>()
  return (value) => {
    const key = keyOf(value)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, list.length)
    return list.push(value) - 1
  }
}

function readPairings(
  columns: PairingColumns,
  products: ReadonlyMap<string, PlanProduct>,
  pairings: Map<string, readonly Pairing[]>,
): void {
  // A product's id is one string in the whole plan, not one for each part that names it.
  const texts = columns.texts.map((text) => products.get(text)?.id ?? text)
  const text = <T extends string>(place: number | undefined) => at(texts, place) as T
  let row = 0
  for (const [place, name] of columns.anchors.entries()) {
    const anchor = products.get(name)?.id ?? name
    const list: Pairing[] = []
    for (const end = row + at(columns.counts, place); row < end; row += 1)
      list.push({
        anchor,
        addOn: text(columns.addOnAt[row]),
        verdict: {
          status: text(columns.statusAt[row]),
          relation: text(columns.relationAt[row]),
          because: text(columns.becauseAt[row]),
        } as Pairing['verdict'],
        need: text(columns.needAt[row]),
        evidence: readEvidence(columns.evidence, row),
        score: at(columns.score, row),
        priceRatio: at(columns.priceRatio, row),
        windows: at(columns.windows, columns.windowsAt[row]),
        source: text<Pairing['source']>(columns.sourceAt[row]),
      })
    pairings.set(anchor, list)
  }
}

/** Written out, because objects that are built in one go share a shape: half of the memory, a third of the time. */
function readEvidence(columns: PairingColumns['evidence'], row: number): Evidence {
  return {
    orders: at(columns.orders, row),
    ordersTogether: at(columns.ordersTogether, row),
    expected: at(columns.expected, row),
    lift: at(columns.lift, row),
    liftLow: at(columns.liftLow, row),
    liftHigh: at(columns.liftHigh, row),
    confidence: at(columns.confidence, row),
    confidenceLow: at(columns.confidenceLow, row),
    rootLogLikelihoodRatio: at(columns.rootLogLikelihoodRatio, row),
    togetherWeight: at(columns.togetherWeight, row),
    ordersWeight: at(columns.ordersWeight, row),
    customersFollowed: at(columns.customersFollowed, row),
    customersLaterFollowed: at(columns.customersLaterFollowed, row),
    customersLater: at(columns.customersLater, row),
    customersLaterExpected: at(columns.customersLaterExpected, row),
  }
}

function at<T>(list: readonly T[], place: number | undefined): T {
  const value = place === undefined ? undefined : list[place]
  assert.ok(value !== undefined, 'the columns of a part are of one length')
  return value
}

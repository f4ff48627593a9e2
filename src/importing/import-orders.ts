// Order files into the history, and what they say of products into the catalog. Goes in: paths and what the owner said
// of their columns. Comes out: what was read, kept and rejected, to the row. All files of one call are there together or
// not at all; what is known already is skipped, so the same file twice changes nothing.

import { isoDate } from '../domain/instant.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  AppendOutcome,
  History,
  HistoryAppend,
  HistorySummary,
  HistoryWriter,
} from '../ports/history.ts'
import type { OrderFile, OrderFiles, RejectedRows } from '../ports/order-files.ts'
import type { Progress } from '../ports/progress.ts'
import type { Store } from '../ports/store.ts'
import { deriveCatalog, mergeCatalogFile } from './derive-catalog.ts'
import { type KeptCounts, keptCounts } from './import-queries.ts'
import { type ColumnNames, type Recognised, recogniseColumns } from './recognise-columns.ts'
import { type StagedCatalog, stageCatalog } from './stage-catalog.ts'
import { type CustomerKey, type StagedFile, stageOrders } from './stage-orders.ts'

export type ImportRequest = {
  readonly files: readonly string[]
  readonly catalogFile: string | null
  readonly columns: ColumnNames | null
  /** Of files that name none, ISO 4217. */
  readonly currency: string | null
}

export type ImportEffects = {
  readonly files: OrderFiles
  readonly writer: HistoryWriter
  readonly openHistory: () => Promise<History>
  readonly store: Pick<Store, 'listProducts' | 'putProducts' | 'recordImport'>
  readonly customerKey: CustomerKey
  readonly clock: Clock
  readonly progress: Progress
}

export type NotGoods = { readonly product: string; readonly title: string; readonly reason: string }

export type ImportResult = {
  readonly rowsRead: number
  readonly rowsKept: number
  /** Of these files: orders, sold lines, customers and products that were kept, before returns are taken off. */
  readonly orders: number
  readonly orderLines: number
  readonly customers: number
  readonly products: number
  readonly from: string | null
  readonly to: string | null
  readonly rejected: readonly RejectedRows[]
  readonly recognisedAs: readonly string[]
  /** What no file has a column for, though much depends on it. */
  readonly withoutColumns: readonly ('customer' | 'title')[]
  readonly returnedLines: number
  readonly newOrders: number
  readonly changedOrders: number
  readonly unchangedOrders: number
  /** Of the whole history: returned lines, and parts of them, with and without an order. */
  readonly returns: { readonly matched: number; readonly unmatched: number }
  /** The whole history after this import, net of returns. */
  readonly history: HistorySummary
  readonly catalogProducts: number
  readonly catalogFile: {
    readonly recognisedAs: string
    readonly rowsRead: number
    readonly products: number
    readonly rejected: readonly RejectedRows[]
    readonly tagsCut: StagedCatalog['tagsCut']
  } | null
  readonly notGoods: readonly NotGoods[]
  readonly seconds: number
}

type LookedAt = { readonly file: OrderFile; readonly recognised: Recognised }

export async function importOrders(request: ImportRequest, effects: ImportEffects): Promise<ImportResult> {
  const { clock, writer, progress, store } = effects
  const startedMs = clock.nowMs()
  const lookedAt = await lookAtAll(request.files, request.columns, effects)
  const catalogFile = request.catalogFile === null ? null : await lookAt(request.catalogFile, effects)
  const append = await writer.begin()
  try {
    const stageEffects = { ...effects, workspace: append.workspace }
    const staged: StagedFile[] = []
    for (const [index, { file, recognised }] of lookedAt.entries())
      staged.push(await stageOrders(file, index, recognised, request.currency, stageEffects))
    const known = await store.listProducts()
    const catalog = catalogFile && (await stageCatalog(catalogFile, request.currency, known, stageEffects))
    const kept = await countKept(append)
    progress.step('Writing the order history')
    const outcome = await append.commit()
    const { products, summary } = await writeCatalog(known, catalog, effects)
    await recordFiles(lookedAt, staged, effects)
    const seconds = (clock.nowMs() - startedMs) / 1000
    return report({ lookedAt, staged, catalog, kept, outcome, summary, products, seconds })
  } finally {
    await append.close()
  }
}

/** Every product that was sold, and those that only the catalog file names. */
async function writeCatalog(
  known: readonly CatalogProduct[],
  catalog: StagedCatalog | null,
  { openHistory, store, progress }: ImportEffects,
): Promise<{ readonly products: readonly CatalogProduct[]; readonly summary: HistorySummary }> {
  progress.step('Reading the catalog')
  const history = await openHistory()
  try {
    const merged = mergeCatalogFile(known, catalog?.products ?? [])
    const sold = await deriveCatalog({ history, known: merged, progress })
    const soldIds = new Set(sold.map(({ id }) => id))
    const products = [...sold, ...merged.filter(({ id }) => !soldIds.has(id))]
    await store.putProducts(products)
    return { products, summary: await history.summary() }
  } finally {
    await history.close()
  }
}

/** Every file is looked at before the first one is loaded: what cannot be read stops the import at once. */
async function lookAtAll(
  paths: readonly string[],
  columns: ColumnNames | null,
  effects: ImportEffects,
): Promise<LookedAt[]> {
  const lookedAt: LookedAt[] = []
  for (const path of paths) {
    const file = await lookAt(path, effects)
    lookedAt.push({ file, recognised: recogniseColumns(file.name, file.columns, columns) })
  }
  return lookedAt
}

function lookAt(path: string, { files, progress }: ImportEffects): Promise<OrderFile> {
  progress.step(`Looking at ${path}`)
  return files.inspect(path, progress.fraction)
}

async function countKept(append: HistoryAppend): Promise<KeptCounts> {
  const [kept] = await append.workspace.rows(keptCounts)
  if (kept === undefined) throw new TypeError('kept-counts.sql answered no row')
  return kept
}

async function recordFiles(
  lookedAt: readonly LookedAt[],
  staged: readonly StagedFile[],
  { store, clock }: ImportEffects,
): Promise<void> {
  for (const [index, { file, recognised }] of lookedAt.entries()) {
    const rowsRead = staged[index]?.rowsRead ?? 0
    const rejected = sumRows(staged[index]?.rejected ?? [])
    await store.recordImport({
      file: file.name,
      fingerprint: file.fingerprint,
      importedAtMs: clock.nowMs(),
      rowsRead,
      rowsKept: rowsRead - rejected,
      summary: recognised.knownExport.name,
    })
  }
}

type Parts = {
  readonly lookedAt: readonly LookedAt[]
  readonly staged: readonly StagedFile[]
  readonly catalog: StagedCatalog | null
  readonly kept: KeptCounts
  readonly outcome: AppendOutcome
  readonly summary: HistorySummary
  readonly products: readonly CatalogProduct[]
  readonly seconds: number
}

function report({
  lookedAt,
  staged,
  catalog,
  kept,
  outcome,
  summary,
  products,
  seconds,
}: Parts): ImportResult {
  return {
    rowsRead: staged.reduce((sum, file) => sum + file.rowsRead, 0),
    rowsKept: kept.rowsKept,
    orders: kept.orders,
    orderLines: kept.orderLines,
    customers: kept.customers,
    products: kept.products,
    from: kept.fromAtMs === null ? null : isoDate(kept.fromAtMs),
    to: kept.toAtMs === null ? null : isoDate(kept.toAtMs),
    rejected: mergeRejected(staged.flatMap((file) => file.rejected)),
    recognisedAs: lookedAt.map(({ recognised }) => recognised.knownExport.name),
    withoutColumns: withoutColumns(lookedAt, catalog !== null),
    returnedLines: kept.returnedLines,
    newOrders: outcome.newOrders,
    changedOrders: outcome.changedOrders,
    unchangedOrders: outcome.unchangedOrders,
    returns: { matched: outcome.returnsMatched, unmatched: outcome.returnsUnmatched },
    history: summary,
    catalogProducts: products.length,
    catalogFile: catalog && {
      recognisedAs: catalog.name,
      rowsRead: catalog.rowsRead,
      products: catalog.products.length,
      rejected: catalog.rejected,
      tagsCut: catalog.tagsCut,
    },
    notGoods: products.flatMap(({ id, title, goods }) =>
      goods.kind === 'not-goods' ? [{ product: id, title, reason: goods.reason }] : [],
    ),
    seconds,
  }
}

function withoutColumns(
  lookedAt: readonly LookedAt[],
  withCatalog: boolean,
): readonly ('customer' | 'title')[] {
  const has = (field: 'customer' | 'title' | 'items'): boolean =>
    lookedAt.some(({ recognised }) => recognised.sources[field].length > 0)
  // A catalog came alone.
  if (lookedAt.length === 0) return []
  return [
    ...(has('customer') ? [] : (['customer'] as const)),
    ...(has('title') || has('items') || withCatalog ? [] : (['title'] as const)),
  ]
}

function mergeRejected(all: readonly RejectedRows[]): RejectedRows[] {
  const byReason = new Map<string, RejectedRows>()
  for (const rejected of all) {
    const known = byReason.get(rejected.reason)
    byReason.set(rejected.reason, known ? { ...known, rows: known.rows + rejected.rows } : rejected)
  }
  return [...byReason.values()].sort((a, b) => b.rows - a.rows)
}

function sumRows(rejected: readonly RejectedRows[]): number {
  return rejected.reduce((sum, { rows }) => sum + rows, 0)
}

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
import { deriveCatalog } from './derive-catalog.ts'
import { type KeptCounts, keptCounts } from './import-queries.ts'
import { type ColumnNames, type Recognised, recogniseColumns } from './recognise-columns.ts'
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
  readonly returnedLines: number
  readonly newOrders: number
  readonly changedOrders: number
  readonly unchangedOrders: number
  /** Of the whole history: returned lines, and parts of them, with and without an order. */
  readonly returns: { readonly matched: number; readonly unmatched: number }
  /** The whole history after this import, net of returns. */
  readonly history: HistorySummary
  readonly catalogProducts: number
  readonly notGoods: readonly NotGoods[]
  readonly seconds: number
}

type LookedAt = { readonly file: OrderFile; readonly recognised: Recognised }

export async function importOrders(request: ImportRequest, effects: ImportEffects): Promise<ImportResult> {
  const { clock, writer, progress, store } = effects
  const startedMs = clock.nowMs()
  const lookedAt = await lookAtAll(request, effects)
  const append = await writer.begin()
  try {
    const staged: StagedFile[] = []
    for (const [index, { file, recognised }] of lookedAt.entries()) {
      const { workspace } = append
      staged.push(await stageOrders(file, index, recognised, request.currency, { ...effects, workspace }))
    }
    const kept = await countKept(append)
    progress.step('Writing the order history')
    const outcome = await append.commit()
    const history = await effects.openHistory()
    try {
      progress.step('Reading the catalog')
      const known = await store.listProducts()
      const products = await deriveCatalog({ history, known, progress })
      await store.putProducts(products)
      await recordFiles(lookedAt, staged, effects)
      const summary = await history.summary()
      const seconds = (clock.nowMs() - startedMs) / 1000
      return report({ lookedAt, staged, kept, outcome, summary, products, seconds })
    } finally {
      await history.close()
    }
  } finally {
    await append.close()
  }
}

/** Every file is looked at before the first one is loaded: what cannot be read stops the import at once. */
async function lookAtAll(request: ImportRequest, effects: ImportEffects): Promise<LookedAt[]> {
  const lookedAt: LookedAt[] = []
  for (const path of request.files) {
    effects.progress.step(`Looking at ${path}`)
    const file = await effects.files.inspect(path, effects.progress.fraction)
    lookedAt.push({ file, recognised: recogniseColumns(file.name, file.columns, request.columns) })
  }
  return lookedAt
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
  readonly kept: KeptCounts
  readonly outcome: AppendOutcome
  readonly summary: HistorySummary
  readonly products: readonly CatalogProduct[]
  readonly seconds: number
}

function report({ lookedAt, staged, kept, outcome, summary, products, seconds }: Parts): ImportResult {
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
    returnedLines: kept.returnedLines,
    newOrders: outcome.newOrders,
    changedOrders: outcome.changedOrders,
    unchangedOrders: outcome.unchangedOrders,
    returns: { matched: outcome.returnsMatched, unmatched: outcome.returnsUnmatched },
    history: summary,
    catalogProducts: products.length,
    notGoods: products.flatMap(({ id, title, goods }) =>
      goods.kind === 'not-goods' ? [{ product: id, title, reason: goods.reason }] : [],
    ),
    seconds,
  }
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

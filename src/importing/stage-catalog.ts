// A catalog file into products, before anything is written: a bad one stops the whole import. Goes in: the file and the
// currency where it is known. Comes out: the products that the file names, and the rows that name none.

import type { CatalogProduct } from '../domain/product.ts'
import type { OrderFile, OrderFiles, RejectedRows } from '../ports/order-files.ts'
import type { Progress } from '../ports/progress.ts'
import type { Workspace } from '../ports/workspace.ts'
import { catalogRows, shopCurrency } from './catalog-queries.ts'
import { readCatalogRows } from './read-catalog-rows.ts'
import { recogniseCatalog } from './recognise-catalog.ts'
import { tagSources } from './tag-columns.ts'

export type StagedCatalog = {
  readonly name: string
  readonly rowsRead: number
  readonly rejected: readonly RejectedRows[]
  readonly products: readonly CatalogProduct[]
  /** Products of whose tags some were left out, and one of them; `null` where all were kept. */
  readonly tagsCut: { readonly products: number; readonly example: string } | null
}

export type StageCatalogEffects = {
  readonly files: OrderFiles
  readonly workspace: Workspace
  readonly progress: Progress
}

export async function stageCatalog(
  file: OrderFile,
  currencyOption: string | null,
  known: readonly CatalogProduct[],
  { files, workspace, progress }: StageCatalogEffects,
): Promise<StagedCatalog> {
  progress.step(`Reading ${file.name}`)
  const [sold] = await workspace.rows(shopCurrency)
  const currency = currencyOption ?? sold ?? known[0]?.currency ?? null
  const recognised = recogniseCatalog(file.name, file.columns, currency)
  const { tagColumns } = recognised
  const columns = { ...recognised.sources, ...tagSources(tagColumns) }
  const into = { table: 'catalog_raw', columns }
  const loaded = await files.load(file, into, workspace, progress.fraction)
  const rows = await workspace.rows(catalogRows(tagColumns))
  const read = readCatalogRows(rows, recognised.knownCatalog, recognised.currency)
  return {
    name: recognised.knownCatalog.name,
    rowsRead: loaded.rowsRead,
    rejected: [...loaded.malformed, ...read.rejected],
    products: read.products,
    tagsCut:
      read.tagsCut[0] === undefined ? null : { products: read.tagsCut.length, example: read.tagsCut[0] },
  }
}

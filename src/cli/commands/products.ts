// aftercart products: the catalog, above all what was taken for no merchandise and why, and the owner's last word.

import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { formatMoney } from '../../domain/money.ts'
import { type CatalogProduct, type GoodsVerdict, readableTitle } from '../../domain/product.ts'
import type { Store } from '../../ports/store.ts'
import { wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { formatCount, type OutputOptions, plainText, printJson, printLines, printTable } from '../output.ts'

type Options = OutputOptions & {
  readonly search: string
  readonly notGoods: boolean
  readonly markGoods?: string
  readonly markNotGoods?: string
  readonly limit: number
}

export function addProductsCommand(program: Command): void {
  program
    .command('products')
    .description('list the catalog; see and overrule what was taken for no merchandise')
    .option('--search <words>', 'only products whose title or id holds these words', '')
    .option('--not-goods', 'only what is kept out of mining, with the reason', false)
    .option('--mark-goods <id>', 'this is merchandise, whatever was found')
    .option('--mark-not-goods <id>', 'this is no merchandise')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 1_000_000), 50)
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        const { store } = installation
        const marked = await markAll(options, store)
        const products = await store.listProducts()
        if (marked.length > 0) {
          const changed = products.filter(({ id }) => marked.includes(id))
          if (options.json) printJson(changed)
          else confirm(changed)
          return
        }
        const found = select(products, options)
        const shown = found.slice(0, options.limit)
        if (options.json) printJson(shown)
        else print(shown, found.length - shown.length, options.notGoods)
      } finally {
        await installation.close()
      }
    })
}

/** The products that were marked. */
async function markAll(
  { markGoods, markNotGoods }: Options,
  store: Pick<Store, 'setGoods'>,
): Promise<readonly string[]> {
  if (markGoods !== undefined) await mark(store, markGoods, { kind: 'goods', source: 'owner' })
  if (markNotGoods !== undefined) {
    const reason = 'marked by the owner'
    await mark(store, markNotGoods, { kind: 'not-goods', reason, source: 'owner' })
  }
  return [markGoods, markNotGoods].filter((id) => id !== undefined)
}

function confirm(products: readonly CatalogProduct[]): void {
  for (const { id, title, goods } of products) {
    const now = goods.kind === 'goods' ? 'is merchandise' : 'is no merchandise'
    process.stdout.write(`${id} ${plainText(readableTitle(title))} ${now}, by your word.\n`)
  }
  process.stdout.write('It shows in pairings once you run "aftercart mine" again.\n')
}

async function mark(
  store: Pick<Store, 'setGoods'>,
  id: string,
  verdict: GoodsVerdict & { readonly source: 'owner' },
): Promise<void> {
  if (await store.setGoods(id, verdict)) return
  throw new AppError(
    'invalid-argument',
    `There is no product ${id}; "aftercart products --search …" finds ids.`,
  )
}

function select(products: readonly CatalogProduct[], options: Options): CatalogProduct[] {
  const words = options.search.toLowerCase().split(/\s+/).filter(Boolean)
  return products.filter((product) => {
    if (options.notGoods && product.goods.kind === 'goods') return false
    const text = `${product.id} ${product.title}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

function print(products: readonly CatalogProduct[], more: number, withReasons: boolean): void {
  if (products.length === 0) {
    process.stdout.write('No product fits.\n')
    return
  }
  if (withReasons) printLines(products.flatMap(reasonLines))
  else printProducts(products)
  if (more > 0) process.stdout.write(`… and ${formatCount(more)} more: --limit or --search finds them.\n`)
  process.stdout.write('Overrule with --mark-goods <id> or --mark-not-goods <id>, then mine again.\n')
}

/** A reason is a sentence or three: it stands below its product, where no terminal cuts it. */
function reasonLines({ id, title, goods }: CatalogProduct): readonly string[] {
  return goods.kind === 'goods' ? [] : [`${id}  ${readableTitle(title)}`, `    ${goods.reason}`]
}

function printProducts(products: readonly CatalogProduct[]): void {
  printTable(
    ['id', 'title', 'category', 'kept out because', 'price'],
    products.map((product) => [
      product.id,
      readableTitle(product.title),
      product.category === null ? '' : `${product.category}${product.categoryIsGuess ? ' (guess)' : ''}`,
      product.goods.kind === 'goods' ? '' : product.goods.reason,
      product.priceMinor === null
        ? '–'
        : formatMoney({ amountMinor: product.priceMinor, currency: product.currency }),
    ]),
    4,
  )
}

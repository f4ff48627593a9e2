// aftercart import: order files into the history, and what they say of products into the catalog.

import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { TAG_LENGTH_MAX, TAGS_MAX } from '../../domain/product-attributes.ts'
import type { ImportResult } from '../../importing/import-orders.ts'
import type { ColumnNames } from '../../importing/recognise-columns.ts'
import { columnNames, currencyCode } from '../arguments.ts'
import { importFiles } from '../import-files.ts'
import { openInstallation } from '../installation.ts'
import { countOf, formatCount, type OutputOptions, printJson, printLines } from '../output.ts'

type Options = OutputOptions & {
  readonly catalog?: string
  readonly columns?: ColumnNames
  readonly currency?: string
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument(
      '[file...]',
      'order files: .csv, .tsv, .jsonl (also .gz) or .parquet; none with --catalog alone',
    )
    .description('read orders into the history; every row is kept or rejected with a reason')
    .option('--catalog <file>', 'a product export: titles, categories, prices, pictures, stock, variants')
    .option(
      '--columns <names>',
      'which column is what: order=…,product=…,date=…,quantity=…,price=…',
      columnNames,
    )
    .option('--currency <code>', 'of files that name none, such as EUR', currencyCode)
    .action(async (files: string[], options: Options) => {
      if (files.length === 0 && options.catalog === undefined)
        throw new AppError(
          'invalid-argument',
          'There is nothing to import: name files of orders, or a product export with --catalog.',
        )
      const installation = await openInstallation({ ...options, create: true })
      try {
        const request = {
          files,
          catalogFile: options.catalog ?? null,
          columns: options.columns ?? null,
          currency: options.currency ?? null,
        }
        const result = await importFiles(request, installation)
        if (options.json) printJson(result)
        else printLines([...importLines(result), nextStep(result)])
      } finally {
        await installation.close()
      }
    })
}

function nextStep({ history }: ImportResult): string {
  return history.orders === 0
    ? 'The history holds no order, so there is nothing to mine yet.'
    : 'Next: aftercart mine'
}

const missingCosts: Readonly<Record<ImportResult['withoutColumns'][number], string>> = {
  customer:
    'No column names the customer: no refills, no next steps, nobody is known again. If there is one: --columns customer=…',
  title:
    'No column names the product: offers show ids, and no category can be told. If there is one: --columns title=…, or a product export with --catalog',
}

export function importLines(result: ImportResult): readonly string[] {
  const { history, returns } = result
  const ofOrders = [
    `Read ${countOf(result.rowsRead, 'row')} (${result.recognisedAs.join(', ')}), kept ${formatCount(result.rowsKept)}, in ${result.seconds.toFixed(1)} s.`,
    `  orders and returns: ${formatCount(result.newOrders)} new, ${formatCount(result.changedOrders)} changed, ${formatCount(result.unchangedOrders)} known already`,
    `  returned lines in the history: ${formatCount(returns.matched)} matched to their order, ${formatCount(returns.unmatched)} not`,
    ...result.rejected.map(
      (one) => `  rejected ${formatCount(one.rows)}: ${one.reason} (for example ${one.example})`,
    ),
  ]
  const lines = [
    ...(result.recognisedAs.length > 0 ? ofOrders : []),
    `The history now holds, returns taken off: ${countOf(history.orders, 'order')}, ${countOf(history.orderLines, 'line')}, ${countOf(history.products, 'product')}, ${countOf(history.customers, 'customer')}.`,
    ...result.withoutColumns.map((field) => `  ${missingCosts[field]}`),
  ]
  if (result.catalogProducts > history.products) {
    lines.push(
      `The catalog holds ${countOf(result.catalogProducts, 'product')}, also those that were never sold or always came back.`,
    )
  }
  if (result.catalogFile !== null) {
    lines.push(
      `The catalog file names ${countOf(result.catalogFile.products, 'product')} (${result.catalogFile.recognisedAs}).`,
      ...result.catalogFile.rejected.map(
        (one) => `  left out ${countOf(one.rows, 'row')}: ${one.reason} (for example ${one.example})`,
      ),
    )
    const { tagsCut } = result.catalogFile
    if (tagsCut !== null)
      lines.push(
        `  ${countOf(tagsCut.products, 'product has', 'products have')} more than ${TAGS_MAX} tags, or longer ones than ${TAG_LENGTH_MAX} characters: the first ${TAGS_MAX} that fit count (for example of ${tagsCut.example})`,
      )
  }
  if (result.notGoods.length > 0) {
    lines.push(
      `${countOf(result.notGoods.length, 'product is', 'products are')} no merchandise: "aftercart products --not-goods" lists them and takes your word.`,
    )
  }
  return lines
}

// aftercart import: order files into the history, and what they say of products into the catalog.

import { type Command, InvalidArgumentError } from 'commander'
import { isCurrency } from '../../domain/money.ts'
import type { ImportResult } from '../../importing/import-orders.ts'
import type { ColumnNames } from '../../importing/recognise-columns.ts'
import { importFiles } from '../import-files.ts'
import { openInstallation } from '../installation.ts'
import { formatCount, type OutputOptions, printJson } from '../output.ts'

type Options = OutputOptions & {
  readonly catalog?: string
  readonly columns?: ColumnNames
  readonly currency?: string
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument('<file...>', 'order files: .csv, .tsv, .jsonl (also .gz) or .parquet')
    .description('read orders into the history; every row is kept or rejected with a reason')
    .option('--catalog <file>', 'a product export: titles, categories, prices, pictures, stock, variants')
    .option(
      '--columns <names>',
      'which column is what: order=…,product=…,date=…,quantity=…,price=…',
      columnNames,
    )
    .option('--currency <code>', 'of files that name none, such as EUR', currencyCode)
    .action(async (files: string[], options: Options) => {
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
        else printImport(result)
      } finally {
        await installation.close()
      }
    })
}

function columnNames(text: string): ColumnNames {
  const pairs = text.split(',').map((part) => {
    const at = part.indexOf('=')
    if (at < 1 || at === part.length - 1)
      throw new InvalidArgumentError('it takes pairs such as order=Receipt')
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  })
  return Object.fromEntries(pairs)
}

function currencyCode(text: string): string {
  if (isCurrency(text)) return text
  throw new InvalidArgumentError('it takes an ISO 4217 code such as EUR')
}

export function printImport(result: ImportResult): void {
  const { history, returns } = result
  const lines = [
    `Read ${formatCount(result.rowsRead)} rows (${result.recognisedAs.join(', ')}), kept ${formatCount(result.rowsKept)}, in ${result.seconds.toFixed(1)} s.`,
    `  orders: ${formatCount(result.newOrders)} new, ${formatCount(result.changedOrders)} changed, ${formatCount(result.unchangedOrders)} known already`,
    `  returned lines: ${formatCount(returns.matched)} matched to their order, ${formatCount(returns.unmatched)} not`,
    ...result.rejected.map(
      (one) => `  rejected ${formatCount(one.rows)}: ${one.reason} (for example ${one.example})`,
    ),
    `The history now holds ${formatCount(history.orders)} orders, ${formatCount(history.orderLines)} lines, ${formatCount(history.products)} products, ${formatCount(history.customers)} customers.`,
  ]
  if (result.catalogFile !== null) {
    lines.push(
      `The catalog names ${formatCount(result.catalogFile.products)} products (${result.catalogFile.recognisedAs}).`,
      ...result.catalogFile.rejected.map(
        (one) => `  left out ${formatCount(one.rows)} rows: ${one.reason} (for example ${one.example})`,
      ),
    )
  }
  if (result.notGoods.length > 0) {
    lines.push(
      `${result.notGoods.length} products are no merchandise: "aftercart products --not-goods" lists and overrules them.`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\nNext: aftercart mine\n`)
}

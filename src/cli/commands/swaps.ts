// aftercart swaps: which pairings were tried against each other, promoted or rested, and taking one back.

import type { Command } from 'commander'
import { listSwaps, type SwapRow, undoSwap } from '../../deciding/list-swaps.ts'
import { AppError } from '../../domain/errors.ts'
import { isoDate } from '../../domain/instant.ts'
import { wholeNumber } from '../arguments.ts'
import { withInstallation } from '../installation.ts'
import { type OutputOptions, printJson, printLines, printTable } from '../output.ts'

type Options = OutputOptions & { readonly limit: number; readonly undo?: number }

export function addSwapsCommand(program: Command): void {
  program
    .command('swaps')
    .description('list what the always-on choice tried, promoted, let rest and retired, or take one back')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1000), 50)
    .option('--undo <id>', 'let this pairing take part again', wholeNumber(1, 2 ** 31))
    .action((options: Options) =>
      withInstallation(options, async ({ store, clock }) => {
        const products = new Map((await store.listProducts()).map((product) => [product.id, product]))
        if (options.undo === undefined) {
          const rows = await listSwaps(options.limit, store, products)
          if (options.json) printJson(rows)
          else printRows(rows)
          return
        }
        const row = await undoSwap(options.undo, { store, clock, products })
        if (row === null)
          throw new AppError(
            'invalid-argument',
            `Change ${options.undo} is not the latest of its pairing, or changes nothing: "aftercart swaps" lists them.`,
          )
        if (options.json) printJson(row)
        else
          printLines([
            `${row.addOnTitle} takes part again for ${row.anchorTitle}; one that a plan retired is back with the next "aftercart mine".`,
          ])
      }),
    )
}

function printRows(rows: readonly SwapRow[]): void {
  if (rows.length === 0) {
    printLines([
      'Nothing was tried yet: pairings of one product are tried against each other on the thank-you page',
      'and in messages, and weighed each night by "aftercart refresh".',
    ])
    return
  }
  printTable(
    ['id', 'date', 'where', 'bought', 'add-on', '', 'why'],
    rows.map(({ id, at, placement, anchorTitle, addOnTitle, state, because }) => [
      String(id),
      isoDate(Date.parse(at)),
      placement,
      anchorTitle,
      addOnTitle,
      state === 'live' ? 'tried' : state,
      because,
    ]),
  )
}

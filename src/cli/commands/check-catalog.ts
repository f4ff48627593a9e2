// aftercart check-catalog: what in the catalog keeps offers from being good, each with what to do. Exit code 0 whatever
// is found: it is advice, not a failure.

import type { Command } from 'commander'
import { holdCurrentPlan } from '../../deciding/current-plan.ts'
import { type CatalogProblem, checkCatalog } from '../../importing/check-catalog.ts'
import { wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { formatCount, type OutputOptions, plainText, printJson } from '../output.ts'

type Options = OutputOptions & { readonly limit: number }

export function addCheckCatalogCommand(program: Command): void {
  program
    .command('check-catalog')
    .description('say what in the catalog keeps offers from being good, and what to do')
    .option('--limit <n>', 'products shown of each problem; --json holds all', wholeNumber(1, 1_000_000), 5)
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        const { store, settings } = installation
        const current = holdCurrentPlan(store, settings)
        await current.refresh()
        const products = await store.listProducts()
        const problems = checkCatalog(products, current.get())
        if (options.json) printJson(problems)
        else if (products.length === 0)
          process.stdout.write('The catalog is empty: run "aftercart import" first.\n')
        else printProblems(problems, options.limit)
      } finally {
        await installation.close()
      }
    })
}

function printProblems(problems: readonly CatalogProblem[], limit: number): void {
  const lines: string[] = []
  for (const rows of Map.groupBy(problems, ({ problem }) => problem).values()) {
    const [first] = rows
    if (first === undefined) continue
    const named = rows.filter(({ product }) => product !== null)
    lines.push(`${first.title} (${formatCount(named.length || first.products)})`)
    for (const { product, productTitle, detail } of named.slice(0, limit))
      lines.push(`  ${product} ${productTitle ?? ''}: ${detail}`)
    if (named.length > limit) lines.push(`  … and ${formatCount(named.length - limit)} more`)
    for (const { product, detail } of rows) if (product === null) lines.push(`  ${detail}`)
    lines.push(`  → ${first.fix}`, '')
  }
  if (lines.length === 0) lines.push('Nothing to mend: every product has what an offer needs.')
  process.stdout.write(`${lines.map(plainText).join('\n').trimEnd()}\n`)
}

// aftercart plans: the published versions, and going back to one of them.

import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { isoDate } from '../../domain/instant.ts'
import { wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { formatCount, type OutputOptions, printJson, printTable } from '../output.ts'

export function addPlansCommand(program: Command): void {
  program
    .command('plans')
    .description('list published plans, or go back to one of them')
    .option('--use <version>', 'make this version the current one', wholeNumber(1, 2 ** 31))
    .action(async (options: OutputOptions & { readonly use?: number }) => {
      const installation = await openInstallation(options)
      try {
        const { store } = installation
        if (options.use !== undefined && !(await store.makePlanCurrent(options.use))) {
          throw new AppError(
            'invalid-argument',
            `There is no plan ${options.use}; "aftercart plans" lists those there are.`,
          )
        }
        const counts = Map.groupBy(await store.countPlanChanges(), ({ planVersion }) => planVersion)
        const changesOf = (version: number) => {
          const changes = { retired: 0, added: 0 }
          for (const { kind, count } of counts.get(version) ?? []) changes[kind] += count
          return changes
        }
        const plans = (await store.listPlans()).map((plan) => ({
          ...plan,
          changes: changesOf(plan.version),
        }))
        if (options.json) return printJson(plans)
        if (plans.length === 0) {
          process.stdout.write('No plan has been published yet: run "aftercart mine".\n')
          return
        }
        printTable(
          ['plan', 'published', '', 'complete', 'refill', 'extend', 'orders', 'retired', 'new'],
          plans.map(({ version, publishedAtMs, current, summary, changes }) => [
            String(version),
            isoDate(publishedAtMs),
            current ? 'current' : '',
            formatCount(summary.pairings.complete),
            formatCount(summary.pairings.refill),
            formatCount(summary.pairings.extend),
            formatCount(summary.orders),
            formatCount(changes.retired),
            formatCount(changes.added),
          ]),
        )
      } finally {
        await installation.close()
      }
    })
}

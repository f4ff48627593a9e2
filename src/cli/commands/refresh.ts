// aftercart refresh: the nightly job by hand, what it did so far, and taking the last one back.

import type { Command } from 'commander'
import { isoDate } from '../../domain/instant.ts'
import type { Refresh } from '../../domain/refresh.ts'
import { withInstallation } from '../installation.ts'
import { countOf, formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { refreshInstallation, undoRefresh } from '../refresh-installation.ts'

type Options = OutputOptions & { readonly list: boolean; readonly undo: boolean }

const LISTED = 60
const CHANGES_SHOWN = 10

export function addRefreshCommand(program: Command): void {
  program
    .command('refresh')
    .description('what the worker does each night: new orders, mine, publish, weigh what is tried again')
    .option('--list', 'show the refreshes so far', false)
    .option('--undo', 'take the last one back: its plan, and what it promoted or let rest', false)
    .action((options: Options) =>
      withInstallation(options, async (installation) => {
        if (options.list) {
          const refreshes = await installation.store.listRefreshes(LISTED)
          if (options.json) printJson(refreshes)
          else printList(refreshes)
          return
        }
        const refresh = options.undo
          ? await undoRefresh(installation)
          : await refreshInstallation(installation)
        if (options.json) printJson(refresh)
        else if (options.undo) printUndone(refresh)
        else printRefresh(refresh)
      }),
    )
}

function printRefresh({ orders, plan, arms, advice, seconds }: Refresh): void {
  const changed = arms.changes.filter(({ before, state }) => before !== state)
  printLines([
    `${countOf(orders.received, 'order')} came in since the last refresh, ${formatCount(orders.new)} new to the history.`,
    ...(orders.otherCurrency > 0
      ? [`  ${countOf(orders.otherCurrency, 'order')} in another currency stayed out.`]
      : []),
    `Plan ${plan.version ?? 'unchanged'}: ${countOf(plan.retired, 'pairing')} retired, ${formatCount(plan.added)} new.`,
    `${countOf(arms.weighed, 'pairing')} weighed by what shoppers took; ${formatCount(changed.length)} changed place.`,
    ...changed
      .slice(0, CHANGES_SHOWN)
      .map(({ anchor, addOn, state, because }) => `  ${addOn} for ${anchor}: ${state}, ${because}`),
    ...(advice.length === 0 ? [] : ['What to change next ("aftercart report" says why):']),
    ...advice.map(({ sentence }) => `  ${sentence}`),
    `${(seconds ?? 0).toFixed(1)} s. "aftercart refresh --undo" takes it back.`,
  ])
}

function printUndone({ id, plan }: Refresh): void {
  printLines([`Refresh ${id} was taken back: plan ${plan.before} is current again.`])
}

function printList(refreshes: readonly Refresh[]): void {
  if (refreshes.length === 0) {
    printLines(['No refresh yet: the worker runs one each night, "aftercart refresh" runs one now.'])
    return
  }
  printTable(
    ['refresh', 'date', 'new orders', 'plan', 'retired', 'new', 'arms changed', ''],
    refreshes.map(({ id, startedAtMs, seconds, orders, plan, arms, undoneAtMs }) => [
      String(id),
      isoDate(startedAtMs),
      formatCount(orders.new),
      String(plan.version ?? ''),
      formatCount(plan.retired),
      formatCount(plan.added),
      formatCount(arms.changes.filter(({ before, state }) => before !== state).length),
      undoneAtMs !== null ? 'taken back' : seconds === null ? 'did not end yet' : howItEnded(plan),
    ]),
  )
}

function howItEnded({ version }: Refresh['plan']): string {
  return version === null ? 'failed, nothing changed' : ''
}

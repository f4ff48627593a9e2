// aftercart pairings: the pairings of the current plan with their evidence; of one anchor as sentences, of all as a table.

import type { Command } from 'commander'
import { type ChangeRow, listChanges } from '../../deciding/list-changes.ts'
import { listPairings, type PairingRow } from '../../deciding/list-pairings.ts'
import type { Plan } from '../../domain/plan.ts'
import { wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import {
  anchorLine,
  PAIRINGS_TEXT_COLUMNS,
  pairingCells,
  pairingLines,
  pairingsHead,
} from '../pairing-lines.ts'
import { addDirectPairings } from './direct-pairings.ts'

type Options = OutputOptions & {
  readonly anchor?: string
  readonly limit: number
  readonly retired: boolean
  readonly added: boolean
}

export function addPairingsCommand(program: Command): void {
  const pairings = program
    .command('pairings')
    .description('list pairings with their evidence, live ones first; approve, veto, pin, pause, add')
    .option('--anchor <id>', 'only the pairings of this product')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 1_000_000), 50)
    .option('--retired', 'what newer plans retired instead, when and why, and what takes its place', false)
    .option('--added', 'what newer plans added instead', false)
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        const plan = await loadCurrentPlan(installation)
        if (options.retired || options.added) {
          const kind = options.retired === options.added ? undefined : options.retired ? 'retired' : 'added'
          const changes = await listChanges({ ...options, kind }, installation.store, plan.products)
          if (options.json) printJson(changes)
          else printChanges(changes)
          return
        }
        const rows = listPairings(plan, options, { ...installation, nowMs: installation.clock.nowMs() })
        if (options.json) printJson(rows)
        else printPairings(rows, options.anchor, emptyBecause(plan, options.anchor))
      } finally {
        await installation.close()
      }
    })
  addDirectPairings(pairings)
}

function emptyBecause({ products }: Pick<Plan, 'products'>, anchor: string | undefined): string {
  if (anchor === undefined) return 'No pairings: no two products were bought together often enough to tell.'
  return products.has(anchor)
    ? `No pairings for ${anchor}: nothing was bought with it often enough to tell.`
    : `No product ${anchor} is in the plan: "aftercart products --search …" finds ids, "aftercart mine" takes new ones up.`
}

function printPairings(rows: readonly PairingRow[], anchor: string | undefined, empty: string): void {
  const [first] = rows
  if (first === undefined) printLines([empty])
  else if (anchor === undefined) printTable(pairingsHead, rows.map(pairingCells), PAIRINGS_TEXT_COLUMNS)
  else printLines([anchorLine(first), ...rows.flatMap((row) => ['', ...pairingLines(row)])])
}

function printChanges(changes: readonly ChangeRow[]): void {
  if (changes.length === 0) {
    printLines(['No changes: each new plan is compared with the one before, and none differed in this yet.'])
    return
  }
  printTable(
    ['day', 'plan', 'anchor', 'add-on', 'relation', 'reason', 'because', 'in its place'],
    changes.map((row) => [
      row.at.slice(0, 10),
      String(row.planVersion),
      row.anchorTitle,
      row.addOnTitle,
      row.relation,
      row.reason ?? 'added',
      row.because,
      row.replacedByTitle ?? '–',
    ]),
    8,
  )
}

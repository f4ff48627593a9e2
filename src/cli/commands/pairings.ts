// aftercart pairings: the pairings of the current plan with their evidence.

import type { Command } from 'commander'
import { listPairings, type PairingRow } from '../../deciding/list-pairings.ts'
import { wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { addDirectPairings } from './direct-pairings.ts'

type Options = OutputOptions & { readonly anchor?: string; readonly limit: number }

export function addPairingsCommand(program: Command): void {
  const pairings = program
    .command('pairings')
    .description('list pairings with their evidence, live ones first; approve, veto, pin, pause, add')
    .option('--anchor <id>', 'only the pairings of this product')
    .option('--limit <n>', 'how many at most', wholeNumber(1, 1_000_000), 50)
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        const plan = await loadCurrentPlan(installation)
        const rows = listPairings(plan, options, { ...installation, nowMs: installation.clock.nowMs() })
        if (options.json) printJson(rows)
        else printPairings(rows, options.anchor)
      } finally {
        await installation.close()
      }
    })
  addDirectPairings(pairings)
}

function printPairings(rows: readonly PairingRow[], anchor: string | undefined): void {
  if (rows.length === 0) {
    const of = anchor === undefined ? '' : ` for ${anchor}`
    printLines([`No pairings${of}: nothing was bought with it often enough to tell.`])
    return
  }
  printTable(
    [
      'anchor',
      'add-on',
      'relation',
      'status',
      'orders',
      'together',
      'expected',
      'lift',
      'confidence',
      'price ratio',
    ],
    rows.map((row) => [
      row.anchorTitle,
      row.addOnTitle,
      row.status === 'refused' ? `(${row.relation})` : row.relation,
      `${row.status}${row.until === null ? '' : ` until ${row.until.slice(0, 10)}`}${row.source === 'mined' ? '' : `, ${row.source}`}`,
      formatCount(row.orders),
      ...evidenceCells(row),
      row.priceRatio === null ? '–' : row.priceRatio.toFixed(2),
    ]),
    4,
  )
}

/** A refill pairs a product with itself, in later orders: nothing is counted in the same order. */
export function evidenceCells(row: PairingRow): readonly string[] {
  const percent = (share: number): string => (share * 100).toFixed(1)
  if (row.relation === 'refill') return ['–', '–', '–', `${percent(row.score)} % buy again`]
  return [
    formatCount(row.ordersTogether),
    row.expected.toFixed(1),
    row.lift.toFixed(1),
    `${percent(row.confidence)} % (≥ ${percent(row.confidenceLow)})`,
  ]
}

// aftercart report: what offers earned and caused, and what to change next: as text, as JSON, as CSV files or as a page.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import type { Report } from '../../measuring/report.ts'
import { csvTables } from '../../reporting/report-csv.ts'
import { renderReportPage } from '../../reporting/report-page.ts'
import { instant } from '../arguments.ts'
import { csvLine } from '../csv-text.ts'
import { openInstallation } from '../installation.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'
import { reportInstallation } from '../report-installation.ts'
import { reportLines } from '../report-lines.ts'

type Options = OutputOptions & {
  readonly from?: number
  readonly to?: number
  readonly csv?: string
  readonly html?: string
}

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('what offers earned, what they caused, and what to change next')
    .option('--from <ISO>', 'first day; 90 days before the end unless named', instant)
    .option('--to <ISO>', 'the day after the last; now unless named', instant)
    .option('--csv <folder>', 'write tables for a spreadsheet there')
    .option('--html <file>', 'write the report as a page that stands alone')
    .action(async (options: Options) => {
      const { report, shopName } = await makeReportOf(options)
      const written = [
        ...(options.csv === undefined ? [] : writeCsv(report, options.csv)),
        ...(options.html === undefined ? [] : [writePage(report, shopName, options.html)]),
      ]
      if (options.json) printJson(report)
      else if (written.length > 0) printLines(written.map((path) => `Written: ${path}`))
      else printLines(reportLines(report))
    })
}

async function makeReportOf(
  options: Options,
): Promise<{ readonly report: Report; readonly shopName: string }> {
  const installation = await openInstallation(options)
  try {
    const { from: fromMs, to: toMs } = options
    const period = {
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
    }
    const report = await reportInstallation(installation, period)
    return { report, shopName: installation.settings.messaging.shopName }
  } finally {
    await installation.close()
  }
}

function writeCsv(report: Report, folder: string): readonly string[] {
  return csvTables(report).map(({ file, head, rows }) => {
    const path = join(folder, file)
    write(path, [head, ...rows].map(csvLine).join(''))
    return path
  })
}

function writePage(report: Report, shopName: string, path: string): string {
  write(path, renderReportPage(report, { shopName }))
  return path
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid-argument', `${path} cannot be written (${why}): name another place.`, error)
  }
}

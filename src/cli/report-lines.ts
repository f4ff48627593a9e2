// The report as lines for a terminal of 80 columns. Comes in: a report. Goes out: lines: first what offers earned and what
// to change next, then the tables. Long sentences are folded; titles are cut by the tables.

import { isoDate } from '../domain/instant.ts'
import type { Advice } from '../measuring/advice/advice.ts'
import type { Report } from '../measuring/report.ts'
import { effectWords } from '../reporting/advice-words.ts'
import {
  causedTable,
  experimentTable,
  messageTable,
  pairingTable,
  placementTable,
  type ReportTable,
  worthTable,
} from '../reporting/report-tables.ts'
import { tableLines } from './output.ts'

const WIDTH = 80
const PAIRINGS = 12

export function reportLines(report: Report): readonly string[] {
  const { period } = report
  return [
    `${isoDate(period.fromMs)} to ${isoDate(period.toMs - 1)}`,
    '',
    ...report.headlines.flatMap((line) => [...fold(line, WIDTH), '']),
    'WHAT TO CHANGE NEXT',
    ...report.advice.flatMap((advice, at) => adviceLines(advice, at + 1, report.currency)),
    ...section('WHAT WAS CAUSED', without(causedTable(report), [5]), 1),
    ...section('PLACEMENTS', placementTable(report), 1),
    ...section('PAIRINGS', without(pairingTable(report, PAIRINGS), [1, 5]), 1),
    ...section('MESSAGES', without(messageTable(report), [5]), 1),
    ...section('EXPERIMENTS', experimentTable(report), 2),
    ...section('WHAT CUSTOMERS ARE WORTH', worthTable(report), 1),
  ]
}

function adviceLines(advice: Advice, rank: number, currency: string): readonly string[] {
  const effect = effectWords(advice, currency)
  const indent = (text: string): string[] => fold(text, WIDTH - 4).map((line) => `    ${line}`)
  const [first = '', ...more] = fold(advice.sentence, WIDTH - 4)
  return [
    '',
    `${String(rank).padStart(2)}. ${first}`,
    ...more.map((line) => `    ${line}`),
    ...(effect === null ? [] : indent(`Effect: ${effect.value} (${effect.range})`)),
    ...indent(advice.because),
    // A command stays on one line, so that it can be copied.
    ...(advice.command === null ? [] : [`    $ ${advice.command}`]),
  ]
}

function section(
  title: string,
  { caption, head, rows, empty }: ReportTable,
  textColumns: number,
): readonly string[] {
  if (rows.length === 0) return ['', title, ...fold(empty, WIDTH)]
  return [
    '',
    title,
    ...fold(`${caption}.`.replace(/\.\.$/, '.'), WIDTH),
    '',
    ...tableLines(head, rows, textColumns, WIDTH),
  ]
}

/** 80 characters do not hold every column; the page does. */
function without(table: ReportTable, columns: readonly number[]): ReportTable {
  const drop = (cells: readonly string[]): string[] => cells.filter((_, at) => !columns.includes(at))
  return { ...table, head: drop(table.head), rows: table.rows.map(drop) }
}

function fold(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

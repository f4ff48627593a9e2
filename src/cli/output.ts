// What commands print: one JSON document for programs, or text for people. Titles, ids and file names come from outside:
// all text for people passes `plainText` here, so that nothing in them moves the cursor, colours the screen or turns a
// line around; in JSON such characters are escaped.

import { withoutDirections } from '../domain/without-directions.ts'

export type OutputOptions = { readonly data: string; readonly json: boolean }

/** What JSON.stringify leaves as it is. */
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

export function printJson(value: unknown): void {
  const asEscape = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  process.stdout.write(`${JSON.stringify(value, null, 2).replace(unsafeInJson, asEscape)}\n`)
}

/** A text column is cut to no less than this, however narrow the terminal. */
const CELL_LEAST = 16
const GAP = '  '

/** A plain table as wide as the terminal; the first columns are text, the rest is set to the right. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 3,
): void {
  // Where no terminal is, a program or a file reads: nothing is cut.
  const lines = tableLines(head, rows, textColumns, process.stdout.columns ?? Number.POSITIVE_INFINITY)
  printLines(lines)
}

export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns: number,
  width: number,
): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(plainText))
  const needed = head.map((_, column) =>
    cells.reduce((most, row) => Math.max(most, [...(row[column] ?? '')].length), 0),
  )
  const widths = fitWidths(needed, textColumns, width)
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const room = widths[column] ?? 0
        const cut = clip(cell, room)
        const gap = ' '.repeat(room - [...cut].length)
        return column < textColumns ? cut + gap : gap + cut
      })
      .join(GAP)
      .trimEnd(),
  )
}

/** Takes from the widest text column until the table fits. */
function fitWidths(needed: readonly number[], textColumns: number, width: number): readonly number[] {
  const widths = [...needed]
  let over = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1) - width
  for (; over > 0; over--) {
    const text = widths.slice(0, textColumns)
    const widest = text.indexOf(Math.max(...text))
    const room = text[widest] ?? 0
    if (room <= CELL_LEAST) break
    widths[widest] = room - 1
  }
  return widths
}

/** Lines of text for people, each on a line of its own whatever it holds. */
export function printLines(lines: readonly string[], stream: NodeJS.WritableStream = process.stdout): void {
  stream.write(lines.map((line) => `${plainText(line)}\n`).join(''))
}

/**
 * Text that shows as what it is: control characters, ends of line included, become spaces, and marks that change the
 * direction of reading go.
 */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return withoutDirections(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' '))
}

function clip(text: string, room: number): string {
  const characters = [...text]
  return characters.length > room ? `${characters.slice(0, room - 1).join('')}…` : text
}

export function formatCount(value: number): string {
  return value.toLocaleString('en')
}

/** "1 product", "1,007 products"; a plural that is not formed with s is named. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

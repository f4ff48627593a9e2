// What commands print: one JSON document for programs, or text for people.

export type OutputOptions = { readonly data: string; readonly json: boolean }

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
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
  process.stdout.write(`${lines.join('\n')}\n`)
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

/** Control characters never reach a terminal: titles come from outside. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
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

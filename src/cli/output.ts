// What commands print: one JSON document for programs, or text for people.

export type OutputOptions = { readonly data: string; readonly json: boolean }

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

const CELL_MAX = 44

/** A plain table; the first two columns are text, the rest is set to the right. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 3,
): void {
  const cells = [head, ...rows].map((row) => row.map(clip))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)))
  for (const row of cells) {
    const line = row.map((cell, column) => {
      const gap = ' '.repeat((widths[column] ?? 0) - [...cell].length)
      return column < textColumns ? cell + gap : gap + cell
    })
    process.stdout.write(`${line.join('  ').trimEnd()}\n`)
  }
}

/** Control characters never reach a terminal: titles come from outside. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
}

function clip(text: string): string {
  const plain = plainText(text)
  return [...plain].length > CELL_MAX ? `${[...plain].slice(0, CELL_MAX - 1).join('')}…` : plain
}

export function formatCount(value: number): string {
  return value.toLocaleString('en')
}

// What commands print: one JSON document for programs, or text for people. Titles, ids and file names come from outside:
// all text for people passes `plainText` here, so that nothing in them moves the cursor, colours the screen or turns a
// line around; in JSON such characters are escaped.

export type OutputOptions = { readonly data: string; readonly json: boolean }

/** What JSON.stringify leaves as it is. */
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

export function printJson(value: unknown): void {
  const asEscape = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  process.stdout.write(`${JSON.stringify(value, null, 2).replace(unsafeInJson, asEscape)}\n`)
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
    printLines([line.join('  ').trimEnd()])
  }
}

/** Lines of text for people, each on a line of its own whatever it holds. */
export function printLines(lines: readonly string[], stream: NodeJS.WritableStream = process.stdout): void {
  stream.write(lines.map((line) => `${plainText(line)}\n`).join(''))
}

/**
 * Text that shows as what it is: control characters, ends of line included, become spaces, and marks that change the
 * direction of reading go (Unicode, UAX #9: U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069).
 */
export function plainText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
  )
}

function clip(text: string): string {
  const plain = plainText(text)
  return [...plain].length > CELL_MAX ? `${[...plain].slice(0, CELL_MAX - 1).join('')}…` : plain
}

/** `1 order`, `2,000 orders`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

export function formatCount(value: number): string {
  return value.toLocaleString('en')
}

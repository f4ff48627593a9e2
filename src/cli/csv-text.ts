// Small tables as CSV (RFC 4180), for lists that a person opens in a spreadsheet. Written cells never begin with a character
// that a spreadsheet takes for a formula (ASVS 1.2.10): those get an apostrophe before them, and reading takes it away. A
// figure below zero is none, and stays a figure: with an apostrophe no spreadsheet would add it up.

/** One with apostrophes before it gets one more, so that reading takes away what writing put there and nothing else. */
const formula = /^'*[=+\-@\t\r\0]/
const figure = /^-\d+(\.\d+)?$/

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`
}

function writeCell(text: string): string {
  const safe = formula.test(text) && !figure.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows of cells, without blank lines; separated by commas, semicolons or tabs, whichever the first line holds most of. */
export function readCsv(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '')
  const [heading = ''] = plain.split(/\r\n|\n|\r/, 1)
  const separator = [',', ';', '\t'].reduce((one, other) =>
    heading.split(other).length > heading.split(one).length ? other : one,
  )
  const cell = new RegExp(
    `("(?:[^"]|"")*"|[^"${separator}\\r\\n][^${separator}\\r\\n]*|)(${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  )
  const rows: string[][] = []
  let row: string[] = []
  while (cell.lastIndex < plain.length) {
    const at = cell.lastIndex
    const [, content = '', end = ''] = cell.exec(plain) ?? []
    // A quotation mark that does not close takes the rest of the file for its cell.
    if (cell.lastIndex === 0) {
      row.push(plain.slice(at + 1))
      break
    }
    row.push(readCell(content))
    if (end === separator && cell.lastIndex < plain.length) continue
    if (end === separator) row.push('')
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows.filter((cells) => cells.some((one) => one !== ''))
}

function readCell(content: string): string {
  const text = content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content
  return formula.test(text.trim()) ? text.trim().replace(/^'/, '') : text.trim()
}

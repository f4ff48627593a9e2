// How a text file is separated, where its header stands, and what its columns are called. Goes in: the beginning of the
// file. Comes out: the lines above the header, the delimiter and the column names; a blank name becomes `column 3`, one
// that stands twice gets a number.

const delimiters = [',', ';', '\t', '|'] as const
const SNIFFED_RECORDS = 50

export type TableHead = {
  /** Blank lines, Excel's `sep=;` and a title. */
  readonly linesAbove: number
  readonly delimiter: string
  readonly columns: readonly string[]
}

const LINES_ABOVE_MAX = 12

export function readTableHead(head: string): TableHead {
  const lines = head.split(/\r\n|\n|\r/, LINES_ABOVE_MAX + 1)
  let named: string | null = null
  let linesAbove = 0
  for (const [at, line] of lines.entries()) {
    const separator = /^"?sep=(.)"?$/i.exec(line.trim())?.[1]
    if (separator !== undefined) named = separator
    else if (line.trim() !== '' && !isTitle(line, lines.slice(at + 1))) break
    linesAbove = at + 1
  }
  const below = withoutLines(head, linesAbove)
  const delimiter = named ?? sniffDelimiter(below)
  return { linesAbove, delimiter, columns: splitHeader(below, delimiter) }
}

/** One filled cell, where lines below have three or more; an odd quotation mark opens a header of several lines. */
function isTitle(line: string, below: readonly string[]): boolean {
  if (line.split('"').length % 2 === 0) return false
  return filledCells(line) === 1 && below.some((other) => filledCells(other) >= 3)
}

function filledCells(line: string): number {
  const counts = delimiters.map((delimiter) => line.split(delimiter).filter((cell) => cell.trim() !== ''))
  return Math.max(...counts.map((cells) => cells.length))
}

function withoutLines(text: string, lines: number): string {
  let rest = text
  for (let at = 0; at < lines; at++) rest = rest.replace(/^[^\r\n]*(?:\r\n|\n|\r)/, '')
  return rest
}

/** The delimiter that gives the header the most columns; between equals, the one that the rows agree with. */
function sniffDelimiter(head: string): string {
  let best: { readonly delimiter: string; readonly columns: number; readonly agreeing: number } | null = null
  for (const delimiter of delimiters) {
    const records = readRecords(head, delimiter, SNIFFED_RECORDS)
    const columns = records[0]?.length ?? 0
    const agreeing = records.filter((record) => record.length === columns).length
    const better =
      best === null || columns > best.columns || (columns === best.columns && agreeing > best.agreeing)
    if (better) best = { delimiter, columns, agreeing }
  }
  return best?.delimiter ?? ','
}

function splitHeader(head: string, delimiter: string): string[] {
  return uniqueNames(readRecords(head, delimiter, 1)[0] ?? [])
}

/** The keys of the objects at the beginning of a JSONL file, in the order of their first appearance. */
export function jsonColumns(head: string): string[] {
  const keys = new Set<string>()
  for (const line of head.split('\n').slice(0, 1000)) {
    const parsed = parseObject(line)
    for (const key of Object.keys(parsed)) keys.add(key)
  }
  return [...keys]
}

function parseObject(line: string): object {
  try {
    const parsed: unknown = JSON.parse(line)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((raw, index) => {
    const name = raw.trim() === '' ? `column ${index + 1}` : raw.trim()
    let unique = name
    for (let count = 2; seen.has(unique.toLowerCase()); count++) unique = `${name} ${count}`
    seen.add(unique.toLowerCase())
    return unique
  })
}

/** The first records, with quoted fields as RFC 4180 has them; a record that the head cuts off is left out. */
function readRecords(head: string, delimiter: string, limit: number): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let quoted = false
  const endRecord = () => {
    record.push(field)
    if (record.length > 1 || field.trim() !== '') records.push(record)
    record = []
    field = ''
  }
  for (let at = 0; at < head.length && records.length < limit; at++) {
    const char = head[at] as string
    if (quoted) {
      if (char !== '"') field += char
      else if (head[at + 1] === '"') field += head[at++]
      else quoted = false
    } else if (char === '"' && field === '') quoted = true
    else if (char === delimiter) {
      record.push(field)
      field = ''
    } else if (char === '\n' || char === '\r') endRecord()
    else field += char
  }
  if (records.length < limit && (field !== '' || record.length > 0)) endRecord()
  return records
}

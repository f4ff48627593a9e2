// A list of people who get no marketing, as another system or this one exports it → suppressions. A column holds
// addresses (`email`, `phone`, `address`) or hashes of this installation (`recipient`, `hash`); `medium`, `reason`, `since`
// and `until` are read where they are there. A file without a header is taken for a list of addresses. Rows that name
// nobody are returned with their line; throws `column-missing` where the header names none of the columns.

import { AppError } from '../domain/errors.ts'
import { parseInstant } from '../domain/instant.ts'
import { type Medium, media } from '../domain/recipient.ts'
import { type Suppression, type SuppressionReason, suppressionReasons } from '../domain/suppression.ts'
import { readCsv } from './csv-text.ts'

export type RefusedRow = { readonly row: number; readonly reason: string }

type Context = {
  readonly medium: Medium | null
  readonly hashOf: (medium: Medium, address: string) => string | null
  readonly nowMs: number
}

const columnNames = {
  address: ['email', 'e-mail', 'email address', 'mail', 'phone', 'phone number', 'mobile', 'address'],
  hash: ['recipient', 'hash', 'recipient hash'],
  medium: ['medium', 'channel'],
  reason: ['reason'],
  since: ['since', 'date', 'unsubscribed at'],
  until: ['until'],
} as const

export function readSuppressionList(
  text: string,
  context: Context,
): { readonly rowsRead: number; readonly suppressions: Suppression[]; readonly refused: RefusedRow[] } {
  const rows = readCsv(text)
  const [heading = []] = rows
  const hasHeader = !heading.some((cell) => cell.includes('@') || /^\+?\d{7,}$/.test(cell))
  const columns = hasHeader ? columnsOf(heading) : { ...columnsOf(['address']) }
  if (columns.address === null && columns.hash === null)
    throw new AppError(
      'column-missing',
      'The list names nobody: it needs a column "email", "phone" or "address", or a column "recipient" with hashes as exported.',
    )
  const suppressions: Suppression[] = []
  const refused: RefusedRow[] = []
  const people = hasHeader ? rows.slice(1) : rows
  for (const [place, cells] of people.entries()) {
    const read = readRow(cells, columns, context)
    if (typeof read === 'string') refused.push({ row: place + 1, reason: read })
    else suppressions.push(read)
  }
  return { rowsRead: people.length, suppressions, refused }
}

type Columns = Readonly<Record<keyof typeof columnNames, number | null>>

function columnsOf(heading: readonly string[]): Columns {
  const find = (names: readonly string[]) => {
    const place = heading.findIndex((cell) => names.includes(cell.toLowerCase().replaceAll('_', ' ')))
    return place < 0 ? null : place
  }
  return {
    address: find(columnNames.address),
    hash: find(columnNames.hash),
    medium: find(columnNames.medium),
    reason: find(columnNames.reason),
    since: find(columnNames.since),
    until: find(columnNames.until),
  }
}

function readRow(cells: readonly string[], columns: Columns, context: Context): Suppression | string {
  const cell = (column: keyof Columns) => cells[columns[column] ?? -1] ?? ''
  const [address, hash] = [cell('address'), cell('hash').toLowerCase()]
  const said = cell('medium').toLowerCase()
  const medium = media.find((one) => one === said) ?? context.medium ?? guessMedium(address)
  if (said !== '' && said !== medium) return 'the medium is neither "email" nor "sms"'
  if (medium === null) return 'neither an e-mail address nor a phone number such as +15125550100'
  const recipientHash = address === '' ? hash : context.hashOf(medium, address)
  if (recipientHash === null || !/^[0-9a-f]{32}$/.test(recipientHash))
    return address === '' ? 'not a hash of 32 hex digits' : `not an address of the medium "${medium}"`
  const sinceMs = instantOf(cell('since')) ?? context.nowMs
  const untilMs = instantOf(cell('until'))
  if (cell('until') !== '' && untilMs === null) return '"until" is not a date such as 2026-12-31'
  return { recipientHash, medium, reason: reasonOf(cell('reason')), sinceMs, untilMs }
}

/** Hashes alone do not tell. */
function guessMedium(address: string): Medium | null {
  if (address.includes('@')) return 'email'
  return address.startsWith('+') ? 'sms' : null
}

function instantOf(text: string): number | null {
  return text === '' ? null : parseInstant(text)
}

/** The reasons of other systems are not ours. */
function reasonOf(text: string): SuppressionReason {
  return suppressionReasons.find((one) => one === text.toLowerCase()) ?? 'imported'
}

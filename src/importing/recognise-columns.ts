// Which column of a file means what. Goes in: the file's column names and, where given, the owner's `--columns`, which
// win over what is recognised by name. Comes out: the export it is and the sources of each field. A file that nearly fits
// names the missing column (`column-missing`); one that fits nothing says how to name the columns
// (`columns-not-recognised`).

import { AppError } from '../domain/errors.ts'
import { findSources, foldName } from './find-sources.ts'
import { type KnownExport, knownExports, type OrderField, orderFields, plainNames } from './known-exports.ts'

export type ColumnNames = Readonly<Partial<Record<OrderField, string>>>

export type Recognised = {
  readonly knownExport: KnownExport
  /** Columns of the file, as it writes them, by field. */
  readonly sources: Readonly<Record<OrderField, readonly string[]>>
}

const neededByHand = [
  'order',
  'product',
  'date',
  'quantity',
  'price',
] as const satisfies readonly OrderField[]

export function recogniseColumns(
  fileName: string,
  columns: readonly string[],
  named: ColumnNames | null,
): Recognised {
  if (named !== null) return recogniseNamed(fileName, columns, named)
  for (const knownExport of knownExports) {
    const sources = findSources(orderFields, knownExport.columns, columns)
    if (isComplete(knownExport, sources)) return { knownExport, sources }
  }
  throw notRecognised(fileName, columns)
}

function recogniseNamed(fileName: string, columns: readonly string[], named: ColumnNames): Recognised {
  const unknown = Object.keys(named).find((field) => !(orderFields as readonly string[]).includes(field))
  if (unknown !== undefined) {
    throw new AppError(
      'invalid-argument',
      `--columns names "${unknown}", which means nothing; it takes ${orderFields.join(', ')}.`,
    )
  }
  const taken = new Set<string>()
  const sources = findSources(orderFields, {}, columns)
  for (const field of orderFields) {
    const name = named[field]
    if (name === undefined) continue
    const found =
      columns.find((column) => column === name) ?? columns.find((c) => foldName(c) === foldName(name))
    if (found === undefined) {
      throw new AppError(
        'column-missing',
        `${fileName} has no column "${name}", which --columns names for ${field}; it has ${listed(columns)}.`,
      )
    }
    sources[field] = [found]
    taken.add(found)
  }
  const known = nearestExport(columns)
  const byName = findSources(orderFields, known.columns, columns)
  for (const field of orderFields) {
    if (sources[field].length === 0) sources[field] = byName[field].filter((column) => !taken.has(column))
  }
  const lacking = neededByHand.find(
    (field) => sources[field].length === 0 && !(field === 'price' && isPriced(sources)),
  )
  if (lacking !== undefined) {
    throw new AppError(
      'invalid-argument',
      `--columns lacks ${lacking}, and no column of ${fileName} is known by name to hold it; it has ${listed(columns)}.`,
    )
  }
  return { knownExport: { ...known, name: 'columns named by --columns' }, sources }
}

/** Whose names most of the columns bear: what --columns does not name is read as that export writes it. */
function nearestExport(columns: readonly string[]): KnownExport {
  const fits = (known: KnownExport): number =>
    Object.values(findSources(orderFields, known.columns, columns)).filter((sources) => sources.length > 0)
      .length
  return knownExports.reduce((best, known) => (fits(known) > fits(best) ? known : best), plainNames)
}

function isComplete(
  knownExport: KnownExport,
  sources: Readonly<Record<OrderField, readonly string[]>>,
): boolean {
  return isPriced(sources) && knownExport.needed.every((field) => sources[field].length > 0)
}

function isPriced(sources: Readonly<Record<OrderField, readonly string[]>>): boolean {
  return sources.price.length > 0 || sources.lineTotal.length > 0 || sources.items.length > 0
}

/** Names the export that is one column short, if there is one. */
function notRecognised(fileName: string, columns: readonly string[]): AppError {
  if (columns.length === 1) {
    return new AppError(
      'columns-not-recognised',
      `${fileName} has one column only, "${columns[0]}"; columns must be separated by commas, semicolons or tabs.`,
    )
  }
  for (const knownExport of knownExports) {
    const sources = findSources(orderFields, knownExport.columns, columns)
    const missing = knownExport.needed.filter((field) => sources[field].length === 0)
    const [field] = missing
    if (field === undefined || missing.length > 1 || knownExport.needed.length - missing.length < 3) continue
    const names = (knownExport.columns[field] ?? []).map((name) => `"${name}"`).join(' or ')
    return new AppError(
      'column-missing',
      `${fileName} looks like ${knownExport.name}, but its ${field} column (${names}) is missing; it has ${listed(columns)}. Name it with --columns if it is called otherwise.`,
    )
  }
  return new AppError(
    'columns-not-recognised',
    `The columns of ${fileName} are those of no known export: ${listed(columns)}; name them with --columns ${neededByHand.map((name) => `${name}=…`).join(',')}.`,
  )
}

const LISTED_MAX = 12

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, LISTED_MAX).map((column) => `"${column.slice(0, 40)}"`)
  const rest = columns.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

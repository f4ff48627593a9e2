// One order file into the table `incoming`. Goes in: a file that was looked at, and what its columns mean. Comes out:
// how many rows were read, and every row that is not kept, with its reason. A file without a currency is refused with
// the sentence that asks for one (`invalid-argument`).

import { AppError } from '../domain/errors.ts'
import { DAY_MS } from '../domain/instant.ts'
import { isCurrency, minorDigits } from '../domain/money.ts'
import { ID_LENGTH_MAX } from '../domain/order.ts'
import type { Clock } from '../ports/clock.ts'
import type { OrderFile, OrderFiles, RejectedRows } from '../ports/order-files.ts'
import type { Progress } from '../ports/progress.ts'
import type { Statement, Workspace } from '../ports/workspace.ts'
import { currencies, dateReadings, decimalMarks, rejectedRows, statements } from './import-queries.ts'
import type { OrderField } from './known-exports.ts'
import type { Recognised } from './recognise-columns.ts'

/** The padded keys of HMAC-SHA256, in hex: what stands for a customer cannot be made without them. */
export type CustomerKey = { readonly innerPad: string; readonly outerPad: string }

export type StagedFile = {
  readonly rowsRead: number
  readonly rejected: readonly RejectedRows[]
}

type Effects = {
  readonly files: OrderFiles
  readonly workspace: Workspace
  readonly progress: Progress
  readonly customerKey: CustomerKey
  readonly clock: Clock
}

const rawColumns: Readonly<Record<string, OrderField>> = {
  order_id: 'order',
  product_id: 'product',
  title: 'title',
  date: 'date',
  quantity: 'quantity',
  price: 'price',
  line_total: 'lineTotal',
  customer: 'customer',
  currency: 'currency',
  country: 'country',
  status: 'status',
  cancelled_at: 'cancelledAt',
  return_of: 'returnOf',
  items: 'items',
}

export async function stageOrders(
  file: OrderFile,
  fileNo: number,
  recognised: Recognised,
  currencyOption: string | null,
  effects: Effects,
): Promise<StagedFile> {
  const { workspace, progress, files, customerKey, clock } = effects
  const { knownExport, sources } = recognised
  const columns = Object.fromEntries(
    Object.entries(rawColumns).map(([column, field]) => [column, sources[field]]),
  )
  progress.step(`Reading ${file.name}`)
  const loaded = await files.load(file, { table: 'raw', columns }, workspace, progress.fraction)
  const rowsRead = await unpack(loaded.rowsRead, sources.items.length > 0, loaded.malformed, workspace)
  progress.step(`Checking ${file.name}`)
  if (knownExport.fillsDown) await fillDown(workspace)
  else await workspace.run(statements.keepRows)
  const { currency, several } = await readCurrencies(file, currencyOption ?? knownExport.currency, workspace)
  await workspace.run(statements.writtenDates)
  await workspace.run(statements.plainNumber)
  await workspace.run(statements.readRows, {
    return_prefix: knownExport.returnPrefix ?? '',
    adjustment_prefix: knownExport.adjustmentPrefix ?? '',
    returned_statuses: knownExport.returnedStatuses,
    unpaid_statuses: knownExport.unpaidStatuses,
    decimal_comma: await writesDecimalComma(workspace),
    date_formats: await chooseDateFormats(workspace),
    currency,
    id_length_max: ID_LENGTH_MAX,
    latest_at_ms: clock.nowMs() + DAY_MS,
  })
  if (several) await workspace.run(statements.otherCurrencies)
  progress.fraction(0.5)
  const rejected = await workspace.rows(rejectedRows)
  await workspace.run(statements.customerHashes, {
    inner_pad: customerKey.innerPad,
    outer_pad: customerKey.outerPad,
  })
  await workspace.run(statements.orderHeads)
  await workspace.run(statements.takeRows, { file_no: fileNo })
  await clear(workspace, knownExport.fillsDown)
  return { rowsRead, rejected: [...loaded.malformed, ...rejected] }
}

/** What only the first row of an order says is written into all of its rows. */
async function fillDown(workspace: Workspace): Promise<void> {
  await workspace.run(statements.ordersAbove)
  await workspace.run(statements.placedRows)
  await workspace.run(statements.orderWords)
  await workspace.run(statements.fillOrders)
  await workspace.run(text('DROP VIEW placed'))
  await workspace.run(text('DROP TABLE orders_above'))
  await workspace.run(text('DROP TABLE order_words'))
}

/** Where one row holds a whole order, its items are the rows. */
async function unpack(
  rowsRead: number,
  packed: boolean,
  malformed: readonly RejectedRows[],
  workspace: Workspace,
): Promise<number> {
  if (!packed) return rowsRead
  await workspace.run(statements.unpackItems)
  await workspace.run(text('DROP TABLE raw'))
  await workspace.run(text('ALTER TABLE unpacked RENAME TO raw'))
  const [items] = await workspace.rows({
    file: new URL('./raw-rows.sql', import.meta.url),
    row: (raw) => Number(raw.rows),
  })
  return malformed.reduce((sum, { rows }) => sum + rows, items ?? 0)
}

async function writesDecimalComma(workspace: Workspace): Promise<boolean> {
  const [marks] = await workspace.rows(decimalMarks)
  return marks !== undefined && marks.commas > marks.points
}

/** Years of two digits come first: %Y would read the 24 of 15/01/24 as the year 24; %y leaves the rest of 2024 over. */
const clocks = ['', ' %H:%M', ' %H:%M:%S', ' %I:%M %p', ' %I:%M:%S %p']
const dateReadingsTried = [
  ['%m/%d/%y', '%m/%d/%Y', '%m-%d-%y', '%m-%d-%Y'],
  ['%d/%m/%y', '%d/%m/%Y', '%d.%m.%y', '%d.%m.%Y', '%d-%m-%y', '%d-%m-%Y'],
  ['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d'],
  ['%d %b %y', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%d-%b-%y', '%d-%b-%Y'],
].map((days) => days.flatMap((day) => clocks.map((clock) => day + clock)))

/**
 * How the dates that are not ISO are written: the reading that most of them fit. Where 03/04/2011 fits both ways in
 * all rows, the way that gives the shorter period is right, since swapped days and months scatter over the year.
 */
async function chooseDateFormats(workspace: Workspace): Promise<readonly string[]> {
  let best: {
    readonly formats: readonly string[]
    readonly readable: number
    readonly spanMs: number
  } | null = null
  for (const formats of dateReadingsTried) {
    const [reading] = await workspace.rows(dateReadings, { formats })
    if (reading === undefined || reading.dates === 0) break
    const better =
      best === null ||
      reading.readable > best.readable ||
      (reading.readable === best.readable && reading.spanMs < best.spanMs)
    if (better) best = { formats, readable: reading.readable, spanMs: reading.spanMs }
    if (best?.readable === reading.dates && best.formats !== dateReadingsTried[0]) break
  }
  return best?.formats ?? ['%Y-%m-%d']
}

/**
 * Makes the table of factors from whole to minor units, of codes that ISO 4217 knows. Returns the currency of rows that
 * name none, and whether the file has several.
 */
async function readCurrencies(
  file: OrderFile,
  fallback: string | null,
  workspace: Workspace,
): Promise<{ readonly currency: string; readonly several: boolean }> {
  const named = await workspace.rows(currencies)
  if (fallback === null && named.length > 0 && named.every((code) => code === null)) {
    throw new AppError(
      'invalid-argument',
      `${file.name} does not say which currency its prices are in; say it with --currency, for example --currency EUR.`,
    )
  }
  const codes = [...new Set([...named.filter((code) => code !== null), fallback])].filter(
    (code) => code !== null && isCurrency(code),
  )
  const rows = codes.map((code) => `('${code}', ${10 ** minorDigits(code ?? '')})`)
  await workspace.run(
    text(
      `CREATE TABLE currencies AS SELECT * FROM (VALUES ${[...rows, "('', 1)"].join(', ')}) AS t (currency, factor)`,
    ),
  )
  return { currency: fallback ?? '', several: codes.length > 1 }
}

async function clear(workspace: Workspace, filledIsTable: boolean): Promise<void> {
  await workspace.run(text(`DROP ${filledIsTable ? 'TABLE' : 'VIEW'} filled`))
  for (const table of ['raw', 'written_dates', 'read_rows', 'customer_hashes', 'order_heads', 'currencies'])
    await workspace.run(text(`DROP TABLE ${table}`))
}

function text(sql: string): Statement {
  return { sql }
}

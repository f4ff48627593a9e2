// How long does a report take over a ledger of ten million rows? Fills a SQLite store with a shop of two years: 2.2 million
// orders, nine in ten with an offer, one in twelve of those seen accepted, messages for four in five, a hold-out of 10 %; in
// bulk, past the append-only path. Then reads all figures (measure-period.ts) for the last 90 days, as the first report ever
// (which adds up once what became of customers), then again, for 30 days and for both years; and what each night asks of a
// year of showings by week (`countArms`, src/next/attach-rate-fallen.ts). Last, what an entry costs to
// write with the index by order of before and with the one of now. Each reading is told on standard error as it is done,
// with the load of the machine; processor time is what a quiet machine would take. Prints a table, or JSON with `--json`.
// `--rows n`; `--folder f`, which must not exist and is deleted at the end.

import { mkdirSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { openStore } from '../src/adapters/store/open-store.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { readFigures } from '../src/measuring/measure-period.ts'
import { findFallen, TRACKED_WEEKS } from '../src/next/attach-rate-fallen.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rows: { type: 'string', default: '10000000' },
    folder: { type: 'string', default: join(tmpdir(), 'aftercart-bench-report') },
  },
})
const FROM_MS = 1_700_006_400_000
const DAYS = 730
const toMs = FROM_MS + DAYS * DAY_MS
const orders = Math.round(Number(values.rows) / 4.46)
const file = join(values.folder, 'aftercart.sqlite')

mkdirSync(values.folder)
try {
  await (await openStore({ dataFolder: values.folder })).close()
  const ledgerRows = fill()
  const readings = await read()
  const microseconds = entryCosts()
  const gigabytes = statSync(file).size / 1e9
  if (values.json) console.log(JSON.stringify({ ledgerRows, orders, gigabytes, readings, microseconds }))
  else {
    console.log(`${ledgerRows} ledger rows, ${orders} orders, ${gigabytes.toFixed(1)} GB`)
    console.table(readings)
    console.log('microseconds per entry written', microseconds)
  }
} finally {
  rmSync(values.folder, { recursive: true })
}

type Reading = {
  readonly what: string
  readonly seconds: number
  readonly processorSeconds: number
  readonly load: string
}

async function read(): Promise<Reading[]> {
  const store = await openStore({ dataFolder: values.folder })
  const readings: Reading[] = []
  for (const [what, days] of [
    ['90 days, the first report ever', 90],
    ['90 days', 90],
    ['30 days', 30],
    ['both years', DAYS],
  ] as const) {
    const startMs = performance.now()
    const before = process.cpuUsage()
    const figures = await readFigures(
      {
        period: { fromMs: toMs - days * DAY_MS, toMs },
        ...{
          currency: 'GBP',
          ordersPerMonth: 10_000,
          titleOf: (product: string) => product,
          experiments: [],
        },
      },
      { store, settings: { measuring: defaultSettings.measuring }, clock: { nowMs: () => toMs } },
    )
    const seconds = Math.round(performance.now() - startMs) / 1000
    const { user, system } = process.cpuUsage(before)
    if (figures.total.ordersExposed === 0 || figures.caused[0]?.perOrder === null)
      throw new Error(`the figures are empty: ${JSON.stringify([figures.total, figures.caused])}`)
    const processorSeconds = Math.round((user + system) / 1000) / 1000
    const reading = { what, seconds, processorSeconds, load: (loadavg()[0] ?? 0).toFixed(1) }
    readings.push(reading)
    console.error(reading)
  }
  const startMs = performance.now()
  const before = process.cpuUsage()
  const weeks = await store.countArms(toMs, TRACKED_WEEKS)
  const readMs = performance.now()
  if (weeks.length === 0) throw new Error('no week of any arm was read')
  const fallen = findFallen(weeks)
  const { user, system } = process.cpuUsage(before)
  const nightly = {
    what: `${TRACKED_WEEKS} weeks of showings: ${weeks.length} rows, ${fallen.length} fell; ${Math.round(performance.now() - readMs)} ms of it judging`,
    seconds: Math.round(performance.now() - startMs) / 1000,
    processorSeconds: Math.round((user + system) / 1000) / 1000,
    load: (loadavg()[0] ?? 0).toFixed(1),
  }
  readings.push(nightly)
  console.error(nightly)
  await store.close()
  return readings
}

/** Tables first, indexes after: a bulk of rows in a hundredth of the time. */
function fill(): number {
  const database = new DatabaseSync(file)
  database.exec(
    'pragma journal_mode = delete; pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000',
  )
  const indexes = database
    .prepare(
      `select name, sql from sqlite_schema
       where type = 'index' and sql is not null and tbl_name in ('ledger', 'orders', 'trials')`,
    )
    .all()
  for (const { name } of indexes) database.exec(`drop index ${name}`)
  database.exec('drop trigger ledger_keeps_first')
  database.exec(`
    create temp table drawn as
    with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i + 1 < ${orders})
    select i, abs(random()) % 1000 as luck, min(abs(random()) % 1000, abs(random()) % 1000) as anchor,
      abs(random()) % 3 as way, abs(random()) % ${Math.round(orders * 0.6)} as customer,
      ${FROM_MS} + cast(i * ${(DAYS * DAY_MS) / orders} as integer) as at_ms
    from numbers;
    insert into orders (id, customer_id, placed_at_ms, currency, lines, subtotal_minor, received_at_ms)
    select 'order-' || i, case when luck % 10 < 8 then printf('%032x', customer * 7919) end, at_ms, 'GBP',
      '[["sku-' || anchor || '",1,' || (1000 + anchor * 7) || '],["sku-' || (anchor * 7 % 1000) || '",1,1500]]',
      2500 + anchor * 7, at_ms from drawn;
    insert into trials (experiment, order_id, unit, variation, placement, anchor, product, at_ms)
    select 'hold-out', 'order-' || i,
      case when luck % 10 < 8 then 'customer:' || printf('%032x', customer * 7919) else 'order:order-' || i end,
      case when (case when luck % 10 < 8 then customer else i end) % 10 = 0 then 'held-out' else 'offered' end,
      'thank-you', 'sku-' || anchor, 'sku-' || ((anchor * 13 + way) % 1000), at_ms + 2000 from drawn;`)
  const offered = '(case when luck % 10 < 8 then customer else i end) % 10 <> 0'
  const write = (
    kind: string,
    afterMs: number,
    which: string,
    amount = '0',
    placement = 'thank-you',
    id = 'of',
  ) =>
    database.exec(`
      insert into ledger (key, kind, at_ms, offer_id, order_id, product, placement, amount_minor, currency, detail, anchor, relation)
      select printf('${id}-%026x', i * 2654435761) || ':${kind}', '${kind}', at_ms + ${afterMs},
        printf('${id}-%026x', i * 2654435761), 'order-' || i, 'sku-' || ((anchor * 13 + way) % 1000), '${placement}',
        ${amount}, 'GBP', case '${kind}' when 'declined' then 'by-shopper' end, 'sku-' || anchor,
        case way when 0 then 'complete' when 1 then 'refill' else 'extend' end
      from drawn where ${offered} and ${which}`)
  write('offer-issued', 2_000, '1')
  write('exposed', 4_000, 'luck < 850')
  write('accepted', 9_000, 'luck < 70')
  write('charged', 12_000, 'luck < 60', '900 + anchor')
  write('line-added', 12_000, 'luck < 60')
  write('completed', 13_000, 'luck < 60')
  write('refunded', 10 * DAY_MS, 'luck < 4', '-(900 + anchor)')
  write('declined', 9_000, 'luck >= 800')
  for (const [id, placement, afterMs] of [
    ['ma', 'confirmation-email', 60_000],
    ['mb', 'confirmation-email', 60_000],
    ['mc', 'follow-up', 14 * DAY_MS],
  ] as const)
    write('message-sent', afterMs, 'luck % 5 < 4', '0', placement, id)
  write('clicked', 15 * DAY_MS, 'luck % 50 = 0', '0', 'follow-up', 'mc')
  database.exec('drop table drawn')
  for (const index of indexes) database.exec(String(index.sql))
  const rows = Number(database.prepare('select count(*) as rows from ledger').get()?.rows)
  database.close()
  return rows
}

/** Entries written in one transaction that is taken back, so that the disk's sync is left out of both alike. */
function entryCosts(): Readonly<Record<'before' | 'now', number>> {
  const database = new DatabaseSync(file)
  database.exec('pragma synchronous = off; pragma cache_size = -400000')
  const now = entryCost(database)
  database.exec('drop index ledger_of_order; create index ledger_of_order on ledger (order_id)')
  const before = entryCost(database)
  database.close()
  return { before, now }
}

function entryCost(database: DatabaseSync): number {
  const entries = 50_000
  database.exec('begin')
  const insert = database.prepare(
    `insert into ledger (key, kind, at_ms, offer_id, order_id, product, placement, amount_minor, currency, anchor, relation)
     values (?, ?, ?, ?, ?, 'sku-1', 'thank-you', 900, 'GBP', 'sku-2', 'complete')`,
  )
  const kinds = ['accepted', 'line-added', 'charged', 'completed', 'exposed']
  const started = process.cpuUsage()
  for (let place = 0; place < entries; place += 1) {
    const order = Math.floor((place * 7_919) % orders)
    const kind = kinds[place % kinds.length] ?? 'accepted'
    insert.run(`new-${place}`, kind, toMs + place, `offer-${place}`, `order-${order}`)
  }
  const { user, system } = process.cpuUsage(started)
  database.exec('rollback')
  return Math.round(((user + system) / entries) * 10) / 10
}

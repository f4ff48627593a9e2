// Importing: how dates are read, whichever way a shop, a spreadsheet or a machine writes them.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { type ImportBench, openImportBench } from './import-into.ts'

let bench: ImportBench

/** Imports one order per date; answers the instant of each, null where it was rejected. */
async function read(dates: readonly string[]): Promise<(string | null)[]> {
  const rows = dates.map((date, at) => `${at},mug,"${date}",1,2.50,EUR`)
  const text = ['order,sku,date,quantity,price,currency', ...rows].join('\n')
  await bench.import([bench.write(`dates-${dates[0]?.replace(/\W/g, '')}.csv`, `${text}\n`)])
  const found = await bench.ask('SELECT order_id, placed_at_ms FROM order_lines')
  const byOrder = new Map(found.map((row) => [row.order_id, Number(row.placed_at_ms)]))
  return dates.map((_, at) => {
    const atMs = byOrder.get(String(at))
    return atMs === undefined ? null : new Date(atMs).toISOString().slice(0, 19)
  })
}

describe('importing dates', () => {
  beforeEach(async () => {
    bench = await openImportBench()
  })
  afterEach(() => bench.close())

  test('years of two digits are years of this century, month first', async () => {
    assert.deepEqual(await read(['01/15/24', '02/20/24 10:30', '12/31/2024', '1/5/24 8:05 pm']), [
      '2024-01-15T00:00:00',
      '2024-02-20T10:30:00',
      '2024-12-31T00:00:00',
      '2024-01-05T20:05:00',
    ])
  })

  test('years of two digits are read day first, with points and with month names', async () => {
    assert.deepEqual(await read(['15.01.24', '20.02.24 10:30', '31.12.2024']), [
      '2024-01-15T00:00:00',
      '2024-02-20T10:30:00',
      '2024-12-31T00:00:00',
    ])
  })

  test('years of two digits are read behind the name of a month', async () => {
    assert.deepEqual(await read(['15-Jan-24', '20-Feb-2024']), ['2024-01-15T00:00:00', '2024-02-20T00:00:00'])
  })

  test('a comma, a T, fractions of a second and AM before the end are read day first', async () => {
    const written = ['15/01/2024, 10:30', '15/01/2024T10:30', '15/01/2024 10:30:15.123', '15/01/2024 10:30am']
    assert.deepEqual(await read(written), [
      '2024-01-15T10:30:00',
      '2024-01-15T10:30:00',
      '2024-01-15T10:30:15',
      '2024-01-15T10:30:00',
    ])
  })

  test('ISO dates without leading zeros, and seconds or milliseconds since 1970, are read', async () => {
    const written = [
      '2024-1-5',
      '2024-1-5T08:30:00Z',
      '1704067200',
      '1704067200500',
      '2024-01-05T08:30+02:00',
      '2024-01-05T08:30Z',
      '2024-01-05 08:30:00 +0200',
    ]
    assert.deepEqual(await read(written), [
      '2024-01-05T00:00:00',
      '2024-01-05T08:30:00',
      '2024-01-01T00:00:00',
      '2024-01-01T00:00:00',
      '2024-01-05T06:30:00',
      '2024-01-05T08:30:00',
      '2024-01-05T06:30:00',
    ])
  })

  test('words, days that do not exist and offsets that no place on earth has are no dates', async () => {
    const written = [
      'infinity',
      '-infinity',
      'epoch',
      'now',
      '2024-02-30',
      '2024-01-01T10:00:00+99:00',
      '2024-01-01',
    ]
    assert.deepEqual(await read(written), [null, null, null, null, null, null, '2024-01-01T00:00:00'])
  })
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { dayOf, isoDate, parseInstant } from './instant.ts'

test('ISO dates and date-times are read as UTC unless they name a zone', () => {
  assert.equal(parseInstant('2011-09-01'), Date.UTC(2011, 8, 1))
  assert.equal(parseInstant('2011-09-01 08:26:00'), Date.UTC(2011, 8, 1, 8, 26))
  assert.equal(parseInstant('2025-10-07 09:50:26 +0200'), Date.UTC(2025, 9, 7, 7, 50, 26))
  assert.equal(parseInstant('2025-10-07T09:50:26Z'), Date.UTC(2025, 9, 7, 9, 50, 26))
  for (const text of ['', 'yesterday', '01/09/2011', '2011-13-01', '2011'])
    assert.equal(parseInstant(text), null)
})

test('a day that does not exist, a year beyond 1900 to 2200 and an offset of no place are no instants', () => {
  for (const text of ['2024-02-30T10:00:00Z', '0000-01-01', '2200-01-01', '2024-01-01T10:00:00+99:00'])
    assert.equal(parseInstant(text), null, text)
  assert.equal(parseInstant('2024-02-29'), Date.UTC(2024, 1, 29))
  assert.equal(parseInstant('2024-01-01T10:00+14:00'), Date.UTC(2023, 11, 31, 20))
})

test('a day begins at midnight UTC, also before 1970 and when clocks change', () => {
  assert.equal(dayOf(0), 0)
  assert.equal(dayOf(-1), -1)
  assert.equal(isoDate(Date.UTC(2026, 2, 29, 23, 59)), '2026-03-29')
})

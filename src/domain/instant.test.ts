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

test('a day begins at midnight UTC, also before 1970 and when clocks change', () => {
  assert.equal(dayOf(0), 0)
  assert.equal(dayOf(-1), -1)
  assert.equal(isoDate(Date.UTC(2026, 2, 29, 23, 59)), '2026-03-29')
})

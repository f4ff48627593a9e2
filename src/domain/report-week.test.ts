import assert from 'node:assert/strict'
import test from 'node:test'
import { reportWeekDue } from './report-week.ts'

const at = (text: string): number => Date.parse(text)

test('the report is due on Monday from 7:00 where the shop is, not where the machine is', () => {
  assert.equal(reportWeekDue(at('2026-11-23T06:59:59Z'), 'UTC'), null)
  assert.equal(reportWeekDue(at('2026-11-23T07:00:00Z'), 'UTC'), '2026-11-23')
  // 7:00 in Auckland is Sunday evening in London (UTC+13 in summer).
  assert.equal(reportWeekDue(at('2026-11-22T18:00:00Z'), 'Pacific/Auckland'), '2026-11-23')
  assert.equal(reportWeekDue(at('2026-11-22T18:00:00Z'), 'Europe/London'), null)
})

test('the whole of Monday and Tuesday belong to one week, also over the end of a year', () => {
  for (const text of ['2026-12-28T07:00:00Z', '2026-12-28T23:00:00Z', '2026-12-29T23:59:59Z'])
    assert.equal(reportWeekDue(at(text), 'UTC'), '2026-12-28')
  assert.equal(reportWeekDue(at('2024-12-31T12:00:00Z'), 'UTC'), '2024-12-30')
  for (const day of ['30', '31']) assert.equal(reportWeekDue(at(`2026-12-${day}T12:00:00Z`), 'UTC'), null)
})

test('on the Monday after the clocks change the hour is still that of the wall', () => {
  // 26 October 2026: London is on winter time again.
  assert.equal(reportWeekDue(at('2026-10-26T06:30:00Z'), 'Europe/London'), null)
  assert.equal(reportWeekDue(at('2026-10-19T06:30:00Z'), 'Europe/London'), '2026-10-19')
})

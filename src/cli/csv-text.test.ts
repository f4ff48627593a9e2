// CSV that a spreadsheet takes for what it is: T12 of docs/reliability.md, and the rules of RFC 4180.

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { csvLine, readCsv } from './csv-text.ts'

test('no written cell begins with a character of a formula, and each comes back', () => {
  const starts = ['=', '+', '-', '@']
  const payloads = starts.flatMap((start) => [
    ...[
      `${start}1+1`,
      `${start}cmd|' /C calc'!A0`,
      `${start}HYPERLINK("http://x","y")`,
      `${start}SUM(A1,B1)`,
    ],
    ...[start, `${start}${start}`, `${start}"a"`, `${start}a;b`, `${start}a\nb`, `${start}'x'`],
  ])
  assert.equal(payloads.length, 40)
  for (const payload of payloads) {
    const line = csvLine([payload, 'next'])
    assert.doesNotMatch(line, /^"?[=+\-@\t\r\0]/, payload)
    assert.deepEqual(readCsv(`a,b\r\n${line}`)[1], [payload, 'next'])
  }
  for (const control of ['\t=1', '\r=1', '\0=1']) assert.match(csvLine([control]), /^"?'/)
})

test('a figure below zero stays one, and what only resembles it does not', () => {
  assert.equal(csvLine(['-234.93', '-0.036144', '-7']), '-234.93,-0.036144,-7\r\n')
  for (const text of ['-1+1', '-1.', '-.5', '-1e3', '-1\n', '--1', '-1%', '-A1', '+7', "'-7"]) {
    assert.match(csvLine([text]), /^"?'/, text)
    assert.deepEqual(readCsv(`a\r\n${csvLine([text])}`)[1], [text.trim()])
  }
})

test('quotation marks, commas and ends of lines come back as they went', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', "'", 'é', ' ') })
    .filter((text) => text !== '' && text === text.trim())
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = [['one', 'two'], ...rows].map(csvLine).join('')
      assert.deepEqual(readCsv(text), [['one', 'two'], ...rows])
    }),
  )
})

test('commas, semicolons and tabs, a mark of the encoding, blank lines and a missing last end are read', () => {
  const expected = [
    ['email', 'reason'],
    ['ann@shop.example', ''],
    ['bob@shop.example', 'a,b'],
  ]
  assert.deepEqual(readCsv('\uFEFFemail,reason\r\n\r\nann@shop.example,\r\nbob@shop.example,"a,b"'), expected)
  assert.deepEqual(readCsv('email;reason\nann@shop.example;\n;\nbob@shop.example;"a,b"\n'), expected)
  assert.deepEqual(readCsv('email\treason\rann@shop.example\t\rbob@shop.example\ta,b\r'), expected)
  assert.deepEqual(readCsv(''), [])
})

test('a quotation mark that does not close ends with the file', () => {
  assert.deepEqual(readCsv('a,b\n"never,closed\n'), [['a', 'b'], ['never,closed\n']])
})

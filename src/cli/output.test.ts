import assert from 'node:assert/strict'
import test from 'node:test'
import { countOf, tableLines } from './output.ts'

const long = 'a reason that is longer than the forty-four characters which fit a narrow window'

test('a count is told with its noun in singular or plural', () => {
  assert.deepEqual(
    [
      countOf(0, 'order'),
      countOf(1, 'order'),
      countOf(1007, 'order'),
      countOf(2, 'key entry', 'key entries'),
    ],
    ['0 orders', '1 order', '1,007 orders', '2 key entries'],
  )
})

test('a table is never wider than the terminal, and only text is cut for it', () => {
  const rows = [[long, long, '12,345']]
  for (const width of [60, 80, 120]) {
    const lines = tableLines(['product', 'why', 'orders'], rows, 2, width)
    for (const line of lines) assert.ok([...line].length <= width, line)
    assert.ok(lines[1]?.endsWith('12,345'))
    assert.match(lines[1] ?? '', /…/)
  }
})

test('in a wide terminal, and where no terminal is, every cell is whole', () => {
  for (const width of [200, Number.POSITIVE_INFINITY]) {
    assert.equal(tableLines(['product', 'why'], [['teacup', long]], 2, width)[1], `teacup   ${long}`)
  }
})

test('control characters of a title never reach the terminal', () => {
  assert.equal(tableLines(['title'], [['a\u001b[31mred\u0007']], 1, 80)[1], 'a [31mred')
})

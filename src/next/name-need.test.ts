// Sentences stay readable whatever a shop calls its products.

import assert from 'node:assert/strict'
import test from 'node:test'
import { titleInSentence } from './name-need.ts'

test('a title without end is cut at a word, to at most 80 characters', () => {
  const cut = titleInSentence(`${'Espresso machine '.repeat(600)}`)
  assert.equal(cut, `${'Espresso machine '.repeat(4)}Espresso…`)
  assert.equal([...titleInSentence('☕'.repeat(10_000))].length, 80)
  assert.equal(titleInSentence('Espresso machine, black'), 'Espresso machine, black')
})

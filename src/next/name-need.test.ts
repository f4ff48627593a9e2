// Sentences stay readable whatever a shop calls its products.

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyProduct } from '../../test/tiny-plan.ts'
import { giveReason, titleInSentence } from './name-need.ts'

test('a title without end is cut at a word, to at most 80 characters', () => {
  const cut = titleInSentence(`${'Espresso machine '.repeat(600)}`)
  assert.equal(cut, `${'Espresso machine '.repeat(4)}Espresso…`)
  assert.equal([...titleInSentence('☕'.repeat(10_000))].length, 80)
  assert.equal(titleInSentence('Espresso machine, black'), 'Espresso machine, black')
})

test('what chance would bring has its tenths while it is few', () => {
  const anchor = tinyProduct('machine', 9000)
  const reason = (customersLaterExpected: number) =>
    giveReason({
      relation: 'extend',
      anchor,
      evidence: tinyEvidence({ customersLater: 30, customersLaterExpected }),
    })
  assert.match(reason(0.14), /^30 customers .* by chance it would have been 0\.1\.$/)
  assert.match(reason(14.2), / by chance it would have been 14\.$/)
})

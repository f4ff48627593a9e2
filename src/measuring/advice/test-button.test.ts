import assert from 'node:assert/strict'
import test from 'node:test'
import { testButton } from './test-button.ts'

test('a hypothesis that has to be cut is cut between two characters, never within one', () => {
  for (const first of ['cup', 'cups']) {
    const { body } = testButton({
      anchor: { id: 'machine', title: 'Machine' },
      first: { id: 'cup', title: first },
      better: { id: 'brush', title: 'Brush' },
      because: '🪥'.repeat(600),
    })
    const hypothesis = String(body.hypothesis)
    assert.ok(hypothesis.length >= 999 && hypothesis.length <= 1000, `${hypothesis.length}`)
    assert.ok(hypothesis.isWellFormed())
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { checkNeed } from './need-sentence.ts'
import { type OwnerWord, sameWord, wordKey } from './owner-word.ts'
import { pairingId, readPairingId } from './pairing-id.ts'

test('a pairing id leads back to its two products, whatever letters they hold, and needs no quoting in an address', () => {
  assert.equal(pairingId('22697', 'DCGS-0_1'), '22697~DCGS-0_1')
  const id = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed())
  fc.assert(
    fc.property(id, id, (anchor, addOn) => {
      const made = pairingId(anchor, addOn)
      assert.match(made, /^[\w.~-]+$/)
      assert.deepEqual(readPairingId(made), { anchor, addOn })
    }),
  )
  for (const odd of ['', 'a', 'a~', '~b', 'a~b~c', 'a~.ZZ', 'a~.FF'])
    assert.equal(readPairingId(odd), null, odd)
})

test('words replace one another by key: a product and a category of one name are two, an order of fields is none', () => {
  const never = (addOn: OwnerWord & { kind: 'never-with' }) => wordKey(addOn)
  assert.notEqual(
    never({ kind: 'never-with', addOn: { product: 'x' }, with: null }),
    never({ kind: 'never-with', addOn: { category: 'x' }, with: null }),
  )
  const pin: OwnerWord = { kind: 'standing', anchor: 'a', addOn: 'b', standing: 'pinned' }
  const veto: OwnerWord = { standing: 'vetoed', addOn: 'b', anchor: 'a', kind: 'standing' }
  assert.equal(wordKey(pin), wordKey(veto))
  assert.equal(sameWord(pin, veto), false)
  assert.equal(sameWord(veto, { ...pin, standing: 'vetoed' }), true)
  const pause: OwnerWord = { kind: 'pause', anchor: 'a', addOn: 'b', untilMs: null }
  assert.notEqual(wordKey(pin), wordKey(pause))
})

test('a need sentence is one line of plain text of at most 160 characters with known placeholders', () => {
  assert.deepEqual(checkNeed('  Keeps your {anchor}\n clean: 5 > 3. '), {
    kind: 'good',
    sentence: 'Keeps your {anchor} clean: 5 > 3.',
  })
  assert.equal(checkNeed('☕'.repeat(160)).kind, 'good')
  for (const [typed, why] of [
    ['   ', /empty/],
    ['x'.repeat(161), /161 characters/],
    ['Keeps it <b>clean</b>', /markup/],
    ['Fish &amp; chips', /markup/],
    ['See [here](https://x.example)', /markup/],
    ['For {customer}', /\{customer\} stands for nothing/],
    ['For {anchor', /brace/],
    ['A bell \u0007', /control/],
  ] as const) {
    const checked = checkNeed(typed)
    assert.ok(checked.kind === 'wrong' && why.test(checked.why), typed)
  }
})

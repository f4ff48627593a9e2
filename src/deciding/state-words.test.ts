import assert from 'node:assert/strict'
import test from 'node:test'
import type { HeldWord, OwnerWord, WordSource } from '../domain/owner-word.ts'
import { wordKey } from '../domain/owner-word.ts'
import { compareWords } from './state-words.ts'

const held = (word: OwnerWord, source: WordSource): HeldWord => ({
  key: wordKey(word),
  word,
  source,
  saidBy: 'Zoë',
  saidAtMs: 0,
  sequence: 1,
})
const standing = (addOn: string, is: 'pinned' | 'vetoed'): OwnerWord => ({
  kind: 'standing',
  anchor: 'a',
  addOn,
  standing: is,
})
const never: OwnerWord = { kind: 'never-with', addOn: { product: 'x' }, with: null }
const ofFile = ({ source }: HeldWord): boolean => source === 'file'

test('a file takes back only what it said itself, and takes over what another source said of the same', () => {
  const { said, takenOver, takenBack, unchanged } = compareWords(
    [standing('b', 'pinned'), standing('c', 'pinned'), standing('d', 'pinned')],
    [
      held(standing('b', 'pinned'), 'file'),
      held(standing('c', 'vetoed'), 'file'),
      held(standing('d', 'pinned'), 'api'),
      held(standing('e', 'pinned'), 'cli'),
      held(never, 'file'),
    ],
    { source: 'file' },
    ofFile,
  )
  assert.deepEqual(said, [standing('c', 'pinned')])
  assert.deepEqual(takenOver, [standing('d', 'pinned')])
  assert.deepEqual(takenBack, [never])
  assert.equal(unchanged, 1)
})

test('stating the same list again changes nothing', () => {
  const words = [standing('b', 'pinned'), never]
  const again = compareWords(
    words,
    words.map((word) => held(word, 'file')),
    { source: 'file' },
    ofFile,
  )
  assert.deepEqual(again, { said: [], takenOver: [], takenBack: [], unchanged: 2 })
})

// What every store owes the owner's words, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import { nowMs } from '../../test/store/samples.ts'
import { type OwnerStatement, type OwnerWord, wordKey } from '../domain/owner-word.ts'
import type { Store } from './store.ts'

type Place = { open(): Promise<Store> }
type Guarantee = (title: string, prove: (store: Store, place: Place) => Promise<void>) => void

export function ownerGuarantees(guarantee: Guarantee): void {
  const veto: OwnerWord = { kind: 'standing', anchor: 'cup', addOn: 'Ä "b" \0 \ud800', standing: 'vetoed' }
  const never: OwnerWord = { kind: 'never-with', addOn: { category: 'knives' }, with: null }
  const said = (word: OwnerWord, back = false): OwnerStatement => ({
    key: wordKey(word),
    word: back ? null : word,
    source: 'cli',
    saidBy: 'Zoë',
    saidAtMs: nowMs,
  })

  guarantee(
    'of the words of the owner the latest of each key holds, and the log keeps all that was said or taken back',
    async (store) => {
      assert.deepEqual([await store.ownerWordsVersion(), await store.listOwnerWords()], [0, []])
      assert.equal(await store.sayOwnerWords([said(veto), said(never)]), 2)
      assert.deepEqual(await store.listOwnerWords(), [
        { ...said(veto), sequence: 1 },
        { ...said(never), sequence: 2 },
      ])
      const pin: OwnerWord = { ...veto, standing: 'pinned' }
      assert.equal(await store.sayOwnerWords([said(pin), said(never, true)]), 4)
      assert.equal(await store.sayOwnerWords([]), 4)
      assert.equal(await store.sayOwnerWords([said(never, true)]), 4, 'nothing is taken back twice')
      assert.equal(await store.ownerWordsVersion(), 4)
      assert.deepEqual(await store.listOwnerWords(), [{ ...said(pin), sequence: 3 }])
      const log = await store.ownerWordHistory(3)
      assert.deepEqual(
        log.map(({ sequence, word }) => [sequence, word]),
        [
          [4, null],
          [3, pin],
          [2, never],
        ],
      )
    },
  )

  guarantee('words of two processes at once are numbered one after the other', async (store, place) => {
    const other = await place.open()
    try {
      const many = Array.from({ length: 250 }, (_, i) => said({ ...veto, anchor: `a-${i}` }))
      await Promise.all([
        store.sayOwnerWords(many),
        other.sayOwnerWords([said(never)]),
        store.sayOwnerWords(many),
      ])
      assert.equal(await other.ownerWordsVersion(), 501)
      assert.equal((await other.listOwnerWords()).length, 251)
    } finally {
      await other.close()
    }
  })
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { openCategoryLift, openKindred, openTitleCosine } from './kindred.ts'

const titles = ['Canon battery', 'Canon cases', 'Nikon battery', 'Vase']

test('a cosine of titles is the known one, and plurals are one word', () => {
  // Weights: canon and battery ln(4/2), case, nikon and vase ln(4/1) = 2 ln 2. The words in common weigh 1 × 1 (in
  // units of ln 2); the lengths are √(1 + 4) for "canon case" and √2 for "canon battery".
  const cosines = openTitleCosine(titles, titles)('Canon case')
  const expected = [1 / Math.sqrt(5 * 2), 1, 0, 0]
  for (const [place, value] of expected.entries()) assert.ok(Math.abs((cosines[place] ?? 0) - value) < 1e-12)
})

test('a category lift is the known one, drawn towards 1', () => {
  const counts = new Map([
    ['cameras', new Map([['cards', 40]])],
    ['phones', new Map([['cases', 60]])],
  ])
  const lift = openCategoryLift(counts)
  // Share of cards: 40.5 of 101.5; of the 40 pairs of cameras all are cards, and 20 more stand for doubt.
  assert.ok(Math.abs(lift('cameras', 'cards') - (40 / (40.5 / 101.5) + 20) / 60) < 1e-12)
  assert.ok(Math.abs(lift('cameras', 'cases') - 20 / 60) < 1e-12)
  assert.equal(lift(null, 'cards'), 1)
  assert.equal(lift('unheard of', 'cards'), 1)
  assert.equal(openCategoryLift(new Map())('cameras', 'cards'), 1)
})

test('both voices count: words tell candidates of one category apart, categories those without common words', () => {
  const counts = new Map([
    ['cameras', new Map([['cards', 40]])],
    ['phones', new Map([['cases', 60]])],
  ])
  const score = openKindred(
    [
      { title: 'Canon bag', category: 'cards' },
      { title: 'Nikon bag', category: 'cards' },
      { title: 'Sony bag', category: 'cases' },
    ],
    counts,
  )
  const [canon = 0, nikon = 0, sony = 0] = score({ title: 'Canon camera', category: 'cameras' })
  assert.ok(canon > nikon && nikon > sony)
})

test('titles without words and products without categories get a score, and it says nothing', () => {
  const score = openKindred([{ title: '–', category: null }], new Map())
  assert.deepEqual([...score({ title: '', category: null })], [0])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { type OwnerWord, type Subject, wordKey } from '../../domain/owner-word.ts'
import { readCommentedJson } from './read-commented-json.ts'
import { readRulesFile } from './read-rules-file.ts'
import { writeRulesFile } from './write-rules-file.ts'

const known = { products: new Set(['a', 'b', 'c']), categories: new Set(['knives', 'toys']) }

test('what JSON.parse reads is read alike, and comments and trailing commas are passed over', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text)
      const read = readCommentedJson(`// first\n${JSON.stringify(value, null, indent)} /* last */`)
      assert.ok(read.kind === 'read')
      assert.deepEqual(read.value, value)
    }),
  )
  const read = readCommentedJson('{ // a\n "x": [1, /* , */ 2,], "url": "http://y", }')
  assert.deepEqual(read.kind === 'read' && read.value, { x: [1, 2], url: 'http://y' })
})

test('a rules file that cannot be read says on which line and why', () => {
  for (const [text, line, why] of [
    ['{\n "a": 1\n "b": 2 }', 3, /comma/],
    ['{\n\n a: 1 }', 3, /double quotes/],
    ['{ "a": 01x }', 1, /no number|comma/],
    ['{ "a": 1, "a": 2 }', 1, /twice/],
    ['[1, 2', 1, /comma|value/],
    ['', 1, /value is missing/],
    ['{} {}', 1, /after the end/],
    ['{ "a": "unfinished }', 1, /quotes/],
    [`\n${'['.repeat(100_000)}`, 2, /nested too deeply/],
  ] as const) {
    const read = readCommentedJson(text)
    assert.ok(read.kind === 'wrong', text)
    assert.equal(read.line, line, text)
    assert.match(read.why, why, text)
  }
})

test('each problem of a rules file names its line, what is wrong and what to do, and the good entries are read', () => {
  const { words, problems } = readRulesFile(
    `{
  "pairings": [
    { "anchor": "a", "addOn": "b", "status": "pinned", "need": "Keeps it clean." },
    { "anchor": "a", "addOn": "b", "status": "vetoed" },
    { "anchor": "a", "addOn": "zzz", "status": "vetoed" },
    { "anchor": "a" },
    { "anchor": "a", "addOn": "c", "until": "2030-01-01" },
    { "anchor": "a", "addOn": "c",
      "need": "<b>Bold</b>" },
    { "anchor": "a", "addOn": "c" },
    { "anchor": "a", "addOn": "c", "state": "vetoed" },
  ],
  "rules": [
    { "never": { "category": "knives" }, "with": { "category": "toys" } },
    { "never": { "category": "swords" } },
    { "sometimes": 1 },
    { "only": { "product": "a" }, "with": [] },
  ],
}`,
    known,
  )
  assert.deepEqual(
    words.map(({ kind }) => kind),
    ['standing', 'need', 'standing', 'never-with', 'never-with'],
  )
  assert.deepEqual(
    problems.map(({ line, severity }) => [line, severity]),
    [
      [4, 'error'],
      [5, 'warning'],
      [6, 'error'],
      [7, 'error'],
      [9, 'error'],
      [10, 'error'],
      [11, 'error'],
      [15, 'warning'],
      [16, 'error'],
      [17, 'error'],
    ],
  )
  for (const { what, fix } of problems) assert.ok(what !== '' && fix !== '')
})

test('what is exported reads back as the same words', () => {
  const id = fc.constantFrom('a', 'b', 'c')
  const pair = { anchor: id, addOn: id }
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({ product: id }),
    fc.record({ category: fc.constantFrom('knives', 'toys', 'odd "one" // here') }),
  )
  const untilMs = fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }))
  const standing = fc.constantFrom('approved' as const, 'vetoed' as const, 'pinned' as const)
  const share = fc.double({ min: 0, max: 10, noNaN: true })
  const word: fc.Arbitrary<OwnerWord> = fc.oneof(
    fc.record({ kind: fc.constant('standing' as const), ...pair, standing }),
    fc.record({ kind: fc.constant('pause' as const), ...pair, untilMs }),
    fc.record({
      kind: fc.constant('need' as const),
      ...pair,
      sentence: fc.constantFrom('One.', 'Zwei "x".'),
    }),
    pairOfTwo(id).map(([anchor, addOn]) => ({ kind: 'curated', anchor, addOn, relation: 'extend' }) as const),
    fc.record({ kind: fc.constant('never-with' as const), addOn: subject, with: fc.option(subject) }),
    fc.record({
      kind: fc.constant('only-with' as const),
      addOn: subject,
      with: fc.array(subject, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('ceiling' as const),
      category: fc.constantFrom('knives', 'toys'),
      anchorShare: share,
      subtotalShare: share,
    }),
  )
  fc.assert(
    fc.property(fc.uniqueArray(word, { selector: wordKey, maxLength: 12 }), (words) => {
      const text = writeRulesFile(words, (title) => `Title\nof ${title}`)
      const read = readRulesFile(text, known)
      assert.deepEqual(
        read.problems.filter(({ severity }) => severity === 'error'),
        [],
      )
      const sorted = (list: readonly OwnerWord[]) =>
        list.toSorted((one, other) => (wordKey(one) < wordKey(other) ? -1 : 1)).map(plain)
      assert.deepEqual(sorted(read.words), sorted(words))
    }),
  )
})

/** A negative zero is a zero in JSON. */
const plain = (word: OwnerWord): unknown => JSON.parse(JSON.stringify(word))

function pairOfTwo(id: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, string]> {
  return fc.tuple(id, id).filter(([one, other]) => one !== other)
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { attributesOf, boundTags, isBrand, readBrand, splitList, TAGS_MAX } from './product-attributes.ts'

test('a list of tags is read as Shopify, WooCommerce, JSON and Parquet write it', () => {
  const entries = (text: string | null) => splitList(text).entries
  assert.deepEqual(entries(`"Big Air, small", Barnes & Noble, John's Fav`), [
    'Big Air, small',
    'Barnes & Noble',
    "John's Fav",
  ])
  assert.deepEqual(entries('Red\\, white, Blue'), ['Red, white', 'Blue'])
  assert.deepEqual(entries('["a, b", "c", 7]'), ['a, b', 'c', '7'])
  assert.deepEqual(entries('[{"id":34,"name":"Leather"},{"value":"new"},null]'), ['Leather', 'new'])
  assert.deepEqual(entries('[a, b]'), ['a', 'b'])
  assert.deepEqual(entries('12" pan, "open, \\'), ['12" pan', '"open', '\\'])
  assert.deepEqual(entries(',, ,'), [])
  assert.deepEqual(entries(null), [])
})

test('each tag counts once whatever its capitals, and an endless list is cut and says so', () => {
  assert.deepEqual(boundTags([' Espresso ', 'espresso', '', 'New\n in']), {
    tags: ['Espresso', 'New in'],
    cut: false,
  })
  const many = Array.from({ length: 10_000 }, (_, number) => `tag ${number}`)
  const { tags, cut } = boundTags(many)
  assert.deepEqual([tags, cut], [many.slice(0, TAGS_MAX), true])
  assert.deepEqual(boundTags(['x'.repeat(256), 'y']), { tags: ['y'], cut: true })
  assert.deepEqual(boundTags(Array.from({ length: 10_000 }, () => 'same')), { tags: ['same'], cut: false })
})

test('hostile lists are read in a bounded part and soon', () => {
  for (const text of [
    '"'.repeat(3e6),
    '\\'.repeat(3e6),
    ' '.repeat(3e6),
    '[['.repeat(2e6),
    `"${'\\"'.repeat(1e6)}`,
  ]) {
    const { entries, cut } = splitList(`a,${text}`)
    assert.ok(entries.join('').length <= 100_000)
    assert.equal(cut, text.trim() !== '')
    boundTags(entries)
  }
})

test('a brand is one line of bounded length, and keys tell brands from tags', () => {
  assert.equal(readBrand('  Canon\n Inc. '), 'Canon Inc.')
  assert.equal(readBrand(' '), null)
  assert.equal([...(readBrand('🍵'.repeat(400)) ?? '')].length, 255)
  const keys = attributesOf({ brand: 'CANON', tags: ['Canon', '__proto__'] })
  assert.deepEqual(keys, ['brand:canon', 'tag:canon', 'tag:__proto__'])
  assert.deepEqual(keys.map(isBrand), [true, false, false])
})

test('a NUL, which a list of JSON may hide, is a space as in every other text of a catalog', () => {
  const { entries } = splitList('["y\\u0000z", "\\u0000", "a"]')
  assert.deepEqual(boundTags(entries).tags, ['y z', 'a'])
  assert.equal(readBrand('\0m\0k'), 'm k')
})

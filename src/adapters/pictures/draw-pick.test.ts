import assert from 'node:assert/strict'
import test from 'node:test'
import { hostileTitles } from '../../../test/hostile-titles.ts'
import type { PickPicture } from '../../domain/pick-picture.ts'
import { drawPick, PICTURE_HEIGHT, PICTURE_WIDTH } from './draw-pick.ts'
import { textSvg, widthOfText } from './text-in-picture.ts'
import { wrapText } from './wrap-text.ts'

const pick: Extract<PickPicture, { kind: 'pick' }> = {
  kind: 'pick',
  title: 'Green regency teacup and saucer',
  need: 'Completes the set with your roses regency teacup and saucer.',
  price: '£2.95',
  label: 'See it',
  photo: null,
}

/** From the header: a PNG begins with its signature, then IHDR with width and height (RFC 2083, 4.1.1). */
function sizeOf(png: Uint8Array): readonly [number, number] {
  assert.deepEqual([...png.slice(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

test('the picture of a pick is a PNG of twice the size at which it is shown, the same each time, below 150 kB', () => {
  const png = drawPick(pick)
  assert.deepEqual(sizeOf(png), [PICTURE_WIDTH, PICTURE_HEIGHT])
  assert.deepEqual(drawPick(pick), png)
  assert.ok(png.length < 150_000)
})

test('every word of a pick changes its picture, and nothing to offer is a picture too', () => {
  const pictures = [
    pick,
    { ...pick, title: 'Pink' },
    { ...pick, need: 'Other.' },
    { ...pick, price: '£3.95' },
    { ...pick, label: 'Ansehen' },
    { kind: 'thanks', words: 'Thank you for your order', more: '' } as const,
  ].map((one) => Buffer.from(drawPick(one)).toString('base64'))
  assert.equal(new Set(pictures).size, pictures.length)
})

test('hostile titles are text in a picture: the markup around them stays the same', () => {
  const tags = (svg: string): string[] => svg.match(/<\/?[a-z!?][^\s>]*/gi) ?? []
  const look = { size: 42, bold: true, fill: '#000' }
  for (const title of [...hostileTitles, '\ud800', '\u0000\ufffe', ']]>', '&#x0;']) {
    assert.deepEqual(tags(textSvg(title, 0, 0, look)), ['<text', '</text'], title)
    assert.deepEqual(
      sizeOf(drawPick({ ...pick, title, need: title, price: title, label: title })),
      [1200, 360],
    )
  }
})

test('a title of any length ends inside its room, cut by an ellipsis', () => {
  for (const title of [
    'w'.repeat(4000),
    'iW '.repeat(900),
    'Espresso machine '.repeat(60),
    '茶'.repeat(300),
  ]) {
    const widthOf = (text: string): number => widthOfText(text, { size: 42, bold: true })
    const lines = wrapText(title, { widthOf, room: 1104, lines: 2 })
    assert.equal(lines.length, 2)
    for (const line of lines) assert.ok(widthOf(line) <= 1104, line)
    assert.match(lines[1] ?? '', /…$/)
  }
  assert.deepEqual(wrapText('', { widthOf: () => 0, room: 10, lines: 2 }), [])
})

test('a photo that cannot be read leaves its place white and the words as they are', () => {
  const photo = { type: 'image/png', bytes: new Uint8Array([1, 2, 3]) } as const
  assert.deepEqual(sizeOf(drawPick({ ...pick, photo })), [1200, 360])
})

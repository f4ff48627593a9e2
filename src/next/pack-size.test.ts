import assert from 'node:assert/strict'
import test from 'node:test'
import { packSize } from './pack-size.ts'

test('a title’s amount is read in grams, millilitres or pieces, packs multiplied', () => {
  for (const [title, amount, kind] of [
    ['Espresso beans 12 x 500 g', 6000, 'g'],
    ['Espresso beans, 1 kg', 1000, 'g'],
    ['Espresso beans 1,5kg', 1500, 'g'],
    ['Shampoo 250 ml', 250, 'ml'],
    ['Olive oil 0.75 L', 750, 'ml'],
    ['Olive oil 6×75cl bottle', 4500, 'ml'],
    ['Pack of 6 shampoo 250 ml', 1500, 'ml'],
    ['Tea, box of 2 x 40', 80, 'pieces'],
    ['PACK OF 72 RETROSPOT CAKE CASES', 72, 'pieces'],
    ['Green tea 80 teabags', 80, 'pieces'],
    ['Dishwasher tabs 60-count', 60, 'pieces'],
    ['Ink Cartridges Solar, 6 pcs', 6, 'pieces'],
    ['Ground coffee 8 oz', 226.8, 'g'],
    ['Toilet paper 24 rolls', 24, 'pieces'],
    ['Razor blades x8', 8, 'pieces'],
  ] as const) {
    const pack = packSize(title)
    assert.ok(pack !== null && pack.kind === kind, title)
    assert.ok(Math.abs(pack.amount - amount) < 1e-9 * amount, `${title}: ${pack.amount}`)
  }
})

test('what is no amount is not taken for one: years, lengths, models, bare numbers', () => {
  for (const title of [
    'Espresso machine 2000',
    'Scarf 2 m',
    'iPhone 15 case',
    'LED bulb G9',
    'Mug',
    'Ribbon 50 mm',
    '',
  ]) {
    assert.equal(packSize(title), null, title)
  }
})

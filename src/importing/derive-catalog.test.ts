// What a catalog made of order lines promises: titles, variants, categories and what is no merchandise.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTitle } from './choose-title.ts'
import { groupVariants } from './group-variants.ts'
import { guessCategories } from './guess-category.ts'
import { type Behaviour, judgeGoods } from './judge-goods.ts'

test('the title is the most used clean one; notes are no titles', () => {
  const used = (title: string, lines: number, lastUsedAtMs = 0) => ({ title, lines, lastUsedAtMs })
  assert.equal(chooseTitle([used('damaged', 90), used('RED MUG', 5), used('RED MUGG', 2)]), 'RED MUG')
  assert.equal(chooseTitle([used('?', 9), used('RED  MUG ', 1)]), 'RED MUG')
  assert.equal(chooseTitle([used('RED\0MUG\0', 1)]), 'RED MUG')
  assert.equal(chooseTitle([used('OLD', 5, 1), used('NEW', 5, 2)]), 'NEW')
  assert.equal(chooseTitle([used('damages?', 2), used('wet', 1)]), 'damages?')
  assert.equal(chooseTitle([used('??', 3)]), null)
})

test('colours and sizes of one product are variants; designs of another kind are not', () => {
  const groups = groupVariants([
    { id: '22697', title: 'GREEN REGENCY TEACUP AND SAUCER' },
    { id: '22698', title: 'PINK REGENCY TEACUP AND SAUCER' },
    { id: '22699', title: 'ROSES REGENCY TEACUP AND SAUCER' },
    { id: '85099B', title: 'JUMBO BAG RED RETROSPOT' },
    { id: '85099C', title: 'JUMBO BAG BAROQUE BLACK WHITE' },
    { id: '20725', title: 'LUNCH BAG RED RETROSPOT' },
    { id: '21080', title: 'SET OF 20 RED RETROSPOT PAPER NAPKINS' },
    { id: '21086', title: 'SET OF 6 RED RETROSPOT PAPER CUPS' },
    { id: 'TEE-S', title: 'Linen shirt, S' },
    { id: 'TEE-XL', title: 'Linen shirt, XL' },
  ])
  assert.deepEqual(Object.fromEntries(groups), {
    22697: '22697',
    22698: '22697',
    22699: '22697',
    '85099B': '85099B',
    '85099C': '85099B',
    'TEE-S': 'TEE-S',
    'TEE-XL': 'TEE-S',
  })
})

test('a category is a noun in which many titles end, and nothing where none is common', () => {
  const holders = Array.from({ length: 20 }, (_, i) => ({
    id: `h${i}`,
    title: `STAR ${'ABCDE'[i % 5]}X T-LIGHT HOLDER`,
  }))
  const boxes = Array.from({ length: 12 }, (_, i) => ({ id: `b${i}`, title: `SET OF ${i} LUNCH BOXES` }))
  const odd = { id: 'odd', title: 'KNITTED UNICORN' }
  const categories = guessCategories([...holders, ...boxes, odd])
  assert.equal(categories.get('h3'), 'T-light holder')
  assert.equal(categories.get('b3'), 'Box')
  assert.equal(categories.get('odd'), undefined)
})

test('postage, fees, manual lines and tests are found by how they behave; merchandise is not', () => {
  const goods = Array.from({ length: 200 }, (_, i) => sold(String(20000 + i), `GOOD THING ${i}`, {}))
  const verdicts = judgeGoods([
    ...goods,
    sold('POST', 'POSTAGE', {}),
    sold('DOT', 'DOTCOM POSTAGE', { priceKinds: 90 }),
    sold('M', 'Manual', { priceLowMinor: 1, priceHighMinor: 90000 }),
    sold('CRUK', 'CRUK Commission', { soldLines: 0, returnedLines: 16 }),
    sold('PADS', 'PADS TO MATCH ALL CUSHIONS', { priceMidMinor: 0 }),
    sold('gift_0001_20', 'Dotcomgiftshop Gift Voucher £20.00', {}),
    sold('TEST001', 'This is a test product.', {}),
    sold('DCGSSBOY', 'BOYS PARTY BAG', {}),
    sold('22666', 'RECIPE BOX PANTRY YELLOW DESIGN', { returnedLines: 30 }),
    sold('21843', 'GIFT CARD HOLDER', {}),
  ])
  const notGoods = [...verdicts].filter(([, verdict]) => verdict.kind === 'not-goods').map(([id]) => id)
  assert.deepEqual(notGoods, ['POST', 'DOT', 'M', 'CRUK', 'PADS', 'gift_0001_20', 'TEST001'])
  const dot = verdicts.get('DOT')
  assert.match(dot?.kind === 'not-goods' ? dot.reason : '', /made up each time \(90 prices in 100 lines\)/)
})

function sold(id: string, title: string, differing: Partial<Behaviour>): Behaviour {
  const prices = { priceMidMinor: 250, priceLowMinor: 200, priceHighMinor: 300, priceKinds: 4 }
  return { id, title, soldLines: 100, returnedLines: 2, ...prices, ...differing }
}

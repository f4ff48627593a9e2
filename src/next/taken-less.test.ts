import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from '../../test/tiny-plan.ts'
import type { Pairing } from '../domain/pairing.ts'
import { defaultSettings } from '../domain/settings.ts'
import { choosePicks } from './choose-picks.ts'
import { unlessTakenLess } from './taken-less.ts'

const because = 'shown 400 times since 1 August 2026, taken 3 times'
const products = new Map([
  ['cup', {}],
  ['saucer', {}],
  ['star', { season: { quiet: [], sells: [12] } }],
])
const judged = (pairing: Pairing) => unlessTakenLess(pairing, products, () => because).verdict

test('a pairing that would stand and is taken no more is refused with the reason, and offers nothing', () => {
  const pairing = tinyPairing('cup', 'saucer', 0.4)
  const left = unlessTakenLess(pairing, products, () => because)
  assert.deepEqual(left.verdict, {
    ...{ status: 'refused', relation: 'taken-less', because, decidedBy: 'showings' },
  })
  assert.deepEqual([left.need, left.windows, left.evidence], ['', [], pairing.evidence])
  assert.equal(
    unlessTakenLess(pairing, products, () => null),
    pairing,
  )
  assert.equal(unlessTakenLess(pairing, products, undefined), pairing)
})

test('refills, what has a season, and what is refused anyway are not asked for', () => {
  const verdict = { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' } as const
  assert.equal(judged(tinyPairing('cup', 'cup', 0.4, { verdict })).relation, 'refill')
  assert.equal(judged(tinyPairing('cup', 'star', 0.4)).status, 'live')
  const refused = { status: 'refused', relation: 'variant', because: '', decidedBy: 'title' } as const
  assert.equal(judged(tinyPairing('cup', 'saucer', 0.4, { verdict: refused })).relation, 'variant')
})

test('no lower step of the ladder brings it back for the same anchor, nor hides it from another', () => {
  const cup = tinyProduct('cup', 2000, { category: 'Cups' })
  const plan = tinyPlan(
    [cup, tinyProduct('bowl', 2000, { category: 'Cups' }), tinyProduct('saucer', 500)],
    [unlessTakenLess(tinyPairing('cup', 'saucer', 0.4), products, () => because)],
    {
      categoryPairings: new Map([
        ['Cups', [{ category: 'Cups', addOn: 'saucer', score: 0.4, ordersTogether: 40 }]],
      ]),
      bestSellers: ['saucer'],
    },
  )
  const picked = (anchor: string) => {
    const choice = choosePicks(tinyOrder([[anchor, 1, 2000]]), null, 'thank-you', plan, defaultSettings)
    return [choice.picks[0]?.product, choice.dropped.map(({ product, rule }) => `${product} ${rule}`)]
  }
  assert.deepEqual(picked('cup'), [undefined, ['saucer taken-less']])
  assert.deepEqual(picked('bowl'), ['saucer', []])
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyRhythm } from '../../test/tiny-plan.ts'
import { inWords, refillNeed, refillReason } from './name-refill.ts'

const runOut = { day: 41, dayLow: 26, dayHigh: 64, chance: 0.63, ownIntervals: 0, offerDay: 32 }
const of = (basis: 'own' | 'similar' | 'catalog') => ({ ...tinyRhythm(40), basis })

test('the sentence of a refill says no more than is known: of its customers, of its like, of the catalog, of this one', () => {
  const once = { runOut, units: 1 }
  assert.deepEqual(
    [
      refillNeed('beans', of('own'), once),
      refillNeed('beans', of('similar'), once),
      refillNeed('beans', of('catalog'), once),
      refillNeed('beans', of('own'), { runOut, units: 3 }),
      refillNeed('beans', of('similar'), { runOut: { ...runOut, ownIntervals: 2 }, units: 3 }),
    ],
    [
      'Time for more: customers who reorder beans do so after about 6 weeks.',
      'Time for more: things like beans last about 6 weeks.',
      'Time for more: beans lasts about 6 weeks.',
      'Time for more: 3 × beans last about 6 weeks.',
      'Time for more: you usually reorder beans after about 6 weeks.',
    ],
  )
})

test('the reason of a refill has its ground, a day, an interval and a chance', () => {
  const figures =
    ': it runs out about 41 days after the order; 8 in 10 who come back do so between day 26 and day 64, and 63 % come back.'
  const reason = (basis: 'own' | 'similar' | 'catalog', ownIntervals = 0) =>
    refillReason({ category: 'Coffee' }, of(basis), { ...runOut, ownIntervals })
  assert.equal(reason('own'), `40 customers bought it again${figures}`)
  assert.equal(
    reason('own', 1),
    `40 customers bought it again, with 1 interval of this customer’s own${figures}`,
  )
  assert.equal(reason('similar'), `Products like it (Coffee) are bought again${figures}`)
  assert.equal(reason('catalog'), `The catalog says that one lasts about 40 days${figures}`)
})

test('days are said as people say them', () => {
  assert.deepEqual([0.2, 1, 13.4, 14, 83, 84, 180].map(inWords), [
    ...['1 day', '1 day', '13 days', '2 weeks', '12 weeks', '3 months', '6 months'],
  ])
})

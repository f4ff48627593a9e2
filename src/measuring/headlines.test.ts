import assert from 'node:assert/strict'
import test from 'node:test'
import { causedFigures, pairingFigures, sampleFigures } from '../../test/measuring/figure-samples.ts'
import type { Caused } from './figures.ts'
import { headlines } from './headlines.ts'

const pairings = [pairingFigures('machine', 'cleaner', [10_000, 500, 1400])]

test('the report opens with what would have been spent anyway', () => {
  const figures = sampleFigures(pairings, { caused: [causedFigures(700_000, [0.4, 0.52, 0.64])] })
  const [first, second, third] = headlines(figures)
  assert.equal(
    first,
    'Of every £100 that offers brought, about £48 would have been spent anyway (£36 to £60).',
  )
  assert.equal(
    second,
    'Offers brought £7,000 after refunds: 500 of 10,000 orders that saw one took it (5.0 %).',
  )
  assert.match(third ?? '', /^Caused within 30 days: £3,640 \(£2,800 to £4,480\), where £7,000 is attributed/)
})

test('after the share of the hold-out was changed it is said whose figures they are', () => {
  const lastLine = (term: Caused['term']) =>
    headlines(sampleFigures(pairings, { caused: [causedFigures(700_000, [0.4, 0.52, 0.64], { term })] })).at(
      -1,
    ) ?? ''
  const [firstMs, nextMs] = [Date.UTC(2026, 4, 1), Date.UTC(2026, 10, 3)]
  assert.match(
    lastLine({ share: 0.2, fromMs: nextMs, untilMs: null }),
    /: of customers first met since 2026-11-03, when the hold-out became 20 %, who could be followed/,
  )
  assert.match(
    lastLine({ share: 0.1, fromMs: firstMs, untilMs: nextMs }),
    /: of customers first met from 2026-05-01 until 2026-11-03, while 10 % were held out, who could/,
  )
  assert.match(lastLine({ share: 0.1, fromMs: null, untilMs: null }), /: of all customers so far who could/)
})

test('in yen a hundred is ¥100, and nothing has decimals', () => {
  const figures = sampleFigures(pairings, {
    currency: 'JPY',
    caused: [causedFigures(700_000, [0.4, 0.52, 0.64])],
  })
  assert.match(headlines(figures)[0] ?? '', /^Of every ¥100 that offers brought, about ¥48 /)
})

test('where all was caused nothing is said to have come anyway', () => {
  const figures = sampleFigures(pairings, { caused: [causedFigures(700_000, [0.8, 1.02, 1.24])] })
  assert.match(headlines(figures)[0] ?? '', /^Offers brought/)
})

test('what is not known yet is said to be unknown, with the days that it takes', () => {
  const figures = sampleFigures(pairings, {
    caused: [causedFigures(700_000, [-1, 0.5, 2], { moreDays: 41 })],
  })
  assert.match(headlines(figures).at(-1) ?? '', /is not known yet: .* about 41 more days\.$/)
  const off = sampleFigures(pairings, { holdOutShare: 0 })
  assert.match(headlines(off).at(-1) ?? '', /the hold-out is off/)
})

test('a shop without an order reads one sentence', () => {
  assert.deepEqual(headlines(sampleFigures([], { orders: 0 })), [
    'No order has come in by the API in this period, so there is nothing to tell yet.',
  ])
})

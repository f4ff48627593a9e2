import assert from 'node:assert/strict'
import test from 'node:test'
import { causedFigures, pairingFigures, sampleFigures } from '../../../test/measuring/figure-samples.ts'
import { advise } from '../advise.ts'
import type { Figures } from '../figures.ts'
import type { AdviceGround } from './ground.ts'

const ground = (figures: Figures): AdviceGround => ({
  ...{ figures, earlier: null, flows: [], customerWorthMinor: null, holdOutOff: false, retired: [] },
  plan: { products: new Map(), pairings: new Map() },
})

test('where nothing is surely better the advice is to leave everything as it is', () => {
  const caused = [causedFigures(1_000_000, [0.8, 0.9, 1])]
  const advice = advise(
    ground(sampleFigures([pairingFigures('machine', 'cleaner', [1000, 45, 900])], { caused })),
  )
  assert.equal(advice.length, 1)
  assert.match(advice[0]?.sentence ?? '', /^Leave everything as it is/)
  assert.match(
    advice[0]?.because ?? '',
    /Reckon with about £[\d,.]+ a month that offers cause, not with the £/,
  )
})

test('where no pairing was seen by 100 orders the advice judges none, and says how often the most seen one was', () => {
  const advice = advise(
    ground(
      sampleFigures(
        [pairingFigures('machine', 'cleaner', [99, 9, 900]), pairingFigures('kettle', 'tea', [90, 8, 800])],
        {
          caused: [causedFigures(1_000_000, [0.4, 0.5, 0.6])],
        },
      ),
    ),
  )
  const [told] = advice.filter(({ action }) => action === 'keep')
  assert.match(told?.sentence ?? JSON.stringify(advice), /^Change no pairing yet/)
  assert.match(told?.because ?? '', /99 showings/)
})

test('where most of what was shown is of pairings that hardly anybody saw, a few that were seen often carry no judgement', () => {
  const rare = Array.from({ length: 9 }, (_, at) => pairingFigures(`anchor-${at}`, 'tea', [80, 8, 800]))
  const told = (often: readonly (readonly [string, number])[]) => {
    const seen = often.map(([anchor, orders]) => pairingFigures(anchor, 'cleaner', [orders, 10, 900]))
    const caused = [causedFigures(1_000_000, [0.4, 0.5, 0.6])]
    return advise(ground(sampleFigures([...seen, ...rare], { caused }))).find(
      ({ action }) => action === 'keep',
    )
  }
  assert.match(
    told([['machine', 114]])?.sentence ?? '',
    /^Change no pairing yet: only 1 of 10 was seen by 100 orders/,
  )
  const two = told([
    ['machine', 114],
    ['kettle', 110],
  ])
  assert.match(two?.sentence ?? '', /^Change no pairing yet: only 2 of 11 were seen/)
})

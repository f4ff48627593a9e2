import assert from 'node:assert/strict'
import test from 'node:test'
import {
  causedFigures,
  noMessages,
  offerFigures,
  pairingFigures,
  SAMPLE_FROM_MS,
  SAMPLE_TO_MS,
  sampleFigures,
} from '../../test/measuring/figure-samples.ts'
import { tinyEvidence, tinyPairing, tinyProduct } from '../../test/tiny-plan.ts'
import { checkExperiment } from '../domain/check-experiment.ts'
import type { Experiment } from '../domain/experiment.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Advice } from './advice/advice.ts'
import type { AdviceGround, AdvicePlan } from './advice/ground.ts'
import { advise } from './advise.ts'
import type { Figures, PairingFigures } from './figures.ts'

const plan: AdvicePlan = {
  products: new Map([
    ['cleaner', tinyProduct('cleaner', 900)],
    ['brush', tinyProduct('brush', 900)],
    ['filters', tinyProduct('filters', 700)],
    ['beans', tinyProduct('beans', 1200)],
  ]),
  pairings: new Map([
    [
      'machine',
      ['cleaner', 'brush', 'filters'].map((addOn) =>
        tinyPairing('machine', addOn, 0.1, { windows: [], evidence: tinyEvidence({ confidenceLow: 0 }) }),
      ),
    ],
  ]),
}

function ground(figures: Figures, more: Partial<AdviceGround> = {}): AdviceGround {
  return {
    ...{ figures, earlier: null, plan, retired: [], flows: [], customerWorthMinor: null, holdOutOff: false },
    ...more,
  }
}

/** Many pairings of other anchors, so that there is a kind to be pulled to. */
const usual: readonly PairingFigures[] = Array.from({ length: 20 }, (_, at) =>
  pairingFigures(`other-${at}`, `add-on-${at}`, [1000, 45 + (at % 7), 900]),
)

function before(figures: Figures): Figures {
  return { ...figures, period: { fromMs: 2 * SAMPLE_FROM_MS - SAMPLE_TO_MS, toMs: SAMPLE_FROM_MS } }
}

function named(advice: readonly Advice[], action: Advice['action']): readonly Advice[] {
  return advice.filter((one) => one.action === action)
}

test('of two add-ons at one price the one that is taken three times as often leads, with the command that pins it', () => {
  const figures = sampleFigures([
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 90, 900]),
    pairingFigures('machine', 'brush', [3000, 270, 900]),
  ])
  const [first] = advise(ground(figures))
  assert.equal(first?.action, 'swap')
  assert.equal(first.command, 'aftercart pairings pin machine brush')
  assert.deepEqual(first.button, {
    label: 'Offer brush first',
    method: 'PATCH',
    path: '/v1/pairings/machine~brush',
    body: { status: 'pinned' },
  })
  // 3,000 showings in 90 days, 6 points more of £9: 3000 × 30.4375 / 90 × 0.06 × 900 = 54,788, pulled a little to the mean.
  const { value = 0, low = 0 } = first.effectPerMonthMinor ?? {}
  assert.ok(value > 45_000 && value < 54_788, `${value}`)
  assert.ok(low > 0)
  assert.equal(first.basis, 'attributed')
})

test('where the hold-out says that half was caused, the same swap is worth about half', () => {
  const pairings = [
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 90, 900]),
    pairingFigures('machine', 'brush', [3000, 270, 900]),
  ]
  const [attributed] = advise(ground(sampleFigures(pairings)))
  const caused = [causedFigures(1_000_000, [0.35, 0.5, 0.65])]
  const [half] = advise(ground(sampleFigures(pairings, { caused })))
  assert.equal(half?.basis, 'caused')
  const share = (half.effectPerMonthMinor?.value ?? 0) / (attributed?.effectPerMonthMinor?.value ?? 1)
  assert.ok(share > 0.4 && share < 0.6, `${share}`)
})

test('an add-on that may be better and is not surely so is tested: the button puts down a draft that may be, and no second one', () => {
  const pairings = [
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 150, 900]),
    pairingFigures('machine', 'brush', [800, 48, 900], { productTitle: `Brush\u0007 ${'soft '.repeat(40)}` }),
  ]
  const [advised] = named(advise(ground(sampleFigures(pairings))), 'test')
  const { button } = advised ?? assert.fail('no test is advised')
  assert.equal(button?.path, '/v1/experiments')
  const body = button.body as Pick<Experiment, 'id' | 'name' | 'hypothesis' | 'variations'>
  const written = { primaryMetric: 'margin-per-customer', guardrails: [], smallestEffect: 0.1 } as const
  const checked = checkExperiment({ ...written, ...body }, 0)
  assert.equal(checked.kind, 'good')
  assert.deepEqual(body.variations[1]?.change, { kind: 'pairing', anchor: 'machine', addOn: 'brush' })
  assert.match(body.id, /^test-brush-[a-z0-9]+$/)
  assert.ok((body.variations[1]?.name.length ?? 99) < 50)
  assert.equal(advised?.command, 'aftercart experiments test machine brush')
  const again = named(advise(ground(sampleFigures(pairings))), 'test')[0]?.button
  assert.deepEqual(again, button)
  // Once it runs it is advised no more.
  assert.ok(checked.kind === 'good')
  const running = { experiment: checked.experiment, variations: [], sentence: '' }
  const figures = sampleFigures(pairings, { experiments: [running] })
  assert.deepEqual(named(advise(ground(figures)), 'test'), [])
})

test('the report of another day asks for the same test under the same id, so that its button makes no second draft', () => {
  const idOn = (day: number, betterAddOn: string) => {
    const period = { fromMs: SAMPLE_FROM_MS + day * DAY_MS, toMs: SAMPLE_TO_MS + day * DAY_MS }
    const pairings = [
      ...usual,
      pairingFigures('machine', 'cleaner', [3000 + day, 150, 900]),
      pairingFigures('machine', betterAddOn, [800 + day, 48, 900]),
    ]
    const [advised] = named(advise(ground(sampleFigures(pairings, { period }))), 'test')
    return advised?.button?.body.id ?? assert.fail('no test is advised')
  }
  assert.equal(idOn(1, 'brush'), idOn(0, 'brush'))
  assert.notEqual(idOn(0, 'filters'), idOn(0, 'brush'))
})

test('one acceptance of two views is never a reason to swap', () => {
  const figures = sampleFigures([
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 150, 900]),
    pairingFigures('machine', 'brush', [2, 1, 900]),
  ])
  const advice = advise(ground(figures))
  assert.deepEqual([...named(advice, 'swap'), ...named(advice, 'test')], [])
})

test('twenty pairings that differ by chance alone lead to no swap and no retirement', () => {
  const caused = [causedFigures(1_000_000, [0.8, 0.9, 1])]
  const advice = advise(ground(sampleFigures(usual, { caused })))
  assert.deepEqual([...named(advice, 'swap'), ...named(advice, 'retire')], [])
})

test('a pairing that fell from 7 % to 1 % is retired, and its plan-mate takes its place', () => {
  const earlier = before(sampleFigures([pairingFigures('machine', 'cleaner', [3000, 210, 900])]))
  const figures = sampleFigures([...usual, pairingFigures('machine', 'cleaner', [3000, 30, 900])])
  const [first] = advise(ground(figures, { earlier }))
  assert.equal(first?.action, 'retire')
  assert.deepEqual(first.subject, {
    kind: 'pairing',
    placement: 'thank-you',
    anchor: 'machine',
    product: 'cleaner',
    instead: 'brush',
  })
  assert.match(first.because, /7\.0 % in the period before/)
  assert.equal(first.command, 'aftercart pairings pause machine cleaner')
})

test('what customers buy by themselves and do not take when it is offered gets other words, not the sack', () => {
  const wanted: AdvicePlan = {
    ...plan,
    pairings: new Map([
      [
        'machine',
        [
          tinyPairing('machine', 'cleaner', 0.1, {
            windows: [],
            evidence: tinyEvidence({ confidence: 0.4, confidenceLow: 0.3 }),
          }),
          ...['brush', 'filters'].map((addOn) =>
            tinyPairing('machine', addOn, 0.1, { windows: [], evidence: tinyEvidence({ confidence: 0.05 }) }),
          ),
        ],
      ],
    ]),
  }
  const figures = sampleFigures([...usual, pairingFigures('machine', 'cleaner', [3000, 30, 900])])
  const [rewrite] = named(advise(ground(figures, { plan: wanted })), 'rewrite')
  assert.match(rewrite?.command ?? '', /^aftercart pairings need machine cleaner /)
  assert.equal(rewrite?.effectPerMonthMinor, null)
})

test('a sold-out winner is restocked, and counts only what it brought over what stands there now', () => {
  const products = new Map(plan.products).set(
    'cleaner',
    tinyProduct('cleaner', 900, { buyable: false, offSale: 'sold-out' }),
  )
  const earlier = before(sampleFigures([...usual, pairingFigures('machine', 'cleaner', [3000, 300, 900])]))
  const figures = sampleFigures([...usual, pairingFigures('machine', 'brush', [3000, 120, 900])])
  const [first] = advise(ground(figures, { earlier, plan: { ...plan, products } }))
  assert.equal(first?.action, 'restock')
  // 6 points of £9 on 3,000 showings in 90 days are £548 a month; all ten points would be £913.
  const { value = 0 } = first.effectPerMonthMinor ?? {}
  assert.ok(value > 40_000 && value < 60_000, `${value}`)
})

test('a product whose price rose by half, and which stopped selling, is to be repriced', () => {
  const products = new Map(plan.products).set('cleaner', tinyProduct('cleaner', 1400))
  const earlier = before(sampleFigures([pairingFigures('machine', 'cleaner', [3000, 240, 900])]))
  const figures = sampleFigures([...usual, pairingFigures('machine', 'cleaner', [3000, 90, 1400])])
  const repriced = named(advise(ground(figures, { earlier, plan: { ...plan, products } })), 're-price')
  assert.match(repriced[0]?.because ?? '', /about £9 by 8\.0 % .* costs £14 now/)
})

test('a flow that complaints come back from stands before everything that only earns', () => {
  const flows = [
    { name: 'next-step', on: true, pausedBecause: null, sent: 2000, unsubscribes: 10, complaints: 8 },
  ]
  const figures = sampleFigures([
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 90, 900]),
    pairingFigures('machine', 'brush', [3000, 270, 900]),
  ])
  const [first, second] = advise(ground(figures, { flows }))
  assert.equal(first?.action, 'pause-flow')
  assert.deepEqual(first.button?.body, { on: false })
  assert.equal(second?.action, 'swap')
})

test('a flow that loses as many as such mail loses everywhere is left alone, one that loses 3 % is paused', () => {
  const flow = { name: 'refill', on: true, pausedBecause: null, sent: 2000, complaints: 0 }
  const figures = sampleFigures(usual, {
    placements: [
      {
        ...offerFigures(0, 0, 0),
        placement: 'follow-up',
        messages: { ...noMessages, sent: 6000, convertedMinor: 60_000 },
      },
    ],
  })
  const about = (unsubscribes: number) =>
    named(
      advise(ground(figures, { flows: [{ ...flow, unsubscribes }], customerWorthMinor: 1500 })),
      'pause-flow',
    )
  assert.deepEqual(about(18), [])
  const [pause] = about(60)
  // 60 people of £15 and twelve messages of 10p, halved, less 2,000 messages of 10p.
  const value = (60 * (1500 + 120)) / 2 - 20_000
  assert.ok(Math.abs((pause?.effectPerMonthMinor?.value ?? 0) / (value * 1.0146) - 1) < 0.02)
})

test('a winner of an experiment is taken over under the name of what it changed', () => {
  const experiment: Experiment = {
    id: 'shorter-words',
    name: 'Shorter words',
    hypothesis: '',
    state: 'ended',
    version: 1,
    variations: [
      { id: 'control', name: 'As now', share: 0.5, change: { kind: 'nothing' } },
      {
        id: 'short',
        name: 'Short',
        share: 0.5,
        change: { kind: 'need', anchor: null, addOn: 'brush', sentence: 'Clean.' },
      },
    ],
    primaryMetric: 'margin-per-customer',
    guardrails: [],
    smallestEffect: 0.1,
    createdAtMs: 0,
    startedAtMs: 0,
    endedAtMs: null,
    verdict: null,
    adopted: null,
  }
  const variation = { customers: 5000, eligibleOrders: 6000, mean: 20, verdict: null }
  const figures = sampleFigures(usual, {
    experiments: [
      {
        experiment,
        sentence: 'Short is better by 8 (3 to 13).',
        variations: [
          { ...variation, variation: 'control', difference: null },
          {
            ...variation,
            variation: 'short',
            difference: { value: 8, low: 3, high: 13 },
            verdict: { kind: 'better' },
          },
        ],
      },
    ],
  })
  const [first] = advise(ground(figures))
  assert.equal(first?.action, 'rewrite')
  // 10,000 customers in 90 days, 8 more each.
  assert.equal(Math.round(first.effectPerMonthMinor?.value ?? 0), Math.round((10_000 * 8 * 30.4375) / 90))
  const adopted = { ...figures.experiments[0], experiment: { ...experiment, adopted: 'short' } }
  const again = advise(
    ground({ ...figures, experiments: [{ ...figures.experiments[0], ...adopted } as never] }),
  )
  assert.deepEqual(named(again, 'rewrite'), [])
})

test('a shop of which nobody saw an offer is told what to wait for, and nothing else', () => {
  const empty = sampleFigures([], { orders: 0 })
  assert.deepEqual(
    advise(ground(empty, { plan: null })).map(({ action, command }) => [action, command]),
    [['wait', 'aftercart import <orders.csv> && aftercart mine']],
  )
  assert.match(advise(ground(empty))[0]?.sentence ?? '', /^Connect the shop/)
  const few = sampleFigures([pairingFigures('machine', 'cleaner', [45, 5, 900])])
  const told = advise(ground(few))
  assert.equal(told.length, 1)
  assert.match(told[0]?.sentence ?? '', /^Wait for 55 more orders that see an offer, about 110 days/)
})

test('how long a new shop has to wait is told from its own days, not at all from a handful of orders, and never in thousands of days', () => {
  const told = (seen: number, days: number) => {
    const term = { sinceMs: SAMPLE_TO_MS - days * DAY_MS }
    const caused = [causedFigures(0, [0, 0, 0], term)]
    const [first] = advise(
      ground(sampleFigures([pairingFigures('machine', 'cleaner', [seen, 1, 900])], { caused })),
    )
    return first?.sentence ?? ''
  }
  assert.match(told(20, 10), /^Wait for 80 more orders that see an offer, about 40 days at this pace\.$/)
  assert.match(told(2, 1), /^Wait for 98 more orders that see an offer\.$/)
  assert.match(told(12, 90), /^Wait for 88 more orders that see an offer, more than a year at this pace\.$/)
})

test('a hold-out that will not answer within months is widened, one that soon will is waited for', () => {
  const about = (moreDays: number | null, holdOutShare: number) => {
    const caused = [causedFigures(100_000, [-1, 0.4, 1.8], { moreDays })]
    return advise(ground(sampleFigures(usual, { caused, holdOutShare })))
  }
  const [widened] = named(about(400, 0.1), 'widen-hold-out')
  assert.match(widened?.because ?? '', /400 more days.*"holdOutShare": 0\.2/)
  assert.deepEqual(named(about(20, 0.1), 'widen-hold-out'), [])
  assert.match(named(about(20, 0.1), 'wait')[0]?.sentence ?? '', /^Wait for about 20 more days/)
  assert.deepEqual(named(about(400, 0.2), 'widen-hold-out'), [])
  // 100 days are gathered: at 20 % it takes (100 + 125) × .09 ÷ .16 = 126.6 days anew.
  assert.deepEqual(named(about(125, 0.1), 'widen-hold-out'), [])
  assert.equal(named(about(130, 0.1), 'widen-hold-out').length, 1)
})

test('after a share was changed the answer of before stands, and what is waited for is named', () => {
  const term = { share: 0.1, fromMs: null, untilMs: Date.UTC(2026, 10, 3) }
  const caused = [causedFigures(100_000, [-1, 0.4, 1.8], { term })]
  const told = advise(ground(sampleFigures(usual, { caused, holdOutShare: 0.1 })))
  assert.deepEqual(named(told, 'widen-hold-out'), [])
  assert.match(named(told, 'wait')[0]?.because ?? '', /until 2026-11-03 stands until 150 customers/)
})

test('where the hold-out was not split as meant, nothing is said of what was caused', () => {
  const caused = [
    causedFigures(1_000_000, [0.35, 0.5, 0.65], { sampleRatioAlarm: true, sampleRatioPValue: 1e-5 }),
  ]
  const figures = sampleFigures(
    [
      ...usual,
      pairingFigures('machine', 'cleaner', [3000, 90, 900]),
      pairingFigures('machine', 'brush', [3000, 270, 900]),
    ],
    { caused },
  )
  const [first, second] = advise(ground(figures))
  assert.match(first?.sentence ?? '', /^Do not act on what was caused/)
  assert.equal(second?.basis, 'attributed')
})

test('a split that is broken is neither waited for nor widened, and servers that differ are named as a cause', () => {
  const broken = { sampleRatioAlarm: true, sampleRatioPValue: 0 }
  for (const moreDays of [0, 400, null]) {
    const caused = [causedFigures(100_000, [-1, 0.4, 1.8], { ...broken, moreDays })]
    const told = advise(ground(sampleFigures(usual, { caused, holdOutShare: 0.1 })))
    assert.deepEqual(named(told, 'widen-hold-out'), [])
    assert.equal(named(told, 'wait').length, 1)
    assert.match(
      named(told, 'wait')[0]?.because ?? '',
      /once in more than a million shops\. Look for servers that run with different settings/,
    )
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { pairingFigures, SAMPLE_TO_MS, sampleFigures } from '../../../test/measuring/figure-samples.ts'
import { tinyPairing, tinyProduct } from '../../../test/tiny-plan.ts'
import { DAY_MS } from '../../domain/instant.ts'
import { advise } from '../advise.ts'
import type { Advice } from './advice.ts'
import type { AdviceGround, AdvicePlan } from './ground.ts'

const plan: AdvicePlan = {
  products: new Map(['machine', 'cleaner', 'brush'].map((id) => [id, tinyProduct(id, 900)])),
  pairings: new Map([['machine', ['cleaner', 'brush'].map((addOn) => tinyPairing('machine', addOn, 0.1))]]),
}
/** Many pairings of other anchors, so that there is a kind to be pulled to. */
const usual = Array.from({ length: 20 }, (_, at) =>
  pairingFigures(`other-${at}`, `add-on-${at}`, [1000, 45 + (at % 7), 900]),
)

const ground = (figures: AdviceGround['figures'], more: Partial<AdviceGround>): AdviceGround => ({
  ...{ figures, earlier: null, plan, retired: [], flows: [], customerWorthMinor: null, holdOutOff: false },
  ...more,
})

const named = (advice: readonly Advice[], action: Advice['action']) =>
  advice.filter((one) => one.action === action)

test('what the system retired by itself is told with its figures and how to keep it, and is neither advised on nor proposed', () => {
  const place = { placement: 'thank-you', anchor: 'machine', addOn: 'cleaner' } as const
  const because = 'shown 400 times since 1 August 2026, taken 3 times; before that 9 in 100 took it'
  const atMs = SAMPLE_TO_MS - DAY_MS
  const retired = [{ ...place, sequence: 1, state: 'retired', source: 'machine', atMs, because } as const]
  const figures = sampleFigures([
    ...usual,
    pairingFigures('machine', 'cleaner', [3000, 270, 900]),
    pairingFigures('machine', 'brush', [3000, 140, 900]),
  ])
  const without = new Map([['machine', (plan.pairings.get('machine') ?? []).slice(1)]])
  const advice = advise(ground(figures, { retired, plan: { ...plan, pairings: without } }))
  const [told, ...more] = named(advice, 'retire')
  assert.deepEqual(more, [])
  assert.match(
    told?.sentence ?? '',
    /^CLEANER with MACHINE was retired, .*; BRUSH comes in its place\. Approve it/,
  )
  assert.equal(told?.because, `S${because.slice(1)}.`)
  assert.equal(told?.command, 'aftercart pairings approve machine cleaner')
  assert.deepEqual(told?.button?.body, { status: 'approved' })
  assert.deepEqual(named(advice, 'swap'), [])
  // Approved by the owner, it stands in the plan again: then it is a pairing like any other.
  const back = advise(ground(figures, { retired }))
  assert.equal(named(back, 'swap')[0]?.command, 'aftercart pairings pin machine cleaner')
  assert.deepEqual(named(back, 'retire'), [])
})

// What do tests add to a decision? The same orders twice in one run: without tests, and with a hold-out, five experiments and
// the always-on choice over 10,000 records. From a plan of 2,000 anchors with 20 pairings each, orders of three lines of
// which popular ones come more often, as in a shop. Prints microseconds; chances that were computed before are kept,
// as in a server, and those that are new are in the mean.

import { makeDecision } from '../src/deciding/decide-offer.ts'
import type { ArmRecord } from '../src/domain/arm.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { guidePlan } from '../src/next/guide-plan.ts'
import { openArmChances } from '../src/next/open-arm-chances.ts'
import { silentOwner } from '../src/next/owner-guide.ts'
import type { Testing } from '../src/next/testing.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { drafted } from '../test/store/experiment-samples.ts'
import { tinyOrder } from '../test/tiny-plan.ts'
import { largePlan } from './large-plan.ts'
import { percentile } from './percentile.ts'

const ANCHORS = 2000
const DECISIONS = 50_000
const WARM_UP = 5000

const random = seededRandom(1)
/** The square makes a tenth of the products stand in a third of the lines. */
const draw = (): string => `p${Math.floor(random() ** 2 * ANCHORS)}`
const plan = guidePlan(largePlan(ANCHORS), silentOwner.guide, defaultSettings)
const clock = { nowMs: () => 1_700_000_000_000 }

const records: ArmRecord[] = [...plan.pairings].slice(0, ANCHORS).flatMap(([anchor, pairings]) =>
  pairings.slice(0, 5).map(({ addOn }) => {
    const shown = Math.floor(random() * 500)
    const taken = Math.floor(shown * random() * 0.1)
    return { placement: 'thank-you', anchor, addOn, relation: 'complete', shown, taken } as const
  }),
)
const experiments = Array.from({ length: 5 }, (_, index) => {
  const change = { kind: 'pairing', anchor: `p${index}`, addOn: `p${index + 7}` } as const
  return drafted(`ask-${index}`, change, { state: 'running' })
})
const testing: Testing = {
  ...{ salt: 'salt', holdOutShare: 0.1, experiments },
  arms: openArmChances({ records, states: new Map() }),
  choiceAt: ['thank-you'],
}

const took = { plain: new Float64Array(DECISIONS), tested: new Float64Array(DECISIONS) }
let tried = 0
for (let n = -WARM_UP; n < DECISIONS; n++) {
  const order = { ...tinyOrder([draw(), draw(), draw()].map((id) => [id, 1, 15_000])), id: `o-${n}` }
  const effects = { plan, settings: defaultSettings, clock }
  for (const which of n % 2 === 0 ? (['plain', 'tested'] as const) : (['tested', 'plain'] as const)) {
    const started = performance.now()
    const { picks } = makeDecision(order, null, 'thank-you', {
      ...effects,
      testing: which === 'tested' ? testing : null,
    })
    if (n >= 0) took[which][n] = (performance.now() - started) * 1000
    if (which === 'tested' && n >= 0 && picks[0]?.tried !== undefined) tried += 1
  }
}
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
for (const which of ['plain', 'tested'] as const) {
  const [p50, p99] = [percentile(took[which], 0.5), percentile(took[which], 0.99)]
  console.log(`${which}: p50 ${p50} µs, p99 ${p99} µs, mean ${mean(took[which]).toFixed(1)} µs`)
}
console.log(`added: ${(mean(took.tested) - mean(took.plain)).toFixed(1)} µs in the mean`)
console.log(`${tried} of ${DECISIONS} decisions had several arms`)

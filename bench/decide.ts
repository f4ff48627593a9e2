// How fast is a decision in the process? From a plan of 50,000 anchors with 20 pairings each, orders of three lines, a
// customer with twenty orders remembered. Prints milliseconds. bench/http.ts measures the same over sockets.

import { DAY_MS } from '../src/domain/instant.ts'
import type { CustomerPurchases } from '../src/domain/order.ts'
import { placements } from '../src/domain/placement.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { choosePicks } from '../src/next/choose-picks.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { tinyOrder } from '../test/tiny-plan.ts'
import { largePlan } from './large-plan.ts'
import { percentile } from './percentile.ts'

const ANCHORS = 50_000
const DECISIONS = 20_000
const WARM_UP = 2000

const random = seededRandom(1)
const draw = (): string => `p${Math.floor(random() * ANCHORS)}`
const plan = largePlan(ANCHORS)

function customerOf(placedAtMs: number): CustomerPurchases {
  const orders = Array.from({ length: 20 }, (_, place) => ({
    orderId: `past-${place}`,
    placedAtMs: placedAtMs - (place + 1) * 15 * DAY_MS,
    productIds: Array.from({ length: 10 }, draw),
    quantities: Array.from({ length: 10 }, () => 1),
  }))
  return { customerId: 'c', orders, earlier: [] }
}

const cases = placements.flatMap((placement) =>
  placement === 'thank-you' ? [] : [false, true].map((known) => ({ placement, known })),
)
for (const { placement, known } of cases) {
  const took = new Float64Array(DECISIONS)
  for (let n = -WARM_UP; n < DECISIONS; n++) {
    const order = tinyOrder([draw(), draw(), draw()].map((id) => [id, 1, 1500]))
    const customer = known ? customerOf(order.placedAtMs) : null
    const started = performance.now()
    choosePicks(order, customer, placement, plan, defaultSettings)
    if (n >= 0) took[n] = performance.now() - started
  }
  const who = known ? 'a customer with 20 orders' : 'a guest'
  console.log(
    `${placement}, ${who}, 3 lines: p50 ${percentile(took, 0.5)} ms, p99 ${percentile(took, 0.99)} ms`,
  )
}

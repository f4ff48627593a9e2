// Does the choice among pairings find the good ones, and what does it cost a decision? Simulated shops: on each anchor
// `--arms` pairings with attach rates drawn from Beta(4, 76), `--shown` showings in batches of 100 between which nothing
// is learned, as in docs/methods.md. Printed: of what the best arm earns over the average one, the share that was captured
// (sums over all shops; the mean of each anchor's share beside it). The prior is learned after every fifth batch from all
// anchors of the same shop, and from nothing else: with --anchors 1 from the very arms that it serves.
// Then the time that the chances of an arm set take, a draw from them, and learning the priors of many arms.
//
//   node bench/choice.ts [--seeds 60] [--arms 10,50,200] [--shown 5000,20000,20000] [--anchors 1] [--floor 0] [--json]

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { drawBeta } from '../src/stats/beta-draw.ts'
import { type BetaPrior, fitBetaPrior, learnPriors, USUAL_PRIOR } from '../src/stats/beta-prior.ts'
import { momentsOf } from '../src/stats/sample-moments.ts'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'
import { choiceProbabilities, drawChoice, FLOOR, SHARPNESS } from '../src/stats/thompson-sampling.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '60' },
    arms: { type: 'string', default: '10,50,200' },
    shown: { type: 'string', default: '5000,20000,20000' },
    anchors: { type: 'string', default: '1' },
    floor: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})

const BATCH = 100
const TRUE_PRIOR: BetaPrior = { a: 4, b: 76 }
type PlantedArm = { readonly rate: number; taken: number; shown: number }
type Anchor = { readonly arms: readonly PlantedArm[]; readonly mean: number; readonly best: number }
type Captured = { readonly sum: number; readonly possible: number; readonly shares: readonly number[] }

type Policy = { readonly name: string; readonly sharpness: number; readonly prior: 'learned' | BetaPrior }
const policies: readonly Policy[] = [
  { name: 'Thompson, Beta(1, 1)', sharpness: 1, prior: { a: 1, b: 1 } },
  { name: 'Thompson, true prior', sharpness: 1, prior: TRUE_PRIOR },
  { name: 'Thompson, learned prior', sharpness: 1, prior: 'learned' },
  { name: 'ours: learned prior, sharpened', sharpness: SHARPNESS, prior: 'learned' },
]

function plantAnchor(arms: number, random: Random): Anchor {
  const planted = Array.from({ length: arms }, () => ({
    rate: drawBeta(TRUE_PRIOR.a, TRUE_PRIOR.b, random),
    taken: 0,
    shown: 0,
  }))
  const rates = planted.map(({ rate }) => rate)
  return { arms: planted, mean: momentsOf(rates).mean, best: Math.max(...rates) }
}

/** What a batch earned over the average arm. */
function showBatch({ arms, mean }: Anchor, prior: BetaPrior, { sharpness }: Policy, random: Random): number {
  const chances = choiceProbabilities(
    arms.map(({ taken, shown }) => ({ taken, shown, prior, worth: 1 })),
    { floor: Number(values.floor), sharpness },
  )
  let earned = 0
  for (let showing = 0; showing < BATCH; showing++) {
    const arm = arms[drawChoice(chances, random)]
    if (arm === undefined) throw new Error('there is no such arm')
    arm.shown += 1
    if (random() < arm.rate) arm.taken += 1
    earned += arm.rate - mean
  }
  return earned
}

function runShop(policy: Policy, armCount: number, shown: number, seed: number): Captured {
  const random = seededRandom(seed)
  const anchors = Array.from({ length: Number(values.anchors) }, () => plantAnchor(armCount, random))
  const earned = anchors.map(() => 0)
  let prior = policy.prior === 'learned' ? USUAL_PRIOR : policy.prior
  for (let batch = 0; batch < shown / BATCH; batch++) {
    if (policy.prior === 'learned' && batch > 0 && (batch < 5 || batch % 5 === 0)) {
      prior = fitBetaPrior(
        anchors.flatMap(({ arms }) => arms),
        USUAL_PRIOR,
      )
    }
    for (const [index, anchor] of anchors.entries()) {
      earned[index] = (earned[index] ?? 0) + showBatch(anchor, prior, policy, random)
    }
  }
  const possible = anchors.map(({ best, mean }) => shown * (best - mean))
  const total = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0)
  const shares = earned.map((one, index) => one / (possible[index] ?? 1))
  return { sum: total(earned), possible: total(possible), shares }
}

function measureCapture(policy: Policy, arms: number, shown: number): Record<string, unknown> {
  const shops = Array.from({ length: Number(values.seeds) }, (_, seed) =>
    runShop(policy, arms, shown, seed + 1),
  )
  const possible = shops.reduce((sum, shop) => sum + shop.possible, 0)
  const captured = shops.reduce((sum, shop) => sum + shop.sum, 0) / possible
  // Of a ratio of sums, over shops (delta method).
  const misses = momentsOf(shops.map((shop) => shop.sum - captured * shop.possible))
  const error = (Math.sqrt(misses.variance / shops.length) * shops.length) / possible
  const round = (value: number): number => Number(value.toFixed(4))
  return {
    policy: policy.name,
    arms,
    shown,
    captured: round(captured),
    standardError: round(error),
    meanOfShares: round(momentsOf(shops.flatMap(({ shares }) => shares)).mean),
  }
}

/** Medians of the microseconds of one call. */
function measureCost(arms: number): Record<string, unknown> {
  const random = seededRandom(1)
  const set = Array.from({ length: arms }, () => {
    const shown = Math.floor(random() * 2000)
    return { shown, taken: Math.floor(shown * 0.1 * random()), worth: 2 + 9 * random(), prior: USUAL_PRIOR }
  })
  const chances = choiceProbabilities(set)
  const medianOf = (calls: number, call: () => unknown): number => {
    const times = Array.from({ length: 41 }, () => {
      const started = performance.now()
      for (let repeat = 0; repeat < calls; repeat++) call()
      return ((performance.now() - started) / calls) * 1000
    })
    return Number((times.sort((one, other) => one - other)[20] ?? 0).toFixed(3))
  }
  return {
    arms,
    chancesMicros: medianOf(100, () => choiceProbabilities(set)),
    drawMicros: medianOf(100_000, () => drawChoice(chances, random)),
  }
}

/** Seconds to learn the priors of so many arms of two placements and three relations. */
function measureLearning(arms: number): Record<string, unknown> {
  const random = seededRandom(2)
  const set = Array.from({ length: arms }, (_, arm) => {
    const shown = Math.floor(random() * 800)
    return { path: [`placement ${arm % 2}`, `relation ${arm % 3}`], shown, taken: shown * 0.08 * random() }
  })
  const started = performance.now()
  learnPriors(set)
  return { arms, learningSeconds: Number(((performance.now() - started) / 1000).toFixed(2)) }
}

const counts = values.arms.split(',').map(Number)
const shownOf = values.shown.split(',').map(Number)
const captured = counts.flatMap((arms, index) =>
  policies.map((policy) => measureCapture(policy, arms, shownOf[index] ?? 20_000)),
)
const found = {
  load: loadavg().map((one) => Number(one.toFixed(1))),
  settings: { ...values, floorOfTheProduct: FLOOR },
  captured,
  cost: [3, 8, 50, 200].map(measureCost),
  learning: [500, 5000, 20_000].map(measureLearning),
}
if (values.json) console.log(JSON.stringify(found, null, 2))
else {
  console.table(found.captured)
  console.table(found.cost)
  console.table(found.learning)
  console.log(`load ${found.load.join(' ')}, floor ${values.floor}, anchors ${values.anchors}`)
}

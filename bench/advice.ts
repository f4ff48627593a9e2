// Does the advice lead with what is worth most? A shop with planted truth for each seed: forty products with one to three
// add-ons each, whose attach rates, prices and shares that would have been bought anyway are known; a pairing that went
// stale, a winner that sold out, a flow of messages that people leave by. From it a quarter's figures are drawn, as a
// report would hold them, and the first piece of advice is looked up in the truth: is it among the three actions of largest
// true value a month? Beside it: the swap or restock of largest gain by the plain rates, attributed, as a spreadsheet ranks.
//
//   node bench/advice.ts [--seeds 20] [--orders 3000] [--json]

import { parseArgs } from 'node:util'
import type { OfferedRelation } from '../src/domain/pairing.ts'
import type { Advice } from '../src/measuring/advice/advice.ts'
import type { AdviceGround, AdvicePlan } from '../src/measuring/advice/ground.ts'
import { advise } from '../src/measuring/advise.ts'
import type { Figures, PairingFigures } from '../src/measuring/figures.ts'
import { drawBeta } from '../src/stats/beta-draw.ts'
import { drawBinomial } from '../src/stats/binomial-draw.ts'
import { type Random, seededRandom } from '../src/stats/seeded-random.ts'
import { normalQuantile } from '../src/stats/special-functions.ts'
import {
  causedFigures,
  noMessages,
  pairingFigures,
  SAMPLE_FROM_MS,
  SAMPLE_TO_MS,
  sampleFigures,
} from '../test/measuring/figure-samples.ts'
import { tinyEvidence, tinyPairing, tinyProduct } from '../test/tiny-plan.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    orders: { type: 'string', default: '3000' },
    json: { type: 'boolean', default: false },
  },
})

const ANCHORS = 40
const QUARTER_DAYS = 90
const MONTHS = QUARTER_DAYS / (365.25 / 12)
const MARGIN = 0.5
/** Margin of a customer's next twelve months; half of it is what an unsubscribe costs here. */
const CUSTOMER_WORTH_MINOR = 500

type Arm = {
  readonly anchor: string
  readonly product: string
  readonly relation: OfferedRelation
  readonly priceMinor: number
  /** Attach rate now, and in the quarter before. */
  readonly attach: number
  readonly attachBefore: number
  /** Chance that a shopper of the anchor buys it anyway within the window. */
  readonly anyway: number
  /** Showings in the quarter, and in the one before. */
  readonly shown: number
  readonly shownBefore: number
  readonly soldOut: boolean
}

type Flow = {
  readonly name: string
  readonly sent: number
  readonly leaves: number
  readonly perMessageMinor: number
  readonly anyway: number
}

type Shop = { readonly arms: readonly Arm[]; readonly flows: readonly Flow[] }

function plantShop(random: Random, ordersPerMonth: number): Shop {
  const arms: Arm[] = []
  const total = ordersPerMonth * MONTHS * 0.7
  const weights = Array.from({ length: ANCHORS }, (_, rank) => 1 / (rank + 2))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const soldOutAt = Math.floor(random() * 5)
  const staleAt = (soldOutAt + 1 + Math.floor(random() * 4)) % 6
  for (let at = 0; at < ANCHORS; at++) {
    const showings = (total * (weights[at] ?? 0)) / whole
    const count = at === soldOutAt || at === staleAt ? 2 : 1 + Math.floor(random() * 3)
    for (let slot = 0; slot < count; slot++) {
      const drawn = Math.max(0.002, drawBeta(4, 76, random))
      const winner = slot === 0 && at === soldOutAt
      const stale = slot === 0 && at === staleAt
      const attach = winner ? Math.max(0.09, drawn) : stale ? 0.012 : drawn
      arms.push({
        anchor: `anchor-${at}`,
        product: `add-on-${at}-${slot}`,
        relation: random() < 0.7 ? 'complete' : 'extend',
        priceMinor: Math.round(700 + 1600 * random()),
        attach,
        attachBefore: stale ? 0.07 : attach,
        anyway: attach * drawBeta(2, 3, random),
        shown: winner ? 0 : Math.round(at === soldOutAt ? showings : showings / count),
        shownBefore: Math.round(
          winner ? showings * 0.8 : at === soldOutAt ? showings * 0.2 : showings / count,
        ),
        soldOut: winner,
      })
    }
  }
  const flow = (name: string, leaves: number): Flow => ({
    name,
    sent: Math.round(ordersPerMonth * 0.4),
    leaves,
    perMessageMinor: 6 + 20 * random(),
    anyway: 0.5,
  })
  return { arms, flows: [flow('refill', 0.004), flow('next-step', 0.008 + 0.027 * random())] }
}

/** Caused margin per showing. */
function truthPerShowing({
  attach,
  anyway,
  priceMinor,
}: Pick<Arm, 'attach' | 'anyway' | 'priceMinor'>): number {
  return Math.max(0, attach - anyway) * priceMinor * MARGIN
}

/** Every action that could be taken, with its true value a month; keyed as the advice names its subject. */
function trueValues({ arms, flows }: Shop): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const arm of arms) {
    const rivals = arms.filter(({ anchor, product }) => anchor === arm.anchor && product !== arm.product)
    const monthly = arm.shown / MONTHS
    if (arm.soldOut) {
      const shown = rivals.reduce((sum, rival) => sum + rival.shown, 0)
      const now =
        shown === 0 ? 0 : rivals.reduce((sum, rival) => sum + rival.shown * truthPerShowing(rival), 0) / shown
      found.set(`restock ${arm.product}`, (arm.shownBefore / MONTHS) * (truthPerShowing(arm) - now))
      continue
    }
    for (const rival of rivals.filter(({ soldOut }) => !soldOut))
      found.set(
        `${arm.product} > ${rival.product}`,
        monthly * (truthPerShowing(rival) - truthPerShowing(arm)),
      )
  }
  for (const flow of flows) {
    const lost = flow.sent * flow.leaves * (CUSTOMER_WORTH_MINOR / 2)
    found.set(`pause ${flow.name}`, lost - flow.sent * flow.perMessageMinor * MARGIN * (1 - flow.anyway))
  }
  return found
}

function keyOf({ subject }: Advice): string {
  switch (subject.kind) {
    case 'pairing':
      return `${subject.product} > ${subject.instead}`
    case 'product':
      return `restock ${subject.product}`
    case 'flow':
      return `pause ${subject.flow}`
    default:
      return subject.kind
  }
}

function drawPairings(arms: readonly Arm[], before: boolean, random: Random): PairingFigures[] {
  return arms.flatMap((arm) => {
    const shown = before ? arm.shownBefore : arm.shown
    if (shown === 0) return []
    const accepted = drawBinomial(shown, before ? arm.attachBefore : arm.attach, random)
    const { anchor, product, relation, priceMinor } = arm
    return [pairingFigures(anchor, product, [shown, accepted, priceMinor], { relation })]
  })
}

function drawGround(shop: Shop, random: Random): AdviceGround {
  const { arms, flows } = shop
  const pairings = drawPairings(arms, false, random)
  const net = pairings.reduce((sum, { netMinor }) => sum + netMinor, 0)
  const brought = arms.reduce((sum, arm) => sum + arm.shown * arm.attach * arm.priceMinor, 0)
  const caused = arms.reduce((sum, arm) => sum + arm.shown * (arm.attach - arm.anyway) * arm.priceMinor, 0)
  const told = caused / brought + 0.15 * normalQuantile(random())
  const sent = flows.reduce((sum, flow) => sum + flow.sent, 0) * MONTHS
  const converted = flows.reduce((sum, flow) => sum + flow.sent * flow.perMessageMinor, 0) * MONTHS
  const followUp = {
    ...noMessages,
    sent,
    convertedMinor: converted,
    convertedByClick: Math.round(converted / 1500),
  }
  const base = sampleFigures(pairings, {
    marginShare: MARGIN,
    caused: [causedFigures(net, [told - 0.3, told, told + 0.3])],
  })
  const figures: Figures = {
    ...base,
    placements: [
      ...base.placements,
      { ...sampleFigures([]).total, placement: 'follow-up', messages: followUp },
    ],
  }
  const earlier: Figures = {
    ...sampleFigures(drawPairings(arms, true, random)),
    period: { fromMs: 2 * SAMPLE_FROM_MS - SAMPLE_TO_MS, toMs: SAMPLE_FROM_MS },
  }
  return {
    figures,
    earlier,
    plan: planOf(arms, random),
    flows: flows.map(({ name, sent, leaves }) => ({
      name,
      on: true,
      pausedBecause: null,
      sent,
      unsubscribes: drawBinomial(sent, leaves, random),
      complaints: 0,
    })),
    customerWorthMinor: CUSTOMER_WORTH_MINOR,
    holdOutOff: false,
    retired: [],
  }
}

/** The history knows of 400 buyers of each anchor how many came back for the add-on by themselves. */
function planOf(arms: readonly Arm[], random: Random): AdvicePlan {
  const products = new Map(
    arms.map(({ product, priceMinor, soldOut }) => [
      product,
      tinyProduct(product, priceMinor, soldOut ? { buyable: false, offSale: 'sold-out' } : {}),
    ]),
  )
  const pairings = Map.groupBy(
    arms.map(({ anchor, product, relation, anyway }) =>
      tinyPairing(anchor, product, 0.1, {
        verdict: {
          status: 'live',
          relation: relation === 'upsell' ? 'extend' : relation,
          because: '',
          decidedBy: 'orders-later',
        },
        windows: [],
        evidence: tinyEvidence({
          customersFollowed: 400,
          customersLaterFollowed: drawBinomial(400, anyway, random),
        }),
      }),
    ),
    ({ anchor }) => anchor,
  )
  return { products, pairings }
}

/** Attributed money per showing by the plain rates; the largest gain leads. */
function plainLead({ figures, earlier }: AdviceGround, { arms }: Shop): string {
  const soldOut = new Set(arms.filter((arm) => arm.soldOut).map(({ product }) => product))
  const perShowing = ({ netMinor, ordersExposed }: PairingFigures): number => netMinor / ordersExposed
  let lead = { key: 'none', gain: 0 }
  for (const one of [
    ...figures.pairings,
    ...(earlier?.pairings ?? []).filter(({ product }) => soldOut.has(product)),
  ])
    for (const rival of figures.pairings.filter(
      ({ anchor, product }) => anchor === one.anchor && product !== one.product,
    )) {
      const gone = soldOut.has(one.product)
      const gain = one.ordersExposed * (perShowing(rival) - perShowing(one)) * (gone ? -1 : 1)
      if (gain > lead.gain)
        lead = { key: gone ? `restock ${one.product}` : `${one.product} > ${rival.product}`, gain }
    }
  return lead.key
}

const rows = Array.from({ length: Number(values.seeds) }, (_, seed) => {
  const random = seededRandom(seed + 1)
  const shop = plantShop(random, Number(values.orders))
  const truth = trueValues(shop)
  const best = [...truth.values()].sort((one, other) => other - one)
  const ground = drawGround(shop, random)
  const advice = advise(ground)
  const trueValueOf = (one: Advice | undefined): number =>
    one === undefined ? Number.NEGATIVE_INFINITY : (truth.get(keyOf(one)) ?? Number.NEGATIVE_INFINITY)
  const first = advice[0]
  const known = advice.filter((one) => one.effectPerMonthMinor !== null && truth.has(keyOf(one)))
  return {
    seed: seed + 1,
    first: first === undefined ? 'none' : `${first.action} ${keyOf(first)}`,
    trueValue: trueValueOf(first),
    amongThree: trueValueOf(first) >= (best[2] ?? 0),
    isBest: trueValueOf(first) >= (best[0] ?? 0),
    plainAmongThree: (truth.get(plainLead(ground, shop)) ?? Number.NEGATIVE_INFINITY) >= (best[2] ?? 0),
    best: best.slice(0, 3),
    covered: known.filter(({ effectPerMonthMinor: effect, ...rest }) => {
      const value = trueValueOf({ ...rest, effectPerMonthMinor: effect })
      return effect !== null && effect.low <= value && value <= effect.high
    }).length,
    advised: known.length,
    harmful: known.filter((one) => one.action !== 'test' && trueValueOf(one) < 0).length,
  }
})

const hits = rows.filter(({ amongThree }) => amongThree).length
const result = {
  seeds: rows.length,
  amongThree: hits / rows.length,
  plainAmongThree: rows.filter(({ plainAmongThree }) => plainAmongThree).length / rows.length,
  best: rows.filter(({ isBest }) => isBest).length / rows.length,
  intervalsHold:
    rows.reduce((sum, { covered }) => sum + covered, 0) / rows.reduce((sum, { advised }) => sum + advised, 0),
  advised: rows.reduce((sum, { advised }) => sum + advised, 0),
  harmful: rows.reduce((sum, { harmful }) => sum + harmful, 0),
}
if (values.json) process.stdout.write(`${JSON.stringify({ ...result, rows }, null, 2)}\n`)
else {
  for (const { seed, first, trueValue, amongThree, best } of rows)
    process.stdout.write(
      `${String(seed).padStart(3)}  ${amongThree ? 'yes' : 'no '}  ${first}  ${(trueValue / 100).toFixed(0)} of ${best.map((value) => (value / 100).toFixed(0)).join(', ')}\n`,
    )
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

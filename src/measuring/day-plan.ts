// The plan as mining would have published it on the morning of a day, for the anchors that this day's orders name.
// Comes in: counts as they stood, the catalog. Goes out: a plan that decides as the real one would. Three things are
// plainer than in mining: prices and titles are the catalog's (of the end of the history), category pairings see the
// day's anchors only, and there are no refills, which no question of the backtest asks for.

import { DAY_MS } from '../domain/instant.ts'
import type { BuyersTakeUp, Plan, Season } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Settings } from '../domain/settings.ts'
import { nameTakeUp } from '../next/buyers-take-up.ts'
import type { KindLift } from '../next/kind-lift.ts'
import { boughtLater, kinshipOf, saysNothing, standsOut } from '../next/label-relation.ts'
import { type AnchorPairs, makePlan, type PairRow, type ProductFacts } from '../next/make-plan.ts'
import { rebuyShare } from '../next/rebuy-share.ts'
import type { Gaps } from '../next/time-next-steps.ts'
import { NOBODY_CHOSE } from '../next/within-customers.ts'
import { expectedTogether } from '../stats/expected-together.ts'
import { shrunkLift, surestLift } from '../stats/shrunk-lift.ts'
import type { LiveCounts } from './live-counts.ts'
import type { OwnHistory } from './own-history.ts'
import type { AddOnLists } from './rank-known.ts'

const TOGETHER_MIN = 2
const LATER_KEPT = 50

export type DayPlanFrame = {
  readonly productIds: readonly string[]
  readonly catalog: readonly CatalogProduct[]
  readonly settings: Settings
  readonly addOnsOf: AddOnLists
  readonly habitShare: number
  readonly kinds: Pick<KindLift, 'between'>
  readonly own: Pick<OwnHistory, 'askWithin' | 'followFirsts'>
  /** Next steps are asked about where an answer may be one. */
  readonly withNextSteps: boolean
  readonly windowDays: number
  readonly seasons: readonly (Season | null)[]
  readonly buyersTakeUpOf: (product: number) => BuyersTakeUp<number> | null
}

export function planOfDay(
  counts: LiveCounts,
  day: number,
  anchors: ReadonlySet<number>,
  frame: DayPlanFrame,
): Plan {
  const { productIds, catalog, settings } = frame
  const products: ProductFacts[] = productIds.map((id, product) => ({
    id,
    orders: counts.ordersOf(product),
    ordersWeight: counts.ordersWeightOf(product, day),
    customers: counts.customersOf(product),
    rebuyShare: rebuyShare(counts.repeatCustomersOf(product), counts.customersOf(product)),
    rhythm: null,
    takenUp: counts.takenUp(product),
    season: frame.seasons[product] ?? null,
    buyersTakeUp: anchors.has(product)
      ? nameTakeUp(frame.buyersTakeUpOf(product), (one) => productIds[one] ?? '')
      : null,
  }))
  const draft = makePlan(
    {
      products,
      pairs: askCustomers([...rowsOf(counts, day, anchors, frame)], counts, frame),
      totals: { orders: counts.orders, ordersWeight: counts.ordersWeight(day) },
      historyFromAtMs: 0,
      historyToAtMs: day * DAY_MS,
      sampledOrders: 0,
      habitShare: frame.habitShare,
    },
    catalog,
    settings,
  )
  const pairings = new Map(draft.pairings)
  return { ...draft, pairings, version: 1, publishedAtMs: day * DAY_MS }
}

type CountedRow = Omit<PairRow, 'anchorId' | 'addOnId' | 'within' | 'gaps'> & {
  readonly anchor: number
  readonly addOn: number
}

/** Asks the customers' own orders about what popularity does not explain, as mining does. */
function askCustomers(
  rows: readonly CountedRow[],
  counts: LiveCounts,
  frame: DayPlanFrame,
): readonly AnchorPairs[] {
  const { productIds, catalog, own, seasons } = frame
  const productOf = new Map(catalog.map((product) => [product.id, product]))
  const saysSomething = ({ anchor, addOn, ...row }: CountedRow): boolean => {
    const [one, other] = [anchor, addOn].map((product) => productOf.get(productIds[product] ?? ''))
    return one !== undefined && other !== undefined && !saysNothing(kinshipOf(one, other), row)
  }
  const all = rows.filter(saysSomething)
  const gapsOf = frame.withNextSteps ? timeSteps(all, counts, frame) : () => null
  const asked = all.filter((row) => standsOut(row.ordersTogether, row.expectedTogether))
  const pairs = { anchor: asked.map(({ anchor }) => anchor), addOn: asked.map(({ addOn }) => addOn) }
  const answerOf = own.askWithin(pairs, (product) => seasons[product]?.quiet.map(({ month }) => month) ?? [])
  let pair = 0
  const named = all.map(({ anchor, addOn, ...row }): PairRow => {
    const isAsked = standsOut(row.ordersTogether, row.expectedTogether)
    return {
      ...row,
      gaps: gapsOf(anchor, addOn),
      anchorId: productIds[anchor] ?? '',
      addOnId: productIds[addOn] ?? '',
      within: isAsked ? answerOf(pair++) : NOBODY_CHOSE,
    }
  })
  const byAnchor = Map.groupBy(named, ({ anchorId }) => anchorId)
  return [...byAnchor].map(([anchorId, own]) => ({
    ...{ anchorId, rows: own, silent: 0, silentRow: () => undefined },
  }))
}

/** Of the rows that may be next steps: how their customers went from the one to the other, beside all that leads to it. */
function timeSteps(
  rows: readonly CountedRow[],
  counts: LiveCounts,
  { own, productIds, windowDays }: DayPlanFrame,
): (anchor: number, addOn: number) => Gaps | null {
  const wanted = new Set(rows.filter(boughtLater).map(({ addOn }) => addOn))
  const steps: { anchor: number; addOn: number; later: number; expected: number }[] = []
  for (const anchor of productIds.keys()) {
    const bought = counts.firstPurchasesWithinWindowAfter(anchor)
    counts.eachLater(anchor, (addOn, later) => {
      const expected = (bought * counts.ordersOf(addOn)) / counts.lines
      const isStep = boughtLater({ customersLater: later, customersLaterExpected: expected })
      if (wanted.has(addOn) && isStep) steps.push({ anchor, addOn, later, expected })
    })
  }
  const gapsOf = own.followFirsts(
    {
      anchor: steps.map(({ anchor }) => anchor),
      addOn: steps.map(({ addOn }) => addOn),
      lift: steps.map(({ later, expected }) => shrunkLift(later, expected).mean),
      surestLift: steps.map(({ later, expected }) => surestLift(later, expected)),
    },
    windowDays,
  )
  const placeOf = new Map(steps.map(({ anchor, addOn }, place) => [`${anchor} ${addOn}`, place]))
  return (anchor, addOn) => {
    const place = placeOf.get(`${anchor} ${addOn}`)
    return place === undefined ? null : gapsOf(place)
  }
}

function* rowsOf(
  counts: LiveCounts,
  day: number,
  anchors: ReadonlySet<number>,
  { addOnsOf, kinds }: DayPlanFrame,
): Generator<CountedRow> {
  for (const anchor of anchors) {
    const together = new Map<number, { count: number; weight: number }>()
    counts.eachTogether(anchor, day, (addOn, count, weight) => {
      together.set(addOn, { count, weight })
    })
    const later: [number, number][] = []
    counts.eachLater(anchor, (addOn, customers) => {
      if (customers >= TOGETHER_MIN) later.push([addOn, customers])
    })
    later.sort((one, other) => other[1] - one[1] || one[0] - other[0])
    const addOns = new Set([
      ...addOnsOf(anchor, day).map(([addOn]) => addOn),
      ...later.slice(0, LATER_KEPT).map(([addOn]) => addOn),
    ])
    const sizes = [...counts.basketSizesOf(anchor)].map(([size, count]) => ({ size: size - 1, count }))
    for (const addOn of addOns) {
      const { count, weight } = together.get(addOn) ?? { count: 0, weight: 0 }
      const customersLater = counts.laterOf(anchor, addOn)
      if (count < TOGETHER_MIN && customersLater < TOGETHER_MIN) continue
      const share = counts.ordersOf(addOn) / counts.lines
      yield {
        anchor,
        addOn,
        ordersTogether: count,
        ordersBulk: 0,
        togetherWeight: weight,
        expectedTogether: expectedTogether(sizes, share),
        customersFollowed: counts.customersOf(anchor),
        customersLaterFollowed: customersLater,
        customersLater,
        customersLaterExpected: counts.firstPurchasesWithinWindowAfter(anchor) * share,
        kindLift: kinds.between(anchor, addOn),
      }
    }
  }
}

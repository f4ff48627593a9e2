// All that is counted beside the pairs, over the same columns: each a walk of its own, on as many threads as there are,
// the longest first. Goes in: the columns, the counted pairs, the catalog. Comes out: what was counted of each product, and
// of each row of the pairs.

import { LATER_WINDOW_DAYS } from '../domain/pairing.ts'
import type { BuyersTakeUp, RefillRhythm, Season } from '../domain/plan.ts'
import type { CatalogProduct } from '../domain/product.ts'
import type { Lately } from '../next/fade.ts'
import { gapsOf } from '../next/follow-firsts.ts'
import type { KindLift } from '../next/kind-lift.ts'
import { boughtLater, standsOut } from '../next/label-relation.ts'
import { REBUY_SHARE_MIN, REPEAT_CUSTOMERS_MIN } from '../next/rebuy-share.ts'
import type { Gaps } from '../next/time-next-steps.ts'
import { NOBODY_CHOSE, type WithinCustomers } from '../next/within-customers.ts'
import type { Parallel } from '../ports/parallel.ts'
import { shrunkLift, surestLift } from '../stats/shrunk-lift.ts'
import { chooseRows } from './choose-rows.ts'
import { countBuyersTakeUpJob, takeUpOf } from './count-buyers-take-up.ts'
import { countGapsJob } from './count-gaps.ts'
import { countHabitsJob } from './count-habits.ts'
import { countKinds } from './count-kinds.ts'
import { countLatelyJob, latelyOf } from './count-lately.ts'
import { countSeasonsJob } from './count-seasons.ts'
import { countTakenUpJob } from './count-taken-up.ts'
import { countWithinCustomersJob, withinOf } from './count-within-customers.ts'
import { gatherRebuys } from './gather-rebuys.ts'
import type { PairColumns, PairCounts } from './pair-columns.ts'
import type { Goods } from './read-goods.ts'
import { type RefillEvidence, refillRhythmsJob } from './refill-rhythms.ts'

/**
 * Whose rhythm is read of what may be a refill: so many customers that about 200 of them came back, which gives their
 * median to some 4 in a hundred (0.5 / √200). One in ten comes back at least, so some 2,000 always do.
 */
const REFILL_DRAW = {
  repeatCustomersMin: REPEAT_CUSTOMERS_MIN,
  rebuyShareMin: REBUY_SHARE_MIN,
  repeatCustomers: 200,
}

export type Beside = RowFacts & {
  readonly rhythms: ReadonlyMap<string, RefillRhythm>
  readonly habitShare: number
  /** By product number. */
  readonly seasons: readonly (Season | null)[]
  readonly takenUp: Float64Array
  readonly buyersTakeUp: (product: number) => BuyersTakeUp<string> | null
}

export type RowFacts = {
  /** By product number. */
  readonly kinds: Pick<KindLift, 'between'>
  /** By row of the pairs; only of those that may be next steps. */
  readonly gaps: (row: number) => Gaps | null
  /** Only of those that stand out, as no other can come to complete each other (src/next/label-relation.ts). */
  readonly within: (row: number) => WithinCustomers
  readonly lately: (row: number) => Lately | null
}

export async function countBeside(
  goods: Goods,
  counted: PairCounts,
  {
    catalog,
    sold,
  }: { readonly catalog: readonly CatalogProduct[]; readonly sold: readonly CatalogProduct[] },
  { parallel, halfLifeDays }: { readonly parallel: Parallel; readonly halfLifeDays: number },
): Promise<Beside> {
  const { columns: history } = goods
  const { pairs } = counted
  const products = sold.map(({ title, category }) => ({ title, category }))
  const standing = chooseRows(pairs, (row) => standsOutIn(pairs, row))
  const timed = chooseRows(pairs, (row) => boughtLaterIn(pairs, row))
  const liftBy = (of: (count: number, expected: number) => number): Float64Array =>
    timed.column((row) => of(pairs.later[row] as number, pairs.expectedLater[row] as number))
  const lifts = {
    lift: liftBy((count, expected) => shrunkLift(count, expected).mean),
    surestLift: liftBy(surestLift),
  }
  const windowDays = LATER_WINDOW_DAYS
  // A short walk, which the customers' own orders wait for.
  const seasonsFound = parallel.run(countSeasonsJob, { history, products })
  const jobs = Promise.all([
    parallel.run(countBuyersTakeUpJob, history),
    seasonsFound.then((found) => {
      const quietMonths = found.map((season) => season?.quiet.map(({ month }) => month) ?? [])
      return parallel.run(countWithinCustomersJob, { history, pairs: standing.pairs, quietMonths })
    }),
    parallel.run(refillRhythmsJob, rebuyEvidence(goods, counted, catalog)),
    seasonsFound,
    parallel.run(countGapsJob, { history, pairs: { ...timed.pairs, ...lifts }, windowDays }),
    parallel.run(countLatelyJob, { history, pairs: standing.pairs }),
    parallel.run(countTakenUpJob, history),
    parallel.run(countHabitsJob, { history, halfLifeDays }),
  ])
  const kinds = countKinds(
    history,
    products.map(({ category }) => category),
  )
  const [takeUps, chosen, rhythms, seasons, gaps, late, takenUp, habitShare] = await jobs
  return {
    ...{ rhythms, habitShare, seasons, takenUp, kinds },
    buyersTakeUp: (product) => takeUpOf(takeUps, product, (one) => goods.ids[one] ?? ''),
    gaps: timed.byRow((place) => gapsOf(gaps, place, windowDays), null),
    within: standing.byRow((place) => withinOf(chosen, place), NOBODY_CHOSE),
    lately: standing.byRow((place) => (late === null ? null : latelyOf(late, place)), null),
  }
}

function standsOutIn(pairs: PairColumns, row: number): boolean {
  const proving = (pairs.together[row] as number) - (pairs.bulk[row] as number)
  return standsOut(proving, pairs.expectedTogether[row] as number)
}

function boughtLaterIn(pairs: PairColumns, row: number): boolean {
  return boughtLater({
    customersLater: pairs.later[row] as number,
    customersLaterExpected: pairs.expectedLater[row] as number,
  })
}

function rebuyEvidence(
  goods: Goods,
  { margins, index }: PairCounts,
  catalog: readonly CatalogProduct[],
): RefillEvidence {
  const { repeatCustomers } = margins
  return {
    rebuys: gatherRebuys(goods, { index, margins }, REFILL_DRAW),
    margins: new Map(
      goods.ids.map((id, product) => [
        id,
        { customers: margins.customers[product] ?? 0, repeatCustomers: repeatCustomers[product] ?? 0 },
      ]),
    ),
    catalog: catalog
      .filter((product) => product.goods.kind === 'goods')
      .map(({ id, title, category, categoryIsGuess, variantGroup, lastsDays }) => ({
        ...{ id, title, category, categoryIsGuess, variantGroup, lastsDays },
      })),
  }
}

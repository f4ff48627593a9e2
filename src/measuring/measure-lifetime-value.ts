// What is a customer worth? Comes in: the order history, what is not goods, the margin share. Goes out: plain figures
// (lifetime-value.ts): what the customers there are will bring in 12 months, what a new one brings, what whole months of
// customers brought, how well the model foretells what it was not shown, and what one should know before believing it.
// What can go wrong: no order of a known customer (an outcome), or too few for a model: it says so, and whole cohorts
// speak instead.

import { DAY_MS, isoDate } from '../domain/instant.ts'
import type { History } from '../ports/history.ts'
import type { Parallel } from '../ports/parallel.ts'
import type { TrialStore } from '../ports/trial-store.ts'
import { readSides } from './effect-on-worth.ts'
import { holdBackJob } from './hold-back.ts'
import type { Cohort, CohortMonths, HoldBack, LifetimeValue, NewCustomer } from './lifetime-value.ts'
import { type CustomerValues, valueCustomersJob, YEAR_DAYS } from './value-customers.ts'
import { type WorthFacts, warnOfWorth } from './warn-of-worth.ts'
import {
  type CustomerColumns,
  type GoodsIn,
  readCohorts,
  readCustomers,
  readSources,
  type WorthSource,
} from './worth-queries.ts'

/** A quarter and a year: the second where the history is long enough to have seen a year before it. */
const HELD_BACK_DAYS = [91, YEAR_DAYS]

export type WorthSettings = {
  readonly notGoods: readonly string[]
  /** `null`: no cost is known, values are revenue. */
  readonly marginShare: number | null
}

export type WorthEffects = {
  readonly history: Pick<History, 'rows' | 'columns'>
  readonly parallel: Pick<Parallel, 'run'>
  readonly store: Pick<TrialStore, 'listTrialCustomers' | 'holdOutTerms'>
}

export async function measureLifetimeValue(
  { notGoods, marginShare }: WorthSettings,
  { history, parallel, store }: WorthEffects,
): Promise<LifetimeValue> {
  const [source, ...others] = await readSources(history, notGoods)
  if (source === undefined) return { kind: 'nothing-yet', sentence: 'No orders were imported yet.' }
  const goods = { notGoods, currency: source.currency }
  const afterLast = source.lastDay + 1
  const sides = await readSides(source.lastDay, { store })
  const customers = await readCustomers(history, goods, { fromDay: afterLast, days: 0, sides })
  if (customers.repeats.length === 0)
    return { kind: 'nothing-yet', sentence: 'No order names its customer: nobody knows who came back.' }
  const cohorts = await readCohorts(history, goods, source.lastDay)
  const values = await parallel.run(valueCustomersJob, { customers, marginShare: marginShare ?? 1 })
  const heldBack = values.kind === 'valued' ? await holdBackAll(goods, source, { history, parallel }) : []
  const expected = expectFrom(values, { cohorts, heldBack, marginShare: marginShare ?? 1 })
  const facts: WorthFacts = {
    marginShare,
    method: expected.method,
    heldBack,
    topPercentShare: values.kind === 'valued' ? values.topPercentShare : null,
    source,
    otherCurrencies: others.map(({ currency }) => currency),
  }
  return {
    kind: 'measured',
    asOf: isoDate(source.lastDay * DAY_MS),
    currency: source.currency,
    basis: marginShare === null ? 'revenue' : 'margin',
    marginShare,
    ...countCustomers(customers),
    ...expected,
    cohorts,
    heldBack,
    warnings: warnOfWorth(facts),
  }
}

async function holdBackAll(
  goods: GoodsIn,
  { firstDay, lastDay }: WorthSource,
  { history, parallel }: Pick<WorthEffects, 'history' | 'parallel'>,
): Promise<HoldBack[]> {
  const checks: HoldBack[] = []
  for (const days of HELD_BACK_DAYS) {
    const fromDay = lastDay + 1 - days
    if (fromDay - firstDay < days) continue
    const customers = await readCustomers(history, goods, { fromDay, days })
    const check = await parallel.run(holdBackJob, { customers, days })
    if (check !== null) checks.push(check)
  }
  return checks
}

function countCustomers({ repeats, firstMinor, repeatsMinor }: CustomerColumns) {
  let [repeatCustomers, purchases, revenueMinor] = [0, 0, 0]
  for (let customer = 0; customer < repeats.length; customer++) {
    const times = repeats[customer] ?? 0
    if (times > 0) repeatCustomers += 1
    purchases += 1 + times
    revenueMinor += (firstMinor[customer] ?? 0) + (repeatsMinor[customer] ?? 0)
  }
  return { customers: repeats.length, repeatCustomers, purchases, revenueMinor }
}

type Expected = Pick<
  Extract<LifetimeValue, { kind: 'measured' }>,
  'method' | 'nextYear' | 'newCustomer' | 'causedByOffers'
>

function expectFrom(
  values: CustomerValues,
  {
    cohorts,
    heldBack,
    marginShare,
  }: {
    readonly cohorts: readonly Cohort[]
    readonly heldBack: readonly HoldBack[]
    readonly marginShare: number
  },
): Expected {
  if (values.kind === 'valued') {
    const longest = heldBack.at(-1)
    const revenueIfAsFarOffMinor =
      longest === undefined ? null : values.nextYear.revenueMinor / (1 + longest.revenueBias)
    const nextYear = { ...values.nextYear, revenueIfAsFarOffMinor }
    const { model, newCustomer, causedByOffers } = values
    return { method: model, nextYear, newCustomer, causedByOffers }
  }
  const newCustomer = meanOfCohorts(cohorts, marginShare)
  const months = newCustomer?.months ?? null
  const because = values.because
  const method = { kind: 'cohort-mean', because, months } as const
  return { method, nextYear: null, newCustomer, causedByOffers: null }
}

/** Over all months of which the longest horizon that is over for any of them is over. */
function meanOfCohorts(cohorts: readonly Cohort[], marginShare: number): NewCustomer | null {
  const longest = ([12, 6, 3, 1] as const).find((months: CohortMonths) =>
    cohorts.some(({ revenueMinor }) => revenueMinor[months] !== null),
  )
  if (longest === undefined) return null
  let [customers, revenue, repeats] = [0, 0, 0]
  for (const cohort of cohorts) {
    const brought = cohort.revenueMinor[longest]
    if (brought === null) continue
    customers += cohort.customers
    revenue += cohort.customers * brought
    repeats += cohort.customers * (cohort.repeatsInYear ?? 0)
  }
  return {
    months: longest,
    repeatPurchases: longest === 12 ? repeats / customers : null,
    valueMinor: (revenue / customers) * marginShare,
    firstOrderMinor: null,
  }
}

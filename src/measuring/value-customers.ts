// What a shop's customers will bring over the next 12 months. Comes in: customers as columns, the margin share. Goes out:
// the models, sums, shares and quantiles; or why there are too few customers for a model. Runs in another thread.

import type { Job } from '../ports/parallel.ts'
import { expectedOfNewCustomer } from '../stats/bg-nbd.ts'
import { customerValue } from '../stats/customer-value.ts'
import { effectOnWorth } from './effect-on-worth.ts'
import { type CustomerModel, fitCustomers } from './fit-customers.ts'
import type { Distribution, EffectOnWorth, NewCustomer, NextYear, WorthModel } from './lifetime-value.ts'
import type { CustomerColumns } from './worth-queries.ts'

export const YEAR_DAYS = 365
const MONTH_DAYS = YEAR_DAYS / 12
const QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]

export type ValueRequest = {
  readonly customers: CustomerColumns
  /** 1 where no cost is known: values are revenue then. */
  readonly marginShare: number
}

export type CustomerValues =
  | {
      readonly kind: 'valued'
      readonly model: WorthModel
      readonly nextYear: Omit<NextYear, 'revenueIfAsFarOffMinor'>
      readonly newCustomer: NewCustomer
      readonly causedByOffers: EffectOnWorth
      /** Share of the value that the most valuable hundredth brings. */
      readonly topPercentShare: number
    }
  | { readonly kind: 'too-few'; readonly because: string }

export const valueCustomersJob: Job<ValueRequest, CustomerValues> = {
  module: new URL(import.meta.url),
  exportName: 'valueCustomers',
}

export function valueCustomers({ customers: columns, marginShare }: ValueRequest): CustomerValues {
  const fit = fitCustomers(columns)
  if (fit.kind === 'too-few') return fit
  const { customers } = fit
  const total = columns.repeats.length
  const inYear = customers.ifThere((until) => until(YEAR_DAYS))
  const discounted = customers.ifThere((until) => customerValue((month) => until(month * MONTH_DAYS), 1))
  const values = new Float64Array(total)
  let [purchases, revenueMinor, valueMinor, alive, repeatersAlive, repeaters] = [0, 0, 0, 0, 0, 0]
  for (let customer = 0; customer < total; customer++) {
    const isThere = customers.alive(customer)
    const orderMinor = customers.orderMinor(customer)
    const value = isThere * discounted(customer) * orderMinor * marginShare
    values[customer] = value
    purchases += isThere * inYear(customer)
    revenueMinor += isThere * inYear(customer) * orderMinor
    valueMinor += value
    alive += isThere
    if ((columns.repeats[customer] ?? 0) === 0) continue
    repeaters += 1
    repeatersAlive += isThere
  }
  const causedByOffers = effectOnWorth(values, columns.sides)
  values.sort()
  const topShare = (share: number): number => {
    let sum = 0
    for (const value of values.subarray(total - Math.round(share * total))) sum += value
    return valueMinor > 0 ? sum / valueMinor : 0
  }
  const distribution = QUANTILES.map(
    (share): Distribution => ({ share, valueMinor: values[Math.ceil(share * total) - 1] ?? 0 }),
  )
  const nextYear = {
    purchases,
    revenueMinor,
    valueMinor,
    valuePerCustomerMinor: valueMinor / total,
    aliveShare: alive / total,
    aliveShareOfRepeaters: repeatersAlive / repeaters,
    distribution,
    topDecileShare: topShare(0.1),
  }
  const newCustomer = expectOfNew(columns, customers, marginShare)
  return {
    kind: 'valued',
    model: customers.model,
    nextYear,
    newCustomer,
    causedByOffers,
    topPercentShare: topShare(0.01),
  }
}

/** One who begins as these customers began: with a first order like theirs, and then as those who began so. */
function expectOfNew(columns: CustomerColumns, customers: CustomerModel, marginShare: number): NewCustomer {
  const total = columns.repeats.length
  const sizes = new Map<number, number>()
  let [first, all, times] = [0, 0, 0]
  for (let customer = 0; customer < total; customer++) {
    const size = customers.size(customer)
    sizes.set(size, (sizes.get(size) ?? 0) + 1)
    const repeats = columns.repeats[customer] ?? 0
    first += columns.firstMinor[customer] ?? 0
    // The mean of repeat customers' expected orders, each as often as they came back: what a repeat brings.
    all += repeats * customers.orderMinor(customer)
    times += repeats
  }
  let [repeatPurchases, discounted] = [0, 0]
  for (const [size, count] of sizes) {
    const model = customers.modelOf(size)
    const until = (days: number): number => expectedOfNewCustomer(days, model)
    repeatPurchases += (count / total) * until(YEAR_DAYS)
    discounted += (count / total) * customerValue((month) => until(month * MONTH_DAYS), 1)
  }
  const firstOrderMinor = first / total
  const valueMinor = (firstOrderMinor + discounted * (all / times)) * marginShare
  return { months: 12, repeatPurchases, valueMinor, firstOrderMinor }
}

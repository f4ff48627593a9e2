// The models of a shop's customers, fitted. Comes in: customers as columns. Goes out: what each customer is expected to
// do. What can go wrong: too few customers who came back (an outcome), or orders spread so far that they have no usual
// value: each customer's own mean is taken then.
// Many customers are made fewer: above 10,000 the days are rounded to weeks, so that a million customers make some ten
// thousand different records, and the value of orders is learnt from every n-th repeat customer, 50,000 at most.

import { type BgNbd, chanceAlive, expectedIfThere } from '../stats/bg-nbd.ts'
import {
  expectedOrderValue,
  fitGammaGamma,
  type OrderValues,
  valueFrequencyCorrelation,
} from '../stats/gamma-gamma.ts'
import { fifthsOf, fitSizedBgNbd, modelOfSize, type SizedRecord } from '../stats/sized-bg-nbd.ts'
import type { WorthModel } from './lifetime-value.ts'
import type { CustomerColumns } from './worth-queries.ts'

const CUSTOMERS_BY_DAY = 10_000
const SPENDERS_MAX = 50_000

export type CustomerModel = {
  readonly model: WorthModel
  /** Size of the first order, as the model knows it. */
  size(customer: number): number
  modelOf(size: number): BgNbd
  alive(customer: number): number
  /** A figure of the purchases to come of a customer who is still there, made once for all who are alike. */
  ifThere(figure: (purchasesUntil: (days: number) => number) => number): (customer: number) => number
  /** Expected value of one of their orders, minor units. */
  orderMinor(customer: number): number
}

export type CustomerFit =
  | { readonly kind: 'fitted'; readonly customers: CustomerModel }
  | { readonly kind: 'too-few'; readonly because: string }

export const CUSTOMERS_MIN = 500
export const REPEATERS_MIN = 100

export function fitCustomers(columns: CustomerColumns): CustomerFit {
  const total = columns.repeats.length
  const repeaters = columns.repeats.reduce((sum, repeats) => sum + (repeats > 0 ? 1 : 0), 0)
  if (total < CUSTOMERS_MIN || repeaters < REPEATERS_MIN) {
    const because = `${total} customers of whom ${repeaters} came back; a model takes ${CUSTOMERS_MIN} and ${REPEATERS_MIN}`
    return { kind: 'too-few', because }
  }
  const step = total > CUSTOMERS_BY_DAY ? 7 : 1
  const sizeOf = fifthsOf(columns.firstMinor)
  const recordOf = (customer: number) => ({
    repeats: columns.repeats[customer] ?? 0,
    lastAt: Math.round((columns.lastDays[customer] ?? 0) / step) * step,
    watched: Math.round((columns.watchedDays[customer] ?? 0) / step) * step,
    size: sizeOf(columns.firstMinor[customer] ?? 0),
  })
  const fit = fitSizedBgNbd(countRecords(total, recordOf))
  if (fit.kind === 'not-computable') return { kind: 'too-few', because: fit.reason }
  const spend = fitSpend(columns)
  const models = new Map<number, BgNbd>()
  const modelOf = (size: number): BgNbd => {
    const model = models.get(size) ?? modelOfSize(fit.model, size)
    models.set(size, model)
    return model
  }
  const { effect, ...purchases } = fit.model
  const model: WorthModel = {
    kind: 'model',
    purchases: { ...purchases, firstOrderEffect: effect, timeStepDays: step },
    spend: spend.model,
    spendFrequencyCorrelation: spend.correlation,
  }
  return {
    kind: 'fitted',
    customers: {
      model,
      size: (customer) => recordOf(customer).size,
      modelOf,
      alive(customer) {
        const record = recordOf(customer)
        return chanceAlive(record, modelOf(record.size))
      },
      ifThere(figure) {
        const known = new Map<string, number>()
        return (customer) => {
          const record = recordOf(customer)
          const key = `${record.repeats} ${record.watched} ${record.size}`
          const found = known.get(key)
          if (found !== undefined) return found
          const made = figure((days) => expectedIfThere(record, days, modelOf(record.size)))
          known.set(key, made)
          return made
        }
      },
      orderMinor: spend.orderMinor,
    },
  }
}

function countRecords(total: number, recordOf: (customer: number) => Omit<SizedRecord, 'customers'>) {
  const counted = new Map<string, Omit<SizedRecord, 'customers'> & { customers: number }>()
  for (let customer = 0; customer < total; customer++) {
    const record = recordOf(customer)
    const key = `${record.repeats} ${record.lastAt} ${record.watched} ${record.size}`
    const known = counted.get(key)
    if (known === undefined) counted.set(key, { ...record, customers: 1 })
    else known.customers += 1
  }
  return [...counted.values()]
}

/** From repeat purchases alone, as published: a first order is often another kind of order. */
function fitSpend({ repeats, firstMinor, repeatsMinor }: CustomerColumns) {
  const valuesOf = (customer: number): OrderValues => {
    const times = repeats[customer] ?? 0
    return { repeats: times, meanValue: times === 0 ? 0 : (repeatsMinor[customer] ?? 0) / times }
  }
  const spenders: OrderValues[] = []
  for (let customer = 0; customer < repeats.length; customer++) {
    if ((repeats[customer] ?? 0) > 0) spenders.push(valuesOf(customer))
  }
  const every = Math.ceil(spenders.length / SPENDERS_MAX)
  const fit = fitGammaGamma(spenders.filter((_, place) => place % every === 0))
  const model = fit.kind === 'fitted' ? fit.model : null
  const ownMean = (customer: number): number =>
    ((firstMinor[customer] ?? 0) + (repeatsMinor[customer] ?? 0)) / (1 + (repeats[customer] ?? 0))
  return {
    model,
    correlation: valueFrequencyCorrelation(spenders),
    orderMinor: (customer: number): number =>
      model === null ? ownMean(customer) : expectedOrderValue(valuesOf(customer), model),
  }
}

// What customers are worth, as the report tells it. Comes in: what was measured of the order history. Goes out: the few
// figures an owner goes by, with every warning.

import type { EffectOnWorth, LifetimeValue, WorthMethod } from './lifetime-value.ts'
import type { ReportedWorth } from './report.ts'

export function reportWorth(value: LifetimeValue): ReportedWorth {
  if (value.kind === 'nothing-yet') return { kind: 'unknown', sentence: value.sentence }
  const {
    asOf,
    currency,
    basis,
    customers,
    repeatCustomers,
    method,
    nextYear,
    newCustomer,
    causedByOffers,
    warnings,
  } = value
  return {
    kind: 'known',
    ...{ asOf, currency, basis, customers, repeatCustomers },
    method: methodSentence(method),
    // What is told as an amount of money is whole minor units, an expectation too.
    nextYearMinor: nextYear === null ? null : Math.round(nextYear.valuePerCustomerMinor),
    newCustomer:
      newCustomer === null
        ? null
        : { months: newCustomer.months, valueMinor: Math.round(newCustomer.valueMinor) },
    causedByOffers,
    warnings: [...warnings.map(({ sentence }) => sentence), ...notYet(causedByOffers)],
  }
}

function notYet(caused: EffectOnWorth | null): readonly string[] {
  return caused?.kind === 'not-yet' ? [`What offers do to this cannot be told yet: ${caused.because}.`] : []
}

function methodSentence(method: WorthMethod): string {
  return method.kind === 'model'
    ? 'Expected by a model of how often customers come back, when they leave and what they spend.'
    : `What whole cohorts brought: ${method.because}`
}

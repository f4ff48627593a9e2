// What one should know before believing what customers are said to be worth. Comes in: what was measured. Goes out: the
// warnings that apply, each in a sentence. Pure.

import type { HoldBack, WorthMethod, WorthWarning } from './lifetime-value.ts'
import type { WorthSource } from './worth-queries.ts'

/** A forecast that was further off than this is not one to plan by. */
const BIAS_MAX = 0.2
/** |r| of repeats and order value from which the model, which takes it for 0, is misled. */
const CORRELATION_MAX = 0.1
const DOMINATED = 0.3
const GUESTS_MAX = 0.2
const UNMATCHED_MAX = 0.02

export type WorthFacts = {
  readonly marginShare: number | null
  readonly method: WorthMethod
  readonly heldBack: readonly HoldBack[]
  readonly topPercentShare: number | null
  readonly source: WorthSource
  readonly otherCurrencies: readonly string[]
}

export function warnOfWorth(facts: WorthFacts): WorthWarning[] {
  const { method, source } = facts
  const warnings: WorthWarning[] = []
  const warn = (kind: WorthWarning['kind'], sentence: string): void => {
    warnings.push({ kind, sentence })
  }
  if (facts.marginShare === null)
    warn('no-margin', 'No cost is known, so values are revenue: set measuring.marginShare to see margin.')
  const days = source.lastDay - source.firstDay + 1
  if (days < 365)
    warn(
      'short-history',
      `The orders cover ${days} days: a year ahead is further than anything that was seen, and no season is known.`,
    )
  for (const check of facts.heldBack) {
    if (Math.abs(check.revenueBias) > BIAS_MAX) warn('held-back-off', sayBias(check))
  }
  if (method.kind === 'model') warnOfModel(method, warn)
  if ((facts.topPercentShare ?? 0) > DOMINATED)
    warn(
      'few-dominate',
      `One customer in a hundred brings ${percent(facts.topPercentShare ?? 0)} of the value: look at them one by one, they may be businesses.`,
    )
  const guests = source.revenueMinor > 0 ? source.guestsMinor / source.revenueMinor : 0
  if (guests > GUESTS_MAX)
    warn('guests', `${percent(guests)} of the revenue is from guests, of whom nobody knows who came back.`)
  const unmatched = source.revenueMinor > 0 ? source.unmatchedMinor / source.revenueMinor : 0
  if (unmatched > UNMATCHED_MAX)
    warn(
      'returns-unmatched',
      `Returns worth ${percent(unmatched)} of the revenue name no order and are in it.`,
    )
  if (facts.otherCurrencies.length > 0)
    warn('other-currencies', `Orders in ${facts.otherCurrencies.join(', ')} are left out.`)
  return warnings
}

function warnOfModel(
  { purchases: { a, b }, spend, spendFrequencyCorrelation: r }: Extract<WorthMethod, { kind: 'model' }>,
  warn: (kind: WorthWarning['kind'], sentence: string) => void,
): void {
  if (a / (a + b) < 0.001)
    warn(
      'few-leave',
      'Almost nobody seems to leave for good, which so short a look may only not have shown yet.',
    )
  // At a = 1 the formula is 0 / 0 and is computed beside it (bg-nbd.ts): six digits are left.
  if (Math.abs(a - 1) < 1e-3)
    warn('near-singular', 'The model lies where its formula is least exact: six digits.')
  if (spend === null)
    warn(
      'spend-unbounded',
      'Orders differ so widely in value that they have no usual one: each customer is taken at the mean of their own.',
    )
  if (Math.abs(r) > CORRELATION_MAX)
    warn(
      'spend-follows-frequency',
      `Who comes more often spends ${r > 0 ? 'more' : 'less'} an order (r = ${r.toFixed(2)}), which the model takes for independent: the best customers are worth ${r > 0 ? 'more' : 'less'} than it says.`,
    )
}

function sayBias(check: HoldBack): string {
  const { days, foretoldRevenueMinor, actualRevenueMinor, revenueBias, bestTenthShare } = check
  const share = (foretoldRevenueMinor / actualRevenueMinor).toFixed(2)
  const [off, why] =
    revenueBias > 0
      ? ['too much', 'fewer came back than their first months promised']
      : ['too little', 'a strong season, or growth, is nothing that it knows']
  return `Of the last ${days} days, shown only what came before, the model foretells ${percent(Math.abs(revenueBias))} ${off} revenue (${share} of what came): ${why}. Do not plan by its sums. Who is worth more than whom is another question: the tenth of customers that it put first brought ${percent(bestTenthShare)}.`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}

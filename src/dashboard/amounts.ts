// Money and rates with their intervals, as this page writes them.

import type { Estimate } from '../measuring/estimate.ts'
import type { Rate } from '../measuring/figures.ts'
import { percent } from './words.ts'

/** Whole units from 100 on: a figure with an interval is no exact one. */
export function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const amount = amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)
  if (Math.abs(amount) < 100) return format.format(amount)
  return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
}

export function moneyRange({ value, low, high }: Estimate, currency: string): string {
  return `${money(value, currency)} (${money(low, currency)} to ${money(high, currency)})`
}

export function rateRange({ part, whole, estimate }: Rate): string {
  if (whole === 0) return '–'
  if (estimate === null) return percent(Math.min(1, part / whole))
  return `${percent(estimate.value)} (${percent(estimate.low)} to ${percent(estimate.high)})`
}

// Figures as they stand in a sentence of advice.

import { formatMoney, minorDigits } from '../../domain/money.ts'
import type { Estimate } from '../estimate.ts'

/** "1.2 %", "0 %", "36 %". */
export function percent(rate: number): string {
  const value = rate * 100
  const digits = Math.abs(value) >= 9.95 || value === 0 ? 0 : Math.abs(value) < 0.1 ? 2 : 1
  return `${value.toFixed(digits)} %`
}

/** Money to the whole unit from 100 on, since a figure with an interval is no exact one. */
export function roundMoney(amountMinor: number, currency: string): string {
  const unit = 10 ** minorDigits(currency)
  const rounded =
    Math.abs(amountMinor) < 100 * unit ? Math.round(amountMinor) : Math.round(amountMinor / unit) * unit
  const text = formatMoney({ amountMinor: rounded === 0 ? 0 : rounded, currency })
  return unit > 1 && rounded % unit === 0 ? text.replace(/[.,]0+(?=\D*$)/, '') : text
}

/** "£120 (£40 to £200)". */
export function moneyRange({ value, low, high }: Estimate, currency: string): string {
  const money = (amount: number): string => roundMoney(Math.round(amount), currency)
  return `${money(value)} (${money(low)} to ${money(high)})`
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** "1 order", "1,200 orders". */
export function countOf(value: number, one: string): string {
  return `${count(value)} ${one}${Math.round(value) === 1 ? '' : 's'}`
}

/** An id as a shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`
}

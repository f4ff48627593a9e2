// An effect in words, the same in the terminal, on the page and in the mail.

import type { Advice } from '../measuring/advice/advice.ts'
import { roundMoney } from '../measuring/advice/say-figures.ts'

export type EffectWords = { readonly value: string; readonly range: string }

/** `null` where nobody can tell. */
export function effectWords(
  { effectPerMonthMinor: effect, basis }: Advice,
  currency: string,
): EffectWords | null {
  if (effect === null) return null
  const money = (amount: number): string => roundMoney(Math.round(amount), currency)
  return {
    value: `about ${money(effect.value)} a month`,
    range: `${money(effect.low)} to ${money(effect.high)}${basis === 'attributed' ? '; as attributed, what was caused is not known yet' : ''}`,
  }
}

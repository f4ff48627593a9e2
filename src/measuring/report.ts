// The report: the figures of a period, what they come to in words, and what to change next. Comes in: what advice stands
// on, and what customers are worth. Goes out: one document; its names are stable (docs/guide/report.md).

import type { Advice } from './advice/advice.ts'
import type { AdviceGround } from './advice/ground.ts'
import { advise } from './advise.ts'
import type { Figures } from './figures.ts'
import { headlines } from './headlines.ts'
import type { EffectOnWorth } from './lifetime-value.ts'

/** What a customer is worth, as far as the order history tells. */
export type ReportedWorth =
  | { readonly kind: 'unknown'; readonly sentence: string }
  | {
      readonly kind: 'known'
      /** The last day of the history, as 2026-11-22. */
      readonly asOf: string
      readonly currency: string
      readonly basis: 'margin' | 'revenue'
      readonly customers: number
      readonly repeatCustomers: number
      /** How it is known, in a sentence. */
      readonly method: string
      /** Expected of each customer there is, over the next twelve months. */
      readonly nextYearMinor: number | null
      /** Expected of a new one within so many months, with the first order. */
      readonly newCustomer: { readonly months: number; readonly valueMinor: number } | null
      /** Of what is expected over the next twelve months, by the hold-out; `null` without a model. */
      readonly causedByOffers: EffectOnWorth | null
      readonly warnings: readonly string[]
    }

export type Report = Figures & {
  readonly madeAtMs: number
  /** The first lines: what offers brought, and what they caused. */
  readonly headlines: readonly string[]
  /** The best first. */
  readonly advice: readonly Advice[]
  readonly lifetimeValue: ReportedWorth
}

export function makeReport(
  ground: Omit<AdviceGround, 'customerWorthMinor'>,
  lifetimeValue: ReportedWorth,
  madeAtMs: number,
): Report {
  const { figures } = ground
  return {
    ...figures,
    madeAtMs,
    headlines: headlines(figures),
    advice: advise({ ...ground, customerWorthMinor: worthMinor(figures, lifetimeValue) }),
    lifetimeValue,
  }
}

/** Margin of twelve months, in the currency of the figures. */
function worthMinor({ currency, marginShare }: Figures, worth: ReportedWorth): number | null {
  if (worth.kind === 'unknown' || worth.currency !== currency || worth.nextYearMinor === null) return null
  return worth.basis === 'margin' ? worth.nextYearMinor : worth.nextYearMinor * (marginShare ?? 1)
}

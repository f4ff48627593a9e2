// Is the day right? Comes in: the truth and the days that a plan expects. Goes out: how far refill days and follow-up
// days lie from the planted medians. An error is |day / truth - 1|; `withinShare` asks for at most 15 %.

import { FINDABLE, share } from './score-pairings.ts'
import type { Truth } from './simulation.ts'

/** Products that fewer customers came back for have no rhythm to be held against. */
export const REPEATERS_MIN = 20
export const DAY_ERROR_MAX = 0.15

/** The day on which a purchase of this many units is expected to run out. */
export type RunOut = { readonly product: string; readonly quantity: number; readonly days: number }
/** The day on which the next step is expected, in the middle. */
export type NextDay = { readonly anchor: string; readonly addOn: string; readonly days: number }

export type DayScore = {
  /** Of these the truth knows the day and there is enough to learn it from. */
  readonly asked: number
  readonly timed: number
  readonly withinShare: number
  readonly medianError: number
  /** Median of day / truth: 1 is unbiased, 0.9 is a tenth too early. */
  readonly medianRatio: number
}

export type RefillScore = {
  /** For one unit and for two: the day must follow the quantity. */
  readonly oneUnit: DayScore
  readonly twoUnits: DayScore
  /** Products with a refill day that never run out. */
  readonly notConsumable: number
}

export function scoreRefills(truth: Truth, runOuts: readonly RunOut[]): RefillScore {
  const consumables = new Set(truth.refills.map(({ product }) => product))
  const asked = truth.refills.filter(({ repeatCustomers }) => repeatCustomers >= REPEATERS_MIN)
  const score = (quantity: number): DayScore => {
    const days = new Map(
      runOuts.filter((one) => one.quantity === quantity).map((one) => [one.product, one.days]),
    )
    return scoreDays(
      asked.map(({ product, medianDays }) => ({
        truth: medianDays * quantity,
        days: days.get(product) ?? null,
      })),
    )
  }
  const timed = new Set(runOuts.map(({ product }) => product))
  return {
    oneUnit: score(1),
    twoUnits: score(2),
    notConsumable: [...timed].filter((product) => !consumables.has(product)).length,
  }
}

export function scoreNextDays(truth: Truth, nextDays: readonly NextDay[]): DayScore {
  const days = new Map(nextDays.map((one) => [`${one.anchor}>${one.addOn}`, one.days]))
  const asked = truth.nextSteps.filter(({ expectedCustomers }) => expectedCustomers >= FINDABLE)
  return scoreDays(
    asked.map((step) => ({ truth: step.medianDays, days: days.get(`${step.anchor}>${step.addOn}`) ?? null })),
  )
}

function scoreDays(asked: readonly { readonly truth: number; readonly days: number | null }[]): DayScore {
  const ratios = asked.flatMap(({ truth, days }) => (days === null ? [] : [days / truth]))
  const errors = ratios.map((ratio) => Math.abs(ratio - 1))
  return {
    asked: asked.length,
    timed: ratios.length,
    withinShare: share(errors.filter((error) => error <= DAY_ERROR_MAX).length, ratios.length),
    medianError: median(errors),
    medianRatio: median(ratios),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

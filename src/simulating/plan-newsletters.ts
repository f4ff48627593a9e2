// Newsletters: every two or three weeks some products are shown to everybody for a week, whatever they have in common.
// They meet in orders then, and at no other time: a pairing of such a week is not one.

import type { Random } from '../stats/seeded-random.ts'
import { pickOne, wholeBetween } from './draws.ts'
import type { Shelf } from './shelf.ts'
import type { SimulationSettings } from './simulation.ts'
import { servicePlans } from './title-vocabulary.ts'

export type PlannedNewsletter = {
  readonly fromDay: number
  readonly toDay: number
  readonly products: readonly number[]
}

const RUNS_DAYS = 7
const SHOWN = 6

export function planNewsletters(
  { products }: Shelf,
  { days }: SimulationSettings,
  random: Random,
): readonly PlannedNewsletter[] {
  const shown = [...products.entries()].filter(([, { category, season }]) => {
    return season === null && category.name !== servicePlans
  })
  const letters: PlannedNewsletter[] = []
  for (let fromDay = wholeBetween(random, 5, 20); fromDay < days; fromDay += wholeBetween(random, 14, 24)) {
    const chosen = new Set<number>()
    const choices = new Set<number | null>()
    for (let tried = 0; tried < 60 && chosen.size < SHOWN; tried++) {
      const [number, product] = pickOne(random, shown)
      if (fromDay < product.firstDay || fromDay + RUNS_DAYS > product.goneOnDay) continue
      // Nobody shows two that replace each other side by side.
      if (product.choice !== null && choices.has(product.choice)) continue
      chosen.add(number)
      choices.add(product.choice)
    }
    letters.push({ fromDay, toDay: fromDay + RUNS_DAYS - 1, products: [...chosen] })
  }
  return letters
}

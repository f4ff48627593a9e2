// How far the shop's customers repeat themselves (src/next/habit-share.ts), from the columns that the kernel counts: they
// stand by customer and day, and say how many products of an order its customer had in no order before it.

import { newCustomer, openHabitCount } from '../next/habit-share.ts'
import type { Job } from '../ports/parallel.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

type Habits = { readonly history: HistoryColumns; readonly halfLifeDays: number }

export const countHabitsJob: Job<Habits, number> = {
  module: new URL(import.meta.url),
  exportName: 'countHabits',
}

export function countHabits({ history, halfLifeDays }: Habits): number {
  const { lastDay } = history
  const habits = openHabitCount(lastDay, halfLifeDays)
  let weights = newCustomer()
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd, end }) => {
    if (opens) weights = newCustomer()
    habits.add(weights, { day, products: end - begin, repeats: end - firstsEnd })
  })
  return habits.share(lastDay)
}

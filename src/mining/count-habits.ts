// How far the shop's customers repeat themselves (src/next/habit-share.ts), from the columns that the kernel counts: they
// stand by customer and day, and say how many products of an order its customer had in no order before it.

import { newCustomer, openHabitCount } from '../next/habit-share.ts'
import { eachKnownRecord } from './each-record.ts'
import type { HistoryColumns } from './history-columns.ts'

export function countHabits(history: HistoryColumns, halfLifeDays: number): number {
  const { lastDay } = history
  const habits = openHabitCount(lastDay, halfLifeDays)
  let weights = newCustomer()
  eachKnownRecord(history, ({ opens, day, begin, firstsEnd, end }) => {
    if (opens) weights = newCustomer()
    habits.add(weights, { day, products: end - begin, repeats: end - firstsEnd })
  })
  return habits.share(lastDay)
}

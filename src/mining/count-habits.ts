// How far the shop's customers repeat themselves (src/next/habit-share.ts), from the columns that the kernel counts: they
// stand by customer and day, and say how many products of an order its customer had in no order before it.

import { newCustomer, openHabitCount } from '../next/habit-share.ts'
import { GUEST, type HistoryColumns, RECORD } from './history-columns.ts'

export function countHabits(history: HistoryColumns, halfLifeDays: number): number {
  const { records, lastDay } = history
  const habits = openHabitCount(lastDay, halfLifeDays)
  let customer = GUEST
  let weights = newCustomer()
  for (let at = 0; at < records.length; ) {
    const size = records[at + RECORD.size] as number
    const owner = records[at + RECORD.customer] as number
    if (owner !== GUEST) {
      if (owner !== customer) weights = newCustomer()
      customer = owner
      const firsts = records[at + RECORD.firsts] as number
      // Days are signed, the words of a record are not.
      const day = (records[at + RECORD.day] as number) | 0
      habits.add(weights, { day, products: size, repeats: size - firsts })
    }
    at += RECORD.ranks + size
  }
  return habits.share(lastDay)
}

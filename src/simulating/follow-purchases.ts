// What a purchase leads to: the refill when it runs out, the natural next step, the step up. Comes in: who bought what
// and when. Goes out: wishes for later days. A customer's consumables are followed from the first pack to the last: a
// quitter never comes back, the others come back until they stop.

import type { Random } from '../stats/seeded-random.ts'
import { normalCdf } from '../stats/special-functions.ts'
import { logNormalDraw } from './draws.ts'
import type { Relations, Step } from './plant-relations.ts'
import type { Shelf } from './shelf.ts'
import { HELD_OUT_DAYS, type SimulationSettings } from './simulation.ts'

/** What one customer bought, as far as it decides what comes next: twice the product's number, plus 1 once repeated. */
type Past = number[]

type Purchase = (customer: number, number: number, quantity: number, day: number, pace: number) => void
type Wish = { readonly customer: number; readonly product: number; readonly isRefill: boolean }

export type Following = {
  /** What customers want on this day, by customer; they are forgotten once told. */
  wishesOf(day: number): ReadonlyMap<number, readonly number[]>
  bought(customer: number, basket: ReadonlyMap<number, number>, day: number, pace: number): void
  /** False for a durable that they have, and for a consumable of which a pack is open or which they gave up. */
  mayBuy(customer: number, product: number): boolean
  readonly expectedSteps: Float64Array
  readonly repeatCustomers: Uint32Array
}

/** After each pack but the first, this share stops. */
const STOPS = 0.15
/** Of those who do not come back, this share takes a substitute when the pack is empty. */
const SWITCHES = 0.2
const LATER_WINDOW = 30

export function followPurchases(
  shelf: Shelf,
  relations: Relations,
  settings: SimulationSettings,
  random: Random,
): Following {
  const { products } = shelf
  const wishes = new Map<number, Wish[]>()
  const pasts = new Map<number, Past>()
  const lastDay = settings.days + HELD_OUT_DAYS
  const matters = (number: number): boolean =>
    products[number]?.category.role !== 'small' || (relations.nextOf[number]?.length ?? 0) > 0
  const expectedSteps = new Float64Array(relations.nextSteps.length)
  const repeatCustomers = new Uint32Array(products.length)

  const wish = (made: Wish, day: number): void => {
    if (day >= lastDay) return
    const onDay = wishes.get(day)
    if (onDay === undefined) wishes.set(day, [made])
    else onDay.push(made)
  }
  const has = (customer: number, product: number): boolean =>
    pasts.get(customer)?.some((entry) => entry >> 1 === product) ?? false
  const mayBuy = (customer: number, product: number): boolean =>
    products[product]?.category.role === 'small' || !has(customer, product)
  const runsOutOn = (number: number, quantity: number, day: number, pace: number): number => {
    const { medianDays = 1, sigma = 0 } = products[number]?.refill ?? {}
    return day + Math.max(1, Math.round(logNormalDraw(random, medianDays * quantity * pace, sigma)))
  }
  const planRefill: Purchase = (customer, number, quantity, day, pace) => {
    if (products[number]?.refill === null) return
    const product = switched(customer, number)
    wish({ customer, product, isRefill: true }, runsOutOn(number, quantity, day, pace))
  }
  const leave: Purchase = (customer, number, quantity, day, pace) => {
    const { choice = null, family } = products[number] ?? {}
    if (choice === null || products[number]?.refill === null || random() >= SWITCHES) return
    const others = (shelf.choices[choice] ?? []).filter((other) => other !== family)
    const product = shelf.families[others[Math.floor(random() * others.length)] ?? -1]?.[0]
    if (product === undefined) return
    wish({ customer, product, isRefill: false }, runsOutOn(number, quantity, day, pace))
  }
  /** Some take the larger pack when they come back. */
  const switched = (customer: number, number: number): number => {
    for (const place of relations.upOf[number] ?? []) {
      const step = relations.stepsUp[place]
      if (step?.kind === 'bigger-size' && random() < step.share && !has(customer, step.to)) return step.to
    }
    return number
  }
  const follow = (steps: readonly Step[], customer: number, day: number): void => {
    for (const { share, to, medianDays, sigma } of steps) {
      if (random() >= share) continue
      const made = { customer, product: to, isRefill: false }
      wish(made, day + Math.max(1, Math.round(logNormalDraw(random, medianDays, sigma))))
    }
  }
  const first: Purchase = (customer, number, quantity, day, pace) => {
    for (const place of relations.nextOf[number] ?? []) {
      const step = relations.nextSteps[place]
      if (step === undefined) continue
      const left = Math.min(LATER_WINDOW, settings.days - 1 - day) + 0.5
      const within = left <= 1 ? 0 : normalCdf(Math.log(left / step.medianDays) / step.sigma)
      if (day < settings.days) expectedSteps[place] = (expectedSteps[place] ?? 0) + step.share * within
      follow([step], customer, day)
    }
    const up = (relations.upOf[number] ?? []).flatMap((place) => relations.stepsUp[place] ?? [])
    follow(
      up.filter(({ kind }) => kind !== 'bigger-size'),
      customer,
      day,
    )
    const refill = products[number]?.refill ?? null
    if (refill === null) return
    if (random() >= refill.quitShare) planRefill(customer, number, quantity, day, pace)
    else leave(customer, number, quantity, day, pace)
  }
  return {
    expectedSteps,
    repeatCustomers,
    mayBuy,
    wishesOf(day) {
      const today = new Map<number, number[]>()
      for (const { customer, product, isRefill } of wishes.get(day) ?? []) {
        if (!isRefill && !mayBuy(customer, product)) continue
        const wanted = today.get(customer)
        if (wanted === undefined) today.set(customer, [product])
        else wanted.push(product)
      }
      wishes.delete(day)
      return today
    },
    bought(customer, basket, day, pace) {
      const past = pasts.get(customer) ?? []
      pasts.set(customer, past)
      for (const [number, quantity] of basket) {
        if (!matters(number)) continue
        const place = past.findIndex((entry) => entry >> 1 === number)
        if (place === -1) {
          past.push(number * 2)
          first(customer, number, quantity, day, pace)
          continue
        }
        const repeated = past[place] === number * 2 + 1
        past[place] = number * 2 + 1
        if (!repeated && day < settings.days) repeatCustomers[number] = (repeatCustomers[number] ?? 0) + 1
        if (random() >= STOPS) planRefill(customer, number, quantity, day, pace)
        else leave(customer, number, quantity, day, pace)
      }
    },
  }
}

// What the customers' own orders say of pairs that stand out. All are asked where they took the add-on
// (within-customers.ts). What taste does not explain is asked once more without the days that prove nothing: those of a
// campaign (find-campaigns.ts), and the months in which the add-on hardly sells, since who buys in summer would seem to
// buy two summer things for each other's sake.
// Comes in: pairs, quiet months, and a way to walk the orders of known customers, customer by customer, oldest first, as
// often as needed. Goes out: an answer per pair, by its place in the list.

import { DAY_MS } from '../domain/instant.ts'
import type { DaysOut } from './customer-orders.ts'
import { type Campaign, type DaySpan, openCampaignCount, pairsAtOnce } from './find-campaigns.ts'
import {
  type Choices,
  cannotTell,
  exceedsTaste,
  openWithinCount,
  type ProductPairs,
  type WithinCustomers,
} from './within-customers.ts'

export type OwnOrders = {
  readonly productCount: number
  /** First and last day. */
  readonly span: DaySpan
  /** Of a product, the months (1 to 12) in which it surely hardly sells. */
  readonly quietMonthsOf: (product: number) => readonly number[]
  readonly walk: (visit: OwnOrdersVisit) => void
}

export type OwnOrdersVisit = {
  /** Different products, from place `from` to before `to`; the day since 1970-01-01, UTC. */
  readonly order: (products: ArrayLike<number>, from: number, to: number, day: number) => void
  readonly endCustomer: () => void
}

export function askOwnOrders(orders: OwnOrders, pairs: ProductPairs): (pair: number) => WithinCustomers {
  const answers: WithinCustomers[] = countWithin(orders, pairs, () => null).map((choices) => ({
    ...choices,
    ordersCampaign: 0,
  }))
  const standing = answers.flatMap((one, pair) => (exceedsTaste(one) || cannotTell(one) ? [pair] : []))
  const again = findSpecial(orders, pairs, standing)
  const daysOut = openDaysOut(orders.span)
  const left = countWithin(
    orders,
    choose(
      pairs,
      again.map(({ pair }) => pair),
    ),
    (place) => {
      const { quietMonths = [], campaign = null } = again[place] ?? {}
      return daysOut(quietMonths, campaign)
    },
  )
  for (const [place, { pair, campaign }] of again.entries()) {
    const choices = left[place] as Choices
    // A season of which too few customers have several orders says nothing; the whole year may.
    if (campaign !== null || !cannotTell(choices))
      answers[pair] = { ...choices, ordersCampaign: campaign?.orders ?? 0 }
  }
  return (pair) => answers[pair] as WithinCustomers
}

type Special = {
  readonly pair: number
  readonly quietMonths: readonly number[]
  readonly campaign: Campaign | null
}

/** Of these pairs, those with days that prove nothing. */
function findSpecial(
  orders: OwnOrders,
  pairs: ProductPairs,
  standing: readonly number[],
): readonly Special[] {
  const campaigns = findCampaigns(orders, choose(pairs, standing))
  return standing.flatMap((pair, place) => {
    const campaign = campaigns[place] ?? null
    const quietMonths = orders.quietMonthsOf(pairs.addOn[pair] as number)
    return campaign === null && quietMonths.length === 0 ? [] : [{ pair, quietMonths, campaign }]
  })
}

function countWithin(
  { productCount, walk }: OwnOrders,
  pairs: ProductPairs,
  daysOut: (pair: number) => DaysOut | null,
): readonly Choices[] {
  if (pairs.anchor.length === 0) return []
  const count = openWithinCount(productCount, pairs, daysOut)
  walk({ order: count.addOrder, endCustomer: count.endCustomer })
  return Array.from(pairs.anchor, (_, pair) => count.of(pair))
}

function findCampaigns(
  { productCount, span, walk }: OwnOrders,
  pairs: ProductPairs,
): readonly (Campaign | null)[] {
  const found: (Campaign | null)[] = []
  const batch = pairsAtOnce(span)
  for (let from = 0; from < pairs.anchor.length; from += batch) {
    const places = Array.from({ length: Math.min(batch, pairs.anchor.length - from) }, (_, at) => from + at)
    const count = openCampaignCount(productCount, choose(pairs, places), span)
    walk({ order: count.addOrder, endCustomer: () => {} })
    for (const at of places.keys()) found.push(count.of(at))
  }
  return found
}

/** Pairs with the same days share one list of them. */
function openDaysOut({ fromDay, toDay }: DaySpan) {
  const lists = new Map<string, DaysOut>()
  const months = Array.from(
    { length: toDay - fromDay + 1 },
    (_, day) => new Date((fromDay + day) * DAY_MS).getUTCMonth() + 1,
  )
  return (quietMonths: readonly number[], campaign: DaySpan | null): DaysOut | null => {
    if (quietMonths.length === 0 && campaign === null) return null
    const key = `${quietMonths} ${campaign?.fromDay}`
    const known = lists.get(key)
    if (known !== undefined) return known
    const isOut = Uint8Array.from(months, (month) => (quietMonths.includes(month) ? 1 : 0))
    if (campaign !== null) isOut.fill(1, campaign.fromDay - fromDay, campaign.toDay - fromDay + 1)
    const made = { fromDay, isOut }
    lists.set(key, made)
    return made
  }
}

function choose({ anchor, addOn }: ProductPairs, chosen: readonly number[]): ProductPairs {
  return {
    anchor: Uint32Array.from(chosen, (pair) => anchor[pair] as number),
    addOn: Uint32Array.from(chosen, (pair) => addOn[pair] as number),
  }
}

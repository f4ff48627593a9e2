// Our ranking alone, without the NEXT rules: what `src/next` does with the candidates of each known line, on counts as
// they stood. Comes in: the known products, the customer's own past. Goes out: the ten best products. Ties go to the
// more popular product, not to the product that more lines propose, as they do in a decision.

import { CONFIDENCE_SHRINKAGE } from '../next/evaluate-pairing.ts'
import type { JointTakeUp } from '../next/joint-take-up.ts'
import { CANDIDATES_PER_ANCHOR } from '../next/make-plan.ts'
import type { OwnPast } from '../next/own-past.ts'
import { joinReasons } from '../next/rank-candidates.ts'
import { shrunkConfidence } from '../stats/shrunk-confidence.ts'
import { topProducts } from './baselines.ts'
import type { LiveCounts } from './live-counts.ts'

/** Candidates for the next order that no line of this one proposes; beyond, they hardly matter. */
const TAKEN_UP_KEPT = 200

export type OwnRanker = {
  rank(
    known: readonly number[],
    excluded: ReadonlySet<number>,
    past: OwnPast<number>,
    joint: JointTakeUp<number>,
    day: number,
    /** `next`: what is new to the customer in their next order, as a follow-up ranks it. */
    moment: 'now' | 'next',
  ): readonly number[]
}

export function openOwnRanker(counts: LiveCounts, addOnsOf: AddOnLists, productCount: number): OwnRanker {
  const takenUpOn = openTakenUpList(counts, productCount)
  return {
    rank(known, excluded, past, joint, day, moment) {
      const best = new Map<number, number>()
      for (const anchor of known) {
        for (const [addOn, shopChance] of addOnsOf(anchor, day)) {
          if (excluded.has(addOn)) continue
          const chance = moment === 'next' ? shopChance : past.chanceWith(anchor, addOn, shopChance)
          if (chance > (best.get(addOn) ?? 0)) best.set(addOn, chance)
        }
      }
      if (moment === 'next') {
        for (const product of [...takenUpOn(day), ...joint.products])
          if (!excluded.has(product) && !best.has(product)) best.set(product, 0)
      }
      for (const [product, chance] of best) {
        const other =
          moment === 'next'
            ? joinReasons(counts.takenUp(product), joint.chance(product))
            : past.habit(product)
        best.set(product, joinReasons(chance, other))
      }
      return topProducts([...best.keys()], (product) => best.get(product) ?? 0, counts)
    },
  }
}

/** What customers took up most by the morning of a day, best first. */
function openTakenUpList(counts: LiveCounts, productCount: number): (day: number) => readonly number[] {
  const products = Array.from({ length: productCount }, (_, product) => product)
  let madeFor = Number.NaN
  let list: readonly number[] = []
  return (day) => {
    if (madeFor !== day) {
      list = products
        .filter((product) => counts.takenUp(product) > 0)
        .sort((one, other) => counts.takenUp(other) - counts.takenUp(one) || one - other)
        .slice(0, TAKEN_UP_KEPT)
      madeFor = day
    }
    return list
  }
}

/** The add-ons that a plan would keep for an anchor, best first, with their shrunk confidence. */
export type AddOnLists = (
  anchor: number,
  day: number,
) => readonly (readonly [addOn: number, chance: number])[]

/** Each list is made once as long as neither the day nor the counts move on: orders of a day name the same anchors. */
export function openAddOnLists(counts: LiveCounts): AddOnLists {
  const lists = new Map<number, ReturnType<AddOnLists>>()
  let madeFor = ''
  return (anchor, day) => {
    const now = `${day} ${counts.orders}`
    if (now !== madeFor) lists.clear()
    madeFor = now
    const list = lists.get(anchor) ?? bestAddOns(counts, anchor, day)
    lists.set(anchor, list)
    return list
  }
}

function bestAddOns(counts: LiveCounts, anchor: number, day: number): ReturnType<AddOnLists> {
  const anchorWeight = counts.ordersWeightOf(anchor, day)
  const total = counts.ordersWeight(day)
  const best: [addOn: number, chance: number][] = []
  let least = -1
  // Thousands of add-ons, fifty places: nearly all fail the first comparison, so no sort of them all.
  counts.eachTogether(anchor, day, (addOn, _count, weight) => {
    const popularity = total > 0 ? counts.ordersWeightOf(addOn, day) / total : 0
    const chance = shrunkConfidence(weight, anchorWeight, popularity, CONFIDENCE_SHRINKAGE)
    if (chance < least) return
    best.push([addOn, chance])
    if (best.length < 2 * CANDIDATES_PER_ANCHOR) return
    keepBest(best)
    least = best.at(-1)?.[1] ?? -1
  })
  keepBest(best)
  return best
}

function keepBest(best: [addOn: number, chance: number][]): void {
  best.sort((one, other) => other[1] - one[1] || one[0] - other[0])
  best.length = Math.min(best.length, CANDIDATES_PER_ANCHOR)
}

// What does a new plan change? Comes in: its draft, which is made while it is read, the plan before as it is stored, and
// what was judged and not kept. Goes out: the same draft, which knows its changes once it was read. Both plans are read
// anchor by anchor, side by side, from the most sold product down: an anchor waits in memory only until the other plan
// comes to it, so that neither stands there as a whole. A plan before that cannot be read (damaged, or of an older
// version) is not compared with: the new one is what mends it.

import { AppError } from '../domain/errors.ts'
import type { HeldWord } from '../domain/owner-word.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { PlanStream, StoredPlan } from '../domain/plan.ts'
import type { PlanChange } from '../domain/plan-change.ts'
import type { Settings } from '../domain/settings.ts'
import { type Comparing, comparePairings, type LeftOf } from '../next/compare-pairings.ts'
import { ownersCeilings } from '../next/heed-words.ts'
import { openOwnerGuide } from '../next/owner-guide.ts'
import { openPriceFit } from '../next/price-fit.ts'

export function compareWithLast(
  draft: PlanStream,
  before: StoredPlan,
  leftOf: Map<string, LeftOf>,
  {
    words,
    settings,
    nowMs,
  }: { readonly words: readonly HeldWord[]; readonly settings: Settings; readonly nowMs: number },
): PlanStream {
  const guide = openOwnerGuide(words, words.length)
  const comparing: Comparing = {
    before: { products: before.products, atMs: before.publishedAtMs },
    now: { products: draft.products, atMs: nowMs },
    guide,
    refusedAtMs: openRefusals(words),
    priceFit: openPriceFit(ownersCeilings(settings, { guide, nowMs })),
  }
  let changes: PlanChange[] | undefined = []
  const pairings = sideBySide(draft.pairings, before.pairings, {
    compare(anchor, old, now) {
      const left = leftOf.get(anchor) ?? (() => undefined)
      leftOf.delete(anchor)
      changes?.push(...comparePairings(anchor, { before: old, now, left }, comparing))
    },
    passOver(anchor) {
      leftOf.delete(anchor)
    },
    unreadable() {
      changes = undefined
    },
  })
  return {
    totalOrdersWeight: draft.totalOrdersWeight,
    habitShare: draft.habitShare,
    products: draft.products,
    bestSellers: draft.bestSellers,
    pairings,
    // Known only when the draft was read.
    get changes() {
      return changes
    },
    get summary() {
      return draft.summary
    },
    get categoryPairings() {
      return draft.categoryPairings
    },
  }
}

type Comparison = {
  readonly compare: (anchor: string, old: readonly Pairing[], now: readonly Pairing[]) => void
  readonly passOver: (anchor: string) => void
  /** The plan before cannot be read on: what was compared so far does not count. */
  readonly unreadable: () => void
}

/** Hands the new pairings on, and compares each anchor once both plans came to it. */
async function* sideBySide(
  now: PlanStream['pairings'],
  before: StoredPlan['pairings'],
  { compare, passOver, unreadable }: Comparison,
): PlanStream['pairings'] {
  const stored = before[Symbol.asyncIterator]()
  const waitingOld = new Map<string, readonly Pairing[]>()
  const waitingNew = new Map<string, readonly Pairing[]>()
  let isReadable = true
  const readOld = async (): Promise<boolean> => {
    const next = isReadable ? await orUnreadable(stored.next()) : 'unreadable'
    if (next === 'unreadable') {
      if (isReadable) unreadable()
      isReadable = false
      waitingOld.clear()
      waitingNew.clear()
      return false
    }
    if (next.done) return false
    const [anchor, list] = next.value
    const found = waitingNew.get(anchor)
    if (found === undefined) waitingOld.set(anchor, list)
    else compare(anchor, list, found)
    waitingNew.delete(anchor)
    return true
  }
  for await (const [anchor, list] of now) {
    await readOld()
    const old = waitingOld.get(anchor)
    if (old !== undefined) compare(anchor, old, list)
    else if (isReadable) waitingNew.set(anchor, list)
    else passOver(anchor)
    waitingOld.delete(anchor)
    yield [anchor, list] as const
  }
  while (await readOld());
  for (const [anchor, old] of waitingOld) compare(anchor, old, [])
  for (const [anchor, list] of waitingNew) compare(anchor, [], list)
}

export async function orUnreadable<T>(reading: Promise<T>): Promise<T | 'unreadable'> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-damaged') return 'unreadable'
    throw error
  }
}

/** When the owner vetoed a pairing, or paused it without an end. */
function openRefusals(words: readonly HeldWord[]): Comparing['refusedAtMs'] {
  const refused = new Map<string, number>()
  for (const { word, saidAtMs } of words) {
    const isVeto = word.kind === 'standing' && word.standing === 'vetoed'
    if (isVeto || (word.kind === 'pause' && word.untilMs === null))
      refused.set(JSON.stringify([word.anchor, word.addOn]), saidAtMs)
  }
  return (anchor, addOn) =>
    refused.size === 0 ? null : (refused.get(JSON.stringify([anchor, addOn])) ?? null)
}

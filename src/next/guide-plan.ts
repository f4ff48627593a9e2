// The plan as the owner's words make it: approved, pinned and added pairings are live, whatever mining said, with the
// evidence there is; need sentences of the owner stand in place of the plan's. Comes in: a plan, the words. Goes out: a
// plan that shares everything the words do not touch, so that it is made in an instant when a word is said.
// What depends on the order or on the time (vetoes, pauses, rules, pins) is heeded in each decision: heed-words.ts.

import type { Pairing, Relation, Window } from '../domain/pairing.ts'
import type { Plan, PlanProduct } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import { curatedPairing } from './curated-pairing.ts'
import { isSet } from './evaluate-pairing.ts'
import { boughtLater } from './label-relation.ts'
import { fillTemplate, nameNeed, titleInSentence } from './name-need.ts'
import type { OwnerGuide, PairingWords } from './owner-guide.ts'
import { windowsOf } from './time-window.ts'

export type GuidedPlan = Plan & { readonly guide: OwnerGuide }

export function guidePlan(plan: Plan, guide: OwnerGuide, settings: Settings): GuidedPlan {
  if (guide.pairs.size === 0) return { ...plan, guide }
  const pairings = new Map(plan.pairings)
  for (const [anchorId, byAddOn] of guide.pairs) {
    const anchor = plan.products.get(anchorId)
    if (anchor === undefined) continue
    let list = plan.pairings.get(anchorId) ?? []
    for (const [addOnId, words] of byAddOn) {
      const addOn = plan.products.get(addOnId)
      if (addOn !== undefined) list = guideOne(list, anchor, addOn, words, settings)
    }
    if (list.length > 0) pairings.set(anchorId, list)
  }
  return { ...plan, pairings, guide }
}

function guideOne(
  list: readonly Pairing[],
  anchor: PlanProduct,
  addOn: PlanProduct,
  words: PairingWords,
  settings: Settings,
): readonly Pairing[] {
  const known = list.find((pairing) => pairing.addOn === addOn.id)
  const wanted = words.standing === 'approved' || words.standing === 'pinned' || words.curated !== null
  // A veto of what the plan does not hold is shown too; each decision drops it.
  if (wanted || (known === undefined && words.standing === 'vetoed')) {
    const live = makeLive(known, anchor, addOn, words, settings)
    if (known === undefined) return [...list, live]
    return list.flatMap((one) => (one === known ? [live] : one.addOn === addOn.id ? [] : [one]))
  }
  const own = ownNeed(words, anchor, addOn)
  if (own === null) return list
  return list.map((one) =>
    one.addOn === addOn.id && one.verdict.status === 'live' ? { ...one, need: own } : one,
  )
}

function makeLive(
  known: Pairing | undefined,
  anchor: PlanProduct,
  addOn: PlanProduct,
  words: PairingWords,
  settings: Settings,
): Pairing {
  const own = ownNeed(words, anchor, addOn)
  const natural: Relation = anchor.id === addOn.id ? 'refill' : 'complete'
  if (known === undefined) {
    const relation = words.curated ?? natural
    const because = words.curated === null ? 'named by the owner' : 'curated: added by the owner'
    return {
      ...curatedPairing(anchor, addOn),
      verdict: { status: 'live', relation, because: `${because}; orders do not show it`, decidedBy: 'owner' },
      need: own ?? plainNeed(relation, anchor),
      windows: momentsOf(relation, anchor, false, settings),
      source: 'owner',
    }
  }
  const { verdict, evidence } = known
  const relation = words.curated ?? (verdict.status === 'live' ? verdict.relation : natural)
  if (verdict.status === 'live' && verdict.relation === relation)
    return own === null ? known : { ...known, need: own }
  const facts = { relation, anchor, addOn, set: isSet(anchor, addOn), evidence }
  const before = `the plan said ${verdict.relation}: ${verdict.because}`
  const unfounded = relation === 'refill' && anchor.refill === null
  return {
    ...known,
    verdict: {
      status: 'live',
      relation,
      because: `${relation} by the owner's word; ${before}`,
      decidedBy: 'owner',
    },
    need: own ?? (unfounded ? plainNeed(relation, anchor) : nameNeed(facts, settings.needTemplates)),
    windows: momentsOf(relation, anchor, boughtLater(evidence), settings),
  }
}

/** `{days}` needs a known rhythm; without one the owner's sentence would state a number that nobody measured. */
function ownNeed({ need }: PairingWords, anchor: PlanProduct, addOn: PlanProduct): string | null {
  if (need === null || (need.includes('{days}') && anchor.refill === null)) return null
  return fillTemplate(need, { anchor, addOn })
}

/** Sentences that claim no figures, for pairings that orders do not show. */
function plainNeed(relation: Relation, anchor: PlanProduct): string {
  const title = titleInSentence(anchor.title)
  if (relation === 'refill') return `Time for more ${title}?`
  if (relation === 'extend') return `Chosen by us as a next step after your ${title}.`
  return `Chosen by us to go with your ${title}.`
}

/** A refill whose rhythm is not known is offered in the time of follow-ups. */
function momentsOf(
  relation: Relation,
  anchor: PlanProduct,
  later: boolean,
  settings: Settings,
): readonly Window[] {
  const windows = windowsOf(relation, { rhythm: anchor.refill, boughtLater: later }, settings)
  if (windows.length > 0) return windows
  return [{ placement: 'follow-up', fromDay: settings.followUpFromDay, toDay: settings.followUpToDay }]
}

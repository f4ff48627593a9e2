// The steps of the ladder that make an offer: each turns the order lines into candidates. A refused pairing is a
// dropped candidate from the start, so that an owner can read why a strong pair was not offered.

import type { DroppedCandidate, LadderStep } from '../domain/decision.ts'
import type { Order } from '../domain/order.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { Plan, PlanProduct } from '../domain/plan.ts'
import { readableTitle } from '../domain/product.ts'
import { isBrand } from '../domain/product-attributes.ts'
import type { Candidate } from './candidate.ts'
import { isSet } from './evaluate-pairing.ts'
import { isTaste } from './label-relation.ts'
import { count, giveReason, setNeed, titleInSentence } from './name-need.ts'
import { orderNewcomers } from './order-newcomers.ts'
import type { OwnPast } from './own-past.ts'
import { type OwnerGuide, type OwnersHand, silentOwner, wordsOn } from './owner-guide.ts'
import { isTakenLess, refusedRule } from './refusals.ts'
import { atOnce } from './time-window.ts'
import { unknownProduct } from './with-catalog.ts'

export type Proposal = {
  readonly candidates: readonly Candidate[]
  readonly dropped: readonly DroppedCandidate[]
}

export function proposeFrom(
  step: Exclude<LadderStep, 'helpful-page' | 'upsell'>,
  order: Order,
  plan: Plan,
  { guide }: OwnersHand = silentOwner,
): Proposal {
  const anchors = knownAnchors(order, plan)
  if (step === 'pairing' || step === 'curated')
    return proposePairings(anchors, plan, (pairing) => step === stepOf(pairing, guide))
  if (step === 'taste')
    return { candidates: proposeTastes(anchors, plan, tasteNeed, () => true), dropped: [] }
  if (step === 'category-pairing') return proposeByCategory(anchors, plan)
  return proposeBestSellers(order, anchors, plan)
}

/** The products of the order that the plan knows, most expensive first, each once. */
export function knownAnchors(order: Order, plan: Plan): readonly PlanProduct[] {
  const byPrice = [...order.lines].sort((one, other) => other.unitPriceMinor - one.unitPriceMinor)
  const found = byPrice.map((line) => plan.products.get(line.productId)).filter((one) => one !== undefined)
  return [...new Set(found)]
}

/** What orders show stands before what was chosen by hand, unless the owner pinned it. */
function stepOf({ anchor, addOn, source }: Pairing, guide: OwnerGuide): 'pairing' | 'curated' {
  return source === 'mined' || wordsOn(guide, anchor, addOn).standing === 'pinned' ? 'pairing' : 'curated'
}

function proposePairings(
  anchors: readonly PlanProduct[],
  plan: Plan,
  belongs: (pairing: Pairing) => boolean,
): Proposal {
  const candidates: Candidate[] = []
  const dropped: DroppedCandidate[] = []
  for (const anchor of anchors) {
    for (const pairing of plan.pairings.get(anchor.id) ?? []) {
      if (!belongs(pairing)) continue
      const { verdict } = pairing
      const product = plan.products.get(pairing.addOn)
      if (verdict.status === 'refused') {
        if (verdict.relation === 'too-little-evidence') continue
        const rule = refusedRule[verdict.relation]
        dropped.push({ product: pairing.addOn, anchor: anchor.id, rule, detail: verdict.because })
      } else if (product === undefined) {
        const detail = 'it has left the catalog since the plan was made'
        dropped.push({ product: pairing.addOn, anchor: anchor.id, rule: 'not-in-catalog', detail })
      } else {
        const reason =
          pairing.source !== 'mined'
            ? verdict.because
            : giveReason({ relation: verdict.relation, anchor, evidence: pairing.evidence })
        candidates.push({
          product,
          anchor,
          relation: verdict.relation,
          need: pairing.need,
          reason,
          evidence: pairing.source === 'mined' ? pairing.evidence : null,
          score: pairing.score,
          windows: pairing.windows,
          set: isSet(anchor, product),
        })
      }
    }
  }
  return { candidates, dropped }
}

const tasteNeed = (title: string): string => `Customers who chose the ${title} often like it too.`
const habitNeed = (title: string): string => `You have had it before; it is often bought with your ${title}.`

/** What the same customers buy too: likely, and not said to complete anything. */
function proposeTastes(
  anchors: readonly PlanProduct[],
  plan: Plan,
  needOf: (title: string) => string,
  fits: (addOn: string) => boolean,
): readonly Candidate[] {
  return anchors.flatMap((anchor) =>
    (plan.pairings.get(anchor.id) ?? []).flatMap((pairing) => {
      const { addOn, evidence, score } = pairing
      const product = plan.products.get(addOn)
      if (!isTaste(pairing) || product === undefined || !fits(addOn)) return []
      const need = needOf(titleInSentence(anchor.title))
      const reason = giveReason({ relation: 'complete', anchor, evidence })
      return [unproven({ product, anchor, relation: 'complete', need, reason, score })]
    }),
  )
}

/** What the customer has had before and buys with such products, as others do: a habit, and offered as one. */
export function proposeHabits(
  order: Order,
  plan: Plan,
  past: Pick<OwnPast<string>, 'bought'>,
): readonly Candidate[] {
  return proposeTastes(knownAnchors(order, plan), plan, habitNeed, past.bought)
}

/** Nothing is completed by a piece of the set that the customer has had. A sentence of the shop's own stays. */
export function nameRenewals(
  candidates: readonly Candidate[],
  past: Pick<OwnPast<string>, 'bought'>,
): readonly Candidate[] {
  return candidates.map((candidate) => {
    if (!past.bought(candidate.product.id)) return candidate
    const title = titleInSentence(candidate.anchor.title)
    return candidate.need === setNeed(title) ? { ...candidate, need: habitNeed(title) } : candidate
  })
}

function proposeByCategory(anchors: readonly PlanProduct[], plan: Plan): Proposal {
  const candidates = anchors.flatMap((anchor) =>
    orderNewcomers(plan.categoryPairings.get(anchor.category ?? '') ?? [], anchor).flatMap(
      ({ addOn, score, ordersTogether, category, newcomer, by }) => {
        const product = plan.products.get(addOn)
        if (product === undefined || isOfKind(anchors, product) || isTakenLess(plan, anchor.id, addOn))
          return []
        const title = titleInSentence(anchor.title)
        const need = newcomer ? `Goes by its kind with your ${title}.` : `Goes well with your ${title}.`
        const reason = newcomer
          ? `Hardly bought yet; products of its kind (${product.category}) were bought with ${category} ${count(ordersTogether)} times.${sharesSaid(by)}`
          : `Bought with products like this one (${category}) ${count(ordersTogether)} times.`
        return [unproven({ product, anchor, relation: 'complete', need, reason, score })]
      },
    ),
  )
  return { candidates, dropped: [] }
}

function sharesSaid(attribute: string | undefined): string {
  if (attribute === undefined) return ''
  const what = isBrand(attribute) ? 'are of one brand' : `are tagged "${attribute.slice('tag:'.length)}"`
  return ` Both ${what}, as is what goes together in this shop more often than by chance.`
}

function proposeBestSellers(order: Order, anchors: readonly PlanProduct[], plan: Plan): Proposal {
  const anchor = anchors[0] ?? unlistedProduct(order)
  if (anchor === null) return { candidates: [], dropped: [] }
  const candidates = plan.bestSellers.flatMap((id) => {
    const product = plan.products.get(id)
    if (product === undefined || isOfKind(anchors, product)) return []
    if (anchors.some((one) => isTakenLess(plan, one.id, id))) return []
    const score = plan.totalOrdersWeight > 0 ? Math.min(1, product.ordersWeight / plan.totalOrdersWeight) : 0
    const need = `${readableTitle(product.title)} is a favourite of our customers.`
    const reason = `In ${count(product.orders)} orders so far.`
    return [unproven({ product, anchor, relation: 'complete', need, reason, score })]
  })
  return { candidates, dropped: [] }
}

/** Without a pairing nobody knows that two products of one kind go together: mostly one replaces the other. */
function isOfKind(anchors: readonly PlanProduct[], product: PlanProduct): boolean {
  return product.category !== null && anchors.some(({ category }) => category === product.category)
}

/** A candidate of the lower steps: no pairing stands behind it, and it belongs to the moment of the order. */
function unproven(
  proposed: Pick<Candidate, 'product' | 'anchor' | 'relation' | 'need' | 'reason' | 'score'>,
): Candidate {
  return { ...proposed, evidence: null, windows: atOnce, set: false }
}

/** Stands for a product that is newer than the plan: the order knows its price, and that is enough for a ceiling. */
function unlistedProduct(order: Order): PlanProduct | null {
  const [line] = [...order.lines].sort((one, other) => other.unitPriceMinor - one.unitPriceMinor)
  if (line === undefined) return null
  return {
    ...unknownProduct,
    id: line.productId,
    title: 'order',
    priceMinor: line.unitPriceMinor,
    currency: order.currency,
    buyable: true,
    goods: true,
  }
}

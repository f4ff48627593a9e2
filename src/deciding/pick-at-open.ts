// What the nth place of a confirmation e-mail shows when it is opened, which may be weeks after it was sent. Comes in: the
// order's id, the place. Goes out: the pick that was decided, where it can still be bought; else the best of today that is
// not shown beside it; `null` where nothing fits. Picture and link ask the same question, so they show the same product.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import { type DecidingEffects, decideOffer, makeDecision } from './decide-offer.ts'

export async function pickAtOpen(
  { orderId, index }: { readonly orderId: string; readonly index: number },
  effects: DecidingEffects,
): Promise<DecidedPick | null> {
  const { store, plan } = effects
  const outcome = await decideOffer({ order: orderId, placement: 'confirmation-email' }, effects)
  if (outcome.kind !== 'decided') return null
  const decided: readonly DecidedPick[] = outcome.decision.picks
  const wanted = decided[index]
  if (wanted === undefined) return null
  if (plan === null || plan.products.get(wanted.product)?.buyable === true) return wanted
  const order = await store.getOrder(orderId)
  if (order === null) return null
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  const today: readonly DecidedPick[] = makeDecision(order, customer, 'confirmation-email', effects).picks
  const shown = new Set(decided.map(({ product }) => product))
  const fresh = today.filter(({ product }) => !shown.has(product))
  const soldOut = decided.filter(({ product }) => plan.products.get(product)?.buyable !== true)
  return fresh[soldOut.indexOf(wanted)] ?? null
}

// What the nth place of a confirmation e-mail shows when it is opened, which may be weeks after it was sent. Comes in: the
// order's id, the place. Goes out: the pick that was decided, where it can still be bought and was not added with one
// click; else the best of today that is not shown beside it; `null` where nothing fits. Picture and link ask the same
// question, so they show the same product.

import type { Pick as DecidedPick } from '../domain/decision.ts'
import { asItStands, type DecidingEffects, decideOffer, makeDecision } from './decide-offer.ts'

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
  const paid = await store.getOrder(orderId)
  if (paid === null || plan === null) return wanted
  const order = await asItStands(paid, 'confirmation-email', store)
  const added = new Set(order.lines.slice(paid.lines.length).map(({ productId }) => productId))
  const isGone = ({ product }: DecidedPick): boolean =>
    added.has(product) || plan.products.get(product)?.buyable !== true
  if (!isGone(wanted)) return wanted
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  const today: readonly DecidedPick[] = makeDecision(order, customer, 'confirmation-email', effects).picks
  const shown = new Set(decided.map(({ product }) => product))
  const fresh = today.filter(({ product }) => !shown.has(product))
  return fresh[decided.filter(isGone).indexOf(wanted)] ?? null
}

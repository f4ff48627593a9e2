// Any message for any order as it would read now. Comes in: the order's id, the flow, a locale where another than the
// customer's is wanted. Goes out: what would be sent, or why nothing would. Nothing is stored, nobody is asked whether
// they may be written to, what was offered before is not held against it, and the name is an example's.

import { type AddOnFlow, addOnNews, isAddOnFlow } from '../domain/add-on-news.ts'
import type { Pick as DecidedPick, Decision } from '../domain/decision.ts'
import { CONFIRMATION_FLOW } from '../domain/message.ts'
import type { Order } from '../domain/order.ts'
import type { Picks } from '../domain/placement.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { AddOnFacts, RenderedMessage } from '../ports/message-renderer.ts'
import { addOnFacts } from './ask-about-add-on.ts'
import { type FlowNow, flowsNow } from './flows-now.ts'
import type { FollowingUpEffects } from './following-up-effects.ts'
import { picksToCome } from './picks-to-come.ts'
import { titlesOf } from './titles-of.ts'

export type PreviewOutcome =
  | { readonly kind: 'rendered'; readonly message: RenderedMessage }
  | { readonly kind: 'order-unknown' | 'flow-unknown' | 'nothing-to-offer' }

export type PreviewEffects = Pick<
  FollowingUpEffects,
  'store' | 'plan' | 'settings' | 'clock' | 'render' | 'newId'
> & {
  /** The decision of an order's confirmation, without storing one that was not made yet. */
  readonly previewConfirmation: (order: Order) => Promise<Decision>
}

/** Nobody: a preview names no customer. */
const example: Recipient = {
  email: 'alex.morgan@example.com',
  phone: '+15005550006',
  emailHash: 'preview',
  phoneHash: 'preview',
  name: 'Alex Morgan',
  country: null,
  region: null,
  timeZones: [],
  locale: null,
}

export async function previewMessage(
  asked: { readonly orderId: string; readonly flow: string; readonly locale?: string | undefined },
  effects: PreviewEffects,
): Promise<PreviewOutcome> {
  const { store, settings, clock, render, newId } = effects
  const { flow: name } = asked
  const order = await store.getOrder(asked.orderId)
  if (order === null) return { kind: 'order-unknown' }
  const flow = flowsNow(settings.messaging, new Map()).get(name) ?? null
  const addOn = isAddOnFlow(name) ? await addOnOf(order, name, effects) : undefined
  if (flow === null && name !== CONFIRMATION_FLOW && !isAddOnFlow(name)) return { kind: 'flow-unknown' }
  const picks = await picksFor(order, name, flow, effects)
  if (addOn === null || (flow !== null && picks.length === 0)) return { kind: 'nothing-to-offer' }
  const known = await store.getRecipient(order.id)
  const message = render({
    messageId: newId(),
    flow: name,
    medium: flow?.settings.medium ?? 'email',
    order,
    picks,
    addOn,
    titles: titlesOf(order, picks, effects.plan.get()),
    recipient: { ...example, locale: asked.locale ?? known?.locale ?? null },
    atMs: clock.nowMs(),
  })
  return { kind: 'rendered', message }
}

async function picksFor(
  order: Order,
  name: string,
  flow: FlowNow | null,
  effects: PreviewEffects,
): Promise<Picks<DecidedPick>> {
  if (flow !== null) return await picksOf(order, flow, effects)
  return name === CONFIRMATION_FLOW ? (await effects.previewConfirmation(order)).picks : []
}

/** The last add-on of the order of which this mail would tell; `null` where there is none. */
async function addOnOf(
  order: Order,
  flow: AddOnFlow,
  { store, settings }: PreviewEffects,
): Promise<AddOnFacts | null> {
  const acceptances = await store.listAcceptances(order.id)
  const last = acceptances.findLast((one) => addOnNews(one) === flow)
  const offer = last === undefined ? null : await store.getOffer(last.offerId)
  return last === undefined || offer === null ? null : addOnFacts(offer, last, settings.accepting)
}

async function picksOf(
  order: Order,
  { settings: flow }: FlowNow,
  { store, plan: held, settings, clock }: PreviewEffects,
): Promise<Picks<DecidedPick>> {
  const plan = held.get()
  if (plan === null) return []
  const customer = order.customerId === null ? null : await store.getCustomerPurchases(order.customerId)
  return picksToCome(flow, { order, customer, plan, settings, nowMs: clock.nowMs() })
}

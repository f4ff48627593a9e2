// What a shop system tells of an order, done before it is answered: one that was paid is received as POST /v1/orders would, one
// that was cancelled or refunded ends its messages and what is being added to it, one that arrived moves them. Comes in: the
// reading. Goes out: nothing; telling it again, late or out of turn changes nothing. An order that Aftercart cannot hold (no
// line with a product, another order under its id) is logged and left alone: the shop system would only send it again.

import { receiveOrder } from '../deciding/receive-order.ts'
import { hearOrderFate } from '../following-up/hear-order-fate.ts'
import type { ShopOrderReading, ToldContact, ToldOrder } from '../ports/shop-orders.ts'
import { type ContactBody, contactBody } from './contact-schemas.ts'
import type { HttpEffects } from './effects.ts'
import { receiveContact } from './receive-contact.ts'
import { orderBody } from './schemas.ts'
import { toOrder } from './to-order.ts'

type ToldOfOrder = Extract<ShopOrderReading, { readonly kind: 'order' }>

export async function hearShopOrder(
  { orderId, paid, fate }: ToldOfOrder,
  source: string,
  effects: HttpEffects,
): Promise<void> {
  if (paid !== null) await receive(paid, source, effects)
  if (Object.keys(fate).length === 0) return
  const heard = await hearOrderFate(orderId, fate, effects.followingUp)
  if (heard.kind !== 'heard') return
  if (fate.cancelledAtMs == null && fate.refundedAtMs == null) return
  const ended = { id: `${source}:ended:${orderId}`, topic: 'order', subject: orderId } as const
  await effects.store.takeMessage({ ...ended, receivedAtMs: effects.clock.nowMs() })
}

async function receive(told: ToldOrder, source: string, effects: HttpEffects): Promise<void> {
  const contact = usableContact(told.contact)
  const checked = orderBody.safeParse({ ...told, contact })
  if (!checked.success) {
    const issue = checked.error.issues[0]
    const why = `${issue?.path.join('.')}: ${issue?.message}`
    effects.log.error(
      { source, order: told.id.slice(0, 200), why },
      'an order of the shop system was left out',
    )
    return
  }
  const body = checked.data
  const reception = await receiveOrder(toOrder(body, effects.hashCustomer), effects)
  // It was edited after it was paid: what was decided for it stands on the first version.
  if (reception === 'conflict') return
  await receiveContact(body, reception === 'unchanged', effects)
}

/** Shop systems ask less of an address or number than a mail or text message needs; one bad part is no reason to lose all. */
function usableContact(given: ToldContact): ContactBody | undefined {
  const told = { ...given, phone: given.phone?.replace(/[ ().-]/g, '') ?? null }
  const checked = contactBody.safeParse(told)
  const wrong = new Set((checked.error?.issues ?? []).map(({ path }) => path[0]))
  const left = Object.entries(told).filter(([field, value]) => value !== null && !wrong.has(field))
  return left.length === 0 ? undefined : contactBody.parse(Object.fromEntries(left))
}

// What the person behind an order bought, whatever they were known by: all orders of their customer id, and all that came
// with the same e-mail address, which is how a guest is known again. A telephone number may be a household's, and stands in
// only where there is no e-mail address: then nobody there is offered what somebody there has bought.

import { type CustomerPurchases, ORDERS_REMEMBERED, type Order } from '../domain/order.ts'
import { rememberOrders } from '../domain/remember-orders.ts'
import type { StoredRecipient } from '../ports/message-store.ts'
import type { Store } from '../ports/store.ts'

export async function purchasesOf(
  { customerId }: Pick<Order, 'customerId'>,
  { emailHash, phoneHash }: Pick<StoredRecipient, 'emailHash' | 'phoneHash'>,
  store: Pick<Store, 'getCustomerPurchases' | 'ordersOfRecipient'>,
): Promise<CustomerPurchases | null> {
  const hash = emailHash ?? phoneHash
  const [known, others] = await Promise.all([
    customerId === null ? null : store.getCustomerPurchases(customerId),
    hash === null
      ? []
      : store.ordersOfRecipient(hash === emailHash ? 'email' : 'sms', hash, ORDERS_REMEMBERED),
  ])
  return rememberOrders(customerId ?? hash ?? '', known, others)
}

// An order as the shop sends it → an order as the rest of the house knows it: the customer hashed, the date an instant.

import { parseInstant } from '../domain/instant.ts'
import type { Order } from '../domain/order.ts'
import type { OrderBody } from './schemas.ts'

export function toOrder(body: OrderBody, hashCustomer: (customerId: string) => string | null): Order {
  return {
    id: body.id,
    customerId: body.customerId == null ? null : hashCustomer(body.customerId),
    placedAtMs: parseInstant(body.placedAt) ?? 0,
    currency: body.currency,
    lines: body.lines.map(({ productId, quantity, unitPriceMinor }) => ({
      productId,
      quantity,
      unitPriceMinor,
    })),
  }
}

// The example shop's own back end, as Aftercart's port wants it: what an add-on costs now, and the line in the order. Comes in:
// the memory and the shelf. Goes out: answers after the scene that was chosen at the checkout. The reference of a line is
// its key, so adding it twice adds it once.

import type { Quote } from '../../src/domain/offer.ts'
import type { ShopBackEnd } from '../../src/ports/shop.ts'
import { MERCHANT, sceneOf } from './add-on-scenes.ts'
import type { Shelf } from './product-shelf.ts'
import type { ShopMemory } from './shop-memory.ts'

/** Of the United Kingdom, contained in every price. */
const TAX_SHARE = 20 / 120
const DEARER = 1.1

export function openShopBackEnd(memory: ShopMemory, shelf: Shelf, currency: string): ShopBackEnd {
  const quoteOf = (priceMinor: number, quantity: number): Quote => ({
    currency,
    unitPriceMinor: priceMinor,
    quantity,
    taxMinor: Math.round(priceMinor * quantity * TAX_SHARE),
    taxIncluded: true,
    deliveryMinor: 0,
    totalMinor: priceMinor * quantity,
  })
  return {
    name: 'example shop',
    async quote({ orderId, product, quantity, discountPercent = 0 }) {
      const order = memory.order(orderId)
      const known = shelf.get(product)
      if (order === undefined || known === undefined) return { kind: 'refused', detail: 'not of this shop' }
      if (order.status !== 'open') return { kind: 'order-closed' }
      const { twist } = sceneOf(order.scene)
      const isFirst = !order.quoted.has(product)
      order.quoted.add(product)
      if (twist === 'sold-out' && !isFirst) return { kind: 'sold-out' }
      const isDearer = twist === 'dearer' && !isFirst
      const fullMinor = isDearer ? Math.round(known.priceMinor * DEARER) : known.priceMinor
      const priceMinor = Math.max(1, Math.round(fullMinor * (1 - discountPercent / 100)))
      return { kind: 'quoted', quote: quoteOf(priceMinor, quantity), merchantOfRecord: MERCHANT }
    },
    async addLine({ orderId, reference, product, quote }) {
      const order = memory.order(orderId)
      if (order === undefined) return { kind: 'refused', detail: 'not of this shop' }
      if (order.addOns.has(reference)) return { kind: 'added' }
      if (order.status !== 'open') return { kind: 'order-closed' }
      order.addOns.set(reference, {
        productId: product,
        quantity: quote.quantity,
        unitPriceMinor: quote.unitPriceMinor,
      })
      return { kind: 'added' }
    },
    async removeLine({ orderId, reference }) {
      const order = memory.order(orderId)
      if (order === undefined || !order.addOns.has(reference)) return { kind: 'absent' }
      if (sceneOf(order.scene).twist === 'packed') return { kind: 'shipped' }
      order.addOns.delete(reference)
      return { kind: 'absent' }
    },
    async readOrder(orderId) {
      const order = memory.order(orderId)
      return order === undefined ? null : { status: order.status, references: [...order.addOns.keys()] }
    },
  }
}

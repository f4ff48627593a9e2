// The shop's back end as a model: one order, one product, and what the world does to them while a click is under way.

import type { Quote } from '../../src/domain/offer.ts'
import type { AddLineAnswer, QuoteAnswer, RemoveLineAnswer, ShopOrder } from '../../src/ports/shop.ts'

export type ModelShop = ReturnType<typeof openModelShop>

export function openModelShop(quote: Quote, merchantOfRecord: string) {
  const lines = new Set<string>()
  const truth: { status: ShopOrder['status']; inStock: boolean; raiseMinor: number } = {
    status: 'open',
    inStock: true,
    raiseMinor: 0,
  }
  return {
    lines,
    truth,
    quote(): QuoteAnswer {
      if (truth.status !== 'open') return { kind: 'order-closed' }
      if (!truth.inStock) return { kind: 'sold-out' }
      const { raiseMinor } = truth
      const now = {
        ...quote,
        unitPriceMinor: quote.unitPriceMinor + raiseMinor,
        totalMinor: quote.totalMinor + raiseMinor,
      }
      return { kind: 'quoted', quote: now, merchantOfRecord }
    },
    addLine(reference: string): AddLineAnswer {
      if (lines.has(reference)) return { kind: 'added' }
      if (truth.status !== 'open') return { kind: 'order-closed' }
      if (!truth.inStock) return { kind: 'sold-out' }
      lines.add(reference)
      return { kind: 'added' }
    },
    removeLine(reference: string): RemoveLineAnswer {
      if (lines.has(reference) && truth.status === 'fulfilled') return { kind: 'shipped' }
      lines.delete(reference)
      return { kind: 'absent' }
    },
    readOrder: (): ShopOrder => ({ status: truth.status, references: [...lines] }),
  }
}

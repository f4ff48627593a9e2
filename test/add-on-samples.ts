// An add-on and what became of it, for tests of what is written to its shopper: two pieces with delivery and tax.

import type { Acceptance } from '../src/domain/acceptance.ts'
import type { AddOnFlow } from '../src/domain/add-on-news.ts'
import type { AddOnFacts } from '../src/ports/message-renderer.ts'
import { anOffer, firstAcceptance } from './store/offer-samples.ts'

const quote = {
  ...{ currency: 'GBP', unitPriceMinor: 1400, quantity: 2, taxMinor: 533, taxIncluded: true },
  ...{ deliveryMinor: 395, totalMinor: 3195 },
}

const ends: Readonly<Record<AddOnFlow, Partial<Acceptance>>> = {
  'add-on-added': { state: 'completed', capturedMinor: 3195, hasLine: true },
  'add-on-not-added': { state: 'void', reason: 'sold-out' },
  'add-on-returned': { state: 'undone', capturedMinor: 3195, refundedMinor: 3195 },
}

export function anAddOn(flow: AddOnFlow, boughtAtMs: number): AddOnFacts {
  const offer = anOffer({ title: 'Cleaner', quote, merchantOfRecord: 'Shop & Söhne' })
  const acceptance: Acceptance = {
    ...firstAcceptance(offer),
    ...{ reason: null, acceptedAtMs: boughtAtMs, finishedAtMs: boughtAtMs, dueAtMs: null },
    ...ends[flow],
  }
  const undoUntilMs = flow === 'add-on-added' ? boughtAtMs + 15 * 60_000 : null
  return { offer, acceptance, undoUntilMs, offerUrl: 'https://shop.example/thank-you/1001' }
}

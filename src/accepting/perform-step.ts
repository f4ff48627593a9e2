// One step of an acceptance, as effects: asks the provider or the shop and says what was heard. Nothing is decided here.
// No answer is an answer too (`silence`): the same step is asked again later.

import type { Acceptance } from '../domain/acceptance.ts'
import { AppError } from '../domain/errors.ts'
import { shopPage } from '../domain/shop-page.ts'
import type { StoredOffer } from '../ports/offer-store.ts'
import type { PaymentProvider, PaymentState } from '../ports/payment.ts'
import type { ShopBackEnd } from '../ports/shop.ts'
import type { AcceptingEffects } from './accepting-effects.ts'
import type { Step } from './next-step.ts'
import { providerOf } from './provider-of.ts'
import type { AuditFinding, CheckAnswer, Heard } from './transition.ts'

export async function performStep(
  step: Step,
  row: Acceptance,
  offer: StoredOffer,
  effects: AcceptingEffects,
): Promise<Heard> {
  try {
    return await perform(step, row, offer, effects)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'provider-unavailable') return { kind: 'silence', from: 'provider' }
    if (error.code === 'shop-unavailable') return { kind: 'silence', from: 'shop' }
    throw error
  }
}

async function perform(
  step: Step,
  row: Acceptance,
  offer: StoredOffer,
  effects: AcceptingEffects,
): Promise<Heard> {
  const line = { orderId: row.orderId, reference: row.offerId }
  switch (step.kind) {
    case 'run-out':
      return { kind: 'ran-out' }
    case 'give-up':
      return { kind: 'gave-up' }
    case 'create-payment':
      return { kind: 'payment', payment: await createPayment(row, effects) }
    case 'check-again':
      return { kind: 'checked', answer: await checkAgain(offer, shopOf(effects)) }
    case 'add-line': {
      const { product, quote } = offer
      return { kind: 'line', answer: await shopOf(effects).addLine({ ...line, product, quote }) }
    }
    case 'remove-line':
      return { kind: 'line-removed', answer: await shopOf(effects).removeLine(line) }
    case 'audit':
      return { kind: 'audited', finding: await audit(row, effects) }
    default:
      return { kind: 'payment', payment: await askProvider(step.kind, row, effects) }
  }
}

async function createPayment(row: Acceptance, effects: AcceptingEffects) {
  const paying = await providerOf(row.orderId, effects)
  // Not set up (any more): the offer had a button, so somebody changed the settings meanwhile.
  if (paying === null) {
    return { kind: 'refused', detail: 'no provider is set up for the saved method' } as const
  }
  return await paying.provider.create({
    key: `c-${row.offerId}`,
    offerId: row.offerId,
    orderId: row.orderId,
    amountMinor: row.amountMinor,
    currency: row.currency,
    method: paying.method,
  })
}

/** Right before money is asked for: is it still to be had, at the price that was shown, on an order that is open? */
async function checkAgain(offer: StoredOffer, shop: ShopBackEnd): Promise<CheckAnswer> {
  const { orderId, product, quote } = offer
  const answer = await shop.quote({
    ...{ orderId, product, quantity: quote.quantity, currency: quote.currency },
    discountPercent: offer.discountPercent,
  })
  if (answer.kind !== 'quoted') {
    return { kind: 'not-any-more', reason: answer.kind === 'refused' ? 'shop-refused' : answer.kind }
  }
  if (answer.merchantOfRecord !== offer.merchantOfRecord)
    return { kind: 'not-any-more', reason: 'shop-refused' }
  const isSame =
    answer.quote.totalMinor === quote.totalMinor &&
    answer.quote.currency === quote.currency &&
    answer.quote.quantity === quote.quantity
  return isSame ? { kind: 'as-shown' } : { kind: 'not-any-more', reason: 'price-changed' }
}

async function askProvider(
  kind: 'confirm-payment' | 'read-payment' | 'capture-payment' | 'cancel-payment' | 'refund-payment',
  row: Acceptance,
  effects: AcceptingEffects,
): Promise<PaymentState> {
  const { provider, paymentId } = await paymentOf(row, effects)
  switch (kind) {
    case 'confirm-payment': {
      const returnUrl = shopPage(effects.settings.returnUrl, '{order}', row.orderId)
      return provider.confirm({ paymentId, returnUrl })
    }
    case 'read-payment':
      return provider.read(paymentId)
    case 'capture-payment':
      return provider.capture(paymentId)
    case 'cancel-payment':
      return provider.cancel(paymentId)
    case 'refund-payment':
      return provider.refund(paymentId, `r-${row.offerId}`)
  }
}

/**
 * What is left over is taken out and given back. Where a person is asked and the goods and the money both stand, they agree
 * and are left, unless the shopper wanted it back.
 */
async function audit(row: Acceptance, effects: AcceptingEffects): Promise<AuditFinding> {
  const shop = shopOf(effects)
  const order = await shop.readOrder(row.orderId)
  const hadLine = order?.references.includes(row.offerId) ?? false
  const before = row.paymentId === null ? null : await readPayment(row, effects)
  const isPaid = before?.kind === 'captured' && before.refundedMinor < before.amountMinor
  if (row.state === 'needs-attention' && row.goal !== 'undone' && hadLine && isPaid) {
    return { payment: before, hasLine: true, tookLineOut: false }
  }
  const removed = hadLine
    ? await shop.removeLine({ orderId: row.orderId, reference: row.offerId })
    : ({ kind: 'absent' } as const)
  const hasLine = removed.kind === 'shipped'
  const payment = hasLine ? before : await giveBack(before, row, effects)
  return { payment, hasLine, tookLineOut: hadLine && !hasLine }
}

async function readPayment(row: Acceptance, effects: AcceptingEffects): Promise<PaymentState> {
  const { provider, paymentId } = await paymentOf(row, effects)
  return provider.read(paymentId)
}

async function giveBack(
  payment: PaymentState | null,
  row: Acceptance,
  effects: AcceptingEffects,
): Promise<PaymentState | null> {
  if (payment === null || payment.kind === 'cancelled') return payment
  const { provider, paymentId } = await paymentOf(row, effects)
  const stopped = payment.kind === 'captured' ? payment : await provider.cancel(paymentId)
  if (stopped.kind === 'cancelled') return stopped
  if (stopped.kind !== 'captured') throw stillOpen(paymentId)
  if (stopped.refundedMinor >= stopped.amountMinor) return stopped
  const refunded = await provider.refund(paymentId, `r-${row.offerId}`)
  if (refunded.kind === 'captured' && refunded.refundedMinor >= refunded.amountMinor) return refunded
  throw stillOpen(paymentId)
}

function stillOpen(paymentId: string): AppError {
  return new AppError(
    'provider-unavailable',
    `The payment ${paymentId} is not yet given back; it is asked again.`,
  )
}

async function paymentOf(
  row: Acceptance,
  effects: AcceptingEffects,
): Promise<{
  readonly provider: PaymentProvider
  readonly paymentId: string
}> {
  const paying = await providerOf(row.orderId, effects)
  if (paying === null || row.paymentId === null) {
    throw new AppError(
      'provider-unavailable',
      `No provider is set up for the payment of offer ${row.offerId}; put the settings of "accepting" back.`,
    )
  }
  return { provider: paying.provider, paymentId: row.paymentId }
}

function shopOf({ shop }: AcceptingEffects): ShopBackEnd {
  if (shop !== null) return shop
  throw new AppError(
    'shop-unavailable',
    'No back end of the shop is set up; put "accepting.shopUrl" back into the settings.',
  )
}

// A payment provider as a model: what it holds, and what each request does when it arrives. The rules are those of
// src/ports/payment.ts: a key gives the same payment for 24 hours and is then forgotten; a payment that can go no further
// answers as it stands.

import type { PaymentRequest, PaymentState } from '../../src/ports/payment.ts'

const KEY_LIVES_MS = 24 * 3_600_000

/** What the bank will say to this shopper, drawn before the click. */
export type Bank = {
  readonly says: 'yes' | 'no' | 'ask' | 'later' | 'refuses-request'
  /** To the shopper's answer, or to the later one. */
  readonly thenSays: 'yes' | 'no' | 'never'
  readonly answersAfterMs: number
  /** A method that is charged at once. */
  readonly hasReservation: boolean
  readonly captureFails: boolean
}

export type Payment = {
  readonly id: string
  readonly amountMinor: number
  readonly currency: string
  state:
    | 'unconfirmed'
    | 'action-required'
    | 'processing'
    | 'authorised'
    | 'captured'
    | 'declined'
    | 'cancelled'
  because: 'bank' | 'authentication'
  refundedMinor: number
  wasCaptured: boolean
}

export type ModelProvider = ReturnType<typeof openModelProvider>

export function openModelProvider(
  bank: Bank,
  nowMs: () => number,
  hears: { changed(payment: Payment): void; asks(payment: Payment): void },
) {
  const payments: Payment[] = []
  const keys = new Map<string, { readonly payment: Payment; readonly untilMs: number }>()
  const find = (id: string): Payment => {
    const payment = payments.find((one) => one.id === id)
    if (payment === undefined) throw new Error(`the model holds no payment ${id}`)
    return payment
  }
  const become = (payment: Payment, state: Payment['state']): void => {
    payment.state = state
    if (state === 'captured') payment.wasCaptured = true
    hears.changed(payment)
  }
  const succeed = (payment: Payment): void => become(payment, bank.hasReservation ? 'authorised' : 'captured')
  const isOpen = ({ state }: Payment): boolean => state !== 'captured' && state !== 'cancelled'
  return {
    payments,
    create(request: PaymentRequest): PaymentState | { readonly kind: 'refused'; readonly detail: string } {
      if (bank.says === 'refuses-request') return { kind: 'refused', detail: 'the model refuses it' }
      const known = keys.get(request.key)
      if (known !== undefined && known.untilMs > nowMs()) return look(known.payment)
      const { amountMinor, currency } = request
      const payment: Payment = {
        ...{ id: `pay-${request.offerId}-${payments.length}`, amountMinor, currency },
        ...{ state: 'unconfirmed', because: 'bank', refundedMinor: 0, wasCaptured: false },
      }
      payments.push(payment)
      keys.set(request.key, { payment, untilMs: nowMs() + KEY_LIVES_MS })
      return look(payment)
    },
    confirm(id: string): PaymentState {
      const payment = find(id)
      if (payment.state !== 'unconfirmed') return look(payment)
      if (bank.says === 'yes') succeed(payment)
      else if (bank.says === 'no') become(payment, 'declined')
      else {
        become(payment, bank.says === 'ask' ? 'action-required' : 'processing')
        if (bank.thenSays !== 'never') hears.asks(payment)
      }
      return look(payment)
    },
    /** The shopper answered the bank, or the bank made up its mind. */
    answered(payment: Payment): void {
      if (payment.state !== 'action-required' && payment.state !== 'processing') return
      payment.because = payment.state === 'processing' ? 'bank' : 'authentication'
      if (bank.thenSays === 'yes') succeed(payment)
      else become(payment, 'declined')
    },
    read: (id: string): PaymentState => look(find(id)),
    capture(id: string): PaymentState {
      const payment = find(id)
      if (payment.state === 'authorised') become(payment, bank.captureFails ? 'cancelled' : 'captured')
      return look(payment)
    },
    cancel(id: string): PaymentState {
      const payment = find(id)
      if (isOpen(payment)) become(payment, 'cancelled')
      return look(payment)
    },
    refund(id: string, minor?: number): PaymentState {
      const payment = find(id)
      if (payment.state === 'captured' && payment.refundedMinor < payment.amountMinor) {
        const wanted = minor ?? payment.amountMinor
        payment.refundedMinor = Math.min(payment.amountMinor, payment.refundedMinor + wanted)
        hears.changed(payment)
      }
      return look(payment)
    },
  }
}

function look(payment: Payment): PaymentState {
  const { id, state, amountMinor, currency, refundedMinor, because } = payment
  switch (state) {
    case 'action-required':
      return { kind: state, id, url: null, clientSecret: 'secret' }
    case 'authorised':
      return { kind: state, id, amountMinor, currency }
    case 'captured':
      return { kind: state, id, amountMinor, currency, refundedMinor }
    case 'declined':
      return { kind: state, id, because, detail: 'the model says no' }
    default:
      return { kind: state, id }
  }
}

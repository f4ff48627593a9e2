// A shop's own payment back end, as an integrator would write it from docs/guide/payments.md: each message is one step, asked of
// whoever really charges. `null` is a message that it does not know.

import type { PaymentProvider, PaymentRequest } from '../src/ports/payment.ts'
import type { Message } from './local-shop.ts'

export function answerAsPaymentBackEnd(charging: PaymentProvider, message: Message): unknown {
  const { type, paymentId, returnUrl } = message
  const id = String(paymentId)
  switch (type) {
    case 'payment.create':
      return charging.create(message as unknown as PaymentRequest)
    case 'payment.confirm':
      return charging.confirm({ paymentId: id, returnUrl: returnUrl === null ? null : String(returnUrl) })
    case 'payment.read':
      return charging.read(id)
    case 'payment.capture':
      return charging.capture(id)
    case 'payment.cancel':
      return charging.cancel(id)
    case 'payment.refund':
      return charging.refund(id, String(message.key))
    default:
      return null
  }
}

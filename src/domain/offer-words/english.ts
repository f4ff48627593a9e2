// The words of an offer in English.

import type { LocaleWords } from './words-of-locale.ts'

export const english: LocaleWords = {
  tag: 'en-GB',
  accept: 'Buy now – pay {total}',
  cart: 'See it in the shop',
  decline: 'No, thank you',
  undo: 'Take it back',
  action: 'Confirm with your bank',
  region: 'Goes with your order',
  regionOver: 'Our suggestion',
  price: {
    taxIncluded: 'Tax included ({tax}).',
    taxAdded: 'Plus tax {tax}.',
    taxNone: 'No tax.',
    deliveryFree: 'Delivery free.',
    delivery: 'Delivery {delivery}.',
    total: 'Total {total}.',
  },
  messages: {
    accepting: 'One moment, your payment is being made.',
    pending:
      'This takes longer than usual. Your order is safe. We will finish this without you: you may close this page, and it says how it ended when you look again.',
    'action-required': 'Your bank would like you to confirm the payment. Nothing is charged until you do.',
    added: 'Added to your order and paid.',
    undoing: 'One moment, it is being taken off your order.',
    undone: 'It is off your order, and your money goes back to you.',
    dismissed: 'Fine. Your order stays as it was.',
    declined:
      'Your bank did not agree, so nothing was added and nothing charged. Your order stays as it was.',
    'not-confirmed':
      'The payment was not confirmed, so nothing was added and nothing was charged. Your order stays as it was.',
    'sold-out': 'It has just sold out. You were not charged, and your order stays as it was.',
    'price-changed': 'Its price has changed since you saw it. You were not charged; this is the new price.',
    expired: 'This offer has ended. You were not charged, and your order stays as it was.',
    'order-closed': 'Your order can no longer be changed. You were not charged for this.',
    'not-charged': 'This did not work out. You were not charged, and your order stays as it was.',
  },
  pendingMailed:
    'This takes longer than usual. Your order is safe. We will finish this without you: you may close this page, and we will write you an e-mail about how it ended.',
  cartBecause: {
    'gift-card': 'Your gift card cannot be charged again here, so this one goes through the cart.',
    wallet: 'Your wallet cannot be charged again here, so this one goes through the cart.',
    instalments: 'Your instalment plan cannot be extended here, so this one goes through the cart.',
    other: 'The way you paid cannot be charged again here, so this one goes through the cart.',
  },
  packed: 'It is packed already, so it stays on your order.',
  undoUntil: 'You can take it back for {minutes} minutes.',
  undoUntilOne: 'You can take it back for another minute.',
}

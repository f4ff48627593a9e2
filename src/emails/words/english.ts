// The words of messages in English.

import type { MailWords } from './mail-words.ts'

export const english: MailWords = {
  tag: 'en-GB',
  quoted: '“{title}”',
  colon: ':',
  greeting: 'Hello {name},',
  greetingNobody: 'Hello,',
  flows: {
    refill: {
      subject: 'Running low on {anchor}?',
      lead: 'It has been {days} days since you ordered {anchor}. If it is nearly used up, you can reorder it here. If there is plenty left, there is nothing to do.',
      leadSoon:
        'You ordered {anchor} from us. If it is nearly used up, you can reorder it here. If there is plenty left, there is nothing to do.',
      button: 'Order it again',
    },
    'complete-the-set': {
      subject: 'To go with {anchor}',
      lead: 'You ordered {anchor} {days} days ago. In case something is still missing, this goes with it.',
      leadSoon: 'You ordered {anchor} from us. In case something is still missing, this goes with it.',
      button: 'Have a look',
    },
    'next-step': {
      subject: 'A next step after {anchor}',
      lead: 'You ordered {anchor} {days} days ago. If you would like to take it further, this is a good place to start.',
      leadSoon:
        'You ordered {anchor} from us. If you would like to take it further, this is a good place to start.',
      button: 'Take a look',
    },
    custom: {
      subject: 'An idea for {anchor}',
      lead: 'You ordered {anchor} {days} days ago. This may be useful with it.',
      leadSoon: 'You ordered {anchor} from us. This may be useful with it.',
      button: 'Have a look',
    },
  },
  needs: {
    complete: 'Goes with your {anchor}.',
    refill: 'For when it runs out.',
    extend: 'For a next step.',
    upsell: 'A step up from your {anchor}.',
  },
  footer: {
    advertisement: 'This is an advertisement from {shop}.',
    why: 'You get it because you ordered from us (order {order}).',
    unsubscribe: 'Unsubscribe',
    unsubscribeByMail: 'To unsubscribe, write to {address}.',
  },
  block: { heading: 'Pairs well with your order', seeIt: 'See it' },
  confirmation: {
    subject: 'Your {shop} order {order} is confirmed',
    subjectWithoutShop: 'Your order {order} is confirmed',
    preview: 'Thank you. Here is everything about your order.',
    thanks: 'Thank you for your order',
    thanksTo: 'Thank you, {name}',
    received: 'We have received your payment and your order is confirmed.',
    order: 'Order',
    yourOrder: 'Your order',
    product: 'Product',
    subtotal: 'Subtotal',
    delivery: 'Delivery',
    deliveryFree: 'Free',
    totalPaid: 'Total paid',
    itemsTotal: 'Total of the items',
    deliveringTo: 'Delivering to',
    needHand: 'Need a hand?',
    justReply: 'Just reply to this e-mail.',
    replyOrWrite: 'Reply to this e-mail or write to',
    whatNext: 'What happens next',
    seeOrder: 'See your order',
    because: 'You receive this because you placed an order with us.',
    questions: 'Questions:',
  },
  addOn: {
    subject: {
      'add-on-added': 'Added to your order {order}',
      'add-on-not-added': 'Not added to your order {order}',
      'add-on-returned': 'Refund for your order {order}',
    },
    notAddedReturned:
      'This did not work out. What was charged goes back to you, and your order stays as it was.',
    givenBack: 'We have given your money back.',
    returned: 'Goes back to you',
    taxIncluded: 'Tax included',
    tax: 'Tax',
    soldBy: 'Sold by {merchant}.',
    takeBack: 'You can take it back until {time}: choose “{undo}” on the page on which you bought it.',
  },
  textMessage: {
    flows: {
      refill: 'Running low? {title}',
      'complete-the-set': 'To go with it: {title}',
      'next-step': 'A next step: {title}',
      custom: 'An idea for you: {title}',
    },
    stop: 'Reply STOP to end',
    confirmed: 'Thank you, your order {order} is confirmed.',
  },
  picture: { thanks: 'Thank you for your order', more: 'We hope you enjoy it.' },
}

// The words of messages in German.

import type { MailWords } from './mail-words.ts'

export const german: MailWords = {
  tag: 'de-DE',
  quoted: '„{title}“',
  colon: ':',
  greeting: 'Hallo {name},',
  greetingNobody: 'Guten Tag,',
  flows: {
    refill: {
      subject: 'Geht {anchor} zur Neige?',
      lead: 'vor {days} Tagen haben Sie {anchor} bestellt. Falls der Vorrat zur Neige geht, können Sie hier nachbestellen. Wenn noch genug da ist, brauchen Sie nichts zu tun.',
      leadSoon:
        'Sie haben {anchor} bei uns bestellt. Falls der Vorrat zur Neige geht, können Sie hier nachbestellen. Wenn noch genug da ist, brauchen Sie nichts zu tun.',
      button: 'Nachbestellen',
    },
    'complete-the-set': {
      subject: 'Passend zu {anchor}',
      lead: 'vor {days} Tagen haben Sie {anchor} bestellt. Falls noch etwas fehlt: Das hier passt dazu.',
      leadSoon: 'Sie haben {anchor} bei uns bestellt. Falls noch etwas fehlt: Das hier passt dazu.',
      button: 'Ansehen',
    },
    'next-step': {
      subject: 'Ein nächster Schritt nach {anchor}',
      lead: 'vor {days} Tagen haben Sie {anchor} bestellt. Wenn Sie einen Schritt weitergehen möchten, ist das ein guter Anfang.',
      leadSoon:
        'Sie haben {anchor} bei uns bestellt. Wenn Sie einen Schritt weitergehen möchten, ist das ein guter Anfang.',
      button: 'Mehr erfahren',
    },
    custom: {
      subject: 'Eine Idee zu {anchor}',
      lead: 'vor {days} Tagen haben Sie {anchor} bestellt. Dazu könnte Ihnen das hier nützlich sein.',
      leadSoon: 'Sie haben {anchor} bei uns bestellt. Dazu könnte Ihnen das hier nützlich sein.',
      button: 'Ansehen',
    },
  },
  needs: {
    complete: 'Passt zu {anchor}.',
    refill: 'Wenn der Vorrat zur Neige geht.',
    extend: 'Für den nächsten Schritt.',
    upsell: 'Eine Stufe weiter als {anchor}.',
  },
  footer: {
    advertisement: 'Dies ist eine Werbe-E-Mail von {shop}.',
    why: 'Sie erhalten sie, weil Sie bei uns bestellt haben (Bestellung {order}).',
    unsubscribe: 'Abmelden',
    unsubscribeByMail: 'Zum Abmelden schreiben Sie an {address}.',
  },
  block: { heading: 'Passt gut zu Ihrer Bestellung', seeIt: 'Ansehen' },
  confirmation: {
    subject: 'Ihre Bestellung {order} bei {shop} ist bestätigt',
    subjectWithoutShop: 'Ihre Bestellung {order} ist bestätigt',
    preview: 'Vielen Dank. Hier steht alles zu Ihrer Bestellung.',
    thanks: 'Vielen Dank für Ihre Bestellung',
    thanksTo: 'Vielen Dank, {name}',
    received: 'Ihre Zahlung ist eingegangen und Ihre Bestellung ist bestätigt.',
    order: 'Bestellung',
    yourOrder: 'Ihre Bestellung',
    product: 'Artikel',
    subtotal: 'Zwischensumme',
    delivery: 'Versand',
    deliveryFree: 'Kostenlos',
    totalPaid: 'Bezahlt',
    itemsTotal: 'Summe der Artikel',
    deliveringTo: 'Lieferung an',
    needHand: 'Noch Fragen?',
    justReply: 'Antworten Sie einfach auf diese E-Mail.',
    replyOrWrite: 'Antworten Sie auf diese E-Mail oder schreiben Sie an',
    whatNext: 'Wie es weitergeht',
    seeOrder: 'Bestellung ansehen',
    because: 'Sie erhalten diese E-Mail, weil Sie bei uns bestellt haben.',
    questions: 'Fragen:',
  },
  addOn: {
    subject: {
      'add-on-added': 'Zu Ihrer Bestellung {order} hinzugefügt',
      'add-on-not-added': 'Nicht zu Ihrer Bestellung {order} hinzugefügt',
      'add-on-returned': 'Erstattung zu Ihrer Bestellung {order}',
    },
    notAddedReturned:
      'Das hat nicht geklappt. Was abgebucht wurde, geht an Sie zurück; Ihre Bestellung bleibt, wie sie war.',
    givenBack: 'Wir haben Ihnen Ihr Geld zurückgegeben.',
    returned: 'Geht an Sie zurück',
    taxIncluded: 'Enthaltene MwSt.',
    tax: 'MwSt.',
    soldBy: 'Verkauft von {merchant}.',
    takeBack:
      'Bis {time} können Sie es zurücknehmen: Wählen Sie „{undo}“ auf der Seite, auf der Sie es gekauft haben.',
  },
  textMessage: {
    flows: {
      refill: 'Nachschub? {title}',
      'complete-the-set': 'Passend dazu: {title}',
      'next-step': 'Nächster Schritt: {title}',
      custom: 'Eine Idee: {title}',
    },
    stop: 'Abmelden: STOP',
    confirmed: 'Vielen Dank, Ihre Bestellung {order} ist bestätigt.',
  },
  picture: {
    thanks: 'Vielen Dank für Ihre Bestellung',
    more: 'Viel Freude damit.',
  },
}

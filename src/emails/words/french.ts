// The words of messages in French. No-break spaces stand before « ? », « : » and inside quotation marks.

import type { MailWords } from './mail-words.ts'

export const french: MailWords = {
  tag: 'fr-FR',
  quoted: '«\u00a0{title}\u00a0»',
  colon: '\u00a0:',
  greeting: 'Bonjour {name},',
  greetingNobody: 'Bonjour,',
  flows: {
    refill: {
      subject: 'Bientôt à court\u00a0? {anchor}',
      lead: 'Vous avez commandé {anchor} il y a {days} jours. S’il ne vous en reste presque plus, vous pouvez en commander à nouveau ici. S’il vous en reste assez, vous n’avez rien à faire.',
      leadSoon:
        'Vous avez commandé {anchor} chez nous. S’il ne vous en reste presque plus, vous pouvez en commander à nouveau ici. S’il vous en reste assez, vous n’avez rien à faire.',
      button: 'Commander à nouveau',
    },
    'complete-the-set': {
      subject: 'Pour aller avec {anchor}',
      lead: 'Vous avez commandé {anchor} il y a {days} jours. S’il vous manque encore quelque chose, voici ce qui va avec.',
      leadSoon:
        'Vous avez commandé {anchor} chez nous. S’il vous manque encore quelque chose, voici ce qui va avec.',
      button: 'Voir l’article',
    },
    'next-step': {
      subject: 'L’étape suivante après {anchor}',
      lead: 'Vous avez commandé {anchor} il y a {days} jours. Si vous souhaitez aller plus loin, voici un bon point de départ.',
      leadSoon:
        'Vous avez commandé {anchor} chez nous. Si vous souhaitez aller plus loin, voici un bon point de départ.',
      button: 'En savoir plus',
    },
    custom: {
      subject: 'Une idée pour {anchor}',
      lead: 'Vous avez commandé {anchor} il y a {days} jours. Ceci pourrait bien l’accompagner.',
      leadSoon: 'Vous avez commandé {anchor} chez nous. Ceci pourrait bien l’accompagner.',
      button: 'Voir l’article',
    },
  },
  needs: {
    complete: 'Va bien avec {anchor}.',
    refill: 'Pour quand il n’y en aura plus.',
    extend: 'Pour aller plus loin.',
    upsell: 'Un cran au-dessus de {anchor}.',
  },
  footer: {
    advertisement: 'Ceci est un message publicitaire de {shop}.',
    why: 'Vous le recevez parce que vous avez commandé chez nous (commande {order}).',
    unsubscribe: 'Se désinscrire',
    unsubscribeByMail: 'Pour vous désinscrire, écrivez à {address}.',
  },
  block: { heading: 'Va bien avec votre commande', seeIt: 'Voir l’article' },
  confirmation: {
    subject: 'Votre commande {order} chez {shop} est confirmée',
    subjectWithoutShop: 'Votre commande {order} est confirmée',
    preview: 'Merci. Voici tout ce qui concerne votre commande.',
    thanks: 'Merci pour votre commande',
    thanksTo: 'Merci, {name}',
    received: 'Nous avons bien reçu votre paiement et votre commande est confirmée.',
    order: 'Commande',
    yourOrder: 'Votre commande',
    product: 'Article',
    subtotal: 'Sous-total',
    delivery: 'Livraison',
    deliveryFree: 'Gratuite',
    totalPaid: 'Total payé',
    itemsTotal: 'Total des articles',
    deliveringTo: 'Livraison à',
    needHand: 'Une question\u00a0?',
    justReply: 'Répondez simplement à cet e-mail.',
    replyOrWrite: 'Répondez à cet e-mail ou écrivez à',
    whatNext: 'Et maintenant\u00a0?',
    seeOrder: 'Voir votre commande',
    because: 'Vous recevez cet e-mail parce que vous avez passé commande chez nous.',
    questions: 'Questions\u00a0:',
  },
  addOn: {
    subject: {
      'add-on-added': 'Ajouté à votre commande {order}',
      'add-on-not-added': 'Non ajouté à votre commande {order}',
      'add-on-returned': 'Remboursement sur votre commande {order}',
    },
    notAddedReturned:
      'Cela n’a pas abouti. Ce qui a été débité vous est remboursé ; votre commande reste telle quelle.',
    givenBack: 'Nous vous avons remboursé.',
    returned: 'Vous est remboursé',
    taxIncluded: 'Dont TVA',
    tax: 'TVA',
    soldBy: 'Vendu par {merchant}.',
    takeBack:
      'Vous pouvez y renoncer jusqu’au {time} : choisissez « {undo} » sur la page où vous l’avez acheté.',
  },
  textMessage: {
    flows: {
      refill: 'Bientôt à court ? {title}',
      'complete-the-set': 'Pour aller avec : {title}',
      'next-step': 'Étape suivante : {title}',
      custom: 'Une idée : {title}',
    },
    stop: 'STOP pour arrêter',
    confirmed: 'Merci, votre commande {order} est confirmée.',
  },
  picture: {
    thanks: 'Merci pour votre commande',
    more: 'Nous espérons qu’elle vous plaira.',
  },
}

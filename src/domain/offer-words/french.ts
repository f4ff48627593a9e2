// The words of an offer in French. The button's words are those of article L. 221-14 of the Code de la consommation.

import type { LocaleWords } from './words-of-locale.ts'

export const french: LocaleWords = {
  tag: 'fr-FR',
  accept: 'Commande avec obligation de paiement – {total}',
  cart: 'Voir dans la boutique',
  decline: 'Non, merci',
  undo: 'Annuler cet ajout',
  action: 'Confirmer auprès de la banque',
  region: 'Va avec votre commande',
  regionOver: 'Notre suggestion',
  price: {
    taxIncluded: 'TVA comprise ({tax}).',
    taxAdded: 'TVA en sus : {tax}.',
    taxNone: 'Sans TVA.',
    deliveryFree: 'Livraison gratuite.',
    delivery: 'Livraison : {delivery}.',
    total: 'Total : {total}.',
  },
  messages: {
    accepting: 'Un instant, votre paiement est en cours.',
    pending:
      'Cela prend plus de temps que prévu. Votre commande est enregistrée. Nous nous occupons du reste : vous pouvez fermer cette page ; elle vous dira le résultat quand vous y reviendrez.',
    'action-required': 'Votre banque vous demande de confirmer le paiement. Rien n’est débité avant.',
    added: 'Ajouté à votre commande et payé.',
    undoing: 'Un instant, l’article est retiré de votre commande.',
    undone: 'L’article est retiré de votre commande et vous êtes remboursé.',
    dismissed: 'C’est noté. Votre commande reste telle quelle.',
    declined:
      'Votre banque n’a pas accepté. Rien n’a été ajouté ni débité ; votre commande reste telle quelle.',
    'not-confirmed':
      'Le paiement n’a pas été confirmé. Rien n’a été ajouté ni débité ; votre commande reste telle quelle.',
    'sold-out': 'L’article est désormais épuisé. Rien n’a été débité ; votre commande reste telle quelle.',
    'price-changed': 'Le prix a changé entre-temps. Rien n’a été débité ; voici le nouveau prix.',
    expired: 'Cette offre a pris fin. Rien n’a été débité ; votre commande reste telle quelle.',
    'order-closed': 'Votre commande ne peut plus être modifiée. Rien n’a été débité pour cet article.',
    'not-charged': 'Cela n’a pas abouti. Rien n’a été débité ; votre commande reste telle quelle.',
  },
  pendingMailed:
    'Cela prend plus de temps que prévu. Votre commande est enregistrée. Nous nous occupons du reste : vous pouvez fermer cette page ; nous vous dirons le résultat par e-mail.',
  cartBecause: {
    'gift-card':
      'Votre carte cadeau ne peut pas être débitée de nouveau ici ; cet article passe donc par le panier.',
    wallet:
      'Votre portefeuille électronique ne peut pas être débité de nouveau ici ; cet article passe donc par le panier.',
    instalments:
      'Votre paiement en plusieurs fois ne peut pas être étendu ici ; cet article passe donc par le panier.',
    other:
      'Votre moyen de paiement ne peut pas être débité de nouveau ici ; cet article passe donc par le panier.',
  },
  packed: 'Le colis est déjà préparé ; l’article reste dans votre commande.',
  undoUntil: 'Vous pouvez annuler cet ajout pendant {minutes} minutes.',
  undoUntilOne: 'Vous pouvez annuler cet ajout encore une minute.',
}

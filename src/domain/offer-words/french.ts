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
      'Cela prend plus de temps que prévu. Votre commande est enregistrée ; nous vous écrirons pour vous dire la suite. Vous pouvez fermer cette page.',
    'action-required': 'Votre banque vous demande de confirmer le paiement. Rien n’est débité avant.',
    added: 'Ajouté à votre commande et payé.',
    undoing: 'Un instant, l’article est retiré de votre commande.',
    undone: 'L’article est retiré de votre commande et vous êtes remboursé.',
    dismissed: 'C’est noté. Votre commande reste telle quelle.',
    declined:
      'Votre banque n’a pas accepté. Rien n’a été ajouté ni débité ; votre commande reste telle quelle.',
    'sold-out': 'L’article vient d’être épuisé. Rien n’a été débité ; votre commande reste telle quelle.',
    'price-changed': 'Le prix a changé entre-temps. Rien n’a été débité ; voici le nouveau prix.',
    expired: 'Cette offre a pris fin. Rien n’a été débité ; votre commande reste telle quelle.',
    'order-closed': 'Votre commande ne peut plus être modifiée. Rien n’a été débité pour cet article.',
    'not-charged': 'Cela n’a pas abouti. Rien n’a été débité ; votre commande reste telle quelle.',
  },
  packed: 'Le colis est déjà préparé ; l’article reste dans votre commande.',
  undoUntil: 'Vous pouvez annuler cet ajout pendant {minutes} minutes.',
  undoUntilOne: 'Vous pouvez annuler cet ajout encore une minute.',
}

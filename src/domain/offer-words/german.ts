// The words of an offer in German. The button's words are those of § 312j BGB with the amount.

import type { LocaleWords } from './words-of-locale.ts'

export const german: LocaleWords = {
  tag: 'de-DE',
  accept: 'Jetzt kaufen – {total} zahlen',
  cart: 'Im Shop ansehen',
  decline: 'Nein, danke',
  undo: 'Zurücknehmen',
  action: 'Bei der Bank bestätigen',
  region: 'Passt zu Ihrer Bestellung',
  regionOver: 'Unser Vorschlag',
  price: {
    taxIncluded: 'Inkl. MwSt. ({tax}).',
    taxAdded: 'Zzgl. MwSt. {tax}.',
    taxNone: 'Ohne MwSt.',
    deliveryFree: 'Versand kostenlos.',
    delivery: 'Versand {delivery}.',
    total: 'Gesamt {total}.',
  },
  messages: {
    accepting: 'Einen Moment, Ihre Zahlung wird ausgeführt.',
    pending:
      'Das dauert länger als sonst. Ihre Bestellung ist sicher. Wir bringen es ohne Sie zu Ende: Sie können diese Seite schließen; wenn Sie wieder hereinsehen, sagt sie, wie es ausging.',
    'action-required': 'Ihre Bank möchte, dass Sie die Zahlung bestätigen. Vorher wird nichts abgebucht.',
    added: 'Zu Ihrer Bestellung hinzugefügt und bezahlt.',
    undoing: 'Einen Moment, es wird aus Ihrer Bestellung genommen.',
    undone: 'Es ist aus Ihrer Bestellung genommen, Ihr Geld geht an Sie zurück.',
    dismissed: 'In Ordnung. Ihre Bestellung bleibt, wie sie war.',
    declined:
      'Ihre Bank hat nicht zugestimmt. Es wurde nichts hinzugefügt und nichts abgebucht; Ihre Bestellung bleibt, wie sie war.',
    'not-confirmed':
      'Die Zahlung wurde nicht bestätigt. Es wurde nichts hinzugefügt und nichts abgebucht; Ihre Bestellung bleibt, wie sie war.',
    'sold-out': 'Es ist gerade ausverkauft. Es wurde nichts abgebucht; Ihre Bestellung bleibt, wie sie war.',
    'price-changed':
      'Der Preis hat sich inzwischen geändert. Es wurde nichts abgebucht; dies ist der neue Preis.',
    expired: 'Dieses Angebot ist abgelaufen. Es wurde nichts abgebucht; Ihre Bestellung bleibt, wie sie war.',
    'order-closed': 'Ihre Bestellung kann nicht mehr geändert werden. Hierfür wurde nichts abgebucht.',
    'not-charged': 'Das hat nicht geklappt. Es wurde nichts abgebucht; Ihre Bestellung bleibt, wie sie war.',
  },
  pendingMailed:
    'Das dauert länger als sonst. Ihre Bestellung ist sicher. Wir bringen es ohne Sie zu Ende: Sie können diese Seite schließen; wie es ausging, schreiben wir Ihnen per E-Mail.',
  cartBecause: {
    'gift-card':
      'Von Ihrer Geschenkkarte kann hier nicht noch einmal abgebucht werden, deshalb geht dieser Artikel über den Warenkorb.',
    wallet:
      'Von Ihrer Wallet kann hier nicht noch einmal abgebucht werden, deshalb geht dieser Artikel über den Warenkorb.',
    instalments:
      'Ihr Ratenkauf lässt sich hier nicht erweitern, deshalb geht dieser Artikel über den Warenkorb.',
    other:
      'Über Ihre Zahlungsart kann hier nicht noch einmal abgebucht werden, deshalb geht dieser Artikel über den Warenkorb.',
  },
  packed: 'Es ist schon verpackt und bleibt deshalb in Ihrer Bestellung.',
  undoUntil: 'Sie können es noch {minutes} Minuten lang zurücknehmen.',
  undoUntilOne: 'Sie können es noch eine Minute lang zurücknehmen.',
}

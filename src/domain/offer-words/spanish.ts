// The words of an offer in Spanish. The button's words are those of article 98.2 of the consumer law (TRLGDCU).

import type { LocaleWords } from './words-of-locale.ts'

export const spanish: LocaleWords = {
  tag: 'es-ES',
  accept: 'Pedido con obligación de pago – {total}',
  cart: 'Ver en la tienda',
  decline: 'No, gracias',
  undo: 'Deshacer',
  action: 'Confirmar con el banco',
  region: 'Va bien con su pedido',
  regionOver: 'Nuestra sugerencia',
  price: {
    taxIncluded: 'IVA incluido ({tax}).',
    taxAdded: 'Más IVA: {tax}.',
    taxNone: 'Sin IVA.',
    deliveryFree: 'Envío gratis.',
    delivery: 'Envío: {delivery}.',
    total: 'Total: {total}.',
  },
  messages: {
    accepting: 'Un momento, se está realizando el pago.',
    pending:
      'Está tardando más de lo normal. Su pedido está a salvo. Nos ocupamos del resto: puede cerrar esta página; cuando vuelva a mirarla, le dirá cómo terminó.',
    'action-required': 'Su banco le pide que confirme el pago. No se cobra nada antes.',
    added: 'Añadido a su pedido y pagado.',
    undoing: 'Un momento, se está quitando de su pedido.',
    undone: 'Ya no está en su pedido y se le devuelve el dinero.',
    dismissed: 'De acuerdo. Su pedido queda como estaba.',
    declined: 'Su banco no lo ha aceptado. No se ha añadido ni cobrado nada; su pedido queda como estaba.',
    'not-confirmed':
      'El pago no se ha confirmado. No se ha añadido ni cobrado nada; su pedido queda como estaba.',
    'sold-out': 'Se acaba de agotar. No se le ha cobrado nada; su pedido queda como estaba.',
    'price-changed': 'El precio ha cambiado. No se le ha cobrado nada; este es el nuevo precio.',
    expired: 'Esta oferta ha terminado. No se le ha cobrado nada; su pedido queda como estaba.',
    'order-closed': 'Su pedido ya no se puede cambiar. No se le ha cobrado nada por esto.',
    'not-charged': 'No ha sido posible. No se le ha cobrado nada; su pedido queda como estaba.',
  },
  pendingMailed:
    'Está tardando más de lo normal. Su pedido está a salvo. Nos ocupamos del resto: puede cerrar esta página; le diremos por correo electrónico cómo terminó.',
  cartBecause: {
    'gift-card':
      'Aquí no se puede volver a cobrar de su tarjeta regalo, así que este artículo pasa por el carrito.',
    wallet:
      'Aquí no se puede volver a cobrar de su monedero digital, así que este artículo pasa por el carrito.',
    instalments: 'Aquí no se puede ampliar su pago a plazos, así que este artículo pasa por el carrito.',
    other:
      'Aquí no se puede volver a cobrar con su medio de pago, así que este artículo pasa por el carrito.',
  },
  packed: 'El paquete ya está preparado, así que sigue en su pedido.',
  undoUntil: 'Puede deshacerlo durante {minutes} minutos.',
  undoUntilOne: 'Puede deshacerlo durante un minuto más.',
}

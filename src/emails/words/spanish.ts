// The words of messages in Spanish.

import type { MailWords } from './mail-words.ts'

export const spanish: MailWords = {
  tag: 'es-ES',
  quoted: '«{title}»',
  colon: ':',
  greeting: 'Hola, {name}:',
  greetingNobody: 'Hola:',
  flows: {
    refill: {
      subject: '¿Se le acaba {anchor}?',
      lead: 'Hace {days} días pidió {anchor}. Si le queda poco, puede volver a pedirlo aquí. Si aún le queda bastante, no tiene que hacer nada.',
      leadSoon:
        'Ha pedido {anchor} en nuestra tienda. Si le queda poco, puede volver a pedirlo aquí. Si aún le queda bastante, no tiene que hacer nada.',
      button: 'Volver a pedir',
    },
    'complete-the-set': {
      subject: 'Para acompañar {anchor}',
      lead: 'Hace {days} días pidió {anchor}. Si todavía le falta algo, esto combina bien.',
      leadSoon: 'Ha pedido {anchor} en nuestra tienda. Si todavía le falta algo, esto combina bien.',
      button: 'Verlo',
    },
    'next-step': {
      subject: 'El siguiente paso después de {anchor}',
      lead: 'Hace {days} días pidió {anchor}. Si le apetece ir un paso más allá, este es un buen comienzo.',
      leadSoon:
        'Ha pedido {anchor} en nuestra tienda. Si le apetece ir un paso más allá, este es un buen comienzo.',
      button: 'Saber más',
    },
    custom: {
      subject: 'Una idea para {anchor}',
      lead: 'Hace {days} días pidió {anchor}. Esto puede serle útil.',
      leadSoon: 'Ha pedido {anchor} en nuestra tienda. Esto puede serle útil.',
      button: 'Verlo',
    },
  },
  needs: {
    complete: 'Va bien con {anchor}.',
    refill: 'Para cuando se acabe.',
    extend: 'Para ir un paso más allá.',
    upsell: 'Un paso por encima de {anchor}.',
  },
  footer: {
    advertisement: 'Esto es publicidad de {shop}.',
    why: 'La recibe porque hizo un pedido en nuestra tienda (pedido {order}).',
    unsubscribe: 'Darse de baja',
    unsubscribeByMail: 'Para darse de baja, escriba a {address}.',
  },
  block: { heading: 'Va bien con su pedido', seeIt: 'Verlo' },
  confirmation: {
    subject: 'Su pedido {order} en {shop} está confirmado',
    subjectWithoutShop: 'Su pedido {order} está confirmado',
    preview: 'Gracias. Aquí tiene todo sobre su pedido.',
    thanks: 'Gracias por su pedido',
    thanksTo: 'Gracias, {name}',
    received: 'Hemos recibido su pago y su pedido está confirmado.',
    order: 'Pedido',
    yourOrder: 'Su pedido',
    product: 'Artículo',
    subtotal: 'Subtotal',
    delivery: 'Envío',
    deliveryFree: 'Gratis',
    totalPaid: 'Total pagado',
    itemsTotal: 'Total de los artículos',
    deliveringTo: 'Entrega a',
    needHand: '¿Alguna pregunta?',
    justReply: 'Responda a este correo.',
    replyOrWrite: 'Responda a este correo o escriba a',
    whatNext: 'Qué pasa ahora',
    seeOrder: 'Ver su pedido',
    because: 'Recibe este correo porque ha hecho un pedido en nuestra tienda.',
    questions: 'Preguntas:',
  },
  addOn: {
    subject: {
      'add-on-added': 'Añadido a su pedido {order}',
      'add-on-not-added': 'No añadido a su pedido {order}',
      'add-on-returned': 'Reembolso de su pedido {order}',
    },
    notAddedReturned: 'No ha sido posible. Lo que se le cobró se le devuelve; su pedido queda como estaba.',
    givenBack: 'Le hemos devuelto el dinero.',
    returned: 'Se le devuelve',
    taxIncluded: 'IVA incluido',
    tax: 'IVA',
    soldBy: 'Vendido por {merchant}.',
    takeBack: 'Puede deshacerlo hasta el {time}: elija «{undo}» en la página en la que lo compró.',
  },
  textMessage: {
    flows: {
      refill: '¿Le queda poco? {title}',
      'complete-the-set': 'Para acompañar: {title}',
      'next-step': 'Siguiente paso: {title}',
      custom: 'Una idea: {title}',
    },
    stop: 'Baja: STOP',
    confirmed: 'Gracias, su pedido {order} está confirmado.',
  },
  picture: { thanks: 'Gracias por su pedido', more: 'Esperamos que lo disfrute.' },
}

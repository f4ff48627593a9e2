// What a reply to an SMS means for further ones. Comes in: the words of the reply. Goes out: `stop`, `start`, `unclear` or
// `none`. The law (47 CFR 64.1200(a)(10)) names seven words and "any reasonable means": so what may be a wish to be left
// alone counts as one, and only what is plainly something else (a question, thanks, a word on an order) does not. Requirement
// C12 of docs/reliability.md.

export type ReplyMeaning = 'stop' | 'start' | 'unclear' | 'none'

/** The whole reply. The seven of the law, those that Twilio heeds, and the same in other languages. */
const stopReplies = [
  ...['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe'],
  ...[
    'stopall',
    'stop all',
    'optout',
    'unsub',
    'no more',
    'enough',
    'arret',
    'arreter',
    'arretez',
    'no mas',
    'fin',
    'alto',
    'baja',
    'basta',
    'parar',
    'pare',
    'para',
  ],
  ...[
    'cancelar',
    'cancella',
    'annulla',
    'annuler',
    'sair',
    'ende',
    'schluss',
    'kundigen',
    'afbestellen',
    'sluta',
  ],
  ...[
    'koniec',
    'rezygnuje',
    'stopp',
    'avsluta',
    'стоп',
    'отмена',
    '退订',
    '停止',
    '配信停止',
    'توقف',
    'إلغاء',
    '중지',
  ],
]

const startReplies = ['start', 'unstop']

/** Anywhere in the reply, also in a question. */
const stopPhrases = [
  ...['please stop', 'pls stop', 'you stop', 'u stop', 'stop now', 'stop please', 'just stop', 'opt out'],
  ...['opt me out', 'opting out', 'remove me', 'remove my number', 'take me off', 'take my number off'],
  ...[
    'leave me alone',
    'no more texts',
    'no more messages',
    'no more sms',
    'no more please',
    'dont text',
    'do not text',
    'dont message',
    'do not message',
    'dont send',
  ],
  ...['do not send', 'dont contact', 'do not contact', 'never text', 'never contact', 'stop contacting'],
  ...[
    'quit texting',
    'quit sending',
    'quit messaging',
    'cease',
    'desist',
    'delete my number',
    'lose my number',
  ],
  ...[
    'off your list',
    'off this list',
    'off the list',
    'cancel my subscription',
    'cancel these',
    'end texts',
  ],
  ...[
    'cancel texts',
    'cancel messages',
    'revoke consent',
    'revoke my consent',
    'withdraw my consent',
    'go away',
  ],
  ...['not interested', 'i want out', 'fuck off', 'piss off', 'cut it out', 'knock it off', 'block you'],
  ...['keine sms', 'keine nachrichten', 'keine werbung', 'keine mails', 'nicht mehr schreiben', 'in ruhe'],
  ...[
    'schreibt mir nicht',
    'nicht mehr kontaktieren',
    'nicht mehr erhalten',
    'aufhoren',
    'hor auf',
    'hort auf',
    'austragen',
    'loscht mich',
    'loschen sie meine',
  ],
  ...[
    'plus de messages',
    'plus de sms',
    'ne m envoyez plus',
    'arretez de',
    'arretez les',
    'arretez svp',
    'laissez moi',
    'retirez moi',
  ],
  ...[
    'no mas mensajes',
    'no mas sms',
    'dejen de enviar',
    'deja de enviar',
    'dejen de mandar',
    'dejame en paz',
    'dejenme en paz',
    'de baja',
    'no me escriban',
    'no quiero',
  ],
  ...[
    'non scrivetemi',
    'smettete',
    'smettila',
    'non voglio',
    'lasciatemi in pace',
    'toglietemi',
    'cancellami',
  ],
  ...['geen berichten', 'geen sms', 'met rust', 'houd op', 'hou op', 'nao quero', 'parem de', 'pare de'],
  ...[
    'prosze przestac',
    'przestancie',
    'nie chce',
    'inga fler',
    'sluta skicka',
    'ikke flere',
    'не пишите',
    'хватит',
  ],
].map((phrase) => ` ${phrase} `)

/** Beginnings of words that mean nothing else. */
const stopStems = [
  ...[
    'unsub',
    'unsuscri',
    'abmeld',
    'abbestell',
    'desabonn',
    'desinscri',
    'desuscri',
    'disiscri',
    'uitschrij',
  ],
  ...['afmeld', 'descadastr', 'wypis', 'avregistrer', 'afmeld', 'отпис'],
]

const stopWord = / (stop|stopp|stopping|stahp|st0p|stpo|sotp|stp|tsop|dtop|stoop) /
/** Of one who speaks of messages, in a question or not. */
const stopMessages =
  / (stop|stopp|stpo|sotp|stp|quit|end) (\S+ ){0,3}(text|texts|texting|sms|message|messages|messaging|msgs|ads|spam|spamming|sending|send|contacting|bothering|mails|emails|list) /
const otherStop =
  / (non stop|nonstop|full stop|door stop|stop by|stop in|stop watch|pit stop|one stop|bus stop) /

const questionWord =
  / (what|which|when|where|how|why|who|is|are|do|does|did|can|could|would|will|should|has|have|was|wie|wann|wo|welche|welcher|gibt|kann|quel|quelle|quand|comment|combien|est|cuanto|cuando|como|donde|quanto|quando|dove|hoe|wat) /
/** Who wonders why we write did not ask for it. */
const ofOurselves =
  / (who is this|who are you|why are you|sign up|signed up|my number|texting me|wer ist das) /
const ofTheOrder =
  / (order|delivery|deliver|delivered|shipping|ship|shipped|parcel|package|refund|return|exchange|invoice|size|sizes|colour|color|price|stock|discount|code|warranty|fits|fit|bestellung|lieferung|paket|commande|livraison|pedido|envio|ordine) /
const friendly =
  /^ (thanks|thank you|thx|ty|ok|okay|great|good|nice|perfect|cool|awesome|yes|yes please|love it|love this|help|info|danke|super|merci|gracias|grazie|hello|hi) /

const normalStopReplies = new Set(stopReplies.map(plain))

export function meaningOfReply(reply: string): ReplyMeaning {
  const words = plain(reply)
  const text = ` ${words} `
  if (words === '') return 'none'
  if (startReplies.includes(words)) return 'start'
  if (normalStopReplies.has(words)) return 'stop'
  if (stopPhrases.some((phrase) => text.includes(phrase)) || stopMessages.test(text)) return 'stop'
  if (words.split(' ').some((word) => stopStems.some((stem) => word.startsWith(stem)))) return 'stop'
  const [first = '', second = ''] = words.split(' ')
  const asks = /[?？¿]/.test(reply) || (questionWord.test(` ${first} `) && second !== 'not')
  const saysStop = stopWord.test(text) && !otherStop.test(text)
  if (saysStop && (!asks || first === 'stop' || words.endsWith(' stop'))) return 'stop'
  if (ofOurselves.test(text)) return 'unclear'
  return asks || ofTheOrder.test(text) || friendly.test(text) ? 'none' : 'unclear'
}

/** Small letters without accents, one space between words: `Don't text me!` is `dont text me`. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/n['’`´]t(?!\p{L})/gu, 'nt')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

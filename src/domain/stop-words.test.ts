// Acceptance test A25 of docs/reliability.md, the part about what a reply means. The seven words are those of
// 47 CFR 64.1200(a)(10); Twilio's are those of its page on opt-out keywords.

import assert from 'node:assert/strict'
import test from 'node:test'
import { meaningOfReply } from './stop-words.ts'

const legal = ['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe']
const twilio = ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']

test('each of the seven words of the law, and each of Twilio, stops at once, however it is written', () => {
  for (const word of [...legal, ...twilio]) {
    const ways = [
      word,
      word.toUpperCase(),
      `  ${word}\n`,
      `${word}.`,
      `"${word}"`,
      `${word}!!!`,
      `${word} 🙏`,
    ]
    for (const way of ways) assert.equal(meaningOfReply(way), 'stop', JSON.stringify(way))
  }
})

const wishes = [
  ...[
    'Stop texting me',
    'please stop',
    'STOP IT',
    'Stop now!',
    'stopp',
    'STPO',
    'sotp',
    'st0p',
    'Stop.',
    'stop pls',
  ],
  ...['Can you stop texting me?', 'how do I stop these messages?', 'stop sending me this stuff', 'just stop'],
  ...[
    'unsubscibe',
    'unsubcribe me',
    'Unsub',
    'UNSUSCRIBE',
    'unsubscribe me from everything',
    'how do i unsubscribe',
  ],
  ...['opt me out', 'I want to opt out', 'OPT-OUT', 'optout', 'remove me', 'Remove my number from this list'],
  ...[
    'take me off your list',
    'Take my number off please',
    'leave me alone',
    'no more texts',
    'No more!',
    'Enough',
  ],
  ...[
    "don't text me",
    'Don’t text me again',
    'dont message me anymore',
    'do not contact me',
    'never text me again',
  ],
  ...[
    'not interested',
    'Lose my number',
    'delete my number',
    'go away',
    'cease and desist',
    'quit texting this number',
  ],
  ...[
    'I revoke my consent',
    'I withdraw my consent to be contacted',
    'cancel these',
    'cancel my subscription',
  ],
  ...['fuck off', 'block you', 'spam', 'wrong number', 'stahp', 'end texts', 'I never signed up for this'],
  ...['please stop. where is my parcel?', 'stop the discount codes', 'stpo sending me discount codes'],
  ...['Abmelden', 'bitte keine SMS mehr', 'Lasst mich in Ruhe', 'Bitte aufhören', 'stoppen', 'keine Werbung'],
  ...[
    'arrêt',
    'Arrêtez de m’écrire',
    'désabonnement',
    'ne m’envoyez plus rien',
    'plus de messages svp',
    'ARRET',
  ],
  ...[
    'alto',
    'no más',
    'no más mensajes por favor',
    'déjame en paz',
    'darme de baja',
    'no quiero más mensajes',
  ],
  ...['basta', 'disiscrivimi', 'smettetela', 'non voglio messaggi', 'annulla', 'cancellami'],
  ...['afmelden', 'geen berichten meer', 'laat me met rust', 'sair', 'não quero receber', 'parem de enviar'],
  ...['przestańcie', 'rezygnuję', 'avsluta', 'стоп', 'отпишите меня', '退订', '停止', 'توقف', '중지'],
]

// Written down before they were tried, to see what the tables above had missed.
const more = [
  "I don't want these anymore",
  'plz quit',
  'get lost',
  'who is this and why are you texting',
  'stop messaging me or i sue',
  'Cancel all',
  'please cancel all future texts',
  'No thanks',
  'not for me thanks',
  'Do NOT send me anything else',
  'i want off',
  'please remove',
  'No',
  'nope',
  'im done with this',
  'this is harassment',
  'report spam',
  'stop, I already bought one',
  'cancel sms',
  'unsubscribe please',
  'tu peux arreter stp',
  'kein interesse',
  'bitte nicht mehr schicken',
  'no me interesa',
  'nie wysylajcie mi tego',
  'stop spamming my phone!!',
  'I said STOP',
  'unenroll me',
  'discontinue',
  'turn this off',
  'turn off notifications',
  'please delete my details',
  'quit it',
  'End this',
  'Stop order updates too',
  'did i sign up for this? stop',
  'mute',
  'No quiero recibir esto',
  'You already sold me that, stop with the offers on price',
  'do not disturb',
  'how did you get my number',
  'Can you please not text me',
  'Would you mind not sending these',
  'is there a way to turn this off?',
  'Are you a bot? leave me be',
  'do u ever stop',
  'Enough already',
  'I have asked you to stop!!!',
  'stop. stop. stop.',
  'Opting out of marketing',
  'please cease all communication',
  'no sms',
  'dont want',
  'ugh no',
  'you have the wrong person',
  'this number belongs to someone else',
  'Reported',
  'stop bugging me about my order',
  'Stop, order arrived already',
  'can i unsubscribe?',
  'Pls take me of the list',
  'unsubscribr',
  'cancle',
  'Quit!',
  'revoked',
  'STOP ALL MESSAGES',
  'annoying',
  "I'm blocking this number",
  'not now',
  'je ne veux plus rien recevoir',
  'stop svp',
  'Hören Sie auf',
  'weg damit',
  'bitte löschen',
  'basta pubblicità',
  'ya no quiero',
  'kein Bock',
  'stop promos ty',
  'thanks but no thanks',
  'ok stop',
]

test('of what people write to be left alone at least 95 % is heeded', (t) => {
  assert.ok(wishes.length >= 60)
  const all = [...wishes, ...more]
  const missed = all.filter((wish) => !['stop', 'unclear'].includes(meaningOfReply(wish)))
  const stopped = all.filter((wish) => meaningOfReply(wish) === 'stop')
  t.diagnostic(
    `${all.length - missed.length} of ${all.length} suppressed, ${stopped.length} without asking a human`,
  )
  assert.ok(missed.length <= all.length * 0.05, `missed: ${missed.join(' | ')}`)
})

const others = [
  ...[
    'Does this fit the Gaggia Classic?',
    'is the grinder back in stock',
    'Where is my order?',
    'when does it ship',
  ],
  ...[
    'Which size do I need',
    'Does the machine stop automatically?',
    'How do I stop it dripping?',
    'Thanks!',
    'ok',
  ],
  ...[
    'Is there a non-stop flight basket?',
    'can I stop by the shop tomorrow?',
    'how long is the warranty',
    'love it',
  ],
  ...[
    'what does it cost to ship to France?',
    'my parcel arrived damaged',
    'I want to return my order',
    'Thank you',
  ],
  ...[
    'Wann kommt mein Paket?',
    'Gibt es die Bohnen auch gemahlen?',
    'Quand arrive ma commande ?',
    'HELP',
    'INFO',
  ],
  ...[
    '¿Cuánto cuesta el envío?',
    'Quanto costa?',
    'Passt der Filter auf die Kanne?',
    'does the sale end sunday?',
  ],
  ...['Ist das nicht mehr lieferbar?', 'comment arrêter la machine ?', 'can I cancel the order from today?'],
]

test('a question about a product or an order, or thanks, stops nothing', () => {
  for (const one of others) assert.equal(meaningOfReply(one), 'none', one)
})

test('who asks for messages again is heard, and what could mean either is for a human', () => {
  for (const word of ['START', 'start', 'Unstop']) assert.equal(meaningOfReply(word), 'start')
  for (const one of ['hmm whatever', 'wtf', 'restart']) assert.equal(meaningOfReply(one), 'unclear', one)
  assert.equal(meaningOfReply(''), 'none')
  assert.equal(meaningOfReply(' 👍 '), 'none')
})

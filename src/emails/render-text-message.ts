// A text message (SMS): who writes, one product, a link, and how to end it. Comes in: the sentence of the flow, the pick,
// the link. Goes out: one line, in the GSM-7 alphabet and within its 160 septets where that is possible: signs outside of
// it become their plainest form (ê becomes e), the price goes and the title is cut before a second message is begun. A
// title that no such sign can write (Greek, Chinese) stays as it is and costs a message of 70 characters.

import { oneLine } from './to-markup.ts'
import { say, shortened } from './words/words-for.ts'

export const SMS_SEPTETS = 160
/** Where one sign is outside of GSM-7, all are sent in 16 bits. */
export const SMS_WIDE_CHARACTERS = 70
const TITLE_SHORTEST = 12
const SHOP_LONGEST = 30

export type TextMessageFacts = {
  readonly shop: string
  /** Holds `{title}`. */
  readonly sentence: string
  readonly title: string
  readonly price: string
  /** As short as it can be had; `null` where there is no page. */
  readonly url: string | null
  readonly stop: string
}

export function renderTextMessage(facts: TextMessageFacts): string {
  const title = toGsm(oneLine(facts.title))
  const full = [...title].length
  const lengths = [full, ...Array.from({ length: full }, (_, cut) => full - 1 - cut)]
  let shortest = ''
  for (const price of [facts.price, null]) {
    for (const length of lengths.filter((one) => one === full || one >= TITLE_SHORTEST)) {
      shortest = compose(facts, shortened(title, length).replace('…', '...'), price)
      if (fitsOneMessage(shortest)) return shortest
    }
  }
  return shortest
}

function compose(
  { shop, sentence, url, stop }: TextMessageFacts,
  title: string,
  price: string | null,
): string {
  const product = price === null ? title : `${title}, ${price}`
  const said = say(toGsm(sentence), { title: product })
  const end = /[.!?]$/.test(said) ? '' : '.'
  const link = url === null ? '' : ` ${url}`
  return oneLine(
    `${shortened(toGsm(oneLine(shop)), SHOP_LONGEST).replace('…', '...')}: ${said}${end}${link} ${toGsm(stop)}`,
  )
}

export function fitsOneMessage(body: string): boolean {
  const septets = gsmSeptets(body)
  return septets === null ? body.length <= SMS_WIDE_CHARACTERS : septets <= SMS_SEPTETS
}

/** 3GPP TS 23.038, the default alphabet and its extension, whose signs cost two. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extension = new Set('^{}\\[~]|€')

/** `null` where a sign is in neither. */
export function gsmSeptets(body: string): number | null {
  let septets = 0
  for (const sign of body) {
    if (basic.has(sign)) septets += 1
    else if (extension.has(sign)) septets += 2
    else return null
  }
  return septets
}

const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  ç: 'c',
  œ: 'oe',
  Œ: 'OE',
  '×': 'x',
  '•': '-',
  '™': '',
}

/** Signs outside of the alphabet in their plainest form; those that have none stay. */
function toGsm(text: string): string {
  return [...text.normalize('NFC')]
    .map((sign) => {
      if (basic.has(sign) || extension.has(sign)) return sign
      const known = plain[sign]
      if (known !== undefined) return known
      const bare = sign.normalize('NFD').replace(/\p{M}/gu, '')
      return [...bare].every((one) => basic.has(one)) ? bare : sign
    })
    .join('')
}

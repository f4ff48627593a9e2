// The need sentence of a pick, in the language of the message. Sentences of a plan are ours, in English, or the shop's own,
// in the shop's language. Comes in: the pick, the title it goes with, the languages. Goes out: the sentence as it is where
// it is in the language of the message, else a plain one by relation, which claims less but is read.

import type { Locale } from '../domain/offer-view.ts'
import type { OfferedRelation } from '../domain/pairing.ts'
import { quoted, say, wordsIn } from './words/words-for.ts'

/** How each sentence that src/next writes begins or ends; a test holds this equal to what it writes. */
const ours: readonly RegExp[] = [
  /^Completes the set with your /,
  /^A next step after your /,
  /^Goes with your /,
  /^Goes well with your /,
  /^Goes by its kind with your /,
  /^Often bought together with your /,
  /^Chosen by us /,
  /^Time for more/,
  /^Customers who chose the /,
  /^You have had it before; /,
  /^(A step up from|The larger size of|A plan to go with) your /,
  / is a favourite of our customers\.$/,
]

export function needInLanguage(
  pick: { readonly need: string; readonly relation: OfferedRelation; readonly anchorTitle: string },
  language: Locale,
  shopLanguage: Locale,
): string {
  const written = ours.some((one) => one.test(pick.need)) ? 'en' : shopLanguage
  if (written === language) return pick.need
  const words = wordsIn(language)
  return say(words.needs[pick.relation], { anchor: quoted(pick.anchorTitle, words) })
}

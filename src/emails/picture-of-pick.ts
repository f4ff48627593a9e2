// The words of the picture that a mail shows when it is opened. Comes in: the pick of today, or none, the title of what it
// goes with, the locale of the reader and of the shop. Goes out: what the picture shows.

import { formatMoney } from '../domain/money.ts'
import type { PickPicture } from '../domain/pick-picture.ts'
import { readableTitle } from '../domain/product.ts'
import type { EmailPick } from './email-shop.ts'
import { needInLanguage } from './need-in-language.ts'
import { oneLine } from './to-markup.ts'
import { languageOf, localeAmong, wordsIn } from './words/words-for.ts'

export function pictureOfPick(
  pick: Pick<EmailPick, 'title' | 'need' | 'price' | 'relation'> | null,
  facts: {
    readonly anchorTitle: string
    readonly locale: string | null
    readonly shopLocale: string
    readonly photo?: Extract<PickPicture, { kind: 'pick' }>['photo']
  },
): PickPicture {
  const locale = localeAmong([facts.locale, facts.shopLocale])
  const words = wordsIn(locale)
  if (pick === null) return { kind: 'thanks', words: words.picture.thanks, more: words.picture.more }
  const language = languageOf(locale) ?? 'en'
  const { need, relation } = pick
  return {
    kind: 'pick',
    title: oneLine(readableTitle(pick.title)),
    need: oneLine(
      needInLanguage(
        { need, relation, anchorTitle: oneLine(readableTitle(facts.anchorTitle)) },
        language,
        languageOf(facts.shopLocale) ?? 'en',
      ),
    ),
    price: formatMoney(pick.price, locale),
    label: words.block.seeIt,
    photo: facts.photo ?? null,
  }
}

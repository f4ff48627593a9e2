// Which language a message is in, and its words. Comes in: a locale such as `de-AT`, and the shop's where a recipient's is
// not known. Goes out: the words and the tag by which amounts and dates are written. A language that is not here falls
// back to the shop's, then to English.

import { type Locale, locales } from '../../domain/offer-view.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import type { MailWords } from './mail-words.ts'
import { spanish } from './spanish.ts'

const languages: Readonly<Record<Locale, MailWords>> = { en: english, de: german, fr: french, es: spanish }

/** The language of a locale; `null` where we do not speak it. */
export function languageOf(locale: string | null): Locale | null {
  const language = locale?.split(/[-_]/)[0]?.toLowerCase()
  return locales.find((one) => one === language) ?? null
}

export function wordsIn(locale: string): MailWords {
  return languages[languageOf(locale) ?? 'en']
}

/** The first locale of a list that we speak, as language and region: Intl takes it, and formats made for it are few. */
export function localeAmong(wanted: readonly (string | null)[]): string {
  for (const one of wanted) {
    const language = languageOf(one)
    if (one === null || language === null) continue
    const [, region] = /^[a-z]{2}[-_]([a-z]{2})$/i.exec(one) ?? []
    return region === undefined ? languages[language].tag : `${language}-${region.toUpperCase()}`
  }
  return english.tag
}

/** Our own sentence with its braces filled in, once: braces in a value stay as they are. */
export function say(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** A title in the quotation marks of the language, cut at a word where it is long. */
export function quoted(title: string, words: Pick<MailWords, 'quoted'>, longest = 60): string {
  return say(words.quoted, { title: shortened(title, longest) })
}

/** At most so many characters; a cut is made at a word and shown by an ellipsis. */
export function shortened(title: string, longest: number): string {
  const letters = [...title.replace(/[\s.,;:]+$/, '')]
  if (letters.length <= longest) return letters.join('')
  const kept = letters.slice(0, Math.max(longest - 1, 1)).join('')
  const atWord = kept.replace(/\s+\S*$/u, '')
  return `${(atWord.length >= longest / 2 ? atWord : kept).replace(/[\s.,;:]+$/, '')}…`
}

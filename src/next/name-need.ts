// N of NEXT, name the need: each pairing carries one sentence that says what the purchase made useful, and one that
// gives the reason with its figures. Sentences come from the shop's own words, else from templates by relation; they
// state nothing that the counts do not show.

import { type Evidence, LATER_WINDOW_DAYS, provingOrders, type Relation } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { readableTitle } from '../domain/product.ts'
import type { NeedTemplate } from '../domain/settings.ts'
import { refillNeed } from './name-refill.ts'

/** Shares that people read at a glance; a sentence uses the nearest. Below half a share persuades nobody. */
const plainShares: readonly (readonly [number, string])[] = [
  [0.5, 'half of the orders'],
  [0.6, '3 of 5 orders'],
  [2 / 3, '2 of 3 orders'],
  [0.75, '3 of 4 orders'],
  [0.8, '4 of 5 orders'],
  [0.9, '9 of 10 orders'],
]
const SHARE_TOLD_MIN = 0.475
/** From here on "often" is true: at least every sixth order. */
const OFTEN_SHARE_MIN = 1 / 6

function nearestShare(confidence: number): string {
  const [, words] = plainShares.reduce((best, share) =>
    Math.abs(share[0] - confidence) < Math.abs(best[0] - confidence) ? share : best,
  )
  return words
}

/** A sentence with a longer title is not read to its end. */
const TITLE_IN_SENTENCE_MAX = 80

/**
 * A title as it stands inside a sentence: titles in capitals become small, long ones end at a word, all others stay; no
 * full stop at the end.
 */
export function titleInSentence(title: string): string {
  const readable = readableTitle(title)
  const set = readable === title.replace(/\s+/g, ' ').trim() ? readable : readable.toLowerCase()
  const letters = [...set.replace(/[\s.,;:]+$/, '')]
  if (letters.length <= TITLE_IN_SENTENCE_MAX) return letters.join('')
  const kept = letters.slice(0, TITLE_IN_SENTENCE_MAX - 1).join('')
  return `${kept.replace(/(?<=.{40})\s+\S*$/u, '')}…`
}

export type NeedFacts = {
  readonly relation: Relation
  readonly anchor: PlanProduct
  readonly addOn: PlanProduct
  readonly set: boolean
  readonly evidence: Evidence
}

export function nameNeed(facts: NeedFacts, templates: readonly NeedTemplate[]): string {
  const own = templates.find(
    (template) =>
      template.relation === facts.relation &&
      (template.category === null || template.category.toLowerCase() === facts.addOn.category?.toLowerCase()),
  )
  if (own !== undefined) return fillTemplate(own.sentence, facts)
  const anchor = titleInSentence(facts.anchor.title)
  if (facts.relation === 'refill' && facts.anchor.refill !== null)
    return refillNeed(anchor, facts.anchor.refill, null)
  if (facts.relation === 'extend') return `A next step after your ${anchor}.`
  if (facts.set) return setNeed(anchor)
  const { confidence } = facts.evidence
  if (confidence >= SHARE_TOLD_MIN)
    return `Goes with your ${anchor}: about ${nearestShare(confidence)} with it have both.`
  return confidence >= OFTEN_SHARE_MIN
    ? `Often bought together with your ${anchor}.`
    : `Goes well with your ${anchor}.`
}

/** `title` as it stands in a sentence. */
export const setNeed = (title: string): string => `Completes the set with your ${title}.`

/** The figures behind the sentence, for whoever asks "why this?". */
export function giveReason(facts: Omit<NeedFacts, 'addOn' | 'set'>): string {
  const { evidence, relation } = facts
  if (relation === 'refill') {
    const rhythm = facts.anchor.refill
    const share = Math.round((rhythm?.rebuyShare ?? 0) * 100)
    return `${count(rhythm?.repeatCustomers ?? 0)} customers bought it again, ${share} % of those who ever did; the median interval is ${Math.round(rhythm?.medianDays ?? 0)} days.`
  }
  if (relation === 'extend') {
    const { laterDaysLow, laterDaysHigh } = evidence
    const half = laterDaysHigh > 0 ? ` Half of them came after ${laterDaysLow} to ${laterDaysHigh} days.` : ''
    return `${count(evidence.customersLater)} customers bought it for the first time within ${LATER_WINDOW_DAYS} days after; by chance it would have been ${byChance(evidence.customersLaterExpected)}.${half}`
  }
  const expected = byChance(evidence.expected)
  const together = `Bought together in ${count(evidence.ordersTogether)} of ${count(evidence.orders)} orders`
  const without = [
    ...(evidence.ordersBulk > 0 ? ['very large ones'] : []),
    ...(evidence.ordersCampaign > 0 ? ['those of one campaign'] : []),
  ].join(' and ')
  return without === ''
    ? `${together}; by chance it would have been ${expected}.`
    : `${together}; without ${without} in ${count(provingOrders(evidence))}, where by chance it would have been ${expected}.`
}

/** Of few the tenths matter: "0" would say that it cannot happen. */
const byChance = (value: number): string => (value < 10 ? value.toFixed(1) : count(value))

export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** Logic-less: the two names and the days are put in, anything else in braces stays as it is. */
export function fillTemplate(sentence: string, facts: Pick<NeedFacts, 'anchor' | 'addOn'>): string {
  const values: Readonly<Record<string, string>> = {
    anchor: titleInSentence(facts.anchor.title),
    addOn: titleInSentence(facts.addOn.title),
    days: String(Math.round(facts.anchor.refill?.medianDays ?? 0)),
  }
  return sentence.replace(/\{(anchor|addOn|days)\}/g, (_, name: string) => values[name] ?? '')
}

// A word of the owner as a person says it on a terminal: what is said, and about what.

import { isoDate } from '../domain/instant.ts'
import type { OwnerWord, Subject } from '../domain/owner-word.ts'

export function sayWord(word: OwnerWord): readonly [said: string, about: string] {
  switch (word.kind) {
    case 'standing':
      return [word.standing, `${word.anchor} → ${word.addOn}`]
    case 'pause': {
      const until = word.untilMs === null ? '' : ` until ${isoDate(word.untilMs)}`
      return [`paused${until}`, `${word.anchor} → ${word.addOn}`]
    }
    case 'need':
      return [`need "${word.sentence}"`, `${word.anchor} → ${word.addOn}`]
    case 'curated':
      return [`added (${word.relation})`, `${word.anchor} → ${word.addOn}`]
    case 'never-with':
      return ['never', `${sayThing(word.addOn)}${word.with === null ? '' : ` with ${sayThing(word.with)}`}`]
    case 'only-with':
      return ['only', `${sayThing(word.addOn)} with ${word.with.map(sayThing).join(' or ')}`]
    case 'ceiling':
      return [
        'ceiling',
        `category "${word.category}": ${percent(word.anchorShare)} of the anchor, ${percent(word.subtotalShare)} of the order`,
      ]
  }
}

const kindNames: Readonly<Record<OwnerWord['kind'], string>> = {
  standing: 'approval, veto or pin',
  pause: 'pause',
  need: 'need sentence',
  curated: 'addition',
  'never-with': 'never',
  'only-with': 'only',
  ceiling: 'ceiling',
}

/** What was taken back, of which the log keeps the key alone (`wordKey`). */
export function sayTakenBack(key: string): readonly [said: string, about: string] {
  const [kind, ...about] = JSON.parse(key) as [OwnerWord['kind'], ...string[]]
  const link = kind === 'never-with' ? ' with ' : ' → '
  return [`${kindNames[kind]} taken back`, about.filter((one) => one !== '').join(link)]
}

const sayThing = (subject: Subject): string =>
  'product' in subject ? subject.product : `category "${subject.category}"`
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

// The owner's words as the text of a rules file: one line per pairing and per rule, so that version control shows what
// changed. Comes in: the words that hold, and what products are called. What is written reads back as the same words.

import { isRule, type OwnerWord, type PairingWord } from '../../domain/owner-word.ts'
import { wordToRule } from '../../http/rule-schema.ts'
import type { PairingEntry } from './read-rules-file.ts'

export function writeRulesFile(words: readonly OwnerWord[], titleOf: (product: string) => string): string {
  const pairs = new Map<string, PairingEntry[]>()
  for (const word of words) if (!isRule(word)) addToEntries(word, pairs)
  const entries = [...pairs.values()].flat()
  const rules = words.filter(isRule).map(wordToRule)
  // Line ends inside a title would end the comment.
  const plain = (text: string): string => text.replace(/\s+/g, ' ')
  const lines = [
    '// What the owner says about pairings, for "aftercart rules apply". Whatever stands here holds;',
    '// what is taken out here is taken back by the next apply. See docs/guide/owner.md.',
    '{',
    '  "pairings": [',
    ...entries.map((entry) => {
      const comment = ` // ${plain(titleOf(entry.anchor))} → ${plain(titleOf(entry.addOn))}`
      return `    ${JSON.stringify(entry)},${comment}`
    }),
    '  ],',
    '  "rules": [',
    ...rules.map((rule) => `    ${JSON.stringify(rule)},`),
    '  ],',
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** A pairing has one entry; one that is paused and has a standing too has a second. */
function addToEntries(word: PairingWord, pairs: Map<string, PairingEntry[]>): void {
  const { anchor, addOn } = word
  const key = JSON.stringify([anchor, addOn])
  const entries = pairs.get(key) ?? []
  pairs.set(key, entries)
  const more: Partial<PairingEntry> =
    word.kind === 'standing'
      ? { status: word.standing }
      : word.kind === 'pause'
        ? {
            status: 'paused',
            ...(word.untilMs === null ? {} : { until: new Date(word.untilMs).toISOString() }),
          }
        : word.kind === 'need'
          ? { need: word.sentence }
          : { relation: word.relation }
  const place = entries.findIndex((entry) => !Object.keys(more).some((field) => field in entry))
  const entry = entries[place]
  if (entry === undefined) entries.push({ anchor, addOn, ...more })
  else entries[place] = { ...entry, ...more }
}

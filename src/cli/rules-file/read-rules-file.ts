// The owner's words as a file that is kept under version control. Comes in: its text and what the catalog knows. Goes
// out: the words it states, in its order, and its problems, each with its line, what is wrong and what to do. A product
// or category that the catalog does not know is a warning only: it may come with the next import, or have left.

import { z } from 'zod'
import { parseInstant } from '../../domain/instant.ts'
import { checkNeed } from '../../domain/need-sentence.ts'
import { type OwnerWord, type PairingWord, type Subject, wordKey } from '../../domain/owner-word.ts'
import { ruleSchemas, ruleToWord } from '../../http/rule-schema.ts'
import { readCommentedJson } from './read-commented-json.ts'

export type FileProblem = {
  readonly line: number
  readonly what: string
  readonly fix: string
  /** A word with a warning is taken; one with an error keeps the whole file from being applied. */
  readonly severity: 'error' | 'warning'
}

export type RulesFile = { readonly words: readonly OwnerWord[]; readonly problems: readonly FileProblem[] }

export type Known = { readonly products: ReadonlySet<string>; readonly categories: ReadonlySet<string> }

const name = z.string().trim().min(1).max(200)

/** What one entry of "pairings" may hold; the guide explains it. */
export const pairingEntry = z.strictObject({
  anchor: name,
  addOn: name,
  status: z.enum(['approved', 'vetoed', 'pinned', 'paused']).optional(),
  until: z.string().optional(),
  need: z.string().optional(),
  relation: z.enum(['complete', 'refill', 'extend']).optional(),
})
export type PairingEntry = z.infer<typeof pairingEntry>

const wholeFile = z.strictObject({
  pairings: z.array(z.unknown()).default([]),
  rules: z.array(z.unknown()).default([]),
})

export function readRulesFile(text: string, known: Known): RulesFile {
  const json = readCommentedJson(text)
  if (json.kind === 'wrong') {
    const fix = 'mend it; the file is JSON, with // comments and trailing commas allowed'
    return { words: [], problems: [{ line: json.line, what: json.why, fix, severity: 'error' }] }
  }
  const problems: FileProblem[] = []
  const add = (
    severity: FileProblem['severity'],
    path: readonly PropertyKey[],
    what: string,
    fix: string,
  ): void => {
    problems.push({ line: json.lineOf(path), what, fix, severity })
  }
  /** The value where it fits; its problems are noted where it does not. */
  const fit = <T>(schema: z.ZodType<T>, value: unknown, path: readonly PropertyKey[]): T | null => {
    const checked = schema.safeParse(value)
    if (checked.success) return checked.data
    for (const issue of checked.error.issues) {
      const where = [...path, ...issue.path]
      const field = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
      add(
        'error',
        where,
        `${field}${issue.message}`,
        'mend it; docs/guide/owner.md shows what may stand here',
      )
    }
    return null
  }
  const whole = fit(wholeFile, json.value, [])
  const words: OwnerWord[] = []
  const lineOfKey = new Map<string, number>()
  const take = (word: OwnerWord, path: readonly PropertyKey[]): void => {
    const key = wordKey(word)
    const line = lineOfKey.get(key)
    if (line !== undefined) {
      add('error', path, `this was said on line ${line} already`, 'keep one of the two')
      return
    }
    lineOfKey.set(key, json.lineOf(path))
    words.push(word)
    for (const unknown of unknownOf(word, known)) add('warning', path, unknown.what, unknown.fix)
  }
  whole?.pairings.forEach((value, at) => {
    const path = ['pairings', at]
    const entry = fit(pairingEntry, value, path)
    if (entry === null) return
    const read = wordsOfEntry(entry)
    if (read.kind === 'wrong') add('error', [...path, read.field], read.what, read.fix)
    else for (const word of read.words) take(word, path)
  })
  whole?.rules.forEach((value, at) => {
    const path = ['rules', at]
    const kind = typeof value === 'object' && value !== null ? value : {}
    if ('never' in kind) fitRule(ruleSchemas.never)
    else if ('only' in kind) fitRule(ruleSchemas.only)
    else if ('ceiling' in kind) fitRule(ruleSchemas.ceiling)
    else add('error', path, 'this is no rule', 'begin it with "never", "only" or "ceiling"')
    function fitRule(schema: (typeof ruleSchemas)[keyof typeof ruleSchemas]): void {
      const rule = fit<z.infer<typeof schema>>(schema, value, path)
      if (rule !== null) take(ruleToWord(rule), path)
    }
  })
  return { words, problems: problems.sort((one, other) => one.line - other.line) }
}

type ReadEntry =
  | { readonly kind: 'read'; readonly words: readonly PairingWord[] }
  | { readonly kind: 'wrong'; readonly field: string; readonly what: string; readonly fix: string }

function wordsOfEntry({ anchor, addOn, status, until, need, relation }: PairingEntry): ReadEntry {
  const wrong = (field: string, what: string, fix: string): ReadEntry => ({ kind: 'wrong', field, what, fix })
  const pair = { anchor, addOn }
  const words: PairingWord[] = []
  if (relation !== undefined) {
    if ((relation === 'refill') !== (anchor === addOn))
      return wrong(
        'relation',
        'a refill pairs a product with itself, the others two products',
        'mend one of them',
      )
    words.push({ kind: 'curated', ...pair, relation })
  }
  const untilMs = until === undefined ? null : parseInstant(until)
  if (until !== undefined && (untilMs === null || status !== 'paused'))
    return wrong('until', 'this is the end of no pause', 'give an ISO date, with "status": "paused"')
  if (status === 'paused') words.push({ kind: 'pause', ...pair, untilMs })
  else if (status !== undefined) words.push({ kind: 'standing', ...pair, standing: status })
  if (need !== undefined) {
    const checked = checkNeed(need)
    if (checked.kind === 'wrong') {
      const [what = '', fix = 'mend it'] = checked.why.split('; ')
      return wrong('need', what, fix)
    }
    words.push({ kind: 'need', ...pair, sentence: checked.sentence })
  }
  if (words.length > 0) return { kind: 'read', words }
  return wrong('anchor', 'this says nothing about the pairing', 'add "status", "need" or "relation"')
}

function* unknownOf(
  word: OwnerWord,
  { products, categories }: Known,
): Generator<{ what: string; fix: string }> {
  for (const subject of subjectsOf(word)) {
    if ('product' in subject && !products.has(subject.product)) {
      const fix = 'check the id; until the catalog holds it, this changes nothing'
      yield { what: `there is no product ${subject.product} in the catalog`, fix }
    } else if ('category' in subject && !categories.has(subject.category)) {
      const fix =
        '"aftercart products" lists products with their categories; until one has it, this changes nothing'
      yield { what: `no product is of the category "${subject.category}"`, fix }
    }
  }
}

function subjectsOf(word: OwnerWord): readonly Subject[] {
  if (word.kind === 'ceiling') return [{ category: word.category }]
  if (word.kind === 'only-with') return [word.addOn, ...word.with]
  if (word.kind === 'never-with') return word.with === null ? [word.addOn] : [word.addOn, word.with]
  return [{ product: word.anchor }, { product: word.addOn }]
}

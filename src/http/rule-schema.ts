// A rule of the owner as people write it, in `PUT /v1/rules` and in the rules file, and back to a word:
//   { "never": { "category": "knives" }, "with": { "category": "toys" } }     without "with": never at all
//   { "only": { "product": "FILTER-4" }, "with": [{ "category": "coffee makers" }] }
//   { "ceiling": "teacups", "anchorShare": 1, "subtotalShare": 0.25 }

import { z } from '@hono/zod-openapi'
import type { RuleWord } from '../domain/owner-word.ts'

const name = z.string().trim().min(1).max(200)

export const subject = z
  .union([z.strictObject({ product: name }), z.strictObject({ category: name })], {
    error: 'must be { "product": "…" } or { "category": "…" }',
  })
  .openapi('Subject')

const share = z.number().min(0).max(10)

export const ruleSchemas = {
  never: z.strictObject({ never: subject, with: subject.optional() }),
  only: z.strictObject({ only: subject, with: z.array(subject).min(1).max(200) }),
  ceiling: z.strictObject({ ceiling: name, anchorShare: share, subtotalShare: share }),
}

export const rule = z
  .union([ruleSchemas.never, ruleSchemas.only, ruleSchemas.ceiling], {
    error:
      'must be { "never": …, "with": … }, { "only": …, "with": […] } or { "ceiling": category, "anchorShare": …, "subtotalShare": … }',
  })
  .openapi('Rule')

export type Rule = z.infer<typeof rule>

export function ruleToWord(written: Rule): RuleWord {
  if ('never' in written) return { kind: 'never-with', addOn: written.never, with: written.with ?? null }
  if ('only' in written) return { kind: 'only-with', addOn: written.only, with: written.with }
  const { ceiling, anchorShare, subtotalShare } = written
  return { kind: 'ceiling', category: ceiling, anchorShare, subtotalShare }
}

export function wordToRule(word: RuleWord): Rule {
  if (word.kind === 'never-with')
    return word.with === null ? { never: word.addOn } : { never: word.addOn, with: word.with }
  if (word.kind === 'only-with') return { only: word.addOn, with: [...word.with] }
  const { category, anchorShare, subtotalShare } = word
  return { ceiling: category, anchorShare, subtotalShare }
}

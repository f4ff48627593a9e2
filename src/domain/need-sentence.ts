// A need sentence as an owner may write it: one line of plain text that fits an offer. Comes in: what was typed. Goes
// out: the sentence, white space folded, or in words what is wrong with it and what to do.

export const NEED_LENGTH_MAX = 160

/** What the sentence may hold in braces; filled in when it is shown. */
export const needPlaceholders: readonly string[] = ['anchor', 'addOn', 'days']

export type CheckedNeed =
  | { readonly kind: 'good'; readonly sentence: string }
  | { readonly kind: 'wrong'; readonly why: string }

export function checkNeed(typed: string): CheckedNeed {
  const sentence = typed.replace(/\s+/g, ' ').trim()
  const wrong = (why: string): CheckedNeed => ({ kind: 'wrong', why })
  if (sentence === '') return wrong('the sentence is empty; write one, or take it back')
  const length = [...sentence].length
  if (length > NEED_LENGTH_MAX)
    return wrong(`the sentence has ${length} characters; shorten it to ${NEED_LENGTH_MAX}`)
  if (/[\p{Cc}\p{Cs}]/u.test(sentence)) return wrong('the sentence holds a control character; take it out')
  if (/<[a-z/!?]|&(#\d+|#x[\da-f]+|[a-z]+);|\]\(|\*\*/i.test(sentence))
    return wrong('the sentence holds markup; write plain text, it is set into the page as it is')
  for (const [, name = ''] of sentence.matchAll(/\{([^{}]*)\}/g)) {
    if (!needPlaceholders.includes(name)) {
      const known = needPlaceholders.map((one) => `{${one}}`).join(', ')
      return wrong(`{${name}} stands for nothing; ${known} are filled in`)
    }
  }
  if (/[{}]/.test(sentence.replace(/\{[^{}]*\}/g, ''))) return wrong('a brace is open or too many; mend it')
  return { kind: 'good', sentence }
}

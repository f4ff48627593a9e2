// What is wrong with a request, as a sentence about the field. Comes in: an issue as zod reports it. Goes out: words for
// the developer who sends it. Messages of our own schemas begin with "must" or "needs" and go on from the field's name.

import type { z } from '@hono/zod-openapi'

type Issue = z.core.$ZodIssue

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

export function sayIssue(issue: Issue): string {
  const field = issue.path.join('.')
  const subject = field === '' ? 'the body' : field
  if (issue.code === 'invalid_type') {
    if (/received undefined$/.test(issue.message)) return `${subject} is missing`
    return `${subject} must be ${kinds[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'too_small') return `${subject} ${boundOf(issue.origin, 'at least', issue.minimum)}`
  if (issue.code === 'too_big') return `${subject} ${boundOf(issue.origin, 'at most', issue.maximum)}`
  if (issue.code === 'unrecognized_keys')
    return `${subject} has a field that is not known: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_value') return `${subject} must be one of ${issue.values.join(', ')}`
  return /^(must|needs|is) /.test(issue.message)
    ? `${subject} ${issue.message}`
    : `${subject}: ${issue.message}`
}

function boundOf(origin: string, most: 'at least' | 'at most', bound: number | bigint): string {
  if (origin === 'string') return bound === 1 ? 'is empty' : `must have ${most} ${bound} characters`
  if (origin === 'array') return `must have ${most} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
  return `must be ${most} ${bound}`
}

// The table of errors and its page say the same.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { errorTable } from '../src/domain/errors.ts'

test('every error code is in docs/errors.md, and every code there is in the table', () => {
  const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])
  assert.deepEqual(documented.toSorted(), Object.keys(errorTable).toSorted())
})

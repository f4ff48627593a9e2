// Candidates of one line with the scores that a test names, best first as it names them; each costs the same.

import type { Candidate } from '../src/next/candidate.ts'
import { tinyProduct } from './tiny-plan.ts'

export function candidatesOf(
  scores: Readonly<Record<string, number>>,
  anchor = 'machine',
  priceMinor = 1400,
): readonly Candidate[] {
  return Object.entries(scores).map(([id, score]) => ({
    product: tinyProduct(id, priceMinor),
    anchor: tinyProduct(anchor, 40_000),
    relation: 'complete',
    ...{ need: 'Goes with it.', reason: 'Bought together.', evidence: null, score, windows: [], set: false },
  }))
}

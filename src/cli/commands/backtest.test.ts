import assert from 'node:assert/strict'
import test from 'node:test'
import { type MethodName, methodNames } from '../../measuring/backtest.ts'
import type { MethodScores } from '../../measuring/score-sheet.ts'
import { sayOutcome } from './backtest.ts'

function scores(hits: Readonly<Partial<Record<MethodName, number>>>): Record<MethodName, MethodScores> {
  const rates = methodNames.map((name) => {
    const rate = hits[name] ?? 0
    const score: MethodScores = {
      hitRateAt1: rate,
      hitRateAt2: rate,
      precisionAt2: rate,
      recallAt10: rate,
      ndcgAt10: rate,
      hitRateAt2Low: rate,
      hitRateAt2High: rate,
    }
    return [name, score] as const
  })
  return Object.fromEntries(rates) as Record<MethodName, MethodScores>
}

const methods = scores({ ranking: 0.54, aftercart: 0.423, popularity: 0.15, confidence: 0.452, llr: 0.3 })

test('the outcome of a backtest is a sentence first, against best sellers and the best plain method', () => {
  assert.equal(
    sayOutcome({ question: 'completion', queries: 6564, methods }),
    'Of 6,564 orders, 42 % held one of the two products that Aftercart would have offered beside one of their others; ' +
      'best sellers 15 %, the best plain method (confidence) 45 %.\n' +
      "Without the rules of an offer (price, moment, no other forms) Aftercart's ranking reaches 54 %.",
  )
})

test('each question of a backtest has a sentence of its own, and no order asked is said as that', () => {
  const said = (['completion', 'leave-one-out', 'next-order'] as const).map((question) =>
    sayOutcome({ question, queries: 1, methods }),
  )
  assert.equal(new Set(said).size, 3)
  for (const sentence of said) assert.match(sentence, /^Of 1 order[ ,]/)
  assert.match(sayOutcome({ question: 'completion', queries: 0, methods }), /--split-at/)
})

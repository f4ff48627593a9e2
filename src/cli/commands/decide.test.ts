import assert from 'node:assert/strict'
import test from 'node:test'
import type { Decision } from '../../domain/decision.ts'
import { droppedProducts } from './decide.ts'

test('a product is told once, by the rule where it came furthest, and not at all where another line offers it', () => {
  const dropped = [
    { product: 'green', anchor: 'roses', rule: 'over-price-ceiling', detail: 'too dear' },
    { product: 'plate', anchor: 'roses', rule: 'wrong-window', detail: 'later' },
    { product: 'plate', anchor: 'pink', rule: 'outranked', detail: 'weaker' },
  ] as const
  const picks = [{ product: 'green' }] as unknown as Decision['picks']
  assert.deepEqual(droppedProducts({ picks, dropped } as unknown as Decision), [dropped[2]])
})

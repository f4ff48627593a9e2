import assert from 'node:assert/strict'
import test from 'node:test'
import type { HoldOutTerm } from '../domain/hold-out-term.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { TrialCustomersFilter } from '../ports/trial-store.ts'
import { effectOnWorth, readSides } from './effect-on-worth.ts'

const LAST_DAY = 20_000
const toMs = (LAST_DAY + 1 - 90) * DAY_MS

async function askedWith(terms: readonly HoldOutTerm[]) {
  const asked: TrialCustomersFilter[] = []
  const store = {
    holdOutTerms: async () => terms,
    listTrialCustomers: async (filter: TrialCustomersFilter) => {
      asked.push(filter)
      return [
        { customerId: 'ada', variation: 'held-out' },
        { customerId: 'bob', variation: 'offered' },
      ]
    },
  }
  return { sides: await readSides(LAST_DAY, { store }), asked }
}

test('the sides are of the term that runs: none of a hold-out that was turned off, none before the share was changed', async () => {
  const known = await askedWith([{ fromMs: 0, share: 0.1 }])
  assert.deepEqual(known.sides, { offered: ['bob'], heldOut: ['ada'] })
  assert.deepEqual([known.asked[0]?.fromMs, known.asked[0]?.toMs], [0, toMs])
  const changed = await askedWith([
    { fromMs: 0, share: 0.1 },
    { fromMs: toMs + 5, share: 0.2 },
  ])
  assert.equal(changed.asked[0]?.fromMs, toMs + 5)
  const off = await askedWith([
    { fromMs: 0, share: 0.1 },
    { fromMs: 5, share: 0 },
  ])
  assert.deepEqual(off, { sides: { offered: [], heldOut: [] }, asked: [] })
})

test('below 150 customers on a side nothing is told, and what it takes is', () => {
  const few = effectOnWorth(
    new Float64Array(299).fill(1),
    Int32Array.from({ length: 299 }, (_, at) => 1 + (at % 2)),
  )
  assert.ok(few.kind === 'not-yet')
  assert.match(
    few.because,
    /^150 customers who were offered something and 149 of the hold-out .* it takes 150 of each$/,
  )
  const alike = effectOnWorth(
    new Float64Array(400).fill(1),
    Int32Array.from({ length: 400 }, (_, at) => 1 + (at % 2)),
  )
  assert.ok(alike.kind === 'not-yet', 'who all are worth the same have no spread to go by')
})

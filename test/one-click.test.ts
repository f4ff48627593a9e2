// The real acceptance over the real store, between models of a provider and a shop that lose, delay and repeat calls and
// are down for a day, in processes that are killed anywhere. See docs/reliability.md; `bench/one-click.ts` runs more
// seeds and replays one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaySeed, runSeeds } from './one-click/run-seeds.ts'

/** Some four minutes on two cores; `bench/one-click.ts` runs as many as one likes. */
const SEEDS = 20_000

test('whatever is lost, late, repeated or killed: one charge at most, as shown, and only with its line', async () => {
  const tally = await runSeeds(0, SEEDS)
  assert.equal(tally.seeds, SEEDS)
  assert.deepEqual(tally.violations, {})
  // The seeds reach every end and every fault, or they would show nothing.
  const ends = ['completed', 'declined', 'rejected', 'void', 'expired', 'refunded', 'undone', 'reversed']
  for (const end of [...ends, 'needs-attention']) assert.ok((tally.outcomes[end] ?? 0) > 0, end)
  for (const [fault, count] of Object.entries(tally.counts)) assert.ok(count >= 1000, `${fault}: ${count}`)
})

test('a payment that is made and confirmed in one call leaves money reserved that nobody gives back, and is found', async () => {
  const { violations } = await runSeeds(0, 400, 'one-call')
  assert.ok((violations['money still reserved']?.length ?? 0) > 0)
})

test('without the audits lines stay that nobody paid for, and they are found', async () => {
  const { violations } = await runSeeds(0, 1500, 'no-audit')
  assert.ok((violations['line, not charged']?.length ?? 0) > 0)
})

test('the same seed gives the same run, event by event', async () => {
  for (const seed of [7, 45, 722]) {
    const [first, second]: [string[], string[]] = [[], []]
    await replaySeed(seed, 'none', (line) => first.push(line))
    await replaySeed(seed, 'none', (line) => second.push(line))
    assert.ok(first.length > 10)
    assert.deepEqual(first, second)
  }
})

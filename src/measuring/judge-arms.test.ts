import assert from 'node:assert/strict'
import test from 'node:test'
import { type ArmChange, type ArmRecord, type ArmState, REST_DAYS } from '../domain/arm.ts'
import { DAY_MS } from '../domain/instant.ts'
import { judgeArms, SHOWN_MIN } from './judge-arms.ts'
import { recordsOf } from './reweigh-arms.ts'

const nowMs = 1_000 * DAY_MS
const place = (addOn: string) => ({ placement: 'thank-you', anchor: 'machine', addOn }) as const
const record = (addOn: string, shown: number, taken: number): ArmRecord => ({
  ...place(addOn),
  ...{ relation: 'complete', shown, taken },
})
const said = (
  addOn: string,
  state: ArmState,
  daysAgo: number,
  source: 'machine' | 'owner' = 'machine',
): ArmChange => ({
  ...place(addOn),
  ...{ sequence: 1, state, atMs: nowMs - daysAgo * DAY_MS, source, because: 'before' },
})

function judged(
  records: readonly ArmRecord[],
  latest: readonly ArmChange[] = [],
): Readonly<Record<string, ArmState>> {
  const facts = { records, latest, priceOf: () => 1400, titleOf: (id: string) => id.toUpperCase(), nowMs }
  return Object.fromEntries(judgeArms(facts).map(({ addOn, state }) => [addOn, state]))
}

const known = (...addOns: string[]) => addOns.map((addOn) => said(addOn, 'live', 10))

test('a clear winner is promoted and a clear loser rests, each with its figures', () => {
  const records = [record('a', 2000, 160), record('b', 2000, 60)]
  assert.deepEqual(judged(records, known('a', 'b')), { a: 'promoted', b: 'rested' })
  const [first] = judgeArms({
    records,
    latest: known('a', 'b'),
    priceOf: () => 1,
    titleOf: (id) => id,
    nowMs,
  })
  assert.equal(
    first?.because,
    'taken by 160 of 2000 against taken by 60 of 2000 of b; with over 99.9 % certainty it earns most here',
  )
})

test('nothing is judged on fewer showings than a hundred, nor where the two are close', () => {
  assert.deepEqual(
    judged([record('a', SHOWN_MIN - 1, 30), record('b', SHOWN_MIN - 1, 0)], known('a', 'b')),
    {},
  )
  assert.deepEqual(judged([record('a', 2000, 82), record('b', 2000, 78)], known('a', 'b')), {})
})

test('a promoted arm that another catches up with competes again', () => {
  const latest = [said('a', 'promoted', 30), ...known('b')]
  assert.equal(judged([record('a', 900, 30), record('b', 900, 50)], latest).a, 'live')
})

test('an arm that rested long enough is tried again; one that the owner let rest, and one he brought back, are left alone', () => {
  const records = [record('a', 2000, 160), record('b', 2000, 60)]
  assert.equal(judged(records, [...known('a'), said('b', 'rested', REST_DAYS)]).b, 'live')
  assert.equal(judged(records, [...known('a'), said('b', 'rested', REST_DAYS, 'owner')]).b, undefined)
  assert.equal(judged(records, [...known('a'), said('b', 'live', 10, 'owner')]).b, undefined)
})

test('a retired arm is neither judged nor in the way of the others, and is tried again when its rest is over', () => {
  const records = [record('a', 2000, 160), record('b', 2000, 60), record('c', 2000, 400)]
  const latest = (days: number) => [...known('a', 'b'), said('c', 'retired', days)]
  assert.deepEqual(judged(records, latest(REST_DAYS - 1)), { a: 'promoted', b: 'rested' })
  assert.equal(judged(records, latest(REST_DAYS)).c, 'live')
})

test('a new arm is noted once, when it was shown for the first time', () => {
  assert.deepEqual(judged([record('a', 500, 20), record('b', 3, 0)], known('a')), { b: 'live' })
})

test('old weeks count less: a showing of 69 days ago counts half', () => {
  const week = { ...place('a'), relation: 'complete', taken: 10, shown: 100 } as const
  const [now, old] = [0, 10].map((weeksAgo) => recordsOf([{ ...week, weeksAgo }])[0]?.shown ?? 0)
  // 0.99 ^ 70 = 0.4948
  assert.ok(Math.abs((old ?? 0) / (now ?? 1) - 0.4948) < 1e-4)
})

test('in follow-ups what completes is not judged against what comes next: no message brings both', () => {
  const inFollowUps = (
    addOn: string,
    shown: number,
    taken: number,
    relation: ArmRecord['relation'],
  ): ArmRecord => ({
    ...{ placement: 'follow-up', anchor: 'machine', addOn, relation, shown, taken },
  })
  const records = [
    inFollowUps('cleaner', 2000, 400, 'complete'),
    inFollowUps('grinder', 2000, 80, 'extend'),
    inFollowUps('kettle', 2000, 20, 'extend'),
  ]
  assert.deepEqual(judged(records), { grinder: 'promoted', kettle: 'rested' })
  const onePage = records.map((one) => ({ ...one, placement: 'thank-you' }) as const)
  assert.deepEqual(judged(onePage), { cleaner: 'promoted', grinder: 'rested', kettle: 'rested' })
})

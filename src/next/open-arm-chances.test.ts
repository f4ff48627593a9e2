import assert from 'node:assert/strict'
import test from 'node:test'
import { candidatesOf } from '../../test/arm-candidates.ts'
import type { ArmRecord, ArmState } from '../domain/arm.ts'
import { FLOOR } from '../stats/thompson-sampling.ts'
import { armKey } from './arm-key.ts'
import { openArmChances } from './open-arm-chances.ts'

const place = (addOn: string) => ({ placement: 'thank-you', anchor: 'machine', addOn }) as const
const record = (addOn: string, shown: number, taken: number): ArmRecord => ({
  ...place(addOn),
  ...{ relation: 'complete', shown, taken },
})
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function chancesWith(records: readonly ArmRecord[], states: Readonly<Record<string, ArmState>> = {}) {
  const byKey = new Map(Object.entries(states).map(([addOn, state]) => [armKey(place(addOn)), state]))
  return openArmChances({ records, states: byKey })('thank-you', candidatesOf({ a: 0.3, b: 0.2, c: 0.15 }))
}

test('before anybody saw them, arms are tried in the sequence of the ranking, each with at least the floor', () => {
  const [a = 0, b = 0, c = 0] = chancesWith([])
  assert.ok(a > b && b > c && c >= FLOOR, `${a} ${b} ${c}`)
  assert.ok(Math.abs(sum([a, b, c]) - 1) < 1e-9)
})

test('what shoppers take overrules the ranking, and the fallen leader keeps its floor', () => {
  const chances = chancesWith([record('a', 1000, 20), record('b', 1000, 80), record('c', 1000, 20)])
  assert.ok((chances[1] ?? 0) > 0.97, `${chances}`)
  assert.ok((chances[0] ?? 0) >= FLOOR && (chances[0] ?? 0) < 0.02)
})

test('a dearer add-on may be taken less often and still be chosen', () => {
  const [cheap, dear] = [candidatesOf({ cheap: 0.2 }), candidatesOf({ dear: 0.2 }, 'machine', 2800)]
  const chances = openArmChances({
    records: [record('cheap', 2000, 100), record('dear', 2000, 80)],
    states: new Map(),
  })('thank-you', [...cheap, ...dear])
  assert.ok((chances[1] ?? 0) > 0.95, `${chances}`)
})

test('what rests is never shown, a promoted arm leaves the others their floor, and where all rest the ranking counts', () => {
  assert.equal(chancesWith([], { a: 'rested' })[0], 0)
  assert.deepEqual(chancesWith([], { b: 'promoted' }), [FLOOR, 1 - 2 * FLOOR, FLOOR])
  assert.deepEqual(chancesWith([], { a: 'rested', b: 'rested', c: 'rested' }), [1, 0, 0])
})

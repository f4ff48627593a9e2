import assert from 'node:assert/strict'
import test from 'node:test'
import { drafted, jamWithBread } from '../../test/store/experiment-samples.ts'
import { checkExperiment, type WrittenExperiment } from './check-experiment.ts'
import type { VariationChange } from './experiment.ts'

const control = { id: 'control', name: 'As it is', share: 0.5, change: { kind: 'nothing' } } as const
const good = drafted('jam', jamWithBread)
const trying = (...changes: readonly VariationChange[]): WrittenExperiment => ({
  ...good,
  variations: [
    { ...control, share: 1 / (changes.length + 1) },
    ...changes.map((change, i) => ({ id: `v${i}`, name: `V${i}`, share: 1 / (changes.length + 1), change })),
  ],
})
const fieldOf = (written: WrittenExperiment): string => {
  const checked = checkExperiment(written, 5)
  return checked.kind === 'wrong' ? checked.field : 'none'
}

test('what was written becomes a draft, trimmed, whatever state the writer gave it', () => {
  const written = { ...good, name: ' Jam ', state: 'running', version: 7, adopted: 'tried' }
  const checked = checkExperiment(written, 5)
  assert.deepEqual(checked, { kind: 'good', experiment: { ...good, name: 'Jam', createdAtMs: 5 } })
})

test('each field that is wrong is named', () => {
  const wrongs: readonly [Partial<WrittenExperiment>, string][] = [
    [{ id: 'Jam' }, 'id'],
    [{ id: 'x'.repeat(61) }, 'id'],
    [{ id: 'hold-out' }, 'id'],
    [{ name: '  ' }, 'name'],
    [{ hypothesis: '' }, 'hypothesis'],
    [{ smallestEffect: 0 }, 'smallestEffect'],
    [{ smallestEffect: Number.NaN }, 'smallestEffect'],
    [{ variations: [] }, 'variations'],
    [{ variations: [{ ...control, share: 0.999 }] }, 'variations'],
    [{ variations: [...good.variations].reverse() }, 'variations'],
    [{ variations: good.variations.map((one) => ({ ...one, share: 0.4 })) }, 'variations'],
    [
      { variations: good.variations.map((one, i) => ({ ...one, share: [1.5, -0.5][i] ?? 0 })) },
      'variations.0.share',
    ],
    [{ variations: [control, { ...control, change: jamWithBread }] }, 'variations.1.id'],
  ]
  for (const [change, field] of wrongs) assert.equal(fieldOf({ ...good, ...change }), field)
})

test('ranges of what a variation changes are kept, at their ends too', () => {
  const fine: readonly VariationChange[] = [
    jamWithBread,
    { kind: 'need', anchor: null, addOn: 'jam', sentence: 'Goes with {anchor}.' },
    { kind: 'discount', addOn: null, percent: 50 },
    { kind: 'placement-off', placement: 'thank-you' },
    { kind: 'timing', flow: 'refill', days: -14 },
  ]
  for (const change of fine) assert.equal(fieldOf(trying(change)), 'none', change.kind)
  const wrongs: readonly [VariationChange, string][] = [
    [{ kind: 'pairing', anchor: 'jam', addOn: 'jam' }, 'variations.1.change.addOn'],
    [{ kind: 'need', anchor: null, addOn: 'jam', sentence: '<b>Goes</b>' }, 'variations.1.change.sentence'],
    [
      { kind: 'need', anchor: null, addOn: 'jam', sentence: 'Lasts {days} days' },
      'variations.1.change.sentence',
    ],
    [{ kind: 'discount', addOn: null, percent: 50.1 }, 'variations.1.change.percent'],
    [{ kind: 'discount', addOn: null, percent: 0 }, 'variations.1.change.percent'],
    [{ kind: 'timing', flow: 'refill', days: 15 }, 'variations.1.change.days'],
    [{ kind: 'timing', flow: 'refill', days: 0 }, 'variations.1.change.days'],
  ]
  for (const [change, field] of wrongs) assert.equal(fieldOf(trying(change)), field)
})

test('one experiment asks one question: its variations change the same thing, each in its own way', () => {
  const butter = { ...jamWithBread, addOn: 'butter' } as VariationChange
  assert.equal(fieldOf(trying(jamWithBread, butter)), 'none')
  assert.equal(fieldOf(trying(jamWithBread, jamWithBread)), 'variations')
  assert.equal(fieldOf(trying(jamWithBread, { kind: 'nothing' })), 'variations')
  assert.equal(fieldOf(trying(jamWithBread, { kind: 'discount', addOn: 'jam', percent: 5 })), 'variations')
  assert.equal(
    fieldOf(trying(jamWithBread, { kind: 'pairing', anchor: 'rolls', addOn: 'jam' })),
    'variations',
  )
  const five = [2, 4, 6, 8, 10].map((percent) => ({ kind: 'discount', addOn: null, percent }) as const)
  assert.equal(fieldOf(trying(...five)), 'variations')
})

test('a need sentence is kept as it will be shown, white space folded', () => {
  const checked = checkExperiment(
    trying({ kind: 'need', anchor: null, addOn: 'jam', sentence: ' Sweet\n and red ' }),
    5,
  )
  assert.ok(checked.kind === 'good')
  assert.deepEqual(checked.experiment.variations[1]?.change, {
    kind: 'need',
    anchor: null,
    addOn: 'jam',
    sentence: 'Sweet and red',
  })
})

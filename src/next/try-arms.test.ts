import assert from 'node:assert/strict'
import test from 'node:test'
import { candidatesOf } from '../../test/arm-candidates.ts'
import { openArmChances } from './open-arm-chances.ts'
import { ARMS_MAX, tryArms } from './try-arms.ts'

const even = (_: unknown, arms: readonly unknown[]) => arms.map(() => 1 / arms.length)

test('the candidate into whose chance the number falls comes first, with that chance, and the rest keeps its order', () => {
  const ranked = candidatesOf({ a: 0.3, b: 0.2, c: 0.15 })
  const chances = () => [0.5, 0.3, 0.2]
  for (const [at, first, propensity] of [
    [0, 'a', 0.5],
    [0.49, 'a', 0.5],
    [0.5, 'b', 0.3],
    [0.79, 'b', 0.3],
    [0.8, 'c', 0.2],
    [0.999999, 'c', 0.2],
  ] as const) {
    const tried = tryArms(ranked, 'thank-you', { chances, at })
    assert.deepEqual([tried.ranked[0]?.product.id, tried.propensity], [first, propensity])
    assert.deepEqual(
      tried.ranked.slice(1).map(({ product }) => product.id),
      ['a', 'b', 'c'].filter((id) => id !== first),
    )
  }
})

test('only candidates of the leading line take part, and none that is wanted less than a third as often', () => {
  const others = candidatesOf({ z: 0.29 }, 'other-line')
  const ranked = [...candidatesOf({ a: 0.3 }), ...others, ...candidatesOf({ b: 0.1, c: 0.09 })]
  let asked: readonly string[] = []
  tryArms(ranked, 'thank-you', {
    at: 0,
    chances: (_, arms) => {
      asked = arms.map(({ product }) => product.id)
      return even(_, arms)
    },
  })
  assert.deepEqual(asked, ['a', 'b'])
})

test('a refill keeps its place, and a single candidate is certain', () => {
  const refills = candidatesOf({ beans: 0.3, pads: 0.29 }).map((one) => ({
    ...one,
    relation: 'refill' as const,
  }))
  for (const ranked of [refills, candidatesOf({ a: 0.3 }), []])
    assert.deepEqual(tryArms(ranked, 'thank-you', { chances: even, at: 0.99 }), { ranked, propensity: 1 })
})

test('over many orders each arm is shown as often as its logged chance says', () => {
  const scores = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`p${index}`, 0.3 - index / 100]))
  const ranked = candidatesOf(scores)
  const chances = openArmChances({ records: [], states: new Map() })
  const shown = new Map<string, { times: number; propensity: number }>()
  const draws = 10_000
  for (let draw = 0; draw < draws; draw++) {
    const tried = tryArms(ranked, 'thank-you', { chances, at: (draw + 0.5) / draws })
    const id = tried.ranked[0]?.product.id ?? ''
    const known = shown.get(id) ?? { times: 0, propensity: tried.propensity }
    assert.equal(known.propensity, tried.propensity)
    shown.set(id, { ...known, times: known.times + 1 })
  }
  assert.equal(shown.size, ARMS_MAX)
  let all = 0
  for (const { times, propensity } of shown.values()) {
    assert.ok(Math.abs(times / draws - propensity) < 2 / draws, `${times} of ${draws} against ${propensity}`)
    all += propensity
  }
  assert.ok(Math.abs(all - 1) < 1e-9)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '../stats/seeded-random.ts'
import { evaluateLoggedChoices, type PolicyEvaluation } from './evaluate-policy.ts'
import { type LogRow, layOver, type NewPolicy } from './new-policy.ts'

/** Three picks of 10, 30 and 20 %, made with chances .5, .2 and .3. */
const rates = { tea: 0.1, cup: 0.3, spoon: 0.2 } as const
const chances = { tea: 0.5, cup: 0.2, spoon: 0.3 } as const

function loggedRows(rows: number, seed = 3): LogRow[] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => {
    const draw = random()
    const action = draw < 0.5 ? 'tea' : draw < 0.7 ? 'cup' : 'spoon'
    const reward = random() < rates[action] ? 1 : 0
    return { action, propensity: chances[action], reward, candidates: null, newPropensity: null }
  })
}

function evaluate(policy: NewPolicy, rows: readonly LogRow[]): Promise<PolicyEvaluation> {
  const { choices, refused } = layOver(policy, rows, seededRandom(2))
  assert.deepEqual(refused, [])
  return evaluateLoggedChoices(choices, { random: seededRandom(1) })
}

test('uniform, greedy and weighted policies are worth what they are, by every estimate that needs no luck', async () => {
  const weights = new Map([
    ['tea', 1],
    ['cup', 3],
  ])
  for (const [policy, value] of [
    [{ kind: 'uniform' }, 0.2],
    [{ kind: 'greedy' }, 0.3],
    [{ kind: 'weights', weights }, 0.25],
  ] as const) {
    const { answer } = await evaluate(policy, loggedRows(20_000))
    assert.ok(answer.kind === 'estimated')
    for (const estimate of [answer.ips, answer.snips, answer.doublyRobust]) {
      assert.ok(
        estimate !== null && estimate.low < value && value < estimate.high,
        `${policy.kind}: ${value}`,
      )
    }
    const logged = 0.5 * 0.1 + 0.2 * 0.3 + 0.3 * 0.2
    assert.ok(answer.gain.by === 'doubly-robust')
    assert.ok(answer.gain.low < value - logged && value - logged < answer.gain.high)
  }
})

test('a gain that is nothing is not found in more than one of ten logs of equal picks', async () => {
  let found = 0
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed)
    const rows = loggedRows(2000, seed).map((row) => ({ ...row, reward: random() < 0.1 ? 1 : 0 }))
    // Greedy by its own luck: learnt on the other half, it has none here.
    const { answer } = await evaluate({ kind: 'greedy' }, rows)
    assert.ok(answer.kind === 'estimated')
    if (answer.gain.low > 0) found += 1
  }
  assert.ok(found <= 4, `${found} of 40`)
})

test('each choice has its own candidates: uniform over two of three is a half', () => {
  const rows = [
    { action: 'cup', propensity: 0.4, reward: 1, candidates: ['cup', 'tea'], newPropensity: null },
  ]
  const { choices } = layOver({ kind: 'uniform' }, rows, seededRandom(2))
  assert.equal(choices[0]?.newPropensity, 0.5)
})

test('without predictions there is no estimate by a model, and the gain is that of SNIPS', async () => {
  const rows = loggedRows(4000).map((row) => ({ ...row, newPropensity: 1 / 3 }))
  const { answer } = await evaluate({ kind: 'logged' }, rows)
  assert.ok(answer.kind === 'estimated')
  assert.equal(answer.directMethod, null)
  assert.equal(answer.doublyRobust, null)
  assert.equal(answer.gain.by, 'snips')
})

test('rows that a policy cannot be laid over are refused with the reason', () => {
  const row = { action: 'cup', propensity: 0.4, reward: 1, candidates: ['tea'], newPropensity: null }
  assert.match(
    layOver({ kind: 'uniform' }, [row], seededRandom(2)).refused[0]?.reason ?? '',
    /not among its candidates/,
  )
  const own = { ...row, candidates: ['cup'] }
  assert.match(
    layOver({ kind: 'logged' }, [own], seededRandom(2)).refused[0]?.reason ?? '',
    /new policy is missing/,
  )
  const none = layOver({ kind: 'weights', weights: new Map([['tea', 1]]) }, [own], seededRandom(2))
  assert.match(none.refused[0]?.reason ?? '', /none of the candidates/)
})

test('of too few choices that tell something there is no estimate, but the reason and what was earned', async () => {
  const { answer, logged, decisions } = await evaluate({ kind: 'greedy' }, loggedRows(300))
  assert.ok(answer.kind === 'refused')
  assert.match(answer.reason, /200 are needed/)
  assert.equal(decisions, 300)
  assert.ok(logged.mean > 0.1 && logged.mean < 0.25)
})

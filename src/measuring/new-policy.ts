// Another policy, laid over logged choices: with which chance would it have made the same pick? Comes in: the rows of a log
// and the policy. Goes out: what evaluate-policy.ts asks for, with predictions by a model. The model is the mean reward of
// each action, pulled to that of all, and is learnt on the other half of the log, so that no choice is judged by a model
// that knows its outcome; `greedy` picks by the same model. What can go wrong: a row that the policy cannot be laid over
// is refused with its reason.

import type { Random } from '../stats/seeded-random.ts'
import type { LoggedChoice } from './evaluate-policy.ts'

export type LogRow = {
  readonly action: string
  readonly propensity: number
  readonly reward: number
  /** What could have been picked; `null` where the log does not tell: then everything that it ever picked. */
  readonly candidates: readonly string[] | null
  /** Of the other policy: of the pick that was made, where the log tells. */
  readonly newPropensity: number | null
}

export type NewPolicy =
  /** The log's own column. */
  | { readonly kind: 'logged' }
  | { readonly kind: 'uniform' }
  /** Always the candidate of the largest mean reward. */
  | { readonly kind: 'greedy' }
  /** Candidates by these weights; those that have none are never picked. */
  | { readonly kind: 'weights'; readonly weights: ReadonlyMap<string, number> }

export type LaidOver = {
  readonly choices: readonly LoggedChoice[]
  /** `row`: from 1, of the rows that were given. */
  readonly refused: readonly { readonly row: number; readonly reason: string }[]
}

/** As many choices of mean reward each action starts with. */
const PULL = 50

type Model = (action: string) => number

export function layOver(policy: NewPolicy, rows: readonly LogRow[], random: Random): LaidOver {
  const actions = [...new Set(rows.map(({ action }) => action))].sort()
  // Each half predicts the other. Which row is in which is drawn: logs have rhythms.
  const halves = Uint8Array.from(rows, () => (random() < 0.5 ? 0 : 1))
  const models = [1, 0].map((half) => modelOf(rows.filter((_, place) => halves[place] === half)))
  const choices: LoggedChoice[] = []
  const refused: { row: number; reason: string }[] = []
  for (const [place, row] of rows.entries()) {
    const model = models[halves[place] ?? 0] ?? (() => 0)
    const found = chooseOver(policy, row, row.candidates ?? actions, model)
    if (typeof found === 'string') refused.push({ row: place + 1, reason: found })
    else choices.push(found)
  }
  return { choices, refused }
}

function modelOf(rows: readonly LogRow[]): Model {
  const sums = new Map<string, { reward: number; rows: number }>()
  let [reward, count] = [0, 0]
  for (const row of rows) {
    const known = sums.get(row.action) ?? { reward: 0, rows: 0 }
    sums.set(row.action, { reward: known.reward + row.reward, rows: known.rows + 1 })
    reward += row.reward
    count += 1
  }
  const mean = count > 0 ? reward / count : 0
  return (action) => {
    const known = sums.get(action)
    return known === undefined ? mean : (known.reward + PULL * mean) / (known.rows + PULL)
  }
}

function chooseOver(
  policy: NewPolicy,
  { action, propensity, reward, newPropensity }: LogRow,
  among: readonly string[],
  model: Model,
): LoggedChoice | string {
  if (!among.includes(action)) return 'the pick is not among its candidates'
  if (policy.kind === 'logged') {
    if (newPropensity === null) return 'the chance under the new policy is missing'
    return { propensity, reward, newPropensity }
  }
  const chances = chancesOf(policy, among, model)
  if (chances === null) return 'the policy picks none of the candidates'
  let predictedUnderNew = 0
  for (const [candidate, chance] of chances) predictedUnderNew += chance * model(candidate)
  return {
    propensity,
    reward,
    newPropensity: chances.get(action) ?? 0,
    predictedReward: model(action),
    predictedUnderNew,
  }
}

function chancesOf(
  policy: Exclude<NewPolicy, { kind: 'logged' }>,
  among: readonly string[],
  model: Model,
): ReadonlyMap<string, number> | null {
  if (policy.kind === 'uniform') return new Map(among.map((candidate) => [candidate, 1 / among.length]))
  if (policy.kind === 'greedy') {
    let best = among[0] ?? ''
    for (const candidate of among) if (model(candidate) > model(best)) best = candidate
    return new Map([[best, 1]])
  }
  const total = among.reduce((sum, candidate) => sum + (policy.weights.get(candidate) ?? 0), 0)
  if (!(total > 0)) return null
  return new Map(among.map((candidate) => [candidate, (policy.weights.get(candidate) ?? 0) / total]))
}

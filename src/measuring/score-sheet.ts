// Collects how each method did on each query and sums it up: means, bootstrap intervals over queries, and the paired
// lead of one method over the others, resampled with the same draws so that luck of the queries cancels out.

import { bootstrapMean, bootstrapPairedDifference } from '../stats/bootstrap-interval.ts'
import { hitAt, ndcgAt, precisionAt, recallAt } from '../stats/ranking-metrics.ts'
import type { Random } from '../stats/seeded-random.ts'

/** Rates in [0, 1]; low and high are the ends of a 95 % bootstrap interval over queries. */
export type MethodScores = {
  readonly hitRateAt1: number
  readonly hitRateAt2: number
  readonly precisionAt2: number
  readonly recallAt10: number
  readonly ndcgAt10: number
  readonly hitRateAt2Low: number
  readonly hitRateAt2High: number
}

type Lead = { readonly mean: number; readonly low: number; readonly high: number }

export type ScoreSheet<Name extends string> = {
  add(truth: ReadonlySet<number>, answers: Readonly<Record<Name, readonly number[]>>): void
  summarise<Leader extends Name>(
    leader: Leader,
    random: Random,
  ): {
    readonly methods: Readonly<Record<Name, MethodScores>>
    readonly lead: Readonly<Record<Exclude<Name, Leader>, Lead>>
  }
}

type Column = { hit1: number[]; hit2: number[]; precision2: number[]; recall10: number[]; ndcg10: number[] }

export function openScoreSheet<Name extends string>(names: readonly Name[]): ScoreSheet<Name> {
  const columns = new Map<Name, Column>(
    names.map((name) => [name, { hit1: [], hit2: [], precision2: [], recall10: [], ndcg10: [] }]),
  )
  return {
    add(truth, answers) {
      for (const [name, column] of columns) {
        const ranked = answers[name]
        column.hit1.push(hitAt(ranked, truth, 1))
        column.hit2.push(hitAt(ranked, truth, 2))
        column.precision2.push(precisionAt(ranked, truth, 2))
        column.recall10.push(recallAt(ranked, truth, 10))
        column.ndcg10.push(ndcgAt(ranked, truth, 10))
      }
    },
    summarise(leader, random) {
      const hitsOf = (name: Name): readonly number[] => columns.get(name)?.hit2 ?? []
      const methods = Object.fromEntries(
        [...columns].map(([name, column]) => [name, summariseColumn(column, random)]),
      ) as Record<Name, MethodScores>
      const lead = Object.fromEntries(
        names
          .filter((name) => name !== leader)
          .map((name) => [name, bootstrapPairedDifference(hitsOf(leader), hitsOf(name), random)]),
      ) as Record<Exclude<Name, typeof leader>, Lead>
      return { methods, lead }
    },
  }
}

function summariseColumn(column: Column, random: Random): MethodScores {
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
  const hit2 = bootstrapMean(column.hit2, random)
  return {
    hitRateAt1: mean(column.hit1),
    hitRateAt2: hit2.mean,
    precisionAt2: mean(column.precision2),
    recallAt10: mean(column.recall10),
    ndcgAt10: mean(column.ndcg10),
    hitRateAt2Low: hit2.low,
    hitRateAt2High: hit2.high,
  }
}

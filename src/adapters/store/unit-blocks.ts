// What became of the units of a test, without following each of them anew: units whose windows are over for good are added up
// once, ten thousand at a time in the sequence of their first trials, and kept; only the rest is followed on the spot. Two
// processes that add up the same block find the same; the first one counts.

import { sql } from 'kysely'
import { DAY_MS } from '../../domain/instant.ts'
import type { MetricSums, UnitMoments, UnitQuestion, VariationSums } from '../../ports/measure-store.ts'
import type { StoreDatabase } from './store-database.ts'
import { type FirstTrials, firstsOf, followUnits } from './unit-queries.ts'

/** Their 99th percentile rests on a hundred; following them takes a tenth of a second. */
const UNITS_PER_BLOCK = 10_000
/** What happened on the last day of a window may be told late. */
const GRACE_MS = DAY_MS
const BEGINNING_MS = -1e14

export async function unitMoments(
  database: StoreDatabase,
  question: UnitQuestion,
  unitsPerBlock: number = UNITS_PER_BLOCK,
): Promise<UnitMoments> {
  const { untilMs, windowDays } = question
  const overMs = untilMs - windowDays * DAY_MS
  const sinceMs = question.fromMs ?? BEGINNING_MS
  // A cap of the caller's own is none of the kept ones.
  const blocks =
    question.capMinor === undefined
      ? await keptBlocks(database, question, { sinceMs, overMs, unitsPerBlock })
      : { moments: [], toMs: sinceMs }
  const rest = { fromMs: blocks.toMs, toMs: overMs + 1 }
  const moments = [...blocks.moments, await followUnits(database, question, rest)]
  const waiting = await countAssigned(database, question, {
    fromMs: Math.max(sinceMs, overMs + 1),
    toMs: untilMs,
  })
  return {
    variations: addUp(
      moments.flatMap((one) => one.variations),
      waiting,
    ),
    capMinor: moments.findLast((one) => one.capMinor !== null)?.capMinor ?? null,
    unitsInTwo: moments.reduce((sum, one) => sum + one.unitsInTwo, 0),
    sinceMs: moments.find((one) => one.sinceMs !== null)?.sinceMs ?? null,
  }
}

async function keptBlocks(
  database: StoreDatabase,
  question: UnitQuestion,
  {
    sinceMs,
    overMs,
    unitsPerBlock,
  }: { readonly sinceMs: number; readonly overMs: number; readonly unitsPerBlock: number },
): Promise<{ readonly moments: readonly UnitMoments[]; readonly toMs: number }> {
  const { experiment, windowDays, currency } = question
  const rows = await database.read
    .selectFrom('unit_blocks')
    .select(['to_ms', 'body'])
    .where('experiment', '=', experiment)
    .where('window_days', '=', windowDays)
    .where('currency', '=', currency)
    .where('since_ms', '=', sinceMs)
    .where('to_ms', '<=', overMs)
    .orderBy('to_ms')
    .execute()
  // Written by this file alone.
  const moments = rows.map((row) => JSON.parse(row.body) as UnitMoments)
  let fromMs = rows.at(-1)?.to_ms ?? sinceMs
  for (const toMs of await blockEnds(
    database,
    experiment,
    { fromMs, toMs: overMs - GRACE_MS },
    unitsPerBlock,
  )) {
    const block = await followUnits(database, question, { fromMs, toMs })
    const row = {
      ...{ experiment, window_days: windowDays, currency },
      ...{ since_ms: sinceMs, to_ms: toMs, body: JSON.stringify(block) },
    }
    await database.write((db) =>
      db
        .insertInto('unit_blocks')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    )
    moments.push(block)
    fromMs = toMs
  }
  return { moments, toMs: fromMs }
}

/** Where whole blocks end, at the end of a day. */
async function blockEnds(
  database: StoreDatabase,
  experiment: string,
  firstTrials: FirstTrials,
  unitsPerBlock: number,
): Promise<readonly number[]> {
  const { rows } = await sql<{ day: number; units: number }>`
    select from_ms / ${sql.lit(DAY_MS)} as day, count(*) as units
    from (${firstsOf(experiment, firstTrials)}) as firsts_of_units
    group by from_ms / ${sql.lit(DAY_MS)} order by day`.execute(database.read)
  const ends: number[] = []
  let units = 0
  for (const row of rows) {
    const endMs = (row.day + 1) * DAY_MS
    if (endMs > firstTrials.toMs) break
    units += row.units
    if (units < unitsPerBlock) continue
    ends.push(endMs)
    units = 0
  }
  return ends
}

async function countAssigned(
  database: StoreDatabase,
  { experiment }: UnitQuestion,
  firstTrials: FirstTrials,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ variation: string; units: number }>`
    select variation, count(*) as units
    from (${firstsOf(experiment, firstTrials)}) as firsts_of_units
    group by variation`.execute(database.read)
  return new Map(rows.map((row) => [row.variation, row.units]))
}

function addUp(parts: readonly VariationSums[], waiting: ReadonlyMap<string, number>): VariationSums[] {
  const names = [...new Set([...parts.map((part) => part.variation), ...waiting.keys()])].sort()
  return names.map((variation) => {
    const own = parts.filter((part) => part.variation === variation)
    const count = (name: 'units' | 'addOnsMinor') => own.reduce((sum, part) => sum + part[name], 0)
    const metric = (name: 'eligible' | 'bought' | 'orders' | 'spend' | 'spendUncapped' | 'before') =>
      own.reduce((sum: MetricSums, part) => addMetric(sum, part[name]), nothing)
    return {
      variation,
      ...{ assigned: count('units') + (waiting.get(variation) ?? 0), units: count('units') },
      ...{ eligible: metric('eligible'), bought: metric('bought'), orders: metric('orders') },
      ...{ spend: metric('spend'), spendUncapped: metric('spendUncapped'), before: metric('before') },
      addOnsMinor: count('addOnsMinor'),
    }
  })
}

const nothing: MetricSums = { sum: 0, squares: 0, withEligible: 0, withBefore: 0 }

function addMetric(one: MetricSums, other: MetricSums): MetricSums {
  return {
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
    withEligible: one.withEligible + other.withEligible,
    withBefore: one.withBefore + other.withBefore,
  }
}

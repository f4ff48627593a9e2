// Many seeds over the real store (SQLite, the file in memory where the machine has such a folder), shared out to worker
// threads. Goes out: a tally, the same for any number of threads.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openStore } from '../../src/adapters/store/open-store.ts'
import type { Store } from '../../src/ports/store.ts'
import type { MutantName } from './mutants.ts'
import { runSeed, type SeedResult } from './run-seed.ts'
import type { Counts, Told } from './world.ts'

export type Tally = {
  seeds: number
  readonly counts: Counts & { outages: number }
  readonly outcomes: Record<string, number>
  /** By kind: the seeds that show it. */
  readonly violations: Record<string, number[]>
}

type Share = {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly mutant: MutantName
}

export async function runSeeds(
  from: number,
  to: number,
  mutant: MutantName = 'none',
  threads = 2,
): Promise<Tally> {
  const shares = Array.from({ length: threads }, (_, place) => ({
    from: from + place,
    to,
    step: threads,
    mutant,
  }))
  const tally = emptyTally()
  for (const part of await Promise.all(shares.map(inThread))) addTally(tally, part)
  for (const seeds of Object.values(tally.violations)) seeds.sort((a, b) => a - b)
  return tally
}

/** One seed by itself, with all that happens told. */
export async function replaySeed(seed: number, mutant: MutantName, told: Told): Promise<SeedResult> {
  return await withStore((store) => runSeed(seed, 0, store, mutant, told))
}

function inThread(share: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function runShare({ from, to, step, mutant }: Share): Promise<Tally> {
  return await withStore(async (store) => {
    const tally = emptyTally()
    for (let seed = from, era = 0; seed < to; seed += step, era++) {
      addSeed(tally, await runSeed(seed, era, store, mutant))
    }
    return tally
  })
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  // What an fsync costs is not asked here.
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const dataFolder = mkdtempSync(join(parent, 'one-click-'))
  const store = await openStore({ dataFolder })
  try {
    return await work(store)
  } finally {
    await store.close()
    rmSync(dataFolder, { recursive: true })
  }
}

function emptyTally(): Tally {
  const counts = { crashes: 0, lost: 0, late: 0, duplicates: 0, stalls: 0, outages: 0 }
  return { seeds: 0, counts, outcomes: {}, violations: {} }
}

function addSeed(tally: Tally, { seed, outcome, counts, hasOutage, violations }: SeedResult): void {
  tally.seeds++
  addCounts(tally.counts, { ...counts, outages: hasOutage ? 1 : 0 })
  tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1
  for (const violation of violations) note(tally, violation, [seed])
}

function addTally(tally: Tally, part: Tally): void {
  tally.seeds += part.seeds
  addCounts(tally.counts, part.counts)
  for (const [outcome, count] of Object.entries(part.outcomes)) {
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + count
  }
  for (const [kind, seeds] of Object.entries(part.violations)) {
    note(tally, kind, seeds)
  }
}

function note(tally: Tally, kind: string, seeds: readonly number[]): void {
  tally.violations[kind] = [...(tally.violations[kind] ?? []), ...seeds]
}

function addCounts(sum: Tally['counts'], part: Tally['counts']): void {
  for (const kind of ['crashes', 'lost', 'late', 'duplicates', 'stalls', 'outages'] as const)
    sum[kind] += part[kind]
}

if (!isMainThread) parentPort?.postMessage(await runShare(workerData as Share))

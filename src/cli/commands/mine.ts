// aftercart mine: from order history and catalog to a published plan.

import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { openErasureFile } from '../../adapters/erasures/erasure-file.ts'
import { folderKeptFiles } from '../../adapters/kept-files/folder-kept-files.ts'
import { workerThreads } from '../../adapters/parallel/worker-threads.ts'
import { reapplyErasures } from '../../following-up/erase-person.ts'
import { type MineResult, minePairings } from '../../mining/mine-pairings.ts'
import { CANDIDATES_PER_ANCHOR } from '../../next/make-plan.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { countOf, formatCount, type OutputOptions, printJson } from '../output.ts'
import { openProgressBar } from '../progress-bar.ts'

export function addMineCommand(program: Command): void {
  program
    .command('mine')
    .description('find what is bought together and next, and publish it as a plan')
    .action(async (options: OutputOptions) => {
      keepYoungGenerationSmall()
      const installation = await openInstallation(options)
      try {
        const mined = await mine(installation)
        if (options.json) printJson(mined)
        else printMined(mined)
      } finally {
        await installation.close()
      }
    })
}

/**
 * V8 lets the part of its heap where objects begin grow to 96 MB while pairings stream through, though few live long.
 * At its first size mining Online Retail II peaks some 100 MB lower, in no more time. Read by V8 each time it would grow.
 */
function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

export type MineReport = MineResult['summary'] & {
  readonly planVersion: number
  readonly changes: MineResult['changes']
  readonly read: MineResult['read']
  readonly retiredArms: MineResult['retiredArms']
  readonly seconds: number
  readonly peakMemoryBytes: number
}

export async function mine(installation: Installation): Promise<MineReport> {
  const { clock, store, settings } = installation
  const startedMs = clock.nowMs()
  const history = await installation.openHistory()
  const parallel = workerThreads()
  const progress = openProgressBar(process.stderr, clock)
  try {
    const { planVersion, summary, changes, read, retiredArms } = await minePairings(settings, {
      history,
      store,
      kept: folderKeptFiles(join(installation.dataFolder, 'mined')),
      parallel,
      clock,
      progress,
    })
    // Mining read the files of the history, which know nothing of erasures.
    await reapplyErasures({ store, erasures: openErasureFile(installation.dataFolder) })
    return {
      ...summary,
      planVersion,
      changes,
      read,
      retiredArms,
      seconds: (clock.nowMs() - startedMs) / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    }
  } finally {
    progress.end()
    await parallel.close()
    // Else its memory and its temporary folder stay for as long as the process does.
    await history.close()
  }
}

export function printMined(mined: MineReport): void {
  const { pairings } = mined
  const live = pairings.complete + pairings.refill + pairings.extend
  const lines = [
    `Plan ${mined.planVersion}: ${countOf(live, 'pairing')} from ${countOf(mined.orders, 'order')} with merchandise in them.`,
    `  complete ${formatCount(pairings.complete)} · refill ${formatCount(pairings.refill)} · extend ${formatCount(pairings.extend)}`,
    `  kept out: upsell ${formatCount(pairings.upsell)}, variants, substitutes and too little evidence ${formatCount(pairings.refused)}`,
    `  each product keeps its ${CANDIDATES_PER_ANCHOR} strongest: "aftercart pairings" and the owner's page list these`,
    ...changeLines(mined.changes),
    ...readLines(mined),
    `  ${mined.seconds.toFixed(1)} s, at most ${formatCount(Math.round(mined.peakMemoryBytes / 1e6))} MB of memory`,
  ]
  if (mined.sampledOrders > 0) {
    lines.push(`  ${countOf(mined.sampledOrders, 'very large order')} counted by a sample of the products`)
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** That the first run reads all needs no reason. */
function readLines({
  planVersion,
  read: { because, notKept },
}: Pick<MineResult, 'planVersion' | 'read'>): string[] {
  return [
    ...(because === null || planVersion === 1 ? [] : [`  read the whole history: ${because}`]),
    ...(notKept === null
      ? []
      : [`  could not keep what was read (${notKept}): the next run will read all of it again`]),
  ]
}

function changeLines({ retired, added }: MineResult['changes']): string[] {
  if (retired + added === 0) return []
  return [
    `  against the plan before: ${countOf(retired, 'pairing')} retired, ${formatCount(added)} new: "aftercart pairings --retired" says why`,
  ]
}

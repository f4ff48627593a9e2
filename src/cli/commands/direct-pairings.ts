// aftercart pairings approve|veto|pin|pause|need|add|clear: the owner's hand on one pairing, heeded by running servers
// within seconds and by every later mining.

import type { Command } from 'commander'
import { directPairing, nothingSaid, type PairingDirection } from '../../deciding/direct-pairing.ts'
import { findPairing } from '../../deciding/list-pairings.ts'
import { AppError } from '../../domain/errors.ts'
import type { Relation } from '../../domain/pairing.ts'
import { instant, oneOf } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'
import { anchorLine, pairingLines } from '../pairing-lines.ts'
import { localSpeaker } from '../speaker.ts'

const pair = '<anchor> <add-on>'

export function addDirectPairings(pairings: Command): void {
  for (const [verb, status, description] of [
    ['approve', 'approved', 'offer it, whatever the orders say'],
    ['veto', 'vetoed', 'never offer it'],
    ['pin', 'pinned', 'offer it before all others of its anchor'],
  ] as const) {
    pairings
      .command(`${verb} ${pair}`)
      .description(description)
      .action((anchor: string, addOn: string, _: unknown, command: Command) =>
        direct({ anchor, addOn, status }, command),
      )
  }
  pairings
    .command(`pause ${pair}`)
    .description('do not offer it for now')
    .option('--until <ISO>', 'the pause ends by itself on this date', instant)
    .action((anchor: string, addOn: string, options: { readonly until?: number }, command: Command) =>
      direct({ anchor, addOn, status: 'paused', untilMs: options.until }, command),
    )
  pairings
    .command(`need ${pair} <sentence>`)
    .description('the sentence to show: at most 160 characters; {anchor}, {addOn} and {days} are filled in')
    .action((anchor: string, addOn: string, need: string, _: unknown, command: Command) =>
      direct({ anchor, addOn, need }, command),
    )
  pairings
    .command(`add ${pair}`)
    .description('a curated pairing of your own')
    .option(
      '--relation <relation>',
      'complete, refill or extend',
      oneOf(['complete', 'refill', 'extend']),
      'complete',
    )
    .option('--need <sentence>', 'the sentence to show')
    .action(
      (
        anchor: string,
        addOn: string,
        { relation, need }: { readonly relation: Relation; readonly need?: string },
        command: Command,
      ) => direct({ anchor, addOn, relation, need }, command),
    )
  pairings
    .command(`clear ${pair}`)
    .description('take back everything that was said about it')
    .action((anchor: string, addOn: string, _: unknown, command: Command) =>
      direct({ anchor, addOn, ...nothingSaid }, command),
    )
}

async function direct(direction: PairingDirection, command: Command): Promise<void> {
  const options = command.optsWithGlobals<OutputOptions>()
  const installation = await openInstallation(options)
  try {
    const { store, clock } = installation
    const before = await loadCurrentPlan(installation)
    const outcome = await directPairing(direction, localSpeaker('cli'), { store, plan: before, clock })
    if (outcome.kind === 'wrong') {
      const words = {
        anchor: '<anchor>',
        addOn: '<add-on>',
        need: 'the sentence',
        relation: '--relation',
        until: '--until',
      }
      throw new AppError('invalid-argument', `${words[outcome.field]}: ${outcome.why}.`)
    }
    const row = findPairing(await loadCurrentPlan(installation), direction, {
      ...installation,
      nowMs: clock.nowMs(),
    })
    if (options.json) return printJson(row)
    printLines(
      row === null
        ? ['Taken back; orders do not show this pairing.']
        : [anchorLine(row), '', ...pairingLines(row)],
    )
  } finally {
    await installation.close()
  }
}

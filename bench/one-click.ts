// Does anything go wrong between the click and the parcel? Runs the real acceptance through many seeds of faults and prints
// what was done to it, how the clicks ended and what was violated. One seed can be replayed with all that happened.
//   node bench/one-click.ts --seeds 100000 [--from 0] [--mutant one-call|no-audit] [--threads 2]
//   node bench/one-click.ts --seed 123 --trace [--mutant …]

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { type MutantName, mutants } from '../test/one-click/mutants.ts'
import { replaySeed, runSeeds } from '../test/one-click/run-seeds.ts'

const { values: given } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    mutant: { type: 'string', default: 'none' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
})
if (!isMutant(given.mutant)) throw new Error(`--mutant is one of ${Object.keys(mutants).join(', ')}`)

if (given.seed === undefined) await printTally(given.mutant)
else {
  const told = given.trace ? console.log : () => {}
  const { outcome, counts, violations } = await replaySeed(Number(given.seed), given.mutant, told)
  console.log({ seed: Number(given.seed), outcome, ...counts, violations })
}

async function printTally(mutant: MutantName): Promise<void> {
  const started = performance.now()
  const from = Number(given.from)
  const tally = await runSeeds(from, from + Number(given.seeds), mutant, Number(given.threads))
  const seconds = (performance.now() - started) / 1000
  print('seeds', tally.seeds)
  for (const [kind, count] of Object.entries(tally.counts)) print(kind, count)
  for (const [outcome, count] of Object.entries(tally.outcomes).sort((a, b) => b[1] - a[1])) {
    print(`ended: ${outcome}`, count)
  }
  const found = Object.entries(tally.violations)
  for (const [kind, seeds] of found)
    print(`VIOLATED: ${kind}`, seeds.length, `e.g. ${seeds.slice(0, 5).join(', ')}`)
  print('violations', new Set(found.flatMap(([, seeds]) => seeds)).size)
  print('seconds', Math.round(seconds))
}

function print(what: string, count: number, more: string = ''): void {
  console.log(`${what.padEnd(44)}${count.toLocaleString('en').padStart(12)}  ${more}`.trimEnd())
}

function isMutant(name: string): name is MutantName {
  return name in mutants
}

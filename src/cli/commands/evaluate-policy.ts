// aftercart evaluate-policy: what would another policy have earned on choices that were logged? Reads a log from a file; says
// why where the log cannot tell. Needs no data folder.

import { existsSync, readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { evaluateLoggedChoices, type PolicyEvaluation } from '../../measuring/evaluate-policy.ts'
import { layOver, type NewPolicy } from '../../measuring/new-policy.ts'
import type { BootstrapMean } from '../../stats/bootstrap-interval.ts'
import { seededRandom } from '../../stats/seeded-random.ts'
import { wholeNumber } from '../arguments.ts'
import { readCsv } from '../csv-text.ts'
import { countOf, formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { type LogColumn, logColumns, readChoiceLog } from '../read-choice-log.ts'

type Options = OutputOptions & {
  readonly policy: string
  readonly columns?: Readonly<Partial<Record<LogColumn, string>>>
  readonly cap?: number
  readonly seed: number
}

export function addEvaluatePolicyCommand(program: Command): void {
  program
    .command('evaluate-policy')
    .argument('<file>', 'a log of choices: CSV or JSONL with action, propensity, reward')
    .description('what would another policy have earned on choices that were logged?')
    .option(
      '--policy <which>',
      'uniform, greedy, logged (its column new_propensity), or a CSV of action,weight',
      'logged',
    )
    .option('--columns <names>', 'which column is what, such as action=item_id,reward=click', columnNames)
    .option('--cap <weight>', 'weights above it count as it: less spread, some bias', positive)
    .option('--seed <n>', 'of the resampling', wholeNumber(0, 2 ** 31), 1)
    .action(async (file: string, options: Options) => {
      const { rows, rowsRead, refused } = await readChoiceLog(file, options.columns ?? {})
      const random = seededRandom(options.seed)
      const laid = layOver(readPolicy(options.policy), rows, random)
      const found = await evaluateLoggedChoices(laid.choices, {
        random,
        ...(options.cap === undefined ? {} : { cap: options.cap }),
      })
      const rejected = rejectedByReason([...refused, ...laid.refused])
      if (options.json) printJson({ policy: options.policy, rowsRead, rejected, ...found })
      else printEvaluation(found, rejected)
    })
}

function columnNames(text: string): Readonly<Partial<Record<LogColumn, string>>> {
  const named = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  const found = Object.fromEntries(named)
  const known = named.every(([column, name]) => logColumns.some((one) => one === column) && Boolean(name))
  if (known) return found
  throw new InvalidArgumentError(`it takes pairs such as action=item_id, of ${logColumns.join(', ')}`)
}

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('it takes a number above 0')
}

function readPolicy(which: string): NewPolicy {
  if (which === 'logged' || which === 'uniform' || which === 'greedy') return { kind: which }
  if (!existsSync(which)) {
    const message = `--policy takes uniform, greedy, logged or a file; there is no file ${which}.`
    throw new AppError('file-not-found', message)
  }
  const [header = [], ...rows] = readCsv(readFileSync(which, 'utf8'))
  const [action, weight] = ['action', 'weight'].map((name) => header.indexOf(name))
  if (action === undefined || weight === undefined || action < 0 || weight < 0) {
    throw new AppError('column-missing', `${which} needs the columns action and weight.`)
  }
  const weights = new Map(rows.map((cells) => [cells[action] ?? '', Number(cells[weight])]))
  for (const [name, value] of weights) {
    if (value >= 0 && Number.isFinite(value)) continue
    throw new AppError(
      'invalid-argument',
      `${which} gives "${name}" a weight that is not a number from 0 on.`,
    )
  }
  return { kind: 'weights', weights }
}

type Rejected = { readonly reason: string; rows: number; readonly example: number }

function rejectedByReason(refused: readonly { readonly row: number; readonly reason: string }[]): Rejected[] {
  const byReason = new Map<string, Rejected>()
  for (const { row, reason } of refused) {
    const known = byReason.get(reason) ?? { reason, rows: 0, example: row }
    known.rows += 1
    byReason.set(reason, known)
  }
  return [...byReason.values()]
}

function printEvaluation(found: PolicyEvaluation, rejected: readonly Rejected[]): void {
  for (const { reason, rows, example } of rejected) {
    printLines([`Left out ${countOf(rows, 'row')}: ${reason} (first: ${example}).`])
  }
  const digits = (value: number): string => value.toPrecision(4)
  const row = (name: string, one: BootstrapMean | null): string[][] =>
    one === null ? [] : [[name, digits(one.mean), digits(one.low), digits(one.high)]]
  const { answer } = found
  printTable(
    ['per choice', 'mean', 'from', 'to'],
    answer.kind === 'refused'
      ? row('as logged', found.logged)
      : [
          ...row('as logged', found.logged),
          ...row('other policy, IPS', answer.ips),
          ...row('other policy, SNIPS', answer.snips),
          ...row('other policy, model alone', answer.directMethod),
          ...row('other policy, doubly robust', answer.doublyRobust),
          ...row('gain', answer.gain),
        ],
    1,
  )
  const telling = formatCount(Math.floor(found.effectiveSample))
  printLines([
    '',
    `${countOf(found.decisions, 'choice')}; they tell as much as ${telling} of the other policy.`,
  ])
  if (answer.kind === 'refused') printLines([`No estimate: ${answer.reason}.`])
}

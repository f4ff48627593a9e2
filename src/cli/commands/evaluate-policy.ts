// aftercart evaluate-policy: what would another policy have earned on choices that were logged? Reads the shop's own decisions,
// or a log from a file; says why where the log cannot tell.

import { existsSync, readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { makeDecision } from '../../deciding/decide-offer.ts'
import { AppError } from '../../domain/errors.ts'
import { DAY_MS } from '../../domain/instant.ts'
import { evaluateLoggedChoices, type PolicyEvaluation } from '../../measuring/evaluate-policy.ts'
import { layOver, type NewPolicy } from '../../measuring/new-policy.ts'
import { bestOfRanking, type OtherPick, readOwnChoices } from '../../measuring/own-choices.ts'
import type { BootstrapMean } from '../../stats/bootstrap-interval.ts'
import { seededRandom } from '../../stats/seeded-random.ts'
import { instant, wholeNumber } from '../arguments.ts'
import { readCsv } from '../csv-text.ts'
import { openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { countOf, formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { type ChoiceLog, type LogColumn, logColumns, readChoiceLog } from '../read-choice-log.ts'

type Options = OutputOptions & {
  readonly policy?: string
  readonly since?: number
  readonly columns?: Readonly<Partial<Record<LogColumn, string>>>
  readonly cap?: number
  readonly seed: number
}

const OWN_DAYS = 90

export function addEvaluatePolicyCommand(program: Command): void {
  program
    .command('evaluate-policy')
    .argument('[file]', 'a log of choices: CSV or JSONL with action, propensity, reward; without it your own')
    .description('what would another policy have earned on choices that were logged?')
    .option(
      '--policy <which>',
      'uniform, greedy, a CSV of action,weight; of a file logged (its column new_propensity, the default); of your own ranking (the default) or plan (that of today)',
    )
    .option('--since <ISO>', 'of your own decisions those from this day on; 90 days unless named', instant)
    .option('--columns <names>', 'which column is what, such as action=item_id,reward=click', columnNames)
    .option('--cap <weight>', 'weights above it count as it: less spread, some bias', positive)
    .option('--seed <n>', 'of the resampling', wholeNumber(0, 2 ** 31), 1)
    .action(async (file: string | undefined, options: Options) => {
      const policy = options.policy ?? (file === undefined ? 'ranking' : 'logged')
      const { rows, rowsRead, refused } =
        file === undefined
          ? await readOwnLog(policy, options)
          : await readChoiceLog(file, options.columns ?? {})
      const random = seededRandom(options.seed)
      const laid = layOver(
        file === undefined && isOwn(policy) ? { kind: 'logged' } : readPolicy(policy),
        rows,
        random,
      )
      const found = await evaluateLoggedChoices(laid.choices, {
        random,
        ...(options.cap === undefined ? {} : { cap: options.cap }),
      })
      const rejected = rejectedByReason([...refused, ...laid.refused])
      if (options.json) printJson({ policy, rowsRead, rejected, ...found })
      else printEvaluation(found, rejected)
    })
}

/** Policies that are laid over the shop's own decisions one by one. */
function isOwn(policy: string): policy is 'ranking' | 'plan' {
  return policy === 'ranking' || policy === 'plan'
}

async function readOwnLog(policy: string, options: Options): Promise<ChoiceLog> {
  const installation = await openInstallation(options)
  try {
    const { store, clock, settings } = installation
    const plan = policy === 'plan' ? await loadCurrentPlan(installation) : null
    const ofToday: OtherPick = async ({ orderId, decidedAtMs }) => {
      const order = await store.getOrder(orderId)
      if (order === null) return null
      const then = { nowMs: () => decidedAtMs }
      // What the customer bought since would be held against the pick: the order stands alone.
      return makeDecision(order, null, 'thank-you', { plan, settings, clock: then }).picks[0]?.product ?? null
    }
    const otherPick = policy === 'plan' ? ofToday : policy === 'ranking' ? bestOfRanking : null
    const sinceMs = options.since ?? clock.nowMs() - OWN_DAYS * DAY_MS
    const rows = await readOwnChoices(sinceMs, { store, otherPick })
    if (rows.length === 0)
      throw new AppError(
        'file-empty',
        'There is no decision yet in which several add-ons were tried: let the shop run for some weeks, or name a file.',
      )
    return { rows, rowsRead: rows.length, refused: [] }
  } finally {
    await installation.close()
  }
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

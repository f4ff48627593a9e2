// aftercart backtest: would the next product have been among the picks? Replays a file of orders in a folder of its own.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../domain/errors.ts'
import { DAY_MS, dayOf, isoDate } from '../../domain/instant.ts'
import { LATER_WINDOW_DAYS } from '../../domain/pairing.ts'
import type { ColumnNames } from '../../importing/recognise-columns.ts'
import { type BacktestResult, type MethodName, methodNames, runBacktest } from '../../measuring/backtest.ts'
import { type Question, questions } from '../../measuring/backtest-queries.ts'
import { readReplay } from '../../measuring/replay.ts'
import { HALF_LIFE_DAYS } from '../../mining/mine-pairings.ts'
import { seededRandom } from '../../stats/seeded-random.ts'
import { columnNames, currencyCode, instant, oneOf, wholeNumber } from '../arguments.ts'
import { importFiles } from '../import-files.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { countOf, type OutputOptions, printJson, printTable } from '../output.ts'
import { openProgressBar } from '../progress-bar.ts'

type Options = OutputOptions & {
  readonly question: Question
  readonly refresh: 'daily' | 'never'
  readonly splitAt?: number
  readonly customersOnly: boolean
  readonly newOnly: boolean
  readonly seed: number
  readonly columns?: ColumnNames
  readonly currency: string
}

export function addBacktestCommand(program: Command): void {
  program
    .command('backtest')
    .argument('<file>', 'a file of orders')
    .description('replay history: would the next product have been among two picks?')
    .option(
      '--split-at <date>',
      'orders from this day on are the test; default: the last fifth of the days',
      instant,
    )
    .option('--question <question>', questions.join(', '), oneOf(questions), 'completion')
    .option(
      '--refresh <when>',
      'daily: each test day sees all days before it; never: mined once at the split',
      oneOf(['daily', 'never'] as const),
      'daily',
    )
    .option('--customers-only', 'leave the orders of guests out', false)
    .option('--new-only', 'ask only for products that are new to the customer', false)
    .option('--seed <n>', 'of the random choices', wholeNumber(0, 2 ** 31), 1)
    .option(
      '--columns <names>',
      'which column is what: order=…,product=…,date=…,quantity=…,price=…',
      columnNames,
    )
    // Here prices are compared with each other and shown to nobody: a file without a currency need not be asked for one.
    .option('--currency <code>', 'of files that name none', currencyCode, 'EUR')
    .action(async (file: string, options: Options) => {
      const data = mkdtempSync(join(tmpdir(), 'aftercart-backtest-'))
      try {
        const installation = await openInstallation({ data, create: true, apart: true })
        try {
          const result = await backtestFile(file, options, installation)
          if (options.json) printJson(result)
          else printBacktest(result)
        } finally {
          await installation.close()
        }
      } finally {
        rmSync(data, { recursive: true, force: true })
      }
    })
}

async function backtestFile(file: string, options: Options, installation: Installation) {
  const { clock, store, settings } = installation
  const startedMs = clock.nowMs()
  await importFiles(
    { files: [file], catalogFile: null, columns: options.columns ?? null, currency: options.currency },
    installation,
  )
  const catalog = await store.listProducts()
  const notGoods = catalog.filter(({ goods }) => goods.kind === 'not-goods').map(({ id }) => id)
  const history = await installation.openHistory()
  const progress = openProgressBar(process.stderr, clock)
  try {
    const replay = await readReplay(history, notGoods, options.customersOnly)
    const days = replay.orders.map((order) => order.day)
    const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0]
    const splitDay =
      options.splitAt === undefined ? last - Math.floor((last - first) / 5) : dayOf(options.splitAt)
    if (splitDay <= first || splitDay > last) {
      const period = `${isoDate(first * DAY_MS)} to ${isoDate(last * DAY_MS)}`
      throw new AppError(
        'invalid-argument',
        `The split must lie inside the orders, which are from ${period}: change --split-at.`,
      )
    }
    const request = {
      question: options.question,
      refresh: options.refresh,
      newOnly: options.newOnly,
      splitDay,
      halfLifeDays: HALF_LIFE_DAYS,
      windowDays: LATER_WINDOW_DAYS,
      replay,
      catalog,
      settings,
    }
    const result = runBacktest(request, { random: seededRandom(options.seed), progress })
    return { ...result, splitAt: isoDate(splitDay * DAY_MS), seconds: (clock.nowMs() - startedMs) / 1000 }
  } finally {
    progress.end()
    await history.close()
  }
}

const plainMethods = ['confidence', 'lift', 'cosine', 'llr'] as const

/** What came of it, for somebody who knows none of the methods. */
export function sayOutcome({
  question,
  queries,
  methods,
}: Pick<BacktestResult, 'question' | 'queries' | 'methods'>): string {
  if (queries === 0) return 'No order of the test period can be asked about: choose an earlier --split-at.'
  const percent = (name: MethodName): string => `${Math.round(methods[name].hitRateAt2 * 100)} %`
  const best = plainMethods.reduce((one, other) =>
    methods[other].hitRateAt2 > methods[one].hitRateAt2 ? other : one,
  )
  const orders = countOf(queries, 'order')
  const ours = percent('aftercart')
  const happened: Readonly<Record<Question, string>> = {
    completion: `Of ${orders}, ${ours} held one of the two products that Aftercart would have offered beside one of their others`,
    'leave-one-out': `Of ${orders} with one product taken out, ${ours} had it among the two that Aftercart would have offered`,
    'next-order': `Of ${orders}, ${ours} were followed by one with a product out of the two that Aftercart would have offered`,
  }
  return (
    `${happened[question]}; best sellers ${percent('popularity')}, the best plain method (${best}) ${percent(best)}.\n` +
    `Without the rules of an offer (price, moment, no other forms) Aftercart's ranking reaches ${percent('ranking')}.`
  )
}

function printBacktest(
  result: BacktestResult & { readonly splitAt: string; readonly seconds: number },
): void {
  const share = (rate: number): string => rate.toFixed(4)
  process.stdout.write(`${sayOutcome(result)}\n\n`)
  process.stdout.write(
    `${result.question}, refresh ${result.refresh}, split at ${result.splitAt}: ${countOf(result.queries, 'query', 'queries')}, ${result.seconds.toFixed(0)} s\n\n`,
  )
  printTable(
    ['method', 'hit@1', 'hit@2', '95 % interval', 'recall@10', 'nDCG@10'],
    methodNames.map((name) => {
      const scores = result.methods[name]
      const interval = `${share(scores.hitRateAt2Low)} to ${share(scores.hitRateAt2High)}`
      return [
        name,
        share(scores.hitRateAt1),
        share(scores.hitRateAt2),
        interval,
        share(scores.recallAt10),
        share(scores.ndcgAt10),
      ]
    }),
    1,
  )
  process.stdout.write(
    '\nranking: the order of the candidates alone; rankingWithoutPast: the same for a customer without a past;\n' +
      'aftercart: what would really have been offered, with all rules. The other methods know no customer.\n',
  )
}

// aftercart simulate: a shop with planted truth as files to import; with --live also weeks of live orders in a new
// installation; with --score, how well the plan found it.

import { type Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../../adapters/clock/system-clock.ts'
import { DAY_MS, isoDate } from '../../domain/instant.ts'
import { defaultLive } from '../../simulating/live-shop.ts'
import type { PlanScore } from '../../simulating/score-plan.ts'
import type { DayScore } from '../../simulating/score-timing.ts'
import { defaultSimulation, type SimulationSettings, type Truth } from '../../simulating/simulation.ts'
import { instant, share, wholeNumber } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { liveLines } from '../live-lines.ts'
import { formatCount, type OutputOptions, printJson, printLines, printTable } from '../output.ts'
import { openProgressBar } from '../progress-bar.ts'
import { scoreInstallation } from '../score-installation.ts'
import { historyStart, LIVE_HOLD_OUT, simulateLive } from '../simulate-live.ts'
import { readTruth, type SimulatedFiles, writeSimulatedShop } from '../simulated-files.ts'

type Options = OutputOptions & {
  readonly out: string
  readonly orders: number
  readonly products: number
  readonly customers?: number
  readonly days: number
  readonly seed: number
  readonly force: boolean
  readonly score: boolean
  readonly live: boolean
  readonly shoppers: number
  readonly weeks: number
  readonly attachRate: number
  readonly sameMaker: number
  readonly boughtAnyway: number
  readonly holdOut: number
  readonly until?: number
}

const ORDERS_PER_CUSTOMER = defaultSimulation.orders / defaultSimulation.customers

export function addSimulateCommand(program: Command): void {
  const { orders, products, days } = defaultSimulation
  program
    .command('simulate')
    .description('make a shop whose complements, refills and substitutes are known, to try your settings on')
    .option('--out <folder>', 'where the files are written, or read with --score', './simulated-shop')
    .option('--orders <n>', 'how many orders', wholeNumber(100, 100_000_000), orders)
    .option('--products <n>', 'how many products', wholeNumber(50, 1_000_000), products)
    .option(
      '--customers <n>',
      'how many customers (default: a quarter of the orders)',
      wholeNumber(10, 100_000_000),
    )
    .option('--days <n>', 'how long a history', wholeNumber(30, 3650), days)
    .option('--seed <n>', 'the same seed gives the same shop', wholeNumber(0, 4_294_967_295), 1)
    .option(
      '--same-maker <share>',
      'of the planted complements, how many are of the anchor’s maker where they can be',
      share,
      defaultSimulation.sameMaker,
    )
    .option('--force', 'overwrite the files of an earlier simulation', false)
    .option('--score', 'compare the plan of --data with the truth in --out', false)
    .option('--live', 'also fill --data, a new folder, with weeks of live orders and offers', false)
    .option(
      '--shoppers <n>',
      'with --live: how many buy in these weeks',
      wholeNumber(100, 10_000_000),
      defaultLive.customers,
    )
    .option('--weeks <n>', 'with --live: for how long', wholeNumber(1, 104), defaultLive.days / 7)
    .option('--attach-rate <share>', 'with --live: of those who see an offer', share, defaultLive.attachRate)
    .option(
      '--bought-anyway <share>',
      'with --live: of those who accept, how many would have bought it later by themselves',
      share,
      defaultLive.boughtAnyway,
    )
    .option('--hold-out <share>', 'with --live: of the customers, up to 0.5', holdOut, LIVE_HOLD_OUT)
    .option('--until <ISO>', 'with --live: the last moment (default: now)', instant)
    .action(async (options: Options) => {
      if (options.score) await score(options)
      else if (options.live) await live(options)
      else simulate(options)
    })
}

function holdOut(text: string): number {
  const value = share(text)
  if (value > 0 && value <= 0.5) return value
  throw new InvalidArgumentError('it takes a share above 0, up to 0.5')
}

function settingsOf({ orders, products, customers, days, sameMaker }: Options): SimulationSettings {
  const some = Math.max(10, Math.round(orders / ORDERS_PER_CUSTOMER))
  return { ...defaultSimulation, orders, products, customers: customers ?? some, days, sameMaker }
}

async function live(options: Options): Promise<void> {
  const { weeks, seed, out, force, data, shoppers, attachRate, boughtAnyway } = options
  const startedMs = systemClock.nowMs()
  const untilMs = options.until ?? startedMs
  const startAtMs = historyStart(untilMs, options.days, weeks * 7)
  const filled = await simulateLive({
    shop: { ...settingsOf(options), startAtMs },
    live: { customers: shoppers, days: weeks * 7, untilMs, attachRate, boughtAnyway },
    ...{ seed, out, force, data, holdOutShare: options.holdOut },
  })
  const seconds = (systemClock.nowMs() - startedMs) / 1000
  const { written, truth, truthFile } = filled
  if (options.json) printJson({ ...toJson(written, seed, seconds), live: truth, liveTruthFile: truthFile })
  else printLines(liveLines(filled, data, seconds))
}

function simulate(options: Options): void {
  const settings = settingsOf(options)
  const startedMs = systemClock.nowMs()
  const progress = openProgressBar(process.stderr, systemClock)
  let written: SimulatedFiles
  try {
    const { seed, out, force } = options
    written = writeSimulatedShop({ settings, seed, folder: out, force }, progress)
  } finally {
    progress.end()
  }
  const seconds = (systemClock.nowMs() - startedMs) / 1000
  if (options.json) printJson(toJson(written, options.seed, seconds))
  else printSimulated(written, options.out, seconds)
}

function toJson({ truth, ...written }: SimulatedFiles, seed: number, seconds: number) {
  return { ...written, seed, ...period(truth), planted: planted(truth), seconds }
}

function period({ simulation: { startAtMs, days } }: Truth): { readonly from: string; readonly to: string } {
  return { from: isoDate(startAtMs), to: isoDate(startAtMs + (days - 1) * DAY_MS) }
}

function planted(truth: Truth) {
  return {
    complements: truth.complements.length,
    nextSteps: truth.nextSteps.length,
    upsells: truth.upsells.length,
    substituteGroups: truth.substitutes.length,
    variantGroups: truth.variants.filter(({ bought }) => bought === 'one').length,
    sets: truth.variants.filter(({ bought }) => bought === 'together').length,
    refills: truth.refills.length,
    seasonalProducts: truth.seasonal.length,
  }
}

function printSimulated(written: SimulatedFiles, folder: string, seconds: number): void {
  const { truth, orders, orderLines, products, customers, guestOrders, returns } = written
  const { from, to } = period(truth)
  const counts = planted(truth)
  const data = './simulated-data'
  process.stdout.write(`A shop from ${from} to ${to}, made in ${seconds.toFixed(1)} s:
  ${formatCount(orders)} orders with ${formatCount(orderLines)} lines, ${formatCount(products)} products, ${formatCount(customers)} customers
  ${formatCount(guestOrders)} orders of guests, ${formatCount(returns)} returned lines
Planted, and written down in ${written.truthFile}:
  ${formatCount(counts.complements)} complements, ${formatCount(counts.nextSteps)} next steps, ${formatCount(counts.refills)} refills with their days
  ${formatCount(counts.substituteGroups)} groups of substitutes, ${formatCount(counts.variantGroups)} of variants, ${formatCount(counts.sets)} sets, ${formatCount(counts.upsells)} upsells
Next:
  aftercart import ${written.ordersFile} --catalog ${written.catalogFile} --data ${data}
  aftercart mine --data ${data}
  aftercart simulate --score --out ${folder} --data ${data}
`)
}

async function score(options: Options): Promise<void> {
  const truth = readTruth(options.out)
  const installation = await openInstallation(options)
  try {
    const result = await scoreInstallation(installation, truth)
    if (options.json) printJson(result)
    else printScore(result)
  } finally {
    await installation.close()
  }
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`
}

/** A share of nothing is no share. */
function percentOf(whole: number, rate: number): string {
  return whole === 0 ? '–' : percent(rate)
}

function printScore(score: PlanScore): void {
  printPairings(score)
  process.stdout.write('\n')
  printPicks(score)
  process.stdout.write('\n')
  printDays(score)
  process.stdout.write('\nWhat each figure means: docs/guide/simulating.md\n')
}

function printPairings({ pairings }: PlanScore): void {
  printTable(
    ['pairings', 'live', 'right', 'precision', 'strict', 'recall', 'of', 'recall of all', 'of'],
    (['complete', 'extend'] as const).map((relation) => {
      const one = pairings[relation]
      return [
        relation,
        String(one.live),
        String(one.kinds[relation === 'complete' ? 'complement' : 'next-step']),
        percentOf(one.live, one.precision),
        percentOf(one.live, one.precisionStrict),
        percentOf(one.findable, one.recall),
        String(one.findable),
        percentOf(one.planted, one.recallRaw),
        String(one.planted),
      ]
    }),
    1,
  )
  process.stdout.write(
    `Substitutes, variants and upsells among them: ${pairings.harmful} (${percent(pairings.harmfulShare)})\n`,
  )
}

function printPicks({ thankYou, followUp }: PlanScore): void {
  printTable(
    [
      'picks for new orders',
      'orders',
      'picks',
      'from pairings',
      'right of these',
      'harmful',
      'out of season',
      'complement lacked',
      'got one',
    ],
    (
      [
        ['thank-you', thankYou],
        ['follow-up', followUp],
      ] as const
    ).map(([name, one]) => [
      name,
      String(one.orders),
      String(one.picks),
      String(one.pairingPicks),
      percentOf(one.pairingPicks, one.pairingRightShare),
      percentOf(one.picks, one.harmfulShare),
      String(one.outOfSeason),
      String(one.openOrders),
      percentOf(one.openOrders, one.servedShare),
    ]),
    1,
  )
}

function printDays({ refills, nextDays }: PlanScore): void {
  const day = (name: string, one: DayScore): string[] => [
    name,
    String(one.asked),
    String(one.timed),
    ...(one.timed === 0
      ? ['–', '–', '–']
      : [percent(one.withinShare), percent(one.medianError), one.medianRatio.toFixed(2)]),
  ]
  printTable(
    ['days', 'known', 'timed', 'within 15 %', 'median error', 'day / truth'],
    [
      day('refill of one', refills.oneUnit),
      day('refill of two', refills.twoUnits),
      day('next step', nextDays),
    ],
    1,
  )
}

// aftercart calculate: what add-ons after payment bring per month and year, gross, net, and caused. Needs no data folder:
// where there is one, what it holds takes the place of the guesses.

import { existsSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { holdCurrentPlan } from '../../deciding/current-plan.ts'
import {
  calculateRevenue,
  chooseFigures,
  type FigureName,
  type Figures,
  figureNames,
  type Revenue,
} from '../../measuring/calculate-revenue.ts'
import { type OwnFigures, readOwnFigures } from '../../measuring/own-figures.ts'
import { share } from '../arguments.ts'
import { openInstallation } from '../installation.ts'
import { type OutputOptions, printJson, printLines, printTable } from '../output.ts'

type Options = OutputOptions & Readonly<Partial<Record<FigureName, number>>>

export function addCalculateCommand(program: Command): void {
  program
    .command('calculate')
    .description('what add-ons after payment bring a month and a year: gross, net, and what was caused')
    .option('--orders <n>', 'orders a month', amount)
    .option('--add-on-price <amount>', 'price of an add-on, such as 14 or 13.90', amount)
    .option('--attach-rate <share>', 'orders that take one, such as 0.05 or 5%', share)
    .option('--margin <share>', 'of the price that is left after cost', share)
    .option('--refund-rate <share>', 'add-ons that are refunded or taken back', share)
    .option('--caused-share <share>', 'what would not have been bought anyway, as a hold-out tells', share)
    .action(async (options: Options) => {
      const given = Object.fromEntries(figureNames.map((name) => [name, options[name]]))
      const own = await ownFiguresIn(options.data)
      const figures = chooseFigures(given, own.figures)
      const revenue = calculateRevenue(figures)
      // A price that was given may be in any currency; only the shop's own price names one.
      const currency = figures.addOnPrice.source === 'own' ? own.currency : null
      if (options.json) printJson({ ...revenue, currency, figures })
      else printRevenue(revenue, figures, currency)
    })
}

async function ownFiguresIn(data: string): Promise<OwnFigures> {
  if (process.env.DATABASE_URL === undefined && !existsSync(data)) return { currency: null, figures: {} }
  const installation = await openInstallation({ data })
  try {
    const { store, settings, clock } = installation
    const current = holdCurrentPlan(store, settings)
    await current.refresh()
    const history = await installation.openHistory()
    try {
      const summary = await history.summary()
      return await readOwnFigures({ summary, plan: current.get(), nowMs: clock.nowMs() }, { store, settings })
    } finally {
      await history.close()
    }
  } finally {
    await installation.close()
  }
}

function amount(text: string): number {
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text.trim()) && value <= 1e12) return value
  throw new InvalidArgumentError('it takes a number from 0 on, such as 14 or 13.90')
}

const figureTitles: Readonly<Record<FigureName, string>> = {
  orders: 'orders a month',
  addOnPrice: 'add-on price',
  attachRate: 'attach rate',
  margin: 'margin',
  refundRate: 'refunded',
  causedShare: 'caused',
}

function printRevenue(revenue: Revenue, figures: Figures, currency: string | null): void {
  const money = (value: number): string => {
    const digits = Number.isInteger(value) ? 0 : 2
    const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: 2 })
    return currency === null ? text : `${text} ${currency}`
  }
  const formatFigure = (name: FigureName, value: number): string => {
    if (name === 'orders') return value.toLocaleString('en')
    if (name === 'addOnPrice') return money(value)
    return `${(value * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`
  }
  const sources = { given: 'given', own: 'your own', guess: 'a guess' } as const
  printTable(
    ['figure', 'from', 'because', 'value'],
    figureNames.map((name) => {
      const { value, source, because } = figures[name]
      return [figureTitles[name], sources[source], because, formatFigure(name, value)]
    }),
  )
  printLines([''])
  printTable(
    ['', 'a month', 'a year'],
    [
      [
        'add-ons',
        revenue.addOnsPerMonth.toLocaleString('en'),
        (12 * revenue.addOnsPerMonth).toLocaleString('en'),
      ],
      ['revenue', money(revenue.revenuePerMonth), money(revenue.revenuePerYear)],
      ['after refunds', money(revenue.netRevenuePerMonth), money(revenue.netRevenuePerYear)],
      ['after cost', money(revenue.marginPerMonth), money(revenue.marginPerYear)],
      ['caused', money(revenue.causedMarginPerMonth), money(revenue.causedMarginPerYear)],
    ],
    1,
  )
  const guessed = figureNames.filter((name) => figures[name].source === 'guess')
  if (guessed.length === 0) return
  const names = guessed.map((name) => figureTitles[name]).join(', ')
  printLines(['', `Guessed, so no more than an illustration: ${names}.`])
}

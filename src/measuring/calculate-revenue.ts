// The revenue calculator: what add-ons after payment bring per month and year, first as it is usually told, then net of
// refunds and cost, then only what would not have come anyway. Comes in: five figures and where each is from. Goes out:
// the same figures with the results. Amounts are in major units of the currency (14 is $14.00), rounded to cents, since
// the figures are estimates; the ledger counts in minor units. What can go wrong: a figure out of its range (RangeError).

export const figureNames = [
  'orders',
  'addOnPrice',
  'attachRate',
  'margin',
  'refundRate',
  'causedShare',
] as const
export type FigureName = (typeof figureNames)[number]

/** `given`: somebody said so. `own`: measured in this shop. `guess`: neither, to be replaced. */
export type FigureSource = 'given' | 'own' | 'guess'

export type Figure = { readonly value: number; readonly source: FigureSource; readonly because: string }

export type Figures = Readonly<Record<FigureName, Figure>>

export type Revenue = {
  readonly addOnsPerMonth: number
  readonly revenuePerMonth: number
  readonly revenuePerYear: number
  /** After refunds. */
  readonly netRevenuePerMonth: number
  readonly netRevenuePerYear: number
  /** Of that, what is left after the cost of the goods. */
  readonly marginPerMonth: number
  readonly marginPerYear: number
  /** Of that, what would not have come anyway: the figure to decide by. */
  readonly causedMarginPerMonth: number
  readonly causedMarginPerYear: number
}

/** Where neither the owner nor the shop says anything. Each is printed as a guess. */
const guesses: Figures = {
  orders: guess(1000, 'no orders were imported'),
  addOnPrice: guess(14, 'nothing was mined; see what your add-ons cost'),
  attachRate: guess(0.05, 'vendors name 4 to 7 % on thank-you pages, unaudited'),
  margin: guess(0.5, 'costs are not known here; say --margin'),
  refundRate: guess(0.05, 'no refunds of add-ons were seen yet; say --refund-rate'),
  causedShare: guess(0.5, 'only a hold-out can tell what would have been bought anyway; say --caused-share'),
}

function guess(value: number, because: string): Figure {
  return { value, source: 'guess', because }
}

/** What is given wins over the shop's own figures, and these over the guesses. */
export function chooseFigures(
  given: Readonly<Partial<Record<FigureName, number | undefined>>>,
  own: Readonly<Partial<Record<FigureName, Figure>>>,
): Figures {
  const choose = (name: FigureName): Figure => {
    const value = given[name]
    if (value === undefined) return own[name] ?? guesses[name]
    const most = name === 'orders' || name === 'addOnPrice' ? Number.MAX_SAFE_INTEGER : 1
    if (!(value >= 0 && value <= most)) throw new RangeError(`invalid ${name}: ${value}`)
    return { value, source: 'given', because: '' }
  }
  return {
    orders: choose('orders'),
    addOnPrice: choose('addOnPrice'),
    attachRate: choose('attachRate'),
    margin: choose('margin'),
    refundRate: choose('refundRate'),
    causedShare: choose('causedShare'),
  }
}

export function calculateRevenue(figures: Figures): Revenue {
  const addOns = figures.orders.value * figures.attachRate.value
  const gross = addOns * figures.addOnPrice.value
  const net = gross * (1 - figures.refundRate.value)
  const margin = net * figures.margin.value
  const caused = margin * figures.causedShare.value
  return {
    addOnsPerMonth: toCents(addOns),
    revenuePerMonth: toCents(gross),
    revenuePerYear: toCents(12 * gross),
    netRevenuePerMonth: toCents(net),
    netRevenuePerYear: toCents(12 * net),
    marginPerMonth: toCents(margin),
    marginPerYear: toCents(12 * margin),
    causedMarginPerMonth: toCents(caused),
    causedMarginPerYear: toCents(12 * caused),
  }
}

/** 10,000 × 0.07 is 700.0000000000001 in binary. */
function toCents(value: number): number {
  return Math.round(value * 100) / 100
}

// Pairings as people read them on a terminal. Comes in: rows of the plan. Goes out: for one pairing a few lines that say
// what is offered, with which words, when, which evidence decided and with what figures; for many a table.

import type { PairingRow } from '../deciding/list-pairings.ts'
import { formatMoney } from '../domain/money.ts'
import type { DecidedBy } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'
import { formatCount } from './output.ts'

const deciderWords: Readonly<Record<DecidedBy, string>> = {
  'orders-together': 'orders with both',
  'orders-later': 'later orders',
  'own-orders': 'customers’ own orders',
  rebuys: 'repeat purchases',
  'similar-products': 'products like it',
  catalog: 'your catalog',
  'variant-group': 'forms of one product',
  price: 'its price',
  title: 'its title',
  showings: 'what was shown and taken',
  owner: 'your word',
}

const placementWords: Readonly<Record<Placement, string>> = {
  'thank-you': 'thank-you page',
  'confirmation-email': 'confirmation e-mail',
  'follow-up': 'follow-up',
}

/** The anchor of the pairings that follow. */
export function anchorLine({ anchor, anchorTitle, orders }: PairingRow): string {
  return `${named(anchorTitle, anchor)}, in ${formatCount(orders)} orders`
}

export function pairingLines(row: PairingRow): readonly string[] {
  const moments = row.windows.map(momentOf).join(', ')
  const kept = row.stepUp === null ? '' : ', kept aside'
  return [
    `${named(row.addOnTitle, row.addOn)}: ${relationOf(row)}, ${standingOf(row)}${kept}${moments === '' ? '' : `; ${moments}`}`,
    ...(row.need === '' ? [] : [`  "${row.need}"`]),
    `  Decided by ${deciderWords[row.decidedBy]}: ${row.because}.`,
    `  ${[...timingOf(row), ...figuresOf(row), ...priceOf(row)].join('; ')}.`,
    ...(row.notNow === null ? [] : [`  Not offered now: ${row.notNow}.`]),
  ]
}

/** As much as a terminal has room for; the lines of one anchor have the rest. */
export const pairingsHead = [
  ...['anchor', 'add-on', 'relation', 'decided by', 'status'],
  ...['together', 'lift', 'confidence'],
] as const
/** Of the columns above, those that are text. */
export const PAIRINGS_TEXT_COLUMNS = 5

export function pairingCells(row: PairingRow): readonly string[] {
  return [
    `${row.anchor} ${row.anchorTitle}`,
    `${row.addOn} ${row.addOnTitle}`,
    row.status === 'refused' ? `(${relationOf(row)})` : row.relation,
    deciderWords[row.decidedBy],
    `${standingOf(row)}${row.notNow === null ? '' : ', not now'}`,
    ...evidenceCells(row),
  ]
}

/** Refills and next steps come in later orders: what is counted within one order says nothing of them. */
export function evidenceCells(row: PairingRow): readonly string[] {
  if (comesLater(row)) return ['–', '–', ...figuresOf(row)]
  return [
    `${formatCount(row.ordersTogether)} of ${formatCount(row.orders)}`,
    row.lift.toFixed(1),
    `${percent(row.confidence)} (≥ ${(row.confidenceLow * 100).toFixed(1)})`,
  ]
}

const named = (title: string, id: string): string => (title === id ? id : `${title} (${id})`)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** An upsell is offered later too, and what is counted within one order is no reason for it. */
function comesLater({ relation, decidedBy }: PairingRow): boolean {
  return relation === 'refill' || relation === 'extend' || (relation === 'upsell' && decidedBy !== 'title')
}

/** As a sentence has room for it; the table shows how many come back. */
function timingOf({ runOut }: PairingRow): readonly string[] {
  if (runOut === null) return []
  return [
    `One runs out after about ${runOut.day} days, for 8 in 10 between day ${runOut.dayLow} and ${runOut.dayHigh}`,
  ]
}

function figuresOf(row: PairingRow): readonly string[] {
  if (row.relation === 'refill') return [`${percent(row.score)} buy again`]
  if (comesLater(row)) return [`${percent(row.score)} take it up later`]
  if (row.ordersTogether === 0) return ['No order holds both']
  return [
    `${percent(row.confidence)} of the orders hold both (at least ${percent(row.confidenceLow)}), lift ${row.lift.toFixed(1)}`,
  ]
}

/** A refill costs what was paid, and to what is refused no ceiling applies. */
function priceOf({ relation, status, priceRatio, priceFit }: PairingRow): readonly string[] {
  if (relation === 'refill') return []
  const ratio = priceRatio === null ? [] : [`at ${Math.round(priceRatio * 100)} % of its price`]
  if (status === 'refused' || priceFit.fits === 'any-order') return ratio
  if (priceFit.fromMinor === null) return [...ratio, 'so in no order']
  const from = formatMoney({ amountMinor: priceFit.fromMinor, currency: priceFit.currency })
  return [...ratio, `so in orders from ${from} on`]
}

/** What tastes explain is refused for another reason than what is too seldom to tell. */
function relationOf({ relation, decidedBy }: PairingRow): string {
  if (relation === 'taken-less') return 'taken less'
  if (relation !== 'too-little-evidence') return relation
  return decidedBy === 'own-orders' ? 'no more than taste' : 'too little evidence'
}

function standingOf({ status, until, source }: PairingRow): string {
  return `${status}${until === null ? '' : ` until ${until.slice(0, 10)}`}${source === 'mined' ? '' : `, ${source}`}`
}

function momentOf({ placement, fromDay, toDay }: PairingRow['windows'][number]): string {
  const words = placementWords[placement]
  return placement === 'follow-up' ? `${words}, day ${fromDay} to ${toDay}` : words
}

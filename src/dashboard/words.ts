// Numbers, dates and names as this page writes them.

import type { PairingRow, PairingStatus } from '../deciding/list-pairings.ts'
import type { CancelReason } from '../domain/message.ts'
import type { DecidedBy } from '../domain/pairing.ts'
import type { Placement } from '../domain/placement.ts'
import type { RetireReason } from '../domain/plan-change.ts'
import type { StepUp } from '../next/step-up.ts'

const whole = new Intl.NumberFormat('en')
const dates = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

export const count = (value: number): string => whole.format(Math.round(value))
export const dateOf = (atMs: number): string => dates.format(atMs)
export const monthOf = (atMs: number): string => months.format(atMs)

export function percent(share: number): string {
  const value = share * 100
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`
}

export function times(lift: number): string {
  return `${lift < 10 ? lift.toFixed(1) : Math.round(lift)} ×`
}

export function expectedOf(value: number): string {
  return value < 10 ? value.toFixed(1) : count(value)
}

/** What a relation is called; refused ones keep the reason of the refusal. */
export const relationNames: Readonly<Record<string, string>> = {
  complete: 'Complete',
  refill: 'Refill',
  extend: 'Extend',
  variant: 'Variant',
  substitute: 'Substitute',
  upsell: 'Upsell',
  'too-little-evidence': 'Too little evidence',
  'taken-less': 'Taken less',
}

/** What tastes explain is refused for another reason than what is too seldom to tell. */
export function relationName({ relation, decidedBy }: Pick<PairingRow, 'relation' | 'decidedBy'>): string {
  if (relation === 'too-little-evidence' && decidedBy === 'own-orders') return 'No more than taste'
  return relationNames[relation] ?? relation
}

/** Refills and next steps come in later orders: what is counted within one order says nothing of them. */
export function comesLater({ relation }: Pick<PairingRow, 'relation'>): boolean {
  return relation === 'refill' || relation === 'extend'
}

export const stepUpNames: Readonly<Record<StepUp, string>> = {
  'premium-tier': 'a better version',
  'bigger-size': 'a bigger size',
  'service-plan': 'a service plan',
}

/** What an owner may call the evidence that decided. */
export const deciderNames: Readonly<Record<DecidedBy, string>> = {
  'orders-together': 'by orders with both',
  'orders-later': 'by later orders',
  'own-orders': 'by customers’ own orders',
  rebuys: 'by repeat purchases',
  'similar-products': 'by products like it',
  catalog: 'by your catalog',
  'variant-group': 'by forms of one product',
  price: 'by its price',
  title: 'by its title',
  showings: 'by what was shown',
  owner: 'by your word',
}

export const reasonNames: Readonly<Record<RetireReason, string>> = {
  owner: 'Your word',
  'sold-out': 'Sold out',
  discontinued: 'Discontinued',
  'no-price': 'No price',
  'out-of-season': 'Out of season',
  'evidence-decayed': 'Evidence decayed',
  'bought-together-less': 'Bought with it less',
  'attach-rate-fallen': 'Taken less',
  'relation-changed': 'Another relation',
  'price-out-of-ceiling': 'Over the price ceiling',
  displaced: 'Displaced by likelier ones',
}

const statusNames: Readonly<Record<PairingStatus, string>> = {
  live: 'Live',
  approved: 'Approved by you',
  pinned: 'Pinned by you',
  paused: 'Paused by you',
  vetoed: 'Vetoed by you',
  refused: 'Refused',
}

export function statusName({ status, until }: Pick<PairingRow, 'status' | 'until'>): string {
  return until === null ? statusNames[status] : `${statusNames[status]} until ${dateOf(Date.parse(until))}`
}

export function isOffered({ status }: Pick<PairingRow, 'status'>): boolean {
  return status === 'live' || status === 'approved' || status === 'pinned'
}

/** From which order on it is offered, where that is not any order with its anchor. */
export function priceFitName({ priceFit }: Pick<PairingRow, 'priceFit'>): string | null {
  const { fits, fromMinor, currency } = priceFit
  if (fits === 'any-order') return null
  if (fromMinor === null) return 'in no order, by its price'
  const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2
  return `in orders from ${money.format(fromMinor / 10 ** digits)}`
}

export const placementNames: Readonly<Record<Placement, string>> = {
  'thank-you': 'Thank-you page',
  'confirmation-email': 'Confirmation e-mail',
  'follow-up': 'Follow-up',
}

export function windowName({ placement, fromDay, toDay }: PairingRow['windows'][number]): string {
  const name = placementNames[placement]
  return placement === 'follow-up' ? `${name}, day ${fromDay} to ${toDay}` : name
}

/** A sentence of the server without the marks by which a title in it could turn the words around it. */
export function undirected(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}

/** "1 pairing", "1,200 pairings". */
export function countOf(value: number, one: string): string {
  return `${count(value)} ${one}${Math.round(value) === 1 ? '' : 's'}`
}

/** Evidence as a sentence of its own. */
export function sentenceOf(text: string): string {
  if (text === '') return ''
  const capital = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return undirected(/[.!?]$/.test(capital) ? capital : `${capital}.`)
}

/** Cuts a title into lines of at most `width` characters, at spaces; the last line ends in an ellipsis when cut. */
export function wrapTitle(title: string, width: number, linesMax: number): readonly string[] {
  const lines: string[] = []
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word.length > width ? `${word.slice(0, width - 1)}…` : word)
  }
  if (lines.length <= linesMax) return lines
  const kept = lines.slice(0, linesMax)
  const end = kept[linesMax - 1] ?? ''
  kept[linesMax - 1] = `${end.slice(0, width - 1)}…`
  return kept
}

const flowNames: Readonly<Record<string, string>> = {
  confirmation: 'Confirmation',
  'add-on-added': 'Add-on added',
  'add-on-not-added': 'Add-on not added',
  'add-on-returned': 'Add-on, money back',
  refill: 'Refill',
  'complete-the-set': 'Complete the set',
  'next-step': 'Next step',
}

/** A flow of the shop's own has the name that the settings give it. */
export function flowName(flow: string): string {
  return flowNames[flow] ?? flow
}

export const messageStateNames: Readonly<Record<string, string>> = {
  scheduled: 'Scheduled',
  claimed: 'Going out now',
  sent: 'Sent',
  rejected: 'Rejected',
  ambiguous: 'Perhaps sent; it is not sent again',
  cancelled: 'Not sent',
  dead: 'Given up',
}

const messageReasons: Readonly<Record<CancelReason, string>> = {
  'order-cancelled': 'the order was cancelled',
  'order-refunded': 'the order was refunded',
  'bought-meanwhile': 'it was bought meanwhile',
  'offered-twice': 'it was offered twice before',
  'held-out': 'this customer is in the hold-out, who get no offers',
  'tested-without': 'an experiment sends this customer nothing',
  'nothing-fits': 'nothing fits any more',
  'moment-passed': 'its moment had passed',
  'flow-off': 'this kind is turned off',
  'flow-paused': 'this kind is paused',
  suppressed: 'the customer wants no messages',
  'no-consent': 'the customer did not agree to messages',
  unreachable: 'there is no address',
  erased: 'the customer was erased',
  'too-many-messages': 'the customer got other messages lately',
  'domain-unfit': 'SPF, DKIM or DMARC of the sender were missing until its moment had passed',
}

/** A channel's own words stand as they are. */
export function messageReason(reason: string): string {
  return Object.hasOwn(messageReasons, reason) ? messageReasons[reason as CancelReason] : reason
}

export const languageNames = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' } as const

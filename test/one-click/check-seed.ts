// What must be true of every seed at the end, read from the models and the store, never from what the code says of itself.

import { isFinal } from '../../src/accepting/is-final.ts'
import type { Acceptance } from '../../src/domain/acceptance.ts'
import { addOnNews } from '../../src/domain/add-on-news.ts'
import type { LedgerEntry } from '../../src/domain/ledger.ts'
import type { Message } from '../../src/domain/message.ts'
import type { World } from './world.ts'

export const violations = [
  'charged more than once',
  'charged another amount than shown',
  'charged, no line',
  'line, not charged',
  'completed without charge and line',
  'charge and line, not completed',
  'money still reserved',
  'not final',
  'ledger differs from the provider',
  'ledger key twice',
  'told another end than there was, twice, or not at all',
  'an error escaped',
] as const
export type Violation = (typeof violations)[number]

export type Kept = {
  readonly ledger: readonly LedgerEntry[]
  readonly mails: readonly Message[]
  /** Every row that was written, in turn. */
  readonly saved: readonly Acceptance[]
}

export function checkSeed(
  world: World,
  row: Acceptance | null,
  { ledger, mails, saved }: Kept,
): readonly Violation[] {
  const { provider, shop, offer, byShop, thrown } = world
  const found = new Set<Violation>()
  const charges = provider.payments.filter(({ wasCaptured }) => wasCaptured)
  const netMinor = charges.reduce(
    (sum, { amountMinor, refundedMinor }) => sum + amountMinor - refundedMinor,
    0,
  )
  const hasLine = shop.lines.has(offer.id)
  const isUnpaidAndSent =
    row?.state === 'needs-attention' &&
    shop.truth.status === 'fulfilled' &&
    ledger.some(({ kind }) => kind === 'unpaid')
  if (charges.length > 1) found.add('charged more than once')
  if (charges.some(({ amountMinor }) => amountMinor !== offer.quote.totalMinor))
    found.add('charged another amount than shown')
  if (netMinor > 0 && !hasLine) found.add('charged, no line')
  // Packed before it was paid for: it cannot be taken back, a person has been asked, and the ledger says "unpaid".
  if (hasLine && netMinor === 0 && !isUnpaidAndSent && !byShop.refunded) found.add('line, not charged')
  if (row?.state === 'completed' && !(netMinor > 0 && hasLine)) found.add('completed without charge and line')
  if (netMinor > 0 && hasLine && row?.state !== 'completed') found.add('charge and line, not completed')
  const isReserved = provider.payments.some(({ state }) => reserved.has(state))
  if (isReserved && !isUnpaidAndSent) found.add('money still reserved')
  if (row !== null && (!isFinal(row.state) || row.dueAtMs !== null)) found.add('not final')
  const sumMinor = ledger.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (sumMinor !== netMinor) found.add('ledger differs from the provider')
  if (new Set(ledger.map(({ key }) => key)).size < ledger.length) found.add('ledger key twice')
  for (const kind of ['accepted', 'charged', 'completed'] as const) {
    if (ledger.filter((entry) => entry.kind === kind).length > 1) found.add('ledger key twice')
  }
  if (!isTold(mails, saved)) found.add('told another end than there was, twice, or not at all')
  if (thrown.length > 0) found.add('an error escaped')
  return [...found]
}

/** One mail for each end that it came to, in turn; none for an end without goods that the page could say by itself. */
function isTold(mails: readonly Message[], saved: readonly Acceptance[]): boolean {
  const ends = saved.filter((row, at) => {
    const before = saved[at - 1]
    const isNew = before === undefined || addOnNews(row) !== addOnNews(before)
    const tookMs = (row.finishedAtMs ?? 0) - row.acceptedAtMs
    return isNew && (addOnNews(row) !== 'add-on-not-added' || row.capturedMinor > 0 || tookMs >= 8000)
  })
  const told = mails.map(({ id, flow }) => `${id} ${flow}`).toSorted()
  const expected = ends.flatMap((row) => {
    const news = addOnNews(row)
    return news === null ? [] : [`${row.offerId}-${row.version} ${news}`]
  })
  return told.join() === expected.toSorted().join()
}

/** The shopper's money may not stay in any of these. */
const reserved: ReadonlySet<string> = new Set(['authorised', 'processing', 'action-required'])

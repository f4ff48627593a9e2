// Weeks of live orders into an installation that was mined: who is held out and what is offered is decided as a server
// decides it; what customers do is drawn (simulating/live-shop.ts). Comes in: the settings, the seed, baskets. Goes out: the truth
// that was planted. Decisions are stored without what was dropped, which would be most of the file. Written in bulk: a
// run that breaks off leaves a part, so the folder has to be made anew. Fails where the store does.

import { assignmentSalt } from '../adapters/secret/assignment-salt.ts'
import { holdCurrentPlan } from '../deciding/current-plan.ts'
import { holdCurrentTesting } from '../deciding/current-testing.ts'
import { makeDecision } from '../deciding/decide-offer.ts'
import type { Decision } from '../domain/decision.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { OrderLine } from '../domain/order.ts'
import { trialsOf } from '../next/take-part.ts'
import type { Progress } from '../ports/progress.ts'
import {
  drawLiveCustomer,
  type LiveCustomer,
  type LiveOffer,
  type LiveSettings,
  liveOn,
} from '../simulating/live-shop.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import type { Installation } from './installation.ts'

/** How many customers are written at once: SQLite groups their commits. */
const AT_ONCE = 500
const ENTRIES_AT_ONCE = 500
const DECIDED_AFTER_MS = 1000

export type LiveTruth = {
  readonly settings: LiveSettings
  readonly holdOutShare: number
  /** Caused ÷ attributed, as planted. */
  readonly incrementality: number
  readonly orders: number
  readonly laterOrders: number
  readonly ordersOffered: number
  readonly ordersHeldOut: number
  readonly ordersExposed: number
  readonly accepted: number
  readonly ledgerEntries: number
  /** What add-ons brought, after what went back. */
  readonly attributedMinor: number
  /** Of it, from those who would have bought them anyway. */
  readonly anywayMinor: number
  readonly causedMinor: number
  /** Customers who were held out, and bought the add-on later. */
  readonly heldOutBoughtLater: number
}

export async function fillLiveShop(
  request: {
    readonly settings: LiveSettings
    readonly seed: number
    readonly baskets: readonly (readonly OrderLine[])[]
  },
  installation: Installation,
  progress: Progress,
): Promise<LiveTruth> {
  const { settings, seed, baskets } = request
  const { store, hashCustomer } = installation
  const decide = await openDeciding(installation)
  // Another stream than the shop's: the same shop can be given another life.
  const effects = { random: seededRandom(seed ^ 0x11fe), hashCustomer }
  const sums = emptySums()
  progress.step('Living')
  for (let first = 0; first < settings.customers; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, settings.customers - first)
    const customers = Array.from({ length: count }, (_, place) =>
      drawLiveCustomer(first + place, settings, baskets, effects),
    )
    const entries = await Promise.all(
      customers.map((customer) => live(customer, settings, decide, store, sums)),
    )
    await addInChunks(entries.flat(), store)
    progress.fraction((first + count) / settings.customers)
  }
  const causedMinor = sums.attributedMinor - sums.anywayMinor
  const { holdOutShare } = decide
  return { settings, holdOutShare, incrementality: 1 - settings.boughtAnyway, ...sums, causedMinor }
}

function emptySums() {
  return {
    ...{ orders: 0, laterOrders: 0, ordersOffered: 0, ordersHeldOut: 0, ordersExposed: 0, accepted: 0 },
    ...{ ledgerEntries: 0, attributedMinor: 0, anywayMinor: 0, heldOutBoughtLater: 0 },
  }
}

type Deciding = {
  readonly holdOutShare: number
  readonly of: (order: LiveCustomer['order']) => Decision
}

async function openDeciding({ store, settings, secret, clock }: Installation): Promise<Deciding> {
  const plan = holdCurrentPlan(store, settings)
  const testing = holdCurrentTesting(plan, { store, settings, clock, salt: assignmentSalt(secret) })
  await plan.refresh()
  await testing.refresh()
  const held = { plan: plan.get(), settings, testing: testing.get() }
  return {
    holdOutShare: held.testing?.holdOutShare ?? 0,
    of: (order) => {
      const clock = { nowMs: () => order.placedAtMs + DECIDED_AFTER_MS }
      return makeDecision(order, null, 'thank-you', { ...held, clock })
    },
  }
}

async function live(
  customer: LiveCustomer,
  { untilMs }: LiveSettings,
  decide: Deciding,
  store: Installation['store'],
  sums: ReturnType<typeof emptySums>,
): Promise<readonly LedgerEntry[]> {
  const { order } = customer
  const decision = decide.of(order)
  const offer = offerOf(decision)
  const { entries, laterOrders, outcome } = liveOn(customer, offer, untilMs)
  await store.putOrder(order, order.placedAtMs)
  const { dropped, droppedUntold } = decision
  await store.putDecision(
    { ...decision, dropped: [], droppedUntold: droppedUntold + dropped.length },
    trialsOf(order, decision, { placement: decision.placement, atMs: decision.decidedAtMs }),
  )
  await Promise.all(laterOrders.map((later) => store.putOrder(later, later.placedAtMs)))
  sums.orders += 1
  sums.laterOrders += laterOrders.length
  sums.ordersOffered += offer !== null && !offer.isHeldOut ? 1 : 0
  sums.ordersHeldOut += offer?.isHeldOut === true ? 1 : 0
  sums.ordersExposed += outcome.exposed ? 1 : 0
  sums.accepted += outcome.accepted ? 1 : 0
  sums.ledgerEntries += entries.length
  sums.attributedMinor += outcome.netMinor
  sums.anywayMinor += outcome.anywayMinor
  sums.heldOutBoughtLater += offer?.isHeldOut === true && outcome.boughtLater ? 1 : 0
  return entries
}

function offerOf({ picks, withheld }: Decision): LiveOffer | null {
  const pick = picks[0] ?? withheld[0]
  if (pick === undefined) return null
  const { product, anchor, relation, price } = pick
  return { product, anchor, relation, amountMinor: price.amountMinor, isHeldOut: picks.length === 0 }
}

async function addInChunks(entries: readonly LedgerEntry[], store: Installation['store']): Promise<void> {
  for (let first = 0; first < entries.length; first += ENTRIES_AT_ONCE)
    await store.addToLedger(entries.slice(first, first + ENTRIES_AT_ONCE))
}

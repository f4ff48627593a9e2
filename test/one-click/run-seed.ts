// One seed from the click to two days later: the requests of the shopper, two workers, and what the world does meanwhile.

import { acceptOffer, seeOffer, undoOffer } from '../../src/accepting/answer-offer.ts'
import { lookAfterOffers } from '../../src/accepting/look-after-offers.ts'
import type { Acceptance } from '../../src/domain/acceptance.ts'
import type { Store } from '../../src/ports/store.ts'
import { between } from '../../src/simulating/draws.ts'
import { checkSeed, type Violation } from './check-seed.ts'
import type { MutantName } from './mutants.ts'
import { startProcess } from './process.ts'
import { HOUR_MS, isOut, MINUTE_MS } from './weather.ts'
import { type Counts, openWorld, prepareStore, sendMessage, type Told, type World } from './world.ts'

const CHECK_AFTER_MS = 49 * HOUR_MS
/** What was undone late in a long outage has a day and two audits of its own. */
const LAST_CHECK_MS = 6 * 24 * HOUR_MS

export type SeedResult = {
  readonly seed: number
  readonly outcome: string
  readonly counts: Counts
  readonly hasOutage: boolean
  readonly violations: readonly Violation[]
}

export async function runSeed(
  seed: number,
  era: number,
  store: Store,
  mutant: MutantName,
  told: Told | null = null,
): Promise<SeedResult> {
  const world = openWorld(seed, era, store, mutant, told)
  await prepareStore(world)
  const followed = followStore(world)
  scheduleWorld(world)
  scheduleShopper(world)
  for (const name of ['worker A', 'worker B']) scheduleWorker(world, name, followed)
  await world.timeline.run(world.clickMs + CHECK_AFTER_MS)
  for (let days = 3; followed.newest?.dueAtMs && days * 24 * HOUR_MS <= LAST_CHECK_MS; days++) {
    await world.timeline.run(world.clickMs + days * 24 * HOUR_MS)
  }
  const last = await store.getAcceptance(world.offer.id)
  const ledger = await store.readLedger({ orderId: world.offer.orderId, limit: 1000 })
  const mails = await store.messagesOfOrder(world.offer.orderId)
  const violations = checkSeed(world, last, { ledger, mails, saved: followed.saved })
  for (const violation of violations) world.tell(`VIOLATION ${violation}`)
  world.tell(`ends as ${last?.state ?? 'nothing'} (${last?.reason ?? '-'})`)
  const hasOutage = world.weather.outage !== null
  return { seed, outcome: last?.state ?? 'not accepted', counts: world.counts, hasOutage, violations }
}

type Followed = { newest: Acceptance | null; readonly messages: Set<string>; readonly saved: Acceptance[] }

/** The rows that were written, and the messages not yet looked at: from these a worker's rounds know what is to do. */
function followStore(world: World): Followed {
  const followed: Followed = { newest: null, messages: new Set(), saved: [] }
  const { saveAcceptance, openAcceptance, takeMessage, settleMessage } = world.store
  Object.assign(world, {
    store: {
      ...world.store,
      async saveAcceptance(...given: Parameters<Store['saveAcceptance']>) {
        const isSaved = await saveAcceptance(...given)
        if (isSaved) followed.newest = given[0]
        if (isSaved) followed.saved.push(given[0])
        return isSaved
      },
      async openAcceptance(...given: Parameters<Store['openAcceptance']>) {
        followed.newest = await openAcceptance(...given)
        return followed.newest
      },
      async takeMessage(...given: Parameters<Store['takeMessage']>) {
        const isNew = await takeMessage(...given)
        if (isNew) followed.messages.add(given[0].id)
        return isNew
      },
      async settleMessage(...given: Parameters<Store['settleMessage']>) {
        await settleMessage(...given)
        if ('doneAtMs' in given[1]) followed.messages.delete(given[0])
      },
    },
  })
  return followed
}

function scheduleWorker(world: World, name: string, followed: Followed): void {
  const { timeline, random, clickMs } = world
  let worker = startProcess(world, name, died)
  let isBusy = false
  function died(): void {
    isBusy = false
    const bornMs = timeline.nowMs() + between(random, 1000, 5 * MINUTE_MS)
    timeline.at(bornMs, () => {
      worker = startProcess(world, name, died)
    })
  }
  const look = (): 'begun' | 'nothing' => {
    const nowMs = timeline.nowMs()
    if (nowMs > clickMs + LAST_CHECK_MS) return 'nothing'
    timeline.at(nextLook(world, followed.newest), look)
    const { newest, messages } = followed
    const isDue = newest !== null && newest.dueAtMs !== null && newest.dueAtMs <= nowMs
    if (isBusy || worker.isDead || !(isDue || messages.size > 0)) return 'nothing'
    isBusy = true
    const at = worker
    lookAfterOffers(at.effects).then(
      () => {
        if (at === worker) isBusy = false
      },
      (error: unknown) => {
        if (at === worker) isBusy = false
        world.thrown.push(String(error))
      },
    )
    return 'begun'
  }
  timeline.at(clickMs + between(random, 0, 5000), look)
}

/**
 * Every few seconds while something is under way; about once an hour once an outage has lasted for half an hour
 * (a day of tries, 30 s apart, would tell nothing new and take most of the time); otherwise when the next thing is due.
 */
function nextLook({ timeline, random, weather, clickMs }: World, row: Acceptance | null): number {
  const nowMs = timeline.nowMs()
  const soonMs = nowMs + between(random, 300, 5000)
  const { outage } = weather
  const sinceMs = nowMs - clickMs
  const isLongOut =
    outage !== null && isOut(outage, outage.of, sinceMs) && sinceMs > outage.fromMs + HOUR_MS / 2
  if (isLongOut) return nowMs + between(random, 20, 80) * MINUTE_MS
  // In the first two hours messages may come at any time.
  const quietMs = sinceMs < 2 * HOUR_MS ? MINUTE_MS : HOUR_MS
  return Math.max(soonMs, Math.min(row?.dueAtMs ?? Infinity, nowMs + between(random, 0.5, 1) * quietMs))
}

function scheduleShopper(world: World): void {
  const { timeline, random, clickMs, offer } = world
  const request = (atMs: number, what: 'accept' | 'see' | 'undo'): void =>
    timeline.at(atMs, () => {
      const { effects } = startProcess(world, `request ${what}`, () => {})
      world.tell(`the shopper: ${what}`)
      const answered = { accept: acceptOffer, see: seeOffer, undo: undoOffer }[what](offer.id, effects)
      answered.catch((error: unknown) => world.thrown.push(String(error)))
    })
  request(clickMs, 'accept')
  if (random() < 0.3) request(clickMs + between(random, 0, 400), 'accept')
  if (random() < 0.2) request(clickMs + between(random, 0, MINUTE_MS), 'accept')
  if (random() < 0.5) request(clickMs + between(random, 0, 20) * MINUTE_MS, 'see')
  if (random() < 0.25) {
    const undoMs = clickMs + between(random, 3000, random() < 0.5 ? MINUTE_MS : 16 * MINUTE_MS)
    request(undoMs, 'undo')
    if (random() < 0.4) request(undoMs + between(random, 0, 5000), 'undo')
  }
}

/** Things of the shop and of people that nobody asked Aftercart about. */
function scheduleWorld(world: World): void {
  const { timeline, random, clickMs, shop, provider, offer } = world
  const mayHappen = (
    chance: number,
    fromMs: number,
    toMs: number,
    what: string,
    action: () => void,
  ): void => {
    const atMs = clickMs + between(random, fromMs, toMs)
    if (random() >= chance) return
    timeline.at(atMs, () => {
      world.tell(`the world: ${what}`)
      action()
    })
  }
  const cancel = (): void => {
    if (shop.truth.status !== 'open') return
    shop.truth.status = 'cancelled'
    sendMessage(world, 'order', offer.orderId)
  }
  mayHappen(0.08, -500, 5000, 'the order is cancelled', cancel)
  mayHappen(0.08, 0, 60 * MINUTE_MS, 'the order is cancelled', cancel)
  mayHappen(0.06, -500, 8000, 'the price rises', () => {
    shop.truth.raiseMinor = 100
  })
  mayHappen(0.1, -500, 8000, 'sold out', () => {
    shop.truth.inStock = false
  })
  mayHappen(0.8, 2000, 10 * MINUTE_MS, 'in stock again', () => {
    shop.truth.inStock = true
  })
  const ship = (): void => {
    if (shop.truth.status === 'open') shop.truth.status = 'fulfilled'
  }
  mayHappen(0.06, 0, 10_000, 'packed', ship)
  mayHappen(0.15, 0, 5 * HOUR_MS, 'packed', ship)
  mayHappen(0.05, 15 * MINUTE_MS, 20 * HOUR_MS, 'the shop gives the money back', () => {
    for (const payment of provider.payments) {
      if (payment.state !== 'captured' || payment.refundedMinor === payment.amountMinor) continue
      world.byShop.refunded = true
      shop.lines.delete(offer.id)
      provider.refund(payment.id)
      sendMessage(world, 'payment', payment.id, true)
    }
  })
  mayHappen(0.04, 15 * MINUTE_MS, 20 * HOUR_MS, 'the shop gives part of the money back', () => {
    for (const payment of provider.payments) {
      if (payment.state !== 'captured') continue
      provider.refund(payment.id, 100)
      sendMessage(world, 'payment', payment.id, true)
    }
  })
}

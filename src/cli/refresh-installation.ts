// The nightly job: orders of the day into the history, mined again, the new plan published, arms weighed again. Comes in: the
// installation. Goes out: what was done, which is stored, too. It may be killed at any line and started again: each
// step is there completely or not at all, and does nothing twice. It is put down before it publishes anything, so that one that
// was killed can be taken back like any other. One that fails throws, and what published nothing is never taken back.

import { parquetHistoryWriter } from '../adapters/history/parquet/parquet-history-writer.ts'
import type { ArmState } from '../domain/arm.ts'
import { AppError } from '../domain/errors.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Refresh } from '../domain/refresh.ts'
import { appendLiveOrders } from '../importing/append-live-orders.ts'
import { reweighArms } from '../measuring/reweigh-arms.ts'
import { armKey } from '../next/arm-key.ts'
import { mine } from './commands/mine.ts'
import type { Installation } from './installation.ts'
import { reportInstallation } from './report-installation.ts'

/** Orders of the days before are read again: one may have been on its way when the last refresh looked. */
const OVERLAP_MS = 2 * DAY_MS
const ADVICE_KEPT = 5
/** More than any night says. */
const ARM_CHANGES_READ = 50_000
/** A quarter of nights that failed hides none that did not. */
const REFRESHES_READ = 100

export async function refreshInstallation(installation: Installation): Promise<Refresh> {
  const { store, clock, dataFolder } = installation
  const startedAtMs = clock.nowMs()
  const [last] = await store.listRefreshes(1)
  const sinceMs = last === undefined ? 0 : last.startedAtMs - OVERLAP_MS
  const writer = parquetHistoryWriter(dataFolder, clock)
  const { orders, newOrders, otherCurrency } = await appendLiveOrders(sinceMs, { store, writer })
  const begun = await store.addRefresh({
    ...{ startedAtMs, seconds: null },
    orders: { received: orders, new: newOrders, otherCurrency },
    plan: { before: await store.currentPlanVersion(), version: null, added: 0, retired: 0 },
    ...{ arms: { weighed: 0, changes: [] }, advice: [], undoneAtMs: null },
  })
  try {
    return await publish(begun, installation)
  } catch (error) {
    // Where the store is what fails, it stays in the list as one that was killed does; the first trouble is the one to tell.
    await endFailed(begun, installation).catch(() => {})
    throw error
  }
}

async function publish(begun: Refresh, installation: Installation): Promise<Refresh> {
  const { store, clock } = installation
  const mined = await mine(installation)
  const { arms, changes } = await reweighArms(await store.listProducts(), { store, clock })
  // Also adds up once what became of the customers of tests, so that the owner's first look in the morning is quick.
  const { advice } = await reportInstallation(installation)
  const { added, retired } = mined.changes
  const done: Refresh = {
    ...begun,
    seconds: secondsSince(begun, clock),
    plan: { ...begun.plan, version: mined.planVersion, added, retired },
    arms: {
      weighed: arms,
      changes: [...mined.retiredArms, ...changes].map(({ atMs: _, source: __, ...change }) => change),
    },
    advice: advice.slice(0, ADVICE_KEPT).map(({ action, sentence }) => ({ action, sentence })),
  }
  // Taken back while it ran: what it did since is taken back, too.
  if (!(await store.saveRefresh(done))) return await takeBack(done, { store, clock })
  return done
}

type Place = Pick<Installation, 'store' | 'clock'>

/** One that published something and then failed can be taken back as it stands. */
async function endFailed(begun: Refresh, { store, clock }: Place): Promise<void> {
  if (await publishedNothing(begun, store))
    await store.saveRefresh({ ...begun, seconds: secondsSince(begun, clock) })
}

function secondsSince({ startedAtMs }: Refresh, clock: Place['clock']): number {
  return (clock.nowMs() - startedAtMs) / 1000
}

/** Of one that did not end, by what stands now: each plan has a higher number than those before it. */
async function publishedNothing(refresh: Refresh, store: Place['store']): Promise<boolean> {
  const { seconds, startedAtMs, plan } = refresh
  if (seconds !== null) return plan.version === null
  if (((await store.currentPlanVersion()) ?? 0) > (plan.before ?? 0)) return false
  return (await store.latestArmChanges()).every(
    ({ source, atMs }) => source !== 'machine' || atMs < startedAtMs,
  )
}

/** The plan of before, and the arms as they were. The orders stay: they are what customers bought. */
export async function undoRefresh({ store, clock }: Place): Promise<Refresh> {
  const last = await lastThatPublished(store)
  if (last === undefined || last.plan.before === null)
    throw new AppError(
      'invalid-argument',
      'There is no refresh to take back; "aftercart refresh --list" shows what there is.',
    )
  return await takeBack(last, { store, clock })
}

async function lastThatPublished(store: Place['store']): Promise<Refresh | undefined> {
  for (const refresh of await store.listRefreshes(REFRESHES_READ))
    if (refresh.undoneAtMs === null && !(await publishedNothing(refresh, store))) return refresh
  return undefined
}

async function takeBack(refresh: Refresh, { store, clock }: Place): Promise<Refresh> {
  const { id, seconds, plan, arms } = refresh
  const atMs = clock.nowMs()
  if (plan.before !== null) await store.makePlanCurrent(plan.before)
  const changes = seconds === null ? await armsChangedSince(refresh.startedAtMs, store) : arms.changes
  for (const { placement, anchor, addOn, before, state } of changes)
    if (before !== state)
      await store.addArmChange({
        ...{ placement, anchor, addOn, state: before, atMs },
        ...{ source: 'owner', because: `refresh ${id} was taken back` },
      })
  await store.markRefreshUndone(id, atMs)
  return { ...refresh, undoneAtMs: atMs }
}

type ArmMove = Omit<Refresh['arms']['changes'][number], 'because'>

/** Of a refresh that could not say so itself: what the machine said last, and what was said before it. */
async function armsChangedSince(sinceMs: number, store: Installation['store']): Promise<readonly ArmMove[]> {
  const changed = (await store.latestArmChanges()).filter(
    ({ source, atMs }) => source === 'machine' && atMs >= sinceMs,
  )
  const latest = new Map(changed.map((change) => [armKey(change), change.sequence]))
  const before = new Map<string, ArmState>()
  for (const change of await store.listArmChanges(ARM_CHANGES_READ)) {
    const key = armKey(change)
    if (change.sequence < (latest.get(key) ?? 0) && !before.has(key)) before.set(key, change.state)
  }
  return changed.map(({ placement, anchor, addOn, state }) => {
    const place = { placement, anchor, addOn }
    return { ...place, state, before: before.get(armKey(place)) ?? 'live' }
  })
}

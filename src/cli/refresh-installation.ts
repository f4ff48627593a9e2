// The nightly job: orders of the day into the history, mined again, the new plan published, arms weighed again. Comes in: the
// installation. Goes out: what was done, which is stored, too. It may be killed at any line and started again: each
// step is there completely or not at all, and does nothing twice. Killed after the new plan was published it is in no list of
// refreshes: then `aftercart plans --use` takes the plan back, not `refresh --undo`.

import { parquetHistoryWriter } from '../adapters/history/parquet/parquet-history-writer.ts'
import { AppError } from '../domain/errors.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { Refresh } from '../domain/refresh.ts'
import { appendLiveOrders } from '../importing/append-live-orders.ts'
import { reweighArms } from '../measuring/reweigh-arms.ts'
import { mine } from './commands/mine.ts'
import type { Installation } from './installation.ts'
import { reportInstallation } from './report-installation.ts'

/** Orders of the days before are read again: one may have been on its way when the last refresh looked. */
const OVERLAP_MS = 2 * DAY_MS
const ADVICE_KEPT = 5

export async function refreshInstallation(installation: Installation): Promise<Refresh> {
  const { store, clock, dataFolder } = installation
  const startedAtMs = clock.nowMs()
  const [last] = await store.listRefreshes(1)
  const sinceMs = last === undefined ? 0 : last.startedAtMs - OVERLAP_MS
  const writer = parquetHistoryWriter(dataFolder, clock)
  const { orders, newOrders, otherCurrency } = await appendLiveOrders(sinceMs, { store, writer })
  const before = await store.currentPlanVersion()
  const mined = await mine(installation)
  const { arms, changes } = await reweighArms(await store.listProducts(), { store, clock })
  // Also adds up once what became of the customers of tests, so that the owner's first look in the morning is quick.
  const { advice } = await reportInstallation(installation)
  return await store.addRefresh({
    startedAtMs,
    seconds: (clock.nowMs() - startedAtMs) / 1000,
    orders: { received: orders, new: newOrders, otherCurrency },
    plan: { before, version: mined.planVersion, added: mined.changes.added, retired: mined.changes.retired },
    arms: { weighed: arms, changes: changes.map(({ atMs: _, source: __, ...change }) => change) },
    advice: advice.slice(0, ADVICE_KEPT).map(({ action, sentence }) => ({ action, sentence })),
    undoneAtMs: null,
  })
}

/** The plan of before, and the arms as they were. The orders stay: they are what customers bought. */
export async function undoRefresh({ store, clock }: Pick<Installation, 'store' | 'clock'>): Promise<Refresh> {
  const last = (await store.listRefreshes(20)).find(({ undoneAtMs }) => undoneAtMs === null)
  if (last === undefined || last.plan.before === null)
    throw new AppError(
      'invalid-argument',
      'There is no refresh to take back; "aftercart refresh --list" shows what there is.',
    )
  const atMs = clock.nowMs()
  await store.makePlanCurrent(last.plan.before)
  for (const { because: _, before, state, ...place } of last.arms.changes)
    if (before !== state)
      await store.addArmChange({
        ...place,
        ...{ state: before, atMs, source: 'owner', because: `refresh ${last.id} was taken back` },
      })
  await store.markRefreshUndone(last.id, atMs)
  return { ...last, undoneAtMs: atMs }
}

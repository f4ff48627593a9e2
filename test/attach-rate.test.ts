// A pairing that shoppers take no more: what the ledger says of its showings retires it with its day and its figures, the
// next best comes in its place, it is tried again after its rest, and the owner's word wins at every step.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { type Installation, openInstallation } from '../src/cli/installation.ts'
import { refreshInstallation, undoRefresh } from '../src/cli/refresh-installation.ts'
import { reportInstallation } from '../src/cli/report-installation.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { findPairing } from '../src/deciding/list-pairings.ts'
import { undoSwap } from '../src/deciding/list-swaps.ts'
import { REST_DAYS } from '../src/domain/arm.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { pairingWordKey, type Standing } from '../src/domain/owner-word.ts'
import { anOffer, entryOf } from './store/offer-samples.ts'

const START_MS = Date.UTC(2026, 8, 26, 12)
const WEEK_MS = 7 * DAY_MS

type Shop = {
  readonly installation: Installation
  readonly later: (days: number) => void
  /** What stands for the machine, the best first. */
  readonly live: () => Promise<readonly string[]>
  readonly changes: () => Promise<readonly string[]>
}

/** Four in ten machines were bought with a cleaner, two with a filter; a plan is published. */
async function openShop(t: { after(act: () => Promise<void>): void }): Promise<Shop> {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-attach-rate-'))
  const opened = await openInstallation({ data, create: true, apart: true })
  t.after(async () => {
    await opened.close()
    rmSync(data, { recursive: true, force: true })
  })
  let nowMs = START_MS
  const installation = { ...opened, clock: { nowMs: () => nowMs } }
  const day = (index: number) => new Date(START_MS - (90 - (index % 80)) * DAY_MS).toISOString()
  const basketOf = (index: number): readonly string[] => {
    if (index % 4 > 0) return [`bowl-${index % 7}`, `tray-${index % 11}`]
    const place = (index / 4) % 10
    return place < 4 ? ['machine', 'cleaner'] : place < 6 ? ['machine', 'filter'] : ['machine']
  }
  const rows = Array.from({ length: 800 }, (_, index) =>
    basketOf(index).map(
      (id) =>
        `b${index},${day(index)},c${index % 190},${id},${id.toUpperCase()},1,${id === 'machine' ? 200 : 9}`,
    ),
  ).flat()
  const file = join(data, 'orders.csv')
  writeFileSync(file, `order,date,customer,product,title,quantity,price\n${rows.join('\n')}\n`)
  await importFiles({ files: [file], catalogFile: null, columns: null, currency: 'GBP' }, installation)
  await mine(installation)
  const { store } = installation
  return {
    installation,
    later(days) {
      nowMs += days * DAY_MS
    },
    async live() {
      const plan = await store.loadPlan((await store.currentPlanVersion()) ?? 0)
      const all = plan?.pairings.get('machine') ?? []
      return all.flatMap(({ addOn, verdict }) =>
        verdict.status === 'live' && verdict.relation === 'complete' ? [addOn] : [],
      )
    },
    async changes() {
      const all = await store.listPlanChanges({ limit: 50, anchor: 'machine' })
      return all.map(
        (one) => `${one.addOn} ${one.kind === 'retired' ? `${one.reason}, ${one.replacedBy}` : 'added'}`,
      )
    },
  }
}

/** Of the weeks `from` to `to` before the start: so many showings and takings in all. */
function showings(
  anchor: string,
  addOn: string,
  [from, to]: readonly number[],
  [shown, taken]: readonly number[],
) {
  const [first, last, all, some] = [from ?? 0, to ?? 0, shown ?? 0, taken ?? 0]
  return Array.from({ length: all }, (_, index) => {
    const id = `${anchor}-${addOn}-${first}-${index}`
    const offer = anOffer({ id, product: addOn, anchor, relation: 'complete' })
    const atMs =
      START_MS - Math.floor((first + ((last - first) * (index + 0.5)) / all) * WEEK_MS) - 2 * 3_600_000
    const arm = { anchor, relation: 'complete', atMs } as const
    // Spread evenly over the weeks.
    const isTaken = Math.floor(((index + 1) * some) / all) > Math.floor((index * some) / all)
    return [entryOf(offer, 'exposed', arm), ...(isTaken ? [entryOf(offer, 'completed', arm)] : [])]
  }).flat()
}

/** Nine in 100 took the cleaner until eight weeks ago, and 3 of 400 since; all else in the shop stayed as it was. */
async function shoppersTurnAway({ store }: Installation): Promise<void> {
  const all = [
    ...showings('machine', 'cleaner', [8, 40], [1200, 108]),
    ...showings('machine', 'cleaner', [0, 8], [400, 3]),
    ...Array.from({ length: 6 }, (_, index) =>
      showings(`bowl-${index}`, 'tray-1', [0, 40], [600, 36]),
    ).flat(),
  ]
  for (let from = 0; from < all.length; from += 500) await store.addToLedger(all.slice(from, from + 500))
}

test('a pairing whose attach rate fell is retired with its figures, stays out while it rests, and is tried again after', async (t) => {
  const { installation, later, live, changes } = await openShop(t)
  const { store } = installation
  assert.deepEqual(await live(), ['cleaner', 'filter'])
  await shoppersTurnAway(installation)
  const refresh = await refreshInstallation(installation)
  assert.deepEqual(await live(), ['filter'])
  const [retired] = await store.listPlanChanges({ limit: 5, kind: 'retired', anchor: 'machine' })
  assert.ok(retired?.kind === 'retired')
  assert.deepEqual(
    [retired.reason, retired.replacedBy, retired.atMs],
    ['attach-rate-fallen', 'filter', START_MS],
  )
  assert.match(
    retired.because,
    /^shown 400 times since 1 August 2026, taken 3 times; before that 9 in 100 took it \(108 of 1,200\); .* it rests for 90 days and is tried again from 25 December 2026$/,
  )
  const place = { placement: 'thank-you', anchor: 'machine', addOn: 'cleaner' } as const
  const moved = refresh.arms.changes.filter(({ addOn }) => addOn === 'cleaner')
  assert.deepEqual(moved, [{ ...place, before: 'live', state: 'retired', because: retired.because }])
  const plan = holdCurrentPlan(store, installation.settings)
  await plan.refresh()
  const viewer = { settings: installation.settings, nowMs: START_MS }
  const listed = findPairing(plan.get() ?? assert.fail(), { anchor: 'machine', addOn: 'cleaner' }, viewer)
  assert.deepEqual(
    [listed?.status, listed?.relation, listed?.decidedBy, listed?.because],
    ['refused', 'taken-less', 'showings', retired.because],
  )
  const { advice } = await reportInstallation({ ...installation, clock: { nowMs: () => START_MS + 1 } })
  const told = advice.find(({ action }) => action === 'retire')
  assert.equal(told?.command, 'aftercart pairings approve machine cleaner')
  assert.match(told?.sentence ?? '', /FILTER comes in its place/)

  // It is not shown any more, and does not come back for that.
  later(1)
  assert.deepEqual((await mine(installation)).retiredArms, [])
  later(REST_DAYS - 2)
  await refreshInstallation(installation)
  assert.deepEqual(await live(), ['filter'])
  assert.deepEqual(await changes(), ['cleaner attach-rate-fallen, filter'])

  // Its old showings are no reason to retire it a second time.
  later(1)
  await refreshInstallation(installation)
  assert.deepEqual(await live(), ['cleaner', 'filter'])
  const [latest] = (await store.latestArmChanges()).filter(({ addOn }) => addOn === 'cleaner')
  assert.deepEqual([latest?.state, latest?.source], ['live', 'machine'])
  later(1)
  await refreshInstallation(installation)
  assert.deepEqual(await changes(), ['cleaner added', 'cleaner attach-rate-fallen, filter'])
})

test('a run that is cut off between its plan and its word of the arm is made good by the next one, and retires nothing twice', async (t) => {
  const { installation, live, changes } = await openShop(t)
  const { store } = installation
  await shoppersTurnAway(installation)
  const cutOff = { ...store, addArmChange: () => Promise.reject(new Error('the power is gone')) }
  await assert.rejects(mine({ ...installation, store: cutOff }), /the power is gone/)
  assert.deepEqual(await live(), ['filter'])
  assert.deepEqual(await store.latestArmChanges('retired'), [])
  const { retiredArms } = await mine(installation)
  assert.deepEqual(
    retiredArms.map(({ addOn, before, state }) => [addOn, before, state]),
    [['cleaner', 'live', 'retired']],
  )
  assert.equal((await store.latestArmChanges('retired')).length, 1)
  assert.deepEqual(await changes(), ['cleaner attach-rate-fallen, filter'])
})

test('what the owner approved or pinned is not retired, and what was retired comes back when the owner says so', async (t) => {
  const { installation, later, live, changes } = await openShop(t)
  const { store } = installation
  const say = async (standing: Standing | null) => {
    const word = { kind: 'standing', anchor: 'machine', addOn: 'cleaner' } as const
    await store.sayOwnerWords([
      {
        ...{ key: pairingWordKey('standing', 'machine', 'cleaner'), source: 'cli', saidBy: 'Zoë' },
        word: standing === null ? null : { ...word, standing },
        saidAtMs: START_MS,
      },
    ])
  }
  await shoppersTurnAway(installation)
  for (const standing of ['approved', 'pinned'] as const) {
    await say(standing)
    assert.deepEqual((await mine(installation)).retiredArms, [])
    assert.deepEqual(await live(), ['cleaner', 'filter'])
  }
  assert.deepEqual(await changes(), [])
  // The word is taken back: what shoppers do counts again, until the owner says otherwise.
  await say(null)
  later(1)
  await mine(installation)
  assert.deepEqual(await live(), ['filter'])
  await say('approved')
  await mine(installation)
  assert.deepEqual(await live(), ['cleaner', 'filter'])
})

test('taking the night back, or the swap, brings it back, and no night retires it again while that word holds', async (t) => {
  const { installation, later, live } = await openShop(t)
  const { clock } = installation
  await shoppersTurnAway(installation)
  await refreshInstallation(installation)
  assert.deepEqual(await live(), ['filter'])
  await undoRefresh(installation)
  assert.deepEqual(await live(), ['cleaner', 'filter'])
  later(1)
  await refreshInstallation(installation)
  assert.deepEqual(await live(), ['cleaner', 'filter'])

  const second = await openShop(t)
  await shoppersTurnAway(second.installation)
  await mine(second.installation)
  assert.deepEqual(await second.live(), ['filter'])
  const swap = await undoSwap(1, { store: second.installation.store, clock, products: new Map() })
  assert.deepEqual([swap?.state, swap?.source], ['live', 'owner'])
  await mine(second.installation)
  assert.deepEqual(await second.live(), ['cleaner', 'filter'])
})

// A night in a small shop: orders came in one by one, shoppers took one add-on and left another; the refresh reads both.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { type Installation, openInstallation } from '../src/cli/installation.ts'
import { refreshInstallation, undoRefresh } from '../src/cli/refresh-installation.ts'
import type { ArmState } from '../src/domain/arm.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { anOffer, entryOf } from './store/offer-samples.ts'

const NOW_MS = Date.UTC(2026, 5, 1, 12)

async function openShop(t: { after(act: () => Promise<void>): void }): Promise<Installation> {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-refresh-'))
  const opened = await openInstallation({ data, create: true, apart: true })
  t.after(async () => {
    await opened.close()
    rmSync(data, { recursive: true, force: true })
  })
  const installation = { ...opened, clock: { nowMs: () => NOW_MS } }
  const day = (index: number) => new Date(NOW_MS - (90 - (index % 80)) * DAY_MS).toISOString()
  const rows = Array.from({ length: 400 }, (_, index) => {
    const rare = index % 40 === 1 ? ['lamp'] : index % 40 === 2 ? ['mug'] : ['bowl', 'tray']
    const products = index % 4 === 0 ? ['machine', 'cleaner'] : rare
    return products.map(
      (id) =>
        `b${index},${day(index)},c${index % 90},${id},${id.toUpperCase()},1,${id === 'machine' ? 200 : 9}`,
    )
  }).flat()
  const file = join(data, 'orders.csv')
  writeFileSync(file, `order,date,customer,product,title,quantity,price\n${rows.join('\n')}\n`)
  await importFiles({ files: [file], catalogFile: null, columns: null, currency: 'GBP' }, installation)
  return installation
}

test('orders that came in one by one are mined in the night, and the refresh can be taken back', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  const first = await mine(installation)
  for (let index = 0; index < 80; index++)
    await store.putOrder(
      {
        ...{
          id: `live-${index}`,
          customerId: `hash-${index % 30}`,
          // Over two months: what meets in one week alone is put down to a campaign.
          placedAtMs: NOW_MS - (1 + (index % 60)) * DAY_MS,
          currency: 'GBP',
        },
        lines: [
          { productId: 'lamp', quantity: 1, unitPriceMinor: 4000 },
          { productId: 'mug', quantity: 1, unitPriceMinor: 900 },
        ],
      },
      NOW_MS - DAY_MS,
    )
  await store.putOrder(
    {
      ...{ id: 'dollars', customerId: null, placedAtMs: NOW_MS, currency: 'USD' },
      lines: [{ productId: 'mug', quantity: 1, unitPriceMinor: 900 }],
    },
    NOW_MS,
  )
  const refresh = await refreshInstallation(installation)
  assert.deepEqual(refresh.orders, { received: 80, new: 80, otherCurrency: 1 })
  assert.equal(refresh.plan.before, first.planVersion)
  const plan = await store.loadPlan(refresh.plan.version ?? assert.fail())
  const learned = plan?.pairings.get('lamp')?.find(({ addOn }) => addOn === 'mug')
  assert.equal(learned?.evidence.ordersTogether, 80)

  const again = await refreshInstallation(installation)
  assert.deepEqual(again.orders, { received: 80, new: 0, otherCurrency: 1 })
  assert.deepEqual(readdirSync(join(installation.dataFolder, 'tmp')), [], 'nothing is left open')
  assert.equal((await undoRefresh(installation)).id, again.id)
  assert.equal(await store.currentPlanVersion(), refresh.plan.version)
  assert.equal((await undoRefresh(installation)).id, refresh.id)
  assert.equal(await store.currentPlanVersion(), first.planVersion)
  await assert.rejects(undoRefresh(installation), /no refresh to take back/)
})

/** 1,500 saw the cleaner with the machine and 150 took it; of those who saw the mug 30 did. */
async function shoppersAnswer({ store }: Installation): Promise<void> {
  const arm = { anchor: 'machine', relation: 'complete', atMs: NOW_MS - 5 * DAY_MS } as const
  const entries = (addOn: string, shown: number, taken: number) =>
    Array.from({ length: shown }, (_, index) => {
      const offer = anOffer({
        id: `${addOn}-${index}`,
        product: addOn,
        anchor: 'machine',
        relation: 'complete',
      })
      return [entryOf(offer, 'exposed', arm), ...(index < taken ? [entryOf(offer, 'completed', arm)] : [])]
    }).flat()
  const all = [...entries('cleaner', 1500, 150), ...entries('mug', 1500, 30)]
  for (let from = 0; from < all.length; from += 500) await store.addToLedger(all.slice(from, from + 500))
}

test('what shoppers take is promoted and what they leave rests, until the owner takes the night back', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  await mine(installation)
  await shoppersAnswer(installation)
  const { arms } = await refreshInstallation(installation)
  assert.equal(arms.weighed, 2)
  assert.deepEqual(arms.changes.map(({ addOn, before, state }) => [addOn, before, state]).sort(), [
    ['cleaner', 'live', 'promoted'],
    ['mug', 'live', 'rested'],
  ])
  await undoRefresh(installation)
  const states = (await store.latestArmChanges())
    .map(({ addOn, state, source }) => [addOn, state, source])
    .sort()
  assert.deepEqual(states, [
    ['cleaner', 'live', 'owner'],
    ['mug', 'live', 'owner'],
  ])
  // The owner's word holds: the next night does not promote it again.
  assert.deepEqual((await refreshInstallation(installation)).arms.changes, [])
})

test('an order of a product that the catalog does not know stops no night, and its other lines are learnt from', async (t) => {
  const installation = await openShop(t)
  await mine(installation)
  const line = (productId: string) => ({ productId, quantity: 1, unitPriceMinor: 900 })
  const order = { customerId: null, placedAtMs: NOW_MS, currency: 'GBP' }
  await installation.store.putOrder({ ...order, id: 'new', lines: [line('just-in'), line('mug')] }, NOW_MS)
  await installation.store.putOrder({ ...order, id: 'only-new', lines: [line('just-in')] }, NOW_MS)
  const refresh = await refreshInstallation(installation)
  assert.deepEqual(refresh.orders, { received: 2, new: 1, otherCurrency: 0 })
  assert.equal((await refreshInstallation(installation)).orders.new, 0)
})

for (const { dieAt, arms } of [
  { dieAt: 'before replaceArms', arms: [] },
  { dieAt: 'before saveRefresh', arms: ['cleaner promoted machine', 'mug rested machine'] },
])
  test(`a refresh that was killed ${dieAt}, with its plan published, is taken back like any other`, async (t) => {
    const installation = await openShop(t)
    const { store, dataFolder } = installation
    const first = await mine(installation)
    await shoppersAnswer(installation)
    const script = fileURLToPath(new URL('refreshing/refresh-and-die.ts', import.meta.url))
    const child = spawn(process.execPath, [script, dataFolder, String(NOW_MS), dieAt], { stdio: 'inherit' })
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')
    const states = async () =>
      (await store.latestArmChanges())
        .map(({ addOn, state, source }) => `${addOn} ${state} ${source}`)
        .toSorted()
    assert.notEqual(await store.currentPlanVersion(), first.planVersion)
    assert.deepEqual(await states(), arms)
    const [killed] = await store.listRefreshes(1)
    assert.deepEqual([killed?.seconds, killed?.plan.before], [null, first.planVersion])

    assert.equal((await undoRefresh(installation)).id, killed?.id)
    assert.equal(await store.currentPlanVersion(), first.planVersion)
    assert.deepEqual(
      await states(),
      arms.map((arm) => `${arm.split(' ')[0]} live owner`),
    )
    assert.notEqual((await store.listRefreshes(1))[0]?.undoneAtMs, null)
  })

test('a refresh that failed before it published anything has ended, and the one before it is what is taken back', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  const first = await mine(installation)
  const good = await refreshInstallation(installation)
  const unreadable = { ...installation, openHistory: () => Promise.reject(new Error('the disk is gone')) }
  await assert.rejects(refreshInstallation(unreadable), /the disk is gone/)
  const [failed] = await store.listRefreshes(1)
  assert.deepEqual([failed?.seconds, failed?.plan.version, failed?.undoneAtMs], [0, null, null])
  // Mined by hand since: what is current now is nothing that the failed one published.
  await mine(installation)
  assert.equal((await undoRefresh(installation)).id, good.id)
  assert.equal(await store.currentPlanVersion(), first.planVersion)
  await assert.rejects(undoRefresh(installation), /no refresh to take back/)
})

test('a refresh that was killed before it published anything is passed over by what takes one back', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  const first = await mine(installation)
  const good = await refreshInstallation(installation)
  const killed = await store.addRefresh({
    ...{ startedAtMs: NOW_MS + 1, seconds: null, orders: good.orders },
    plan: { before: good.plan.version, version: null, added: 0, retired: 0 },
    ...{ arms: { weighed: 0, changes: [] }, advice: [], undoneAtMs: null },
  })
  assert.equal((await undoRefresh(installation)).id, good.id)
  assert.equal(await store.currentPlanVersion(), first.planVersion)
  await assert.rejects(undoRefresh(installation), /no refresh to take back/)
  assert.deepEqual((await store.listRefreshes(1))[0], killed)
})

test('taking back a killed refresh looks at each change of an arm a few times, however many there are', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  const change = (arm: number, state: ArmState, atMs: number) => ({
    ...({ placement: 'thank-you', source: 'machine', because: 'its figures' } as const),
    ...{ anchor: `anchor-${arm}`, addOn: 'mug', state, atMs },
  })
  const arms = Array.from({ length: 300 }, (_, arm) => arm)
  for (const state of ['promoted', 'rested'] as const)
    await store.replaceArms(
      [],
      arms.map((arm) => change(arm, state, NOW_MS - 1)),
    )
  await store.addRefresh({
    ...{ startedAtMs: NOW_MS, seconds: null, orders: { received: 0, new: 0, otherCurrency: 0 } },
    plan: { before: 1, version: null, added: 0, retired: 0 },
    ...{ arms: { weighed: 0, changes: [] }, advice: [], undoneAtMs: null },
  })
  await store.replaceArms(
    [],
    arms.map((arm) => change(arm, 'live', NOW_MS)),
  )
  let looks = 0
  const listArmChanges: typeof store.listArmChanges = async (limit) =>
    (await store.listArmChanges(limit)).map((said) => ({
      ...said,
      get anchor() {
        looks += 1
        return said.anchor
      },
    }))
  await undoRefresh({ ...installation, store: { ...store, listArmChanges } })
  // What was said last before it, not what was said first.
  const states = (await store.latestArmChanges()).map(({ state, source }) => `${state} ${source}`)
  assert.deepEqual([states.length, ...new Set(states)], [300, 'rested owner'])
  assert.ok(looks <= 10 * 900, `${looks}`)
})

test('a refresh that is taken back while it runs takes back what it did since', async (t) => {
  const installation = await openShop(t)
  const { store } = installation
  const first = await mine(installation)
  await shoppersAnswer(installation)
  const replaceArms: typeof store.replaceArms = async (...words) => {
    await undoRefresh(installation)
    return store.replaceArms(...words)
  }
  const refresh = await refreshInstallation({ ...installation, store: { ...store, replaceArms } })
  assert.notEqual(refresh.undoneAtMs, null)
  assert.equal(await store.currentPlanVersion(), first.planVersion)
  assert.ok((await store.latestArmChanges()).every(({ state }) => state === 'live'))
})

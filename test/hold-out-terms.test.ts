// The owner changes the hold-out's share: figures are told of customers met since then, and until they can be, the answer of
// before stands with its dates. Customers are drawn by the real assignment; all come back after 20 days, the held-out ones for
// 10.00, the others for 14.00.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { holdCurrentTesting } from '../src/deciding/current-testing.ts'
import { DAY_MS } from '../src/domain/instant.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { HOLD_OUT } from '../src/domain/trial.ts'
import { causedBy } from '../src/measuring/measure-hold-out.ts'
import { whatWasCaused } from '../src/measuring/what-was-caused.ts'
import { holdOutOf } from '../src/next/assign-unit.ts'

const SALT = 'salt'
const CHANGED_DAY = 100
const CUSTOMERS_A_DAY = 25

const folder = mkdtempSync(join(tmpdir(), 'aftercart-terms-'))
const store = await openStore({ dataFolder: folder })
after(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

async function serverStarts(holdOutShare: number, day: number): Promise<void> {
  const measuring = { ...defaultSettings.measuring, holdOutShare }
  const testing = holdCurrentTesting(
    { get: () => null },
    {
      ...{ store, salt: SALT, clock: { nowMs: () => day * DAY_MS } },
      settings: { ...defaultSettings, measuring },
    },
  )
  await testing.refresh()
}

/** Each day newcomers, and those of 20 days ago once more. */
async function live(fromDay: number, toDay: number, share: number): Promise<void> {
  for (let day = fromDay; day < toDay; day += 1) {
    const customers = Array.from({ length: CUSTOMERS_A_DAY }, (_, i) => [
      `${day}-${i}`,
      ...(day >= 20 ? [`${day - 20}-${i}`] : []),
    ]).flat()
    await Promise.all(
      customers.map(async (customerId, i) => {
        const [id, unit, atMs] = [`${day}/${customerId}`, `customer:${customerId}`, day * DAY_MS + i]
        const variation = holdOutOf(unit, SALT, share)
        const isBack = !customerId.startsWith(`${day}-`)
        const unitPriceMinor = (isBack && variation === 'offered' ? 1_400 : 1_000) + (i % 7) * 10
        const line = { productId: 'pot', quantity: 1, unitPriceMinor }
        await store.putOrder({ id, customerId, placedAtMs: atMs, currency: 'GBP', lines: [line] }, atMs)
        const what = { placement: 'thank-you', anchor: 'pot', product: 'cup' } as const
        await store.addTrials([{ experiment: HOLD_OUT, orderId: id, unit, variation, ...what, atMs }])
      }),
    )
  }
}

/** As a report asks whose settings hold the share of today. */
async function told(day: number) {
  const asked = { currency: 'GBP', holdOutShare: 0.2, marginShare: null }
  const found = await whatWasCaused({ ...asked, untilMs: day * DAY_MS }, { store })
  return found.find(({ windowDays }) => windowDays === 30) ?? assert.fail()
}

test('a share that was changed from 10 to 20 % leaves figures that can be told, of customers met since', async () => {
  await serverStarts(0.1, 0)
  await live(0, CHANGED_DAY, 0.1)
  await serverStarts(0.1, 50)
  await serverStarts(0.2, CHANGED_DAY)
  await live(CHANGED_DAY, 180, 0.2)
  const changedMs = CHANGED_DAY * DAY_MS

  // All together, as if there were one share, raise the alarm: this is what terms are for.
  const term = { share: 0.2, fromMs: null, untilMs: null }
  const question = {
    windowDays: 30,
    untilMs: 180 * DAY_MS,
    currency: 'GBP',
    marginShare: null,
    term,
  } as const
  const mixed = await store.unitMoments({ ...question, experiment: HOLD_OUT })
  assert.ok(mixed.unitsInTwo > 0)
  assert.equal(causedBy(mixed, question).sampleRatioAlarm, true)

  const caused = await told(180)
  assert.deepEqual(caused.term, { share: 0.2, fromMs: changedMs, untilMs: null })
  assert.equal(caused.sampleRatioAlarm, false)
  // Those of 50 days have 30 days behind them, with the first of day 150 to the millisecond; one in five is held out.
  assert.equal(caused.offered.customers + caused.heldOut.customers, 50 * CUSTOMERS_A_DAY + 1)
  assert.ok(caused.heldOut.customers > 150, `${caused.heldOut.customers}`)
  const { low, value, high } = caused.perOrder?.revenueMinor ?? assert.fail()
  // 4.00 per customer, who has two orders.
  assert.ok(low > 150 && Math.abs(value - 200) < 10 && high < 250, `${low} to ${high}`)
})

test('until the new share can tell, the answer of the old one stands, of customers whose days were over before the change', async () => {
  const caused = await told(CHANGED_DAY + 20)
  assert.deepEqual(caused.term, { share: 0.1, fromMs: null, untilMs: CHANGED_DAY * DAY_MS })
  assert.equal(caused.sampleRatioAlarm, false)
  assert.equal(caused.offered.customers + caused.heldOut.customers, 70 * CUSTOMERS_A_DAY + 1)
  assert.equal(caused.moreDays, null)
  // A report on the day before knows of no change.
  const before = await told(CHANGED_DAY)
  assert.deepEqual(before.term, { share: 0.1, fromMs: null, untilMs: null })
  assert.deepEqual(before.offered, caused.offered)
})

test('a split that is broken in the newest term raises the alarm, though an earlier term has a good answer', async () => {
  await serverStarts(0.3, 180)
  // One server went on with the share of before.
  await live(180, 240, 0.2)
  const caused = await told(240)
  assert.deepEqual(caused.term, { share: 0.3, fromMs: 180 * DAY_MS, untilMs: null })
  assert.equal(caused.sampleRatioAlarm, true)
})

test('a shop whose hold-out is off, and always was, is told nothing', async () => {
  const asked = { currency: 'GBP', holdOutShare: 0, marginShare: null, untilMs: 0 }
  assert.deepEqual(await whatWasCaused(asked, { store }), [])
})

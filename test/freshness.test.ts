// Nothing goes stale: what is sold out, gone or repriced since the plan was made is told in the next decision, and the
// next plan says what it retired, why, and what takes its place: in the store, by the API and on the command line.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { mine } from '../src/cli/commands/mine.ts'
import { importFiles } from '../src/cli/import-files.ts'
import { type Installation, openInstallation } from '../src/cli/installation.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { makeDecision } from '../src/deciding/decide-offer.ts'
import type { ChangeRow } from '../src/deciding/list-changes.ts'
import type { CatalogProduct } from '../src/domain/product.ts'
import { createApp } from '../src/http/app.ts'
import { untested } from './untested.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

function aftercart(...words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, ...words], (error, out) => (error ? reject(error) : resolve(out)))
  })
}

/** 100 orders of a machine: 60 with a cleaner, 40 with a filter; 300 orders of other things. */
function ordersFile(folder: string): string {
  const rows = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country']
  const add = (order: number, ...things: readonly (readonly [string, number])[]): void => {
    const day = `2026-0${1 + (order % 6)}-1${order % 9} 10:00:00`
    for (const [id, price] of things)
      rows.push(`${order},${id},${id} of steel,1,${day},${price},${order % 50},France`)
  }
  for (let order = 1; order <= 100; order++) {
    const machine = ['MACHINE', 90] as const
    if (order % 10 < 6) add(order, machine, ['CLEANER', 12])
    else add(order, machine, ['FILTER', 9])
  }
  for (let order = 101; order <= 400; order++) add(order, [`MUG ${order % 7}`, 8], [`PLATE ${order % 11}`, 7])
  const file = join(folder, 'orders.csv')
  writeFileSync(file, `${rows.join('\n')}\n`)
  return file
}

async function inShop(
  prove: (installation: Installation, change: Change, data: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-freshness-'))
  const data = join(folder, 'data')
  const installation = await openInstallation({ data, create: true, apart: true })
  try {
    const file = ordersFile(folder)
    await importFiles({ files: [file], catalogFile: null, columns: null, currency: 'EUR' }, installation)
    await mine(installation)
    const change: Change = async (id, more) => {
      const found = (await installation.store.listProducts()).find((one) => one.id === id)
      assert.ok(found, id)
      await installation.store.putProducts([{ ...found, ...more }])
    }
    await prove(installation, change, data)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Change = (id: string, more: Partial<CatalogProduct>) => Promise<void>

test('what the catalog says today holds in the next decision, and the reason is told', async () => {
  await inShop(async ({ store, settings, clock }, change) => {
    const current = holdCurrentPlan(store, settings)
    await current.refresh()
    const decide = () => {
      const order = {
        id: 'o',
        customerId: null,
        placedAtMs: 0,
        currency: 'EUR',
        lines: [{ productId: 'MACHINE', quantity: 1, unitPriceMinor: 9000 }],
      }
      const { picks, dropped } = makeDecision(order, null, 'thank-you', {
        plan: current.get(),
        settings,
        clock,
      })
      const cleaner = dropped.find(({ product }) => product === 'CLEANER')
      return [picks[0]?.product, cleaner?.rule, cleaner?.detail]
    }
    assert.deepEqual(decide(), ['CLEANER', undefined, undefined])
    assert.equal(await current.refresh(), false)

    const told = async (more: Partial<CatalogProduct>) => {
      await change('CLEANER', { stock: null, status: 'active', priceMinor: 1200, ...more })
      assert.equal(await current.refresh(), true)
      return decide()
    }
    assert.deepEqual(await told({ stock: 0 }), ['FILTER', 'not-buyable', 'it is sold out'])
    assert.deepEqual(await told({ status: 'archived' }), [
      'FILTER',
      'not-buyable',
      'it is not on sale: the catalog does not list it as active',
    ])
    assert.deepEqual(await told({ priceMinor: null }), ['FILTER', 'not-buyable', 'it has no price'])
    assert.deepEqual(await told({ priceMinor: 5000 }), [
      'FILTER',
      'over-price-ceiling',
      '€50.00 is over the ceiling of €45.00 for this order',
    ])
    assert.deepEqual(await told({}), ['CLEANER', undefined, undefined])
  })
})

test('the next plan says what it retired, why, since when, and what takes its place', async () => {
  await inShop(async (installation, change, data) => {
    const { store, settings, clock } = installation
    assert.deepEqual((await mine(installation)).changes, { retired: 0, added: 0 })
    assert.deepEqual(await store.listPlanChanges({ limit: 10 }), [])

    await change('CLEANER', { status: 'archived' })
    const mined = await mine(installation)
    assert.ok(mined.changes.retired >= 1)

    const plan = holdCurrentPlan(store, settings)
    await plan.refresh()
    const app = createApp(
      openHttpEffects({
        ...installation,
        settings: untested(installation.settings),
        ...{ plan, log: { error() {}, info() {} } },
      }),
      {
        ownerPage: new Map(),
        openReading: true,
        version: '0',
      },
    )
    const answer = await app.request('/v1/plan-changes?kind=retired&anchor=MACHINE')
    const rows = (await answer.json()) as ChangeRow[]
    assert.equal(answer.status, 200)
    assert.deepEqual(
      rows.map(({ at, because: _, ...row }) => ({ ...row, at: at.slice(0, 10) })),
      [
        {
          kind: 'retired',
          at: new Date(clock.nowMs()).toISOString().slice(0, 10),
          planVersion: mined.planVersion,
          id: 'MACHINE~CLEANER',
          anchor: 'MACHINE',
          anchorTitle: 'MACHINE of steel',
          addOn: 'CLEANER',
          addOnTitle: 'CLEANER of steel',
          relation: 'complete',
          reason: 'discontinued',
          replacedBy: 'FILTER',
          replacedByTitle: 'FILTER of steel',
        },
      ],
    )
    const told = await aftercart('pairings', '--retired', '--anchor', 'MACHINE', '--data', data)
    assert.match(told, /MACHINE of steel +CLEANER of steel +complete +discontinued +it is not on sale/)
    const plans = JSON.parse(await aftercart('plans', '--json', '--data', data))
    assert.deepEqual(plans[0].changes, mined.changes)

    await change('CLEANER', { status: 'active' })
    await mine(installation)
    const added = await store.listPlanChanges({ limit: 10, kind: 'added', anchor: 'MACHINE' })
    assert.deepEqual(
      added.map(({ addOn }) => addOn),
      ['CLEANER'],
    )
    assert.equal((await store.listPlanChanges({ limit: 10, kind: 'retired', anchor: 'MACHINE' })).length, 1)
  })
})

// The owner's page in a real Chromium over the real API: a pairing is pinned, vetoed and given a sentence by keyboard
// alone, what is wrong is said, and the store holds what was said.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { openStore } from '../src/adapters/store/open-store.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { readOwnerPage } from '../src/http/routes/owner-page.ts'
import { testButton } from '../src/measuring/advice/test-button.ts'
import { hostileTitles } from './hostile-titles.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { sampleReport } from './measuring/report-samples.ts'
import { pageSays } from './page-says.ts'
import { tinyCatalogProduct } from './tiny-catalog-product.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const NOW_MS = Date.UTC(2026, 0, 15)
let chromium: LaunchedBrowser
before(async () => {
  chromium = await launchChromium()
})
after(() => chromium?.close())

const ownerPage = readOwnerPage(new URL('../dist/dashboard/', import.meta.url))

async function startPage(folder: string) {
  const store = await openStore({ dataFolder: folder })
  const {
    version: _,
    publishedAtMs: __,
    ...draft
  } = tinyPlan(
    [
      ...['machine', 'cleaner', 'beans', 'grinder', 'descaler'].map((id) => tinyProduct(id, 1400)),
      tinyProduct('boiler', 3500),
    ],
    [
      tinyPairing('machine', 'cleaner', 0.4),
      tinyPairing('machine', 'boiler', 0.35, { priceRatio: 2.5 }),
      tinyPairing('machine', 'beans', 0.3),
      tinyPairing('machine', 'grinder', 0.2, {
        verdict: {
          status: 'refused',
          relation: 'substitute',
          because: 'one replaces the other',
          decidedBy: 'orders-together',
        },
        need: '',
        windows: [],
      }),
      tinyPairing('beans', 'descaler', 0.2),
      tinyPairing('grinder', 'beans', 0.1, {
        verdict: {
          status: 'refused',
          relation: 'too-little-evidence',
          because: '40 orders together, 30.0 expected',
          decidedBy: 'own-orders',
        },
      }),
    ],
  )
  await store.publishPlan(draft, NOW_MS)
  await store.putProducts([
    tinyCatalogProduct('machine', 'MACHINE', 1400),
    tinyCatalogProduct('bag', 'BAG', 0, { priceMinor: null }),
  ])
  await store.addApiKey({ name: 'growth', hash: hashApiKey('key'), createdAtMs: NOW_MS })
  const plan = holdCurrentPlan(store, defaultSettings)
  await plan.refresh()
  const app = createApp(
    openHttpEffects({
      ...{ store, plan, clock: { nowMs: () => NOW_MS }, settings: untested() },
      ...{ secret: Buffer.alloc(32), dataFolder: folder, hashCustomer: (id: string) => id },
      log: { error() {}, info() {} },
    }),
    { ownerPage, openReading: true, version: '0' },
  )
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  return {
    store,
    plan,
    address: `http://127.0.0.1:${port}`,
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    },
  }
}

async function onPage(prove: (page: Page, shop: Awaited<ReturnType<typeof startPage>>) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-page-'))
  const shop = await startPage(folder)
  // Each has cookies, storage and cache of its own.
  const context = await chromium.browser.newContext()
  try {
    await prove(await context.newPage(), shop)
  } finally {
    await context.close()
    await shop.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('an owner pins, vetoes and rewords a pairing by keyboard alone, and the store holds it', async () => {
  await onPage(async (page, { address, store }) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${address}/#key=key`)
    await page.goto(`${address}/#/product/machine`)
    const row = page.getByRole('row', { name: /CLEANER/i })
    const button = (name: string) => row.getByRole('button', { name, exact: true })

    await button('Pin').focus()
    await page.keyboard.press('Enter')
    await row.getByText('Pinned by you').waitFor()
    assert.equal(await button('Pin').getAttribute('aria-pressed'), 'true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await row.getByText('Vetoed by you').waitFor()
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Veto', 'the focus stays')

    await page.keyboard.press('Space')
    await row.getByText('Vetoed by you').waitFor({ state: 'detached' })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const field = row.getByLabel('Which need does it answer?')
    await field.fill('Keeps it <b>clean</b>.')
    await row.getByRole('button', { name: 'Save' }).press('Enter')
    await row.getByRole('alert').getByText('markup').waitFor()
    await field.fill('x'.repeat(161))
    assert.equal(await row.getByRole('button', { name: 'Save' }).isDisabled(), true)
    await field.fill('Keeps your {anchor} clean.')
    await row.getByRole('button', { name: 'Save' }).press('Enter')
    await row.getByText('Keeps your machine clean.').waitFor()
    await field.waitFor({ state: 'detached' })

    const refused = page.getByRole('row', { name: /GRINDER/i })
    await refused.getByRole('button', { name: 'Approve' }).press('Enter')
    await refused.getByText('Approved by you').waitFor()
    const held = await store.listOwnerWords()
    assert.deepEqual(
      held.map(({ word, saidBy }) => [word.kind, saidBy]),
      [
        ['need', 'growth'],
        ['standing', 'growth'],
      ],
    )
    await page.reload()
    await page
      .getByRole('row', { name: /GRINDER/i })
      .getByText('Approved by you')
      .waitFor()
    assert.deepEqual(complaints, [])
  })
})

test('without a key the page asks for one where something is to be changed, and then goes on', async () => {
  await onPage(async (page, { address, store }) => {
    await page.goto(`${address}/#/product/machine`)
    const row = page.getByRole('row', { name: /BEANS/i })
    await row.getByRole('button', { name: 'Veto' }).click()
    const key = row.getByLabel(/needs an API key/)
    await key.fill('wrong')
    await page.keyboard.press('Enter')
    await row.getByLabel(/needs an API key/).waitFor()
    assert.equal(await store.ownerWordsVersion(), 0)
    await row.getByLabel(/needs an API key/).fill('key')
    await page.keyboard.press('Enter')
    await row.getByText('Vetoed by you').waitFor()
    assert.equal((await store.listOwnerWords()).length, 1)
  })
})

test('an owner adds a pairing of their own by keyboard, is told what is wrong with it, and can pin it at once', async () => {
  await onPage(async (page, { address, store }) => {
    await page.goto(`${address}/#key=key`)
    await page.goto(`${address}/#/product/machine`)
    const form = page.getByRole('region', { name: 'Add a pairing of your own' })
    const addOn = form.getByLabel('Product id of the add-on')
    await addOn.fill('unknown')
    await page.keyboard.press('Enter')
    await form.getByRole('alert').getByText('knows no product unknown').waitFor()
    await addOn.fill('descaler')
    await form.getByLabel('Need sentence').fill('Keeps your {anchor} free of lime.')
    await page.keyboard.press('Enter')
    await form.getByRole('status').getByText('Added: Descaler').waitFor()
    const row = page.getByRole('row', { name: /DESCALER/i })
    await row.getByText('Keeps your machine free of lime.').waitFor()
    await row.getByText('added by you').waitFor()
    await row.getByRole('button', { name: 'Pin' }).press('Enter')
    await row.getByText('Pinned by you').waitFor()
    assert.deepEqual((await store.listOwnerWords()).map(({ word }) => word.kind).sort(), [
      'curated',
      'need',
      'standing',
    ])
  })
})

test('the page says from which order on a dear add-on is offered, and how many of the refused it lists', async () => {
  await onPage(async (page, { address }) => {
    await page.goto(`${address}/#/product/machine`)
    const dear = page.getByRole('table', { name: /in larger orders/ })
    await dear
      .getByRole('row', { name: /BOILER/i })
      .getByText('in orders from £140.00')
      .waitFor()
    assert.equal(await dear.getByRole('row').count(), 2, 'the head, and the boiler alone')
    await page.getByText('2 listed, with the reason').waitFor()
  })
})

test('the problems of the catalog stand on a page of their own, each kind with what to do', async () => {
  await onPage(async (page, { address }) => {
    await page.goto(address)
    await page.getByRole('link', { name: 'Catalog' }).click()
    await page.getByRole('heading', { name: /^No price/ }).waitFor()
    await page.getByText('Give it a price in the catalog file').waitFor()
    await page.getByRole('link', { name: 'BAG' }).first().waitFor()
    await page.getByRole('link', { name: 'Pairings' }).click()
    await page.getByRole('heading', { name: 'The strongest pairings' }).waitFor()
  })
})

test('what changed is told with reason and successor, and an empty list says that it is empty', async () => {
  await onPage(async (page, { address, store }) => {
    await page.goto(`${address}/#/changes`)
    await page.getByText('Nothing was retired yet').waitFor()
    await page.getByText('Nothing new yet').waitFor()
    const change = { anchor: 'machine', relation: 'complete' } as const
    const draft = await store.loadPlan(1)
    assert.ok(draft)
    await store.publishPlan(
      {
        ...draft,
        changes: [
          {
            ...change,
            kind: 'retired',
            addOn: 'descaler',
            reason: 'attach-rate-fallen',
            because: 'of late 2.0 %',
            replacedBy: 'cleaner',
          },
          { ...change, kind: 'added', addOn: 'boiler', because: '40 orders together' },
        ],
      },
      NOW_MS,
    )
    await page.reload()
    const retired = page.getByRole('article').filter({ hasText: 'Retired' }).getByRole('listitem')
    assert.equal(
      await retired.innerText(),
      'Machine → Descaler Complete, 15 Jan 2026, plan 2\nTaken less: of late 2.0 %\nNext in its place: Cleaner.',
    )
    await page.getByText('40 orders together').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Changes' }).getAttribute('aria-current'), 'page')
  })
})

test('skipping to the content by keyboard stays on the product and goes on behind the head of the page', async () => {
  await onPage(async (page, { address }) => {
    await page.goto(`${address}/#/product/machine`)
    const product = page.getByRole('heading', { name: 'Machine' })
    await product.waitFor()
    assert.equal(await page.title(), 'Machine · Aftercart')
    await page.getByRole('button', { name: 'Skip to the content' }).press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.closest("main") !== null'), true)
    assert.equal(await page.evaluate('location.hash'), '#/product/machine')
    await product.waitFor()
  })
})

test('the front page counts only products that have something to offer, and names each product once before any twice', async () => {
  await onPage(async (page, { address }) => {
    await page.goto(address)
    await page.getByText('2 of 6 products have something to offer with them').waitFor()
    await page.getByRole('link', { name: /^Grinder/ }).waitFor()
    const rows = page.getByRole('table', { name: /strongest/ }).getByRole('rowheader')
    const names = await rows.evaluateAll((cells) =>
      cells.map((cell) =>
        [...cell.querySelectorAll('a, a + span')].map((part) => part.textContent).join(' '),
      ),
    )
    assert.deepEqual(names, [
      'Cleaner with Machine',
      'Descaler with Beans',
      'Boiler with Machine',
      'Beans with Machine',
    ])
  })
})

test('what only shared taste explains is not said to have too little evidence', async () => {
  await onPage(async (page, { address }) => {
    await page.goto(`${address}/#/product/grinder`)
    await page
      .getByRole('table', { name: /not offered/ })
      .getByText('No more than taste')
      .waitFor()
  })
})

test('no page of the owner has to be moved sideways on a phone', async () => {
  await onPage(async (page, { address }) => {
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      for (const path of ['', '#/product/machine', '#/messages', '#/changes', '#/catalog']) {
        await page.goto('about:blank')
        await page.goto(`${address}/${path}`)
        await page.waitForLoadState('networkidle')
        await page.getByRole('link', { name: 'Catalog', exact: true }).waitFor()
        const reach = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.equal(reach, width, path)
      }
    }
  })
})

test('no hostile title, id or category runs anything or loads anything on the owner’s page', async () => {
  await onPage(async (page, { address, store, plan }) => {
    const bad = {
      category: '<img src=x onerror=pwned()>',
      imageUrl: 'javascript:pwned()',
      url: 'javascript:pwned()',
    }
    const [hub = '', ...others] = hostileTitles.map((title) => `../${title}%`)
    const titles = hostileTitles.map((title) => ({ ...bad, title }))
    const {
      version: _,
      publishedAtMs: __,
      ...draft
    } = tinyPlan(
      [hub, ...others].map((id, at) => tinyProduct(id, 1400, titles[at])),
      others.flatMap((id) => [
        tinyPairing(hub, id, 0.4, { need: id }),
        tinyPairing(id, hub, 0.4, { need: id }),
      ]),
    )
    await store.publishPlan(
      {
        ...draft,
        changes: others.map((addOn) => ({
          ...({ kind: 'added', relation: 'complete', anchor: hub, addOn, because: addOn } as const),
        })),
      },
      NOW_MS,
    )
    await store.putProducts(
      [hub, ...others].map((id, at) =>
        tinyCatalogProduct(id, titles[at]?.title ?? '', 0, { ...bad, priceMinor: null }),
      ),
    )
    await plan.refresh()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) complaints.push(`request: ${request.url()}`)
    })
    await page.addInitScript('window.pwned = () => alert("pwned")')
    for (const hash of [
      '',
      '#/changes',
      '#/catalog',
      ...[hub, ...others].map((id) => `#/product/${encodeURIComponent(id)}`),
    ]) {
      await page.goto(`${address}/${hash}`)
      await page.reload()
      await page.getByText('<script>').first().waitFor({ timeout: 10_000 })
    }
    assert.deepEqual(complaints, [])
  })
})

test('no title turns the words around it on the owner’s page, and a product whose id holds such a mark can be pinned', async () => {
  await onPage(async (page, { address, store, plan }) => {
    const [hub, addOn] = ['lamp\u200e', 'bulb\u200f']
    const {
      version: _,
      publishedAtMs: __,
      ...draft
    } = tinyPlan(
      [
        tinyProduct(hub, 1400, { title: 'Lamp \u202eoff %05' }),
        tinyProduct(addOn, 700, { title: '\u2067Bulb', category: '\u202dbulbs' }),
      ],
      [tinyPairing(hub, addOn, 0.4, { need: 'For your \u202eLamp.' })],
    )
    await store.publishPlan(draft, NOW_MS)
    await plan.refresh()
    await page.goto(`${address}/#key=key`)
    await page.goto(`${address}/#/product/${encodeURIComponent(hub)}`)
    await page.getByRole('button', { name: /^Pin/ }).first().click()
    await page.getByText('pinned').first().waitFor({ timeout: 10_000 })
    assert.doesNotMatch(
      `${await page.textContent('main')}${await page.title()}`,
      /[\u202a-\u202e\u2066-\u2069]/,
    )
    const [{ word } = assert.fail()] = await store.listOwnerWords()
    assert.deepEqual(word, { kind: 'standing', anchor: hub, addOn, standing: 'pinned' })
  })
})

test('a link with half a key does not leave the page empty', async () => {
  await onPage(async (page, { address }) => {
    await page.goto('about:blank')
    await page.goto(`${address}/#key=%E0%A4%A`)
    await page.getByText('machine').first().waitFor({ timeout: 10_000 })
  })
})

test('an owner without experiments is told what to ask first, puts it down, starts it and calls it off', async () => {
  await onPage(async (page, { address, store }) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${address}/#key=key`)
    await page.goto(`${address}/#/experiments`)
    await page.getByRole('button', { name: 'Ask this' }).click()
    const putDown = page.getByRole('button', { name: 'Save as a draft' })
    assert.equal(await putDown.isDisabled(), true, 'the belief is missing')
    await page.getByLabel('What do you believe, and why?').fill('It is wanted sooner.')
    await putDown.click()
    await page.getByText('Draft', { exact: true }).waitFor()
    await page.getByText(/each variation needs about [\d,]+ customers/).waitFor()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText(/^Runs since/).waitFor()
    const [running] = await store.listExperiments('running')
    assert.equal(running?.variations[1]?.change.kind, 'pairing')
    await page.getByText(/^Not enough is known/).waitFor()
    await page.getByRole('button', { name: 'Stop and write the verdict' }).click()
    await page.getByText(/^Ended/).waitFor()
    assert.equal((await store.listExperiments('ended')).length, 1)
    assert.deepEqual(complaints, [])
  })
})

test('a test that advice asks for is prepared once; the second click leads to the one that is there', async () => {
  await onPage(async (page, { address, store }) => {
    const named = (id: string) => ({ id, title: id })
    const button = testButton({
      ...{ anchor: named('machine'), first: named('cleaner'), better: named('beans'), because: 'seen more' },
    })
    const [one] = sampleReport().advice
    assert.ok(one)
    const report = { ...sampleReport(), advice: [{ ...one, action: 'test', button }] }
    await page.route('**/v1/reports/summary', (route) => route.fulfill({ json: report }))
    await page.goto(`${address}/#key=key`)
    for (const said of ['It waits for you to start it.', 'This test is there already.']) {
      await page.goto(`${address}/#/results`)
      await page.getByRole('button', { name: 'Prepare a test of beans' }).click()
      await page.getByText(said).waitFor()
      await page.getByRole('link', { name: 'Look at the test' }).click()
      await pageSays(page, "document.activeElement?.textContent.startsWith('beans first with machine')")
      await page.getByText('50 % of customers: Beans first with Machine').waitFor()
    }
    assert.equal((await store.listExperiments()).length, 1)
  })
})

test('on a phone every figure of the results stands within the screen', async () => {
  await onPage(async (page, { address }) => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.route('**/v1/reports/summary', (route) => route.fulfill({ json: sampleReport() }))
    await page.goto(`${address}/#/results`)
    await page.locator('td').first().waitFor()
    const cells = page.locator('tbody :is(th, td)')
    assert.ok((await cells.count()) > 20)
    for (const box of await Promise.all((await cells.all()).map((cell) => cell.boundingBox())))
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box))
  })
})

test('what the nightly choice decided stands before what it only began to try', async () => {
  await onPage(async (page, { address, store }) => {
    const spot = { placement: 'thank-you', anchor: 'machine', atMs: NOW_MS, source: 'machine' } as const
    await store.addArmChange({ ...spot, addOn: 'cleaner', state: 'rested', because: 'taken by 3 of 900' })
    for (let at = 0; at < 120; at += 1)
      await store.addArmChange({ ...spot, addOn: `new-${at}`, state: 'live', because: 'shown at first' })
    await page.goto(`${address}/#/changes`)
    const rows = page.getByRole('article').filter({ hasText: 'Tried against' }).getByRole('listitem')
    await rows.first().waitFor()
    assert.match(await rows.first().innerText(), /Cleaner[\s\S]*Rests for 90 days: taken by 3 of 900/)
    await page.getByRole('button', { name: 'Show all 121' }).click()
    assert.equal(await rows.count(), 121)
  })
})

test('a title that turns the direction of reading turns no word beside it', async () => {
  await onPage(async (page, { address, store, plan }) => {
    const { version: _, publishedAtMs: __, ...draft } = (await store.loadPlan(1)) ?? assert.fail('no plan')
    const turning = { ...tinyProduct('cleaner', 1400), title: '\u202eabc' }
    const change = { kind: 'added', relation: 'complete', because: '40 orders' } as const
    await store.publishPlan(
      {
        ...{ ...draft, products: new Map([...draft.products, ['cleaner', turning]]) },
        changes: [{ ...change, anchor: 'machine', addOn: 'cleaner' }],
      },
      NOW_MS,
    )
    await plan.refresh()
    await page.goto(`${address}/#/changes`)
    await page.getByText('40 orders').waitFor()
    const beside = page.locator('li .small').first()
    assert.match(await beside.innerText(), /^Complete/)
    const placed: number[] = []
    for (const at of [0, 7])
      placed.push(
        await page.evaluate<number>(`(() => {
          const range = document.createRange()
          const text = document.querySelector('li .small').firstChild
          range.setStart(text, ${at})
          range.setEnd(text, ${at + 1})
          return range.getBoundingClientRect().x
        })()`),
      )
    assert.ok((placed[0] ?? 0) < (placed[1] ?? 0), `${placed}`)
  })
})

// What a click does, in a real browser: by keyboard alone, twice, without an answer, with the bank, at another price. And
// what is told of the shopper: nothing before it may be.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { ViewState } from '../src/domain/offer-view.ts'
import { type LaunchedBrowser, launchChromium } from './launch-chromium.ts'
import { openStandIn, type StandIn, viewOf } from './offer-stand-in.ts'
import { pageSays } from './page-says.ts'

let chromium: LaunchedBrowser

before(async () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/build-storefront.ts', import.meta.url))])
  chromium = await launchChromium()
})
after(async () => {
  await chromium?.close()
})

type Recorded = { shifts: number[]; violations: string[]; events: { name: string; [key: string]: unknown }[] }
const recorded = (page: Page) => page.evaluate(() => (globalThis as unknown as { record: Recorded }).record)

/** A page whose offer is `state.now`; the shop's answers can be replaced before it is opened. */
async function visit(
  does: (page: Page, shop: StandIn, state: { now: ViewState }) => Promise<void>,
  arrange: (shop: StandIn, state: { now: ViewState }) => void = () => undefined,
): Promise<void> {
  const shop = await openStandIn()
  const state: { now: ViewState } = { now: 'open' }
  const become = (now: ViewState) => {
    state.now = now
    return { body: viewOf(now) }
  }
  shop.answers = {
    see: () => ({ body: viewOf(state.now) }),
    accept: () => become('added'),
    undo: () => become('undone'),
    decline: () => become('dismissed'),
    expose: () => ({ status: 204 }),
  }
  arrange(shop, state)
  const page = await chromium.browser.newPage({ viewport: { width: 390, height: 900 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  try {
    await page.goto(shop.address)
    await pageSays(page, 'record.events.length > 0')
    await does(page, shop, state)
    assert.deepEqual(errors, [])
    assert.deepEqual((await recorded(page)).violations, [])
    assert.deepEqual((await recorded(page)).shifts, [])
  } finally {
    await page.close()
    await shop.close()
  }
}

const buy = (page: Page) => page.getByRole('button', { name: 'Buy now – pay £14.00' })
const names = async (page: Page) => (await recorded(page)).events.map(({ name }) => name)

test('the offer can be bought and taken back by keyboard alone, and the focus stays in it', async () => {
  await visit(async (page, shop) => {
    const focused = () =>
      page.evaluate<string>(
        `document.querySelector('aftercart-offer').shadowRoot.activeElement?.textContent ?? ''`,
      )
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Regency saucer, green')
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Buy now – pay £14.00')
    await page.keyboard.press('Enter')
    await page.getByText('Added to your order and paid.').waitFor()
    assert.match(await focused(), /Added to your order/)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Take it back')
    await page.keyboard.press('Space')
    await page.getByText('It is off your order').waitFor()
    assert.match(await focused(), /off your order/)
    assert.deepEqual(await names(page), ['shown', 'accepted', 'undone'])
    assert.deepEqual(
      shop.asked
        .filter(({ body }) => body !== '')
        .map(({ what, body }) => [what, body])
        .filter(([what]) => what !== 'expose'),
      [
        ['accept', '{}'],
        ['undo', '{}'],
      ],
    )
  })
})

test('a double click, and clicks while it is under way, accept once', async () => {
  await visit(
    async (page, shop) => {
      await buy(page).dblclick()
      await page.getByText('One moment, your payment is being made.').waitFor()
      await buy(page).click({ force: true })
      await page.getByText('Added to your order and paid.').waitFor()
      assert.equal(shop.count('accept'), 1)
      const accepted = (await recorded(page)).events.find(({ name }) => name === 'accepted')
      assert.equal(accepted?.totalMinor, 1400)
      assert.equal(accepted?.currency, 'GBP')
    },
    (shop) => {
      const { accept } = shop.answers
      shop.answers.accept = (token, count) => ({ delayMs: 700, ...accept?.(token, count) })
    },
  )
})

test('when the answer to a click is lost the page asks until it knows, and never says that it failed', async () => {
  await visit(
    async (page, shop) => {
      await buy(page).click()
      await page.getByText('Added to your order and paid.').waitFor({ timeout: 15_000 })
      assert.equal(shop.count('accept'), 1)
      assert.ok(shop.count('see') >= 4, 'two looks were lost, one said "under way"')
    },
    (shop, state) => {
      shop.answers.accept = () => {
        state.now = 'accepting'
        return { isLost: true }
      }
      shop.answers.see = (_token, count) => {
        if (count === 2 || count === 3) return count === 2 ? { isLost: true } : { status: 503, body: {} }
        if (count > 4) state.now = 'added'
        return { body: viewOf(state.now) }
      }
    },
  )
})

test('a click that never arrived brings the button back', async () => {
  await visit(
    async (page, shop, state) => {
      await buy(page).click()
      await page.locator('aftercart-offer section[aria-busy="false"]').waitFor({ timeout: 15_000 })
      assert.ok(await buy(page).isVisible())
      assert.equal(state.now, 'open')
      assert.equal(shop.count('accept'), 1)
    },
    (shop) => {
      shop.answers.accept = () => ({ isLost: true })
    },
  )
})

test('every answer to a click is shown in the words of its state', async () => {
  const statuses = {
    pending: 202,
    declined: 402,
    'not-confirmed': 402,
    'sold-out': 410,
    expired: 410,
    'order-closed': 410,
    'not-charged': 410,
  } as const
  for (const [name, status] of Object.entries(statuses) as [keyof typeof statuses, number][]) {
    await visit(
      async (page, shop) => {
        await buy(page).click()
        await page.getByText(viewOf(name).words.message).waitFor()
        assert.equal(await buy(page).count(), 0, name)
        assert.equal(shop.count('accept'), 1, name)
      },
      (shop, state) => {
        shop.answers.accept = () => {
          state.now = name
          return { status, body: viewOf(name) }
        }
      },
    )
  }
})

test('at another price the new offer stands in its place with the reason, and is bought by its own token', async () => {
  await visit(
    async (page, shop) => {
      await buy(page).click()
      await page.getByText('Its price has changed since you saw it.').waitFor()
      assert.equal(shop.asked.filter(({ token }) => token === 't2').length, 1)
      await buy(page).click()
      await page.getByText('Added to your order and paid.').waitFor()
      assert.deepEqual(
        shop.asked.filter(({ what }) => what === 'accept').map(({ token }) => token),
        ['t1', 't2'],
      )
    },
    (shop) => {
      const changed = viewOf('price-changed', { replacement: 't2' })
      shop.answers.accept = (token) =>
        token === 't1' ? { status: 409, body: changed } : { body: viewOf('added') }
      shop.answers.see = () => ({ body: viewOf('open') })
    },
  )
})

test('the bank is reached by a link, or by the page with the secret, and refresh() shows what came of it', async () => {
  await visit(
    async (page, shop, state) => {
      await buy(page).click()
      const confirm = page.getByRole('button', { name: 'Confirm with your bank' })
      await confirm.waitFor()
      await confirm.click()
      const actions = (await recorded(page)).events.filter(({ name }) => name === 'action')
      assert.deepEqual(
        actions.map(({ clientSecret }) => clientSecret),
        ['pi_secret', 'pi_secret'],
      )
      state.now = 'added'
      await page.evaluate(`document.querySelector('aftercart-offer').refresh()`)
      await page.getByText('Added to your order and paid.').waitFor()
      assert.equal(shop.count('accept'), 1)
    },
    (shop, state) => {
      const view = viewOf('action-required', { action: { url: null, clientSecret: 'pi_secret' } })
      shop.answers.accept = () => ({ status: 202, body: view })
      shop.answers.see = () => ({
        body: state.now === 'added' ? viewOf('added') : shop.count('accept') > 0 ? view : viewOf('open'),
      })
    },
  )
  const links = { 'https://bank.example/3ds': 1, 'javascript:pwned()': 0, 'http://bank.example/3ds': 0 }
  for (const [url, count] of Object.entries(links)) {
    await visit(
      async (page) =>
        assert.equal(await page.getByRole('link', { name: 'Confirm with your bank' }).count(), count, url),
      (shop) => {
        shop.answers.see = () => ({
          body: viewOf('action-required', { action: { url, clientSecret: null } }),
        })
      },
    )
  }
})

test('taking back is offered only until its time is over, even when the server no longer answers', async () => {
  await visit(
    async (page) => {
      const undo = page.getByRole('button', { name: 'Take it back' })
      assert.ok(await undo.isVisible())
      await undo.waitFor({ state: 'hidden', timeout: 10_000 })
    },
    (shop) => {
      shop.answers.see = (_token, count) =>
        count === 1
          ? { body: viewOf('added', { undoUntilMs: Date.now() + 2500 }) }
          : { status: 503, body: {} }
    },
  )
})

test('a shopper who says no is thanked and not asked again', async () => {
  await visit(async (page, shop) => {
    await page.getByRole('button', { name: 'No, thank you' }).click()
    await page.getByText('Fine. Your order stays as it was.').waitFor()
    assert.equal(await page.getByRole('button').count(), 0)
    assert.equal(shop.count('decline'), 1)
    assert.deepEqual((await recorded(page)).events.map(({ name, by }) => [name, by]).at(-1), [
      'declined',
      'shopper',
    ])
  })
})

test('that the offer was seen is told once, after one second in view', async () => {
  await visit(async (page, shop) => {
    await page.waitForTimeout(500)
    assert.equal(shop.count('expose'), 0)
    await page.waitForTimeout(2500)
    assert.deepEqual(
      shop.asked.filter(({ what }) => what === 'expose').map(({ body }) => body),
      ['{"token":"t1"}'],
    )
  })
})

test('where consent is required nothing is told before it is given', async () => {
  await visit(
    async (page, shop) => {
      await page.waitForTimeout(2500)
      assert.equal(shop.count('expose'), 0)
      await page.evaluate(`document.querySelector('aftercart-offer').consent()`)
      await page.waitForTimeout(1500)
      assert.equal(shop.count('expose'), 1)
    },
    (shop) => {
      shop.element = { attributes: 'token="t1" consent="required"', content: '' }
    },
  )
})

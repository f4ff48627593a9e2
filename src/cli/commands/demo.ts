// aftercart demo: the whole way on the orders that come with the package, then the API, the owner's page and a small
// shop to buy from, on one port. The second start finds everything in place. Its clock stands where the orders end, and
// can be moved on from the owner's page.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { bankFetch } from '../../../examples/shop/local-bank/bank-fetch.ts'
import { openBankPages } from '../../../examples/shop/local-bank/bank-pages.ts'
import { openLocalBank } from '../../../examples/shop/local-bank/bank-state.ts'
import { openShop } from '../../../examples/shop/open-shop.ts'
import { openShopClock, type ShopClock } from '../../../examples/shop/shop-clock.ts'
import { listOutbox } from '../../adapters/channels/outbox.ts'
import { openStripe } from '../../adapters/payments/stripe.ts'
import { directPairing } from '../../deciding/direct-pairing.ts'
import { sendDue } from '../../following-up/send-due.ts'
import { hashApiKey, newApiKey } from '../../http/api-key.ts'
import { addDemoClock } from '../../http/routes/demo-clock.ts'
import { wholeNumber } from '../arguments.ts'
import { demoSettings } from '../demo-settings.ts'
import { importFiles } from '../import-files.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { outboxFolder } from '../open-channels.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'
import { localSpeaker } from '../speaker.ts'
import { startServer } from '../start-server.ts'
import { importLines } from './import.ts'
import { mine, printMined } from './mine.ts'

type Options = OutputOptions & { readonly port: number }

const orders = fileURLToPath(new URL('../../../examples/data/online-retail-2011.parquet', import.meta.url))
/** What the example sells besides: tea, which runs out. */
const catalogFile = fileURLToPath(new URL('../../../examples/data/catalog.csv', import.meta.url))

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('import real orders, mine them, and serve them with an example shop')
    .option('--port <port>', 'the port to listen on', wholeNumber(0, 65_535), 4600)
    .option('--data <folder>', 'where everything is kept', './demo-data')
    .action(async (options: Options) => {
      const installation = await openInstallation({ data: options.data, create: true, apart: true })
      await prepare(installation, options.json)
      const { url, planVersion, apiKey } = await serveDemo(installation, options.port)
      if (options.json) printJson({ url, shop: `${url}/shop`, planVersion, apiKey })
      else printWelcome(url, apiKey)
    })
}

type Ask = (address: string, init: RequestInit) => Response | Promise<Response>

async function serveDemo(installation: Installation, port: number) {
  const { store, dataFolder, settings } = installation
  const apiKey = newApiKey()
  const products = await store.listProducts()
  const plans = await store.listPlans()
  const historyEndsAtMs = plans.find(({ current }) => current)?.summary.historyToAtMs
  const movedPath = join(dataFolder, 'clock-moved.json')
  const clock = openShopClock(installation.clock, historyEndsAtMs, readMoved(movedPath))
  let ask: Ask = () => new Response('not yet', { status: 503 })
  const shop = openShop({
    products,
    aftercart: { fetch: async (address, init) => ask(address, init), apiKey },
    clock,
    mailbox: { list: () => listOutbox(outboxFolder(dataFolder)) },
    basePath: '/shop',
    currency: 'GBP',
  })
  const origin = `http://127.0.0.1:${port}`
  const bank = openExampleBank(clock, origin, shop)
  const { url, planVersion } = await startServer(
    { ...installation, clock, settings: demoSettings(settings, origin) },
    {
      port,
      host: '127.0.0.1',
      openReading: true,
      nightly: false,
      parts: {
        oneClick: {
          shop: shop.backEnd,
          providers: [openStripe({ secretKey: 'sk_test_example', fetch: bankFetch(bank) })],
        },
      },
      extend(app, effects) {
        ask = (address, init) => app.request(address, init)
        addDemoClock(app, effects, {
          mailbox: '/shop/mailbox',
          async moveOn(byMs) {
            clock.moveOn(byMs)
            writeFileSync(movedPath, `${JSON.stringify({ movedMs: clock.movedMs() })}\n`)
            await sendDue(effects.followingUp)
          },
        })
        app.route('/bank', openBankPages(bank))
        app.route('/', shop.app)
      },
    },
  )
  const createdAtMs = clock.nowMs()
  await store.addApiKey({ name: 'demo', hash: hashApiKey(apiKey), createdAtMs })
  return { url, planVersion, apiKey }
}

function openExampleBank(clock: ShopClock, origin: string, shop: ReturnType<typeof openShop>) {
  const series = `${clock.nowMs().toString(36)}x`
  const bank = openLocalBank({ clock, pagesAt: `${origin}/bank`, secretKey: 'sk_test_example', series })
  // Its payments can be made, and then nobody answers.
  bank.faults = ({ path }) => {
    const order = bank.intents.get(path.split('/')[3] ?? '')?.metadata.order
    return order !== undefined && shop.bankIsSilent(order) ? { kind: 'lost-request' } : null
  }
  return bank
}

/** Nothing moved yet, or a file that nobody can read: the clock then stands where the orders end. */
function readMoved(path: string): number {
  try {
    const { movedMs } = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(movedMs) && movedMs > 0 ? movedMs : 0
  } catch {
    return 0
  }
}

async function prepare(installation: Installation, quiet: boolean): Promise<void> {
  if ((await installation.store.currentPlanVersion()) !== null) return
  const request = { files: [orders], catalogFile, columns: null, currency: null }
  if (!quiet)
    process.stdout.write(
      'A year of real orders of a UK giftware shop (Online Retail, UCI, CC BY 4.0) is imported and mined, once. It takes one to three minutes.\n\n',
    )
  const imported = await importFiles(request, installation)
  if (!quiet) printLines([...importLines(imported), ''])
  const mined = await mine(installation)
  await addNextStep(installation)
  if (quiet) return
  printMined(mined)
  printLines([
    '',
    'Added by hand, as an owner would: a tea caddy as the next step after Earl Grey. These orders show none for sure.',
  ])
}

/** Nobody goes on from one thing to the next in this giftware history, so the owner of the example says one. */
async function addNextStep(installation: Installation): Promise<void> {
  const { store, clock } = installation
  const plan = await loadCurrentPlan(installation)
  const outcome = await directPairing(
    {
      anchor: 'EARLGREY',
      addOn: '22358',
      relation: 'extend',
      need: 'Keeps loose tea fresh once the packet is open.',
    },
    localSpeaker('cli'),
    { store, plan, clock },
  )
  assert.equal(outcome.kind, 'said')
}

function printWelcome(url: string, apiKey: string): void {
  process.stdout.write(
    `
Ready. Open these in a browser:

  ${url}/shop   a small shop: search for REGENCY TEACUP, put six in the cart, add
         EARL GREY TEA if you like to be reminded, check out
  ${url}/shop/mailbox
         what it sends you: the confirmation at once, the rest on its day
  ${url}/#key=${apiKey}
         the owner's page: every pairing with its evidence, and your word on it;
         under Messages the clock is moved on
  ${url}/openapi.json   the API, for your developer

Payments are simulated and nothing leaves this machine. An API key for trying the API:
  ${apiKey}
Stop it with Ctrl+C.
`,
  )
}

// aftercart demo: the whole way on the orders that come with the package, then the API, the owner's page and a small
// shop to buy from, on one port. The second start finds everything in place.

import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { CONSENT_VERSION } from '../../../examples/shop/add-on-scenes.ts'
import { bankFetch } from '../../../examples/shop/local-bank/bank-fetch.ts'
import { openBankPages } from '../../../examples/shop/local-bank/bank-pages.ts'
import { openLocalBank } from '../../../examples/shop/local-bank/bank-state.ts'
import { openShop } from '../../../examples/shop/open-shop.ts'
import { openStripe } from '../../adapters/payments/stripe.ts'
import type { AcceptingSettings } from '../../domain/accepting-settings.ts'
import { hashApiKey, newApiKey } from '../../http/api-key.ts'
import { wholeNumber } from '../arguments.ts'
import { importFiles } from '../import-files.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'
import { startServer } from '../start-server.ts'
import { importLines } from './import.ts'
import { mine, printMined } from './mine.ts'

type Options = OutputOptions & { readonly port: number }

const orders = fileURLToPath(new URL('../../../examples/data/online-retail-2011.parquet', import.meta.url))

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('import real orders, mine them, and serve them with an example shop')
    .option('--port <port>', 'the port to listen on', wholeNumber(0, 65_535), 4600)
    .option('--data <folder>', 'where everything is kept', './demo-data')
    .action(async (options: Options) => {
      const installation = await openInstallation({ data: options.data, create: true, apart: true })
      await prepare(installation, options.json)
      const apiKey = newApiKey()
      const products = await installation.store.listProducts()
      const plans = await installation.store.listPlans()
      let ask: Ask = () => new Response('not yet', { status: 503 })
      const shop = openShop({
        products,
        aftercart: { fetch: async (address, init) => ask(address, init), apiKey },
        clock: installation.clock,
        historyEndsAtMs: plans.find(({ current }) => current)?.summary.historyToAtMs,
        basePath: '/shop',
        currency: 'GBP',
      })
      const origin = `http://127.0.0.1:${options.port}`
      const { clock } = installation
      const series = `${clock.nowMs().toString(36)}x`
      const bank = openLocalBank({ clock, pagesAt: `${origin}/bank`, secretKey: 'sk_test_example', series })
      // Its payments can be made, and then nobody answers.
      bank.faults = ({ path }) => {
        const order = bank.intents.get(path.split('/')[3] ?? '')?.metadata.order
        return order !== undefined && shop.bankIsSilent(order) ? { kind: 'lost-request' } : null
      }
      const { url, planVersion } = await startServer(withExampleTerms(installation, origin), {
        port: options.port,
        host: '127.0.0.1',
        openReading: true,
        oneClick: {
          shop: shop.backEnd,
          providers: [openStripe({ secretKey: 'sk_test_example', fetch: bankFetch(bank) })],
        },
        extend(app) {
          ask = (address, init) => app.request(address, init)
          app.route('/bank', openBankPages(bank))
          app.route('/', shop.app)
        },
      })
      const createdAtMs = installation.clock.nowMs()
      await installation.store.addApiKey({ name: 'demo', hash: hashApiKey(apiKey), createdAtMs })
      if (options.json) printJson({ url, shop: `${url}/shop`, planVersion, apiKey })
      else printWelcome(url, apiKey)
    })
}

type Ask = (address: string, init: RequestInit) => Response | Promise<Response>

/** The example's cards are saved under the example's terms, and its bank leads back to the thank-you page. */
function withExampleTerms(installation: Installation, origin: string): Installation {
  const accepting: AcceptingSettings = {
    ...installation.settings.accepting,
    consentVersions: [CONSENT_VERSION],
    returnUrl: `${origin}/shop/orders/{order}/thank-you`,
    cartLink: `${origin}/shop/products/{product}`,
  }
  return { ...installation, settings: { ...installation.settings, accepting } }
}

async function prepare(installation: Installation, quiet: boolean): Promise<void> {
  if ((await installation.store.currentPlanVersion()) !== null) return
  const request = { files: [orders], catalogFile: null, columns: null, currency: null }
  if (!quiet)
    process.stdout.write(
      'A year of real orders of a UK giftware shop (Online Retail, UCI, CC BY 4.0) is imported and mined, once.\n\n',
    )
  const imported = await importFiles(request, installation)
  if (!quiet) printLines([...importLines(imported), ''])
  const mined = await mine(installation)
  if (!quiet) printMined(mined)
}

function printWelcome(url: string, apiKey: string): void {
  process.stdout.write(
    `
Ready. Open these in a browser:

  ${url}/shop   a small shop: search for REGENCY TEACUP, put six in the cart, check out
  ${url}/#key=${apiKey}
         the owner's page: every pairing with its evidence, and your word on it
  ${url}/openapi.json

Payments are simulated and nothing leaves this machine. An API key for trying the API:
  ${apiKey}
Stop it with Ctrl+C.
`,
  )
}

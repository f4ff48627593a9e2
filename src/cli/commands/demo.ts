// aftercart demo: the whole way on the orders that come with the package, then the API, the owner's page and a small
// shop to buy from, on one port. The second start finds everything in place.

import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { openShop } from '../../../examples/shop/open-shop.ts'
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
      const { url, planVersion } = await startServer(installation, {
        port: options.port,
        host: '127.0.0.1',
        openReading: true,
        extend(app, { plan }) {
          const shop = openShop({
            products,
            aftercart: { fetch: async (address, init) => app.request(address, init), apiKey },
            clock: installation.clock,
            historyEndsAtMs: plan.get()?.summary.historyToAtMs,
            basePath: '/shop',
            currency: 'GBP',
          })
          app.route('/', shop)
        },
      })
      const createdAtMs = installation.clock.nowMs()
      await installation.store.addApiKey({ name: 'demo', hash: hashApiKey(apiKey), createdAtMs })
      if (options.json) printJson({ url, shop: `${url}/shop`, planVersion, apiKey })
      else printWelcome(url, apiKey)
    })
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

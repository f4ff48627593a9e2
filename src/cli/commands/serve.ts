// aftercart serve: the API and the owner's page, on this machine's loopback address unless --host says otherwise.

import type { Command } from 'commander'
import { hashApiKey, newApiKey } from '../../http/api-key.ts'
import { wholeNumber } from '../arguments.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type OutputOptions, printJson } from '../output.ts'
import { startServer } from '../start-server.ts'

type Options = OutputOptions & { readonly port: number; readonly host: string; readonly worker: boolean }

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description("serve the API and the owner's page")
    .option('--port <port>', 'the port to listen on', wholeNumber(0, 65_535), 4600)
    .option('--host <address>', 'the address to listen on; 0.0.0.0 for all', '127.0.0.1')
    .option('--no-worker', 'leave the background work to "aftercart worker" processes')
    .action(async (options: Options) => {
      const installation = await openInstallation({ ...options, create: true })
      const server = await startServer(installation, { ...options, openReading: false })
      const { url, planVersion } = server
      const firstKey = await makeFirstKey(installation).catch(async (error: unknown) => {
        await server.close()
        throw error
      })
      if (options.json) return printJson({ url, planVersion, apiKey: firstKey })
      const plan =
        planVersion === null
          ? 'No plan yet: run "aftercart mine"; it is picked up by itself.'
          : `Plan ${planVersion}.`
      const key = firstKey === null ? '' : `API key, shown once: ${firstKey}\n`
      process.stdout.write(`Aftercart serves ${url}\n${plan}\n${key}Stop it with Ctrl+C.\n`)
    })
}

/** Only once the server listens: a key that was stored and not shown would be lost for good. */
async function makeFirstKey({ store, clock }: Installation): Promise<string | null> {
  if ((await store.countApiKeys()) > 0) return null
  const key = newApiKey()
  await store.addApiKey({ name: 'first', hash: hashApiKey(key), createdAtMs: clock.nowMs() })
  return key
}

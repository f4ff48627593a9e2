// aftercart key: makes an API key for the shop's server. It is shown once; the store keeps only its hash.

import type { Command } from 'commander'
import { hashApiKey, newApiKey } from '../../http/api-key.ts'
import { openInstallation } from '../installation.ts'
import { type OutputOptions, printJson } from '../output.ts'

export function addKeyCommand(program: Command): void {
  program
    .command('key')
    .description("make an API key for the shop's server; it is shown once")
    .option('--name <name>', 'what it is for', 'shop')
    .action(async (options: OutputOptions & { readonly name: string }) => {
      const installation = await openInstallation({ ...options, create: true })
      try {
        const apiKey = newApiKey()
        await installation.store.addApiKey({
          name: options.name,
          hash: hashApiKey(apiKey),
          createdAtMs: installation.clock.nowMs(),
        })
        if (options.json) printJson({ name: options.name, apiKey })
        else
          process.stdout.write(
            `${apiKey}\nKeep it now: only its hash is stored, so it cannot be shown again.\n`,
          )
      } finally {
        await installation.close()
      }
    })
}

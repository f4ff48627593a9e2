// aftercart worker: only the background work, beside servers that were started with --no-worker. Any number may run.

import type { Command } from 'commander'
import pino from 'pino'
import { openInstallation } from '../installation.ts'
import { openOneClick } from '../open-one-click.ts'
import { type OutputOptions, printJson } from '../output.ts'
import { startWorker } from '../start-worker.ts'
import { openStoreClock } from '../store-clock.ts'

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('drive accepted offers on and look at what providers said, without serving')
    .action(async (options: OutputOptions) => {
      const installation = await openInstallation(options)
      const log = pino({ level: process.env.AFTERCART_LOG ?? 'warn' }, pino.destination(2))
      const clock = await openStoreClock(installation.store, installation.clock, (fields, message) =>
        log.warn(fields, message),
      ).catch(async (error: unknown) => {
        await installation.close()
        throw error
      })
      const worker = startWorker(openOneClick({ ...installation, clock }).accepting, log)
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          void worker
            .stop()
            .then(() => installation.close())
            .then(() => process.exit(0))
        })
      }
      if (options.json) printJson({ working: true })
      else process.stdout.write('The worker is at work. Stop it with Ctrl+C.\n')
    })
}

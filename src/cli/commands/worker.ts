// aftercart worker: only the background work, beside servers that were started with --no-worker. Any number may run.

import type { Command } from 'commander'
import pino from 'pino'
import { holdCurrentPlan } from '../../deciding/current-plan.ts'
import { reportEffects } from '../../http/report-effects.ts'
import { openInstallation } from '../installation.ts'
import { openHttpEffects } from '../open-http-effects.ts'
import { openWeeklyReport } from '../open-weekly-report.ts'
import { type OutputOptions, printJson } from '../output.ts'
import { startNightly } from '../start-nightly.ts'
import { startWorker } from '../start-worker.ts'
import { openStoreClock } from '../store-clock.ts'

/** How often it asks whether another plan has become current: one small query. */
const PLAN_CHECK_MS = 3000

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description(
      'drive accepted offers on, send messages at their moment, look at what providers said, without serving',
    )
    .action(async (options: OutputOptions) => {
      const installation = await openInstallation(options)
      const log = pino({ level: process.env.AFTERCART_LOG ?? 'warn' }, pino.destination(2))
      const { store, settings } = installation
      const plan = holdCurrentPlan(store, settings)
      const clock = await openStoreClock(store, installation.clock, (fields, message) =>
        log.warn(fields, message),
      ).catch(async (error: unknown) => {
        await installation.close()
        throw error
      })
      await plan.refresh()
      const effects = openHttpEffects({ ...installation, clock, plan, log })
      await effects.testing.refresh()
      const { email } = effects.followingUp.channels
      const mailReport = openWeeklyReport({ settings, store, report: reportEffects(effects), email }, log)
      const worker = startWorker({ ...effects, mailReport }, log)
      const nightly = startNightly({ ...installation, clock }, log)
      const timer = setInterval(() => {
        Promise.all([plan.refresh(), effects.testing.refresh()]).catch((error: unknown) =>
          log.warn({ err: error }, 'could not look for a new plan'),
        )
      }, PLAN_CHECK_MS)
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          clearInterval(timer)
          nightly.stop()
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

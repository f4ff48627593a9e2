// aftercart doctor: is this installation fit to go live? Each check with what was found and what to do; exit code 1 where
// one fails. Nothing is changed and nothing is sent; the records of the mail domain are looked up.

import type { Command } from 'commander'
import { openMailDomainLookUp } from '../../adapters/dns/mail-domain.ts'
import { holdCurrentPlan } from '../../deciding/current-plan.ts'
import { AppError } from '../../domain/errors.ts'
import type { MessagingSettings } from '../../domain/messaging-settings.ts'
import { judgeMailRecords } from '../../domain/sending-domain.ts'
import { checkCatalog } from '../../importing/check-catalog.ts'
import { type Check, type Examined, examineInstallation } from '../examine-installation.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { openChannels, sendingDomainIn } from '../open-channels.ts'
import { openOneClick } from '../open-one-click.ts'
import { countOf, type OutputOptions, printJson, printLines, printTable } from '../output.ts'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say whether this installation is fit to go live, and what to do where it is not')
    .action(async (options: OutputOptions) => {
      const installation = await openInstallation(options)
      try {
        const checks = examineInstallation(await look(installation))
        const failures = checks.filter(({ status }) => status === 'failure')
        if (options.json) printJson(checks)
        else {
          printTable(
            ['check', 'is', 'found', 'what to do'],
            checks.map(({ check, status, detail, fix }) => [check, status, detail, fix]),
            4,
          )
          if (failures.length === 0) printLines(['', verdict(checks)])
        }
        if (failures.length > 0) {
          const named = failures.map(({ check }) => check).join(', ')
          const detail = `Not fit to go live: ${failures.length} of ${checks.length} checks failed (${named}); do what stands beside each.`
          throw new AppError('not-fit', detail)
        }
      } finally {
        await installation.close()
      }
    })
}

function verdict(checks: readonly Check[]): string {
  const warnings = checks.filter(({ status }) => status === 'warning').length
  return warnings === 0 ? 'Fit to go live.' : `Fit to go live, with ${countOf(warnings, 'warning')}.`
}

async function look(installation: Installation): Promise<Examined> {
  const { store, settings, clock, dataFolder } = installation
  const current = holdCurrentPlan(store, settings)
  await current.refresh()
  const plan = current.get()
  const history = await installation.openHistory()
  try {
    const { orders, toAtMs } = await history.summary()
    const { messaging } = settings
    const channels = tryOpening(() => openChannels({ messaging, dataFolder, clock }))
    const oneClick = tryOpening(() => openOneClick(installation))
    const source = settings.accepting.payment === 'stripe' ? 'stripe' : 'shop'
    return {
      settings,
      orders,
      historyEndsAtMs: orders === 0 ? null : toAtMs,
      planVersion: plan?.version ?? null,
      planAtMs: plan?.publishedAtMs ?? null,
      apiKeys: await store.countApiKeys(),
      catalogProblems: checkCatalog(await store.listProducts(), plan).length,
      oneClickProblem: oneClick.problem,
      messagingProblem: channels.problem,
      paymentWebhooks: oneClick.value?.webhooks.has(source) ?? false,
      mail: channels.problem === null ? await lookAtMail(messaging) : null,
      nowMs: clock.nowMs(),
    }
  } finally {
    await history.close()
  }
}

type Opening<T> =
  | { readonly value: T; readonly problem: null }
  | { readonly value: null; readonly problem: string }

/** What was opened, or the sentence of what is missing; a bug stays one. */
function tryOpening<T>(open: () => T): Opening<T> {
  try {
    return { value: open(), problem: null }
  } catch (error) {
    if (error instanceof AppError) return { value: null, problem: error.message }
    throw error
  }
}

/** The same question as the worker's; it is asked anew. */
async function lookAtMail(messaging: MessagingSettings): Promise<Examined['mail']> {
  const sending = sendingDomainIn(messaging)
  if (sending === null) return null
  return judgeMailRecords(sending, await openMailDomainLookUp()(sending))
}

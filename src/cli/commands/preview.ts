// aftercart preview: any message for any order as it would read now, to a person who does not exist. Nothing is sent and
// nothing stored. What the settings do not hold yet is filled in by examples, and named.

import { writeFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { openLinkTokens } from '../../adapters/secret/link-tokens.ts'
import { newId } from '../../adapters/secret/new-id.ts'
import { previewDecision } from '../../deciding/preview-decision.ts'
import { AppError } from '../../domain/errors.ts'
import { CONFIRMATION_FLOW } from '../../domain/message.ts'
import type { MessagingSettings } from '../../domain/messaging-settings.ts'
import { locales } from '../../domain/offer-view.ts'
import { previewLineOf } from '../../emails/email-frame.ts'
import { withExamples } from '../../emails/example-settings.ts'
import { openRenderer } from '../../emails/open-renderer.ts'
import { languageOf } from '../../emails/words/words-for.ts'
import { previewMessage } from '../../following-up/preview-message.ts'
import type { RenderedMessage } from '../../ports/message-renderer.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { loadCurrentPlan } from '../load-current-plan.ts'
import { type OutputOptions, printJson, printLines } from '../output.ts'

type Options = OutputOptions & {
  readonly order: string
  readonly flow: string
  readonly locale?: string
  readonly out?: string
}

export function addPreviewCommand(program: Command): void {
  program
    .command('preview')
    .description('show any message for any order as it would read now; nothing is sent')
    .requiredOption('--order <id>', 'an order that was received')
    .option(
      '--flow <name>',
      'confirmation, refill, complete-the-set, next-step or one of your own',
      CONFIRMATION_FLOW,
    )
    .option('--locale <locale>', 'language and country of the reader, such as de-AT', spokenLocale)
    .option('--out <file.html>', 'write the mail there as a reader gets it')
    .action(async (options: Options) => {
      const installation = await openInstallation(options)
      try {
        await preview(options, installation)
      } finally {
        await installation.close()
      }
    })
}

function spokenLocale(text: string): string {
  if (languageOf(text) !== null) return text
  throw new InvalidArgumentError(`it takes a locale of ${locales.join(', ')}, such as de-AT`)
}

async function preview(options: Options, installation: Installation): Promise<void> {
  const { messaging, missing } = withExamples(installation.settings.messaging)
  const message = await renderPreview(options, installation, messaging)
  if (message === null) {
    const why = `Nothing would be sent: no pairing of the flow ${options.flow} fits order ${options.order} now.`
    if (options.json) printJson({ ...toJson(options, null), missing })
    else printLines([why])
    return
  }
  const { content } = message
  if (options.out !== undefined) writeMail(options.out, message)
  if (options.json) {
    printJson({ ...toJson(options, message), missing })
    return
  }
  printLines([
    ...(content.kind === 'email'
      ? [`Subject:  ${content.subject}`, `Preview:  ${previewLineOf(content.html)}`]
      : []),
    `Class:    ${message.class}`,
    `Shows:    ${message.shown.map(({ product }) => product).join(', ') || 'no product'}`,
    '',
    ...(content.kind === 'email' ? content.text : content.body).split('\n'),
    ...(options.out === undefined ? [] : ['', `Written to ${options.out}.`]),
    ...(missing.length === 0
      ? []
      : ['', `Examples stand for what messaging in settings.json does not say yet: ${missing.join(', ')}.`]),
  ])
}

/** `null` where there is nothing to send. */
async function renderPreview(
  { order, flow, locale }: Options,
  installation: Installation,
  messaging: MessagingSettings,
): Promise<RenderedMessage | null> {
  const { store, clock, secret } = installation
  const plan = await loadCurrentPlan(installation)
  const settings = { ...installation.settings, messaging }
  const outcome = await previewMessage(
    { orderId: order, flow, locale },
    {
      store,
      settings,
      clock,
      newId,
      plan: { get: () => plan },
      render: openRenderer({ settings: messaging, links: openLinkTokens(secret) }),
      previewConfirmation: (known) =>
        previewDecision(known, 'confirmation-email', { store, clock, settings, plan }),
    },
  )
  if (outcome.kind === 'rendered') return outcome.message
  if (outcome.kind === 'nothing-to-offer') return null
  if (outcome.kind === 'order-unknown') {
    throw new AppError(
      'order-unknown',
      `Order ${order} has not been received: a shop sends it with POST /v1/orders; imported orders are only counted.`,
    )
  }
  const flows = [CONFIRMATION_FLOW, ...Object.keys(messaging.flows)].join(', ')
  throw new AppError('invalid-argument', `There is no flow ${flow}; --flow takes one of ${flows}.`)
}

function toJson({ order, flow }: Options, message: RenderedMessage | null): object {
  if (message === null) return { order, flow, kind: 'nothing-to-send' }
  const { content } = message
  const parts =
    content.kind === 'email'
      ? {
          subject: content.subject,
          preview: previewLineOf(content.html),
          text: content.text,
          html: content.html,
        }
      : { text: content.body }
  return { order, flow, kind: 'rendered', class: message.class, shown: message.shown, ...parts }
}

function writeMail(path: string, { content }: RenderedMessage): void {
  try {
    writeFileSync(path, content.kind === 'email' ? content.html : `${content.body}\n`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid-argument', `--out: ${path} cannot be written (${why}).`, error)
  }
}

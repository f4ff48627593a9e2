// aftercart suppressions: the list of those who get no marketing, from another system and into one. Export writes keyed
// hashes, since the addresses of most are not kept; they fit this installation and any that has its secret.

import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { hashRecipient } from '../../adapters/secret/hash-recipient.ts'
import { AppError } from '../../domain/errors.ts'
import { type Medium, media } from '../../domain/recipient.ts'
import { oneOf } from '../arguments.ts'
import { csvLine } from '../csv-text.ts'
import { type Installation, withInstallation } from '../installation.ts'
import { type OutputOptions, printJson } from '../output.ts'
import { readSuppressionList } from '../read-suppression-list.ts'

/** So many share one commit of the store. */
const AT_ONCE = 200
const RECIPIENTS_IN_PAGE = 1_000

export function addSuppressionsCommand(program: Command): void {
  const suppressions = program
    .command('suppressions')
    .description('take over the list of those who get no marketing, or write it down')
  suppressions
    .command('import')
    .description(
      'a CSV file of e-mail addresses or phone numbers, or of hashes as exported; again changes nothing',
    )
    .argument('<file>', 'the list')
    .option('--medium <medium>', 'where the file does not say: email or sms', oneOf(media))
    .action((file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & { readonly medium?: Medium }>()
      return withInstallation(options, (installation) => importList(file, options, installation))
    })
  suppressions
    .command('export')
    .description('write the list into a new CSV file')
    .option('--file <path>', 'the new file', 'aftercart-suppressions.csv')
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & { readonly file: string }>()
      return withInstallation(options, (installation) => exportList(options, installation))
    })
}

async function importList(
  file: string,
  options: OutputOptions & { readonly medium?: Medium },
  { store, secret, clock }: Installation,
): Promise<void> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError('file-not-found', `${file} cannot be read; name the CSV file of the list.`, error)
  }
  const { rowsRead, suppressions, refused } = readSuppressionList(text, {
    medium: options.medium ?? null,
    hashOf: (medium, address) => hashRecipient(medium, address, secret),
    nowMs: clock.nowMs(),
  })
  let messagesCancelled = 0
  for (let from = 0; from < suppressions.length; from += AT_ONCE) {
    const group = suppressions.slice(from, from + AT_ONCE)
    const done = await Promise.all(group.map((one) => store.suppress(one, [])))
    messagesCancelled += done.reduce((sum, { cancelled }) => sum + cancelled, 0)
  }
  if (options.json) {
    printJson({ rowsRead, taken: suppressions.length, messagesCancelled, refused })
    return
  }
  process.stdout.write(
    `${suppressions.length} of ${rowsRead} rows taken; ${messagesCancelled} scheduled messages cancelled.\n`,
  )
  for (const { row, reason } of refused.slice(0, 20))
    process.stdout.write(`Row ${row} was left out: ${reason}.\n`)
  if (refused.length > 20) process.stdout.write(`And ${refused.length - 20} more; --json lists them all.\n`)
}

async function exportList(
  options: OutputOptions & { readonly file: string },
  { store }: Installation,
): Promise<void> {
  let descriptor: number
  try {
    descriptor = openSync(options.file, 'wx', 0o600)
  } catch (error) {
    throw new AppError(
      'invalid-argument',
      `${options.file} exists already or cannot be written; name another with --file.`,
      error,
    )
  }
  let rows = 0
  try {
    writeFileSync(descriptor, csvLine(['recipient', 'medium', 'reason', 'since', 'until']))
    for (let after: string | null = null; ; ) {
      const page = await store.listSuppressions({ after, limit: RECIPIENTS_IN_PAGE })
      const lines = page.map(({ recipientHash, medium, reason, sinceMs, untilMs }) =>
        csvLine([
          recipientHash,
          medium,
          reason,
          isoInstant(sinceMs),
          untilMs === null ? '' : isoInstant(untilMs),
        ]),
      )
      writeFileSync(descriptor, lines.join(''))
      rows += page.length
      const last = page.at(-1)
      if (last === undefined) break
      after = last.recipientHash
    }
  } finally {
    closeSync(descriptor)
  }
  if (options.json) printJson({ file: options.file, rows })
  else process.stdout.write(`${options.file} now holds ${rows} rows.\n`)
}

function isoInstant(atMs: number): string {
  return new Date(atMs).toISOString()
}

// A folder in place of a mail server: one JSON file for each message, to be read in the demo and in tests. Comes in: the
// folder. Goes out: a channel, and what it holds. A file appears whole or not at all, and the same id twice is one file, the
// first. A folder that cannot be written is `try-later`.

import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Medium } from '../../domain/recipient.ts'
import type { Channel, Outgoing, SendOutcome } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import { checkMail, whyNotText } from './check-outgoing.ts'
import { plainReason } from './plain-reason.ts'

export type OutboxSettings = { readonly folder: string; readonly medium: Medium; readonly clock: Clock }

export type OutboxMessage = Outgoing & { readonly atMs: number }

export function openOutbox({ folder, medium, clock }: OutboxSettings): Channel {
  return {
    name: 'outbox',
    medium,
    async send(message) {
      const refusal = whyNot(message, medium)
      return refusal ?? write(folder, { ...message, atMs: clock.nowMs() })
    },
    close: async () => {},
  }
}

function whyNot(message: Outgoing, medium: Medium): SendOutcome | null {
  if (medium === 'sms') return whyNotText(message)
  const checked = checkMail(message)
  return checked.kind === 'mail' ? null : checked
}

/** The latest first. */
export async function listOutbox(folder: string): Promise<OutboxMessage[]> {
  const names = await readdir(folder).catch(() => [])
  const whole = names.filter((name) => name.endsWith('.json'))
  const messages = await Promise.all(
    whole.map(async (name) => parse(await readFile(join(folder, name), 'utf8'))),
  )
  return messages.sort((one, other) => other.atMs - one.atMs || (one.id < other.id ? -1 : 1))
}

export async function readOutbox(folder: string, id: string): Promise<OutboxMessage | null> {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(id)) return null
  const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => null)
  return text === null ? null : parse(text)
}

async function write(folder: string, message: OutboxMessage): Promise<SendOutcome> {
  const path = join(folder, `${message.id}.json`)
  const unfinished = `${path}.${process.pid}-${process.hrtime.bigint()}`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(unfinished, `${JSON.stringify(message, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
    // Unlike a rename, a link leaves the file alone that is there already.
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return { kind: 'sent', providerRef: `${message.id}.json` }
  } catch (error) {
    return { kind: 'try-later', reason: plainReason(error instanceof Error ? error.message : String(error)) }
  } finally {
    await rm(unfinished, { force: true }).catch(() => {})
  }
}

function parse(text: string): OutboxMessage {
  return JSON.parse(text)
}

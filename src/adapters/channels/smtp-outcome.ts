// What an SMTP server's answer, or its silence, says of a message. Comes in: nodemailer's error, and whether any of the body
// had left. Goes out: the outcome. nodemailer reports a connection lost after the body exactly like one that never came
// about (ECONNECTION, command CONN; measured, requirement C15 of docs/reliability.md), so the body decides, not the error.

import type { SendOutcome } from '../../ports/channel.ts'
import { plainReason } from './plain-reason.ts'

export type SmtpFailure = {
  readonly message: string
  readonly code: string | null
  readonly command: string | null
  readonly responseCode: number | null
  readonly response: string | null
}

export function readSmtpFailure(error: unknown): SmtpFailure {
  const field = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  const text = (name: string) => (typeof field(name) === 'string' ? String(field(name)) : null)
  const responseCode = field('responseCode')
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text('code'),
    command: text('command'),
    response: text('response'),
    responseCode: typeof responseCode === 'number' ? responseCode : null,
  }
}

export function smtpOutcome(failure: SmtpFailure, bodyBegan: boolean): SendOutcome {
  const { responseCode, command } = failure
  const reason = plainReason(failure.response ?? failure.message)
  if (responseCode === null) {
    if (bodyBegan)
      return { kind: 'ambiguous', reason: `the connection was lost after the content: ${reason}` }
    return { kind: 'try-later', reason }
  }
  // An answer is clear, wherever it comes: a server that takes a message says 250.
  const isRefused = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
  // A sender or a login that is refused is for the shopkeeper to mend; the message is as good as before.
  if (!isRefused) return { kind: 'try-later', reason }
  return { kind: 'rejected', reason, isAddress: isAboutAddress(failure) }
}

/**
 * RFC 3463: 5.1.x is a bad address (7 and 8 that of the sender), 5.2.x the mailbox (2 is full, 3 a message too long for it);
 * everything else (5.7.x: policy) says nothing of the address. A server without such a code is believed at RCPT.
 */
function isAboutAddress({ responseCode, response, command }: SmtpFailure): boolean {
  const [, subject, detail] = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(response ?? '') ?? []
  if (subject === undefined) return command === 'RCPT TO' && [550, 551, 553].includes(responseCode ?? 0)
  if (subject === '1') return detail !== '7' && detail !== '8'
  return subject === '2' && detail !== '2' && detail !== '3'
}

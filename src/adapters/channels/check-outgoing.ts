// What no channel hands on. Comes in: a message, and what the channel sends. Goes out: why it is rejected, or `null`. A line
// break in a header would start a header of somebody else's making, and a list in the place of an address would reach
// people who were not asked; libraries differ in what they make of either, so neither gets as far as a library.

import { isMarketing } from '../../domain/message.ts'
import type { EmailContent, Outgoing, SendOutcome } from '../../ports/channel.ts'

export type MailOutgoing = Outgoing & { readonly content: EmailContent }

// RFC 5321, 4.5.3.1: 64 for the name before the @, 254 in all. Quoted names and comments are not mail of this century.
const mailAddress = /^(?!.{255})(?![^@]{65})[^\s<>(),;:\\"[\]@\p{Cc}]+@[^\s<>(),;:\\"[\]@\p{Cc}]+$/u
const phoneNumber = /^\+[1-9]\d{6,14}$/
const messageId = /^[A-Za-z0-9_-]{1,128}$/
const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u
const securePage = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])[^\s<>",]+$/

export function checkMail(
  message: Outgoing,
): SendOutcome | { readonly kind: 'mail'; readonly mail: MailOutgoing } {
  const { content } = message
  if (content.kind !== 'email') return refused('this channel sends mail and was given a text')
  const mail = { ...message, content }
  return whyNotAddressed(message) ?? whyNotContent(mail) ?? { kind: 'mail', mail }
}

function whyNotContent(message: MailOutgoing): SendOutcome | null {
  const { content } = message
  const lines = { subject: content.subject, sender: content.from.name, recipient: message.to.name }
  for (const [name, line] of Object.entries(lines)) {
    if (!oneLine.test(line ?? ''))
      return refused(`the ${name} holds a line break or another control character`)
  }
  if (content.subject.trim() === '') return refused('it has no subject')
  if (!mailAddress.test(content.from.address)) return refused("the sender's address is none")
  if (content.replyTo !== null && !mailAddress.test(content.replyTo)) {
    return refused('the address for replies is none')
  }
  if (content.unsubscribeUrl === null) {
    return isMarketing(message.class) ? refused('it is marketing without a way to unsubscribe') : null
  }
  return securePage.test(content.unsubscribeUrl)
    ? null
    : refused('the address to unsubscribe at is not one https address')
}

export function whyNotText(message: Outgoing): SendOutcome | null {
  if (message.content.kind !== 'text') return refused('this channel sends texts and was given a mail')
  if (message.content.body.trim() === '') return refused('it has no words')
  return whyNotAddressed(message)
}

function whyNotAddressed(message: Outgoing): SendOutcome | null {
  if (!messageId.test(message.id)) return refused('its id is none of ours')
  const isMail = message.content.kind === 'email'
  if ((isMail ? mailAddress : phoneNumber).test(message.to.address)) return null
  const what = isMail ? 'mail address' : 'phone number with its country'
  return { kind: 'rejected', reason: `the recipient is not one ${what}`, isAddress: true }
}

function refused(reason: string): SendOutcome {
  return { kind: 'rejected', reason, isAddress: false }
}

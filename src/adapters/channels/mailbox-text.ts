// A mailbox as one line, for providers that take it so. Comes in: a checked mailbox. Goes out: `"Ada \"A\" Löwe" <ada@…>`, or
// with the name as an encoded word (RFC 2047) where only ASCII may be written.

import type { Mailbox } from '../../ports/channel.ts'

/** 45 bytes are 60 characters of base64; with the frame that is within the 75 of RFC 2047. */
const WORD_BYTES = 45

export function mailboxText({ name, address }: Mailbox): string {
  if (name === null || name === '') return address
  return `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
}

export function asciiMailboxText(mailbox: Mailbox): string {
  const { name, address } = mailbox
  if (name === null || /^[\x20-\x7e]*$/.test(name)) return mailboxText(mailbox)
  const words: string[] = []
  let bytes = Buffer.alloc(0)
  const flush = () => {
    if (bytes.length > 0) words.push(`=?UTF-8?B?${bytes.toString('base64')}?=`)
    bytes = Buffer.alloc(0)
  }
  for (const character of name) {
    const more = Buffer.from(character)
    if (bytes.length + more.length > WORD_BYTES) flush()
    bytes = Buffer.concat([bytes, more])
  }
  flush()
  return `${words.join(' ')} <${address}>`
}

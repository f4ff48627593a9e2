// Under what a person is known to messages: HMAC-SHA256 of the normalised address, keyed with the secret of the
// installation, its first 128 bits in hex. An e-mail address is taken in small letters, its domain as ASCII; a phone number
// as E.164. `null` for what is neither. A hash of one medium is never one of the other.

import { createHmac } from 'node:crypto'
import { domainToASCII } from 'node:url'
import type { Medium } from '../../domain/recipient.ts'

const KEPT_HEX = 32

export function hashRecipient(medium: Medium, address: string, secret: Buffer): string | null {
  const plain = medium === 'email' ? plainEmail(address) : plainPhone(address)
  if (plain === null) return null
  return createHmac('sha256', secret).update(`${medium}:${plain}`).digest('hex').slice(0, KEPT_HEX)
}

function plainEmail(address: string): string | null {
  const [, local, domain] =
    /^([^\s@<>"]{1,64})@([^\s@<>"]{1,253})$/.exec(address.trim().normalize('NFC')) ?? []
  if (local === undefined || domain === undefined) return null
  const ascii = domainToASCII(domain)
  // Mailboxes that tell capitals apart are unheard of; a person who writes the name both ways is one person.
  return ascii === '' ? null : `${local.toLowerCase()}@${ascii}`
}

function plainPhone(address: string): string | null {
  const digits = address.trim().replace(/[\s().-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
}

// A contact as the shop sends it → the recipient and the consents as the rest of the house knows them.

import type { ConsentEvent } from '../domain/consent.ts'
import { parseInstant } from '../domain/instant.ts'
import type { Recipient } from '../domain/recipient.ts'
import { oneLine } from '../emails/to-markup.ts'
import type { ConsentBody, ContactBody } from './contact-schemas.ts'
import type { MessagingAccess } from './messaging-access.ts'

export function toRecipient(contact: ContactBody, access: MessagingAccess): Recipient {
  const { email = null, phone = null, country = null, region = null, locale = null } = contact
  const name = nameOf(contact.name ?? '')
  return {
    ...{ email, phone, name, country, region, locale },
    emailHash: email === null ? null : access.hashRecipient('email', email),
    phoneHash: phone === null ? null : access.hashRecipient('sms', phone),
    timeZones: access.zonesOf({ country, region, postCode: contact.postalCode ?? null, phone }),
  }
}

/**
 * Forms of shops are filled in with advertisements in the place of a name, and addresses of strangers, so that the shop
 * mails them: a name that leads somewhere is none. A line break or a turned direction of writing is a space.
 */
function nameOf(text: string): string | null {
  const name = oneLine(text)
  return name === '' || /[/@\\]|\bwww\.|[\p{L}\d]{2}\.\p{L}{2}/iu.test(name) ? null : name
}

/** The same words of the same person at the same moment are one event, however often they are sent. */
export function toConsentEvent(recipientHash: string, body: ConsentBody): ConsentEvent {
  const atMs = parseInstant(body.at) ?? 0
  return {
    key: [recipientHash, body.medium, atMs, body.given ? body.basis : 'withdrawn', body.source].join(':'),
    recipientHash,
    medium: body.medium,
    given: body.given,
    basis: body.given ? (body.basis ?? null) : null,
    softOptIn: body.softOptIn ?? null,
    inWriting: body.inWriting,
    legalEntity: body.legalEntity,
    noticeVersion: body.noticeVersion ?? null,
    source: body.source,
    atMs,
  }
}

export function consentsOf(contact: ContactBody, recipient: Recipient): readonly ConsentEvent[] {
  return contact.consents.flatMap((body) => {
    const hash = body.medium === 'email' ? recipient.emailHash : recipient.phoneHash
    return hash === null ? [] : [toConsentEvent(hash, body)]
  })
}

// A contact as the shop sends it → the recipient and the consents as the rest of the house knows them.

import type { ConsentEvent } from '../domain/consent.ts'
import { parseInstant } from '../domain/instant.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { ConsentBody, ContactBody } from './contact-schemas.ts'
import type { MessagingAccess } from './messaging-access.ts'

export function toRecipient(contact: ContactBody, access: MessagingAccess): Recipient {
  const { email = null, phone = null, name = null, country = null, region = null, locale = null } = contact
  return {
    email,
    phone,
    name,
    country,
    region,
    locale,
    emailHash: email === null ? null : access.hashRecipient('email', email),
    phoneHash: phone === null ? null : access.hashRecipient('sms', phone),
    timeZones: access.zonesOf({ country, region, postCode: contact.postalCode ?? null, phone }),
  }
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

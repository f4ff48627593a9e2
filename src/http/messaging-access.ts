// What the routes need of messages besides the store: who is who, under which links, and what providers tell.

import type { Medium, Recipient } from '../domain/recipient.ts'
import type { NoticeReaders } from '../ports/delivery-notices.ts'
import type { LinkTokens } from '../ports/link-tokens.ts'
import type { StoredRecipient } from '../ports/message-store.ts'

export type MessagingAccess = {
  /** The keyed hash of an address; `null` for what is none. */
  readonly hashRecipient: (medium: Medium, address: string) => string | null
  readonly seal: (recipient: Recipient) => StoredRecipient
  /** Where a person may be, by what a parcel and a number say; the post code goes no further. */
  readonly zonesOf: (place: {
    readonly country: string | null
    readonly region: string | null
    readonly postCode: string | null
    readonly phone: string | null
  }) => readonly string[]
  readonly links: LinkTokens
  readonly notices: NoticeReaders
  /** A path of ours as the world knows it: providers sign the address that they called. */
  readonly addressOf: (path: string) => string
}

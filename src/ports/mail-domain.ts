// What the domain name system says of a domain that sends mail. `unknown` where nobody answered; it never rejects.

import type { MailRecords, SendingDomain } from '../domain/sending-domain.ts'

export type LookUpMailDomain = (
  /** Without a selector, DKIM is `unknown`. */
  sending: Pick<SendingDomain, 'domain' | 'signer' | 'selector'>,
) => Promise<MailRecords>

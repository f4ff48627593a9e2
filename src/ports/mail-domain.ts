// What the domain name system says of a domain that sends mail. `unknown`: nobody answered, which says nothing.

export type MailRecord = 'found' | 'missing' | 'unknown'

export type LookUpMailDomain = (
  domain: string,
  /** Of the DKIM key; `null` where the provider signs under a name that we do not know. */
  dkimSelector: string | null,
) => Promise<{ readonly spf: MailRecord; readonly dkim: MailRecord; readonly dmarc: MailRecord }>

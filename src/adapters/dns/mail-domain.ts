// Looks up the TXT records by which mailbox providers tell a sender from a forger: SPF (RFC 7208), DKIM (RFC 6376) and DMARC
// (RFC 7489). Comes in: a resolver of TXT records. A name that does not exist has none; any other failure says nothing.

import { promises } from 'node:dns'
import type { LookUpMailDomain, MailRecord } from '../../ports/mail-domain.ts'

export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>

const LOOKING_MS = 5000
const nothingThere: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])

export function systemResolver(): ResolveTxt {
  const resolver = new promises.Resolver({ timeout: LOOKING_MS, tries: 1 })
  return (name) => resolver.resolveTxt(name)
}

export function openMailDomainLookUp(resolveTxt: ResolveTxt = systemResolver()): LookUpMailDomain {
  const look = async (name: string, form: RegExp): Promise<MailRecord> => {
    try {
      const records = await resolveTxt(name)
      return records.some((parts) => form.test(parts.join(''))) ? 'found' : 'missing'
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return nothingThere.has(code) ? 'missing' : 'unknown'
    }
  }
  return async (domain, dkimSelector) => {
    const [spf, dkim, own] = await Promise.all([
      look(domain, /^v=spf1(\s|$)/i),
      dkimSelector === null
        ? ('unknown' as const)
        : look(`${dkimSelector}._domainkey.${domain}`, /(^|;)\s*p=[A-Za-z0-9+/]/),
      look(`_dmarc.${domain}`, /^v=DMARC1\s*;/i),
    ])
    // DMARC of the domain above holds for one that has none of its own.
    const above = domain.split('.').slice(1)
    const dmarc =
      own === 'missing' && above.length > 1 ? await look(`_dmarc.${above.join('.')}`, /^v=DMARC1\s*;/i) : own
    return { spf, dkim, dmarc }
  }
}

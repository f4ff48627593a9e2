// Looks up the TXT records by which mailbox providers tell a sender from a forger: SPF (RFC 7208), DKIM (RFC 6376) and DMARC
// (RFC 7489). Comes in: a resolver of TXT records. A name that does not exist has none; any other failure says nothing.

import { promises } from 'node:dns'
import type { MailRecord, MailRecords } from '../../domain/sending-domain.ts'
import type { LookUpMailDomain } from '../../ports/mail-domain.ts'

export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>

type Answer = { readonly is: MailRecord; readonly text: string }

const LOOKING_MS = 5000
const nothingThere: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])
const dmarcForm = /^v=DMARC1\s*;/i

export function systemResolver(): ResolveTxt {
  const resolver = new promises.Resolver({ timeout: LOOKING_MS, tries: 1 })
  return (name) => resolver.resolveTxt(name)
}

export function openMailDomainLookUp(resolveTxt: ResolveTxt = systemResolver()): LookUpMailDomain {
  const look = async (name: string, form: RegExp): Promise<Answer> => {
    try {
      const texts = (await resolveTxt(name)).map((parts) => parts.join(''))
      const text = texts.find((one) => form.test(one))
      return text === undefined ? { is: 'missing', text: '' } : { is: 'found', text }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return { is: nothingThere.has(code) ? 'missing' : 'unknown', text: '' }
    }
  }
  return async ({ domain, signer, selector }) => {
    const [spf, dkim, policy] = await Promise.all([
      look(domain, /^v=spf1(\s|$)/i),
      selector === null ? null : look(`${selector}._domainkey.${signer}`, /(^|;)\s*p=[A-Za-z0-9+/]/),
      lookForPolicy(domain, look),
    ])
    return { spf: spf.is, dkim: dkim?.is ?? 'unknown', ...policy }
  }
}

/** Of a domain that has none of its own the one above it counts, up to the last but one name. */
async function lookForPolicy(
  domain: string,
  look: (name: string, form: RegExp) => Promise<Answer>,
): Promise<Pick<MailRecords, 'dmarc' | 'policy'>> {
  const labels = domain.split('.')
  for (let from = 0; from <= Math.max(0, labels.length - 2); from += 1) {
    const name = labels.slice(from).join('.')
    const { is, text } = await look(`_dmarc.${name}`, dmarcForm)
    if (is === 'unknown') return { dmarc: is, policy: null }
    if (is === 'found')
      return { dmarc: is, policy: { domain: name, strict: /;\s*adkim\s*=\s*s/i.test(text) } }
  }
  return { dmarc: 'missing', policy: null }
}

// May marketing go out by mail under the shop's domain? Only where SPF, DKIM and DMARC of it resolve and the signature is of
// that domain: without them the large mailbox providers take no bulk mail, and what they take lands among spam
// (requirement C7 of docs/reliability.md). In: under which names the shop sends, what the domain name system says of them,
// what it said before. Out: what is wrong in sentences, and whether marketing is held back. Transactional mail never is.

import type { MessagingSettings } from './messaging-settings.ts'

export type MailRecord = 'found' | 'missing' | 'unknown'

/** The names under which mail is sent. */
export type SendingDomain = {
  /** Of the sender's address. */
  readonly domain: string
  /** False where bounces go to an address of the provider, whose domain then carries the SPF. */
  readonly takesBounces: boolean
  /** The domain and selector that sign; `null` where nobody said which selector. */
  readonly signer: string
  readonly selector: string | null
}

export type MailRecords = {
  readonly spf: MailRecord
  readonly dkim: MailRecord
  readonly dmarc: MailRecord
  /** Where DMARC stands, the domain or one above it, and whether it takes signatures of exactly the domain only. */
  readonly policy: { readonly domain: string; readonly strict: boolean } | null
}

export type DomainFinding = {
  readonly name: 'SPF' | 'DKIM' | 'DMARC' | 'alignment'
  readonly is: MailRecord
  readonly detail: string
  /** What to do; empty where it was found. */
  readonly fix: string
}

/** Names that no mail can come from (RFC 2606, RFC 6761): a trial, a test, this machine. */
const reserved = /(^|\.)(localhost|test|example|invalid|local|internal|example\.(com|net|org))$|^[\d.[\]:]+$/

/** Channels that send under the shop's own domain; of the others, files and tools of the shop, nothing is asked. */
const ownDomainChannels: readonly MessagingSettings['emailChannel'][] = ['smtp', 'resend', 'postmark', 'ses']

/** `null` where no domain stands behind what is sent. `signing` is the key that we sign with ourselves. */
export function sendingDomainOf(
  { sender, emailChannel, dkim }: Pick<MessagingSettings, 'sender' | 'emailChannel' | 'dkim'>,
  signing: { readonly selector: string; readonly domain: string } | null,
): SendingDomain | null {
  const domain = sender?.address.split('@').at(-1)?.toLowerCase()
  if (domain === undefined || reserved.test(domain) || !ownDomainChannels.includes(emailChannel)) return null
  // Resend signs under the same selector for all its customers.
  const selector = signing?.selector ?? dkim?.selector ?? (emailChannel === 'resend' ? 'resend' : null)
  const signer = (signing?.domain ?? dkim?.domain ?? domain).toLowerCase()
  return { domain, takesBounces: emailChannel === 'smtp', signer, selector }
}

export function judgeMailRecords(sending: SendingDomain, records: MailRecords): readonly DomainFinding[] {
  const { domain, takesBounces, signer, selector } = sending
  const spf = finding(
    'SPF',
    domain,
    records.spf,
    'add the TXT record that your mail provider names, "v=spf1 …"',
  )
  const dkimFix = 'add the public key as a TXT record at that name'
  const dkim: DomainFinding =
    selector === null
      ? {
          ...{
            name: 'DKIM',
            is: 'missing',
            detail: `nobody said under which selector mail of ${domain} is signed`,
          },
          fix: 'set messaging.dkim.selector: your mail provider names it',
        }
      : finding('DKIM', `${selector}._domainkey.${signer}`, records.dkim, dkimFix)
  const dmarc = finding(
    'DMARC',
    `_dmarc.${domain}`,
    records.dmarc,
    'add the TXT record "v=DMARC1; p=none" there',
  )
  const found = [...(takesBounces ? [spf] : []), dkim, dmarc]
  if (dkim.is !== 'found' || records.policy === null || isAligned(sending, records.policy)) return found
  const detail = `mail of ${domain} is signed by ${signer}, which DMARC does not take for the same sender`
  return [...found, { name: 'alignment', is: 'missing', detail, fix: `let it be signed by ${domain}` }]
}

function finding(name: DomainFinding['name'], at: string, is: MailRecord, fix: string): DomainFinding {
  if (is === 'found') return { name, is, detail: at, fix: '' }
  if (is === 'missing') return { name, is, detail: `${at} has none`, fix }
  return {
    name,
    is,
    detail: `nobody answered for ${at}`,
    fix: `see whether your name server answers; else ${fix}`,
  }
}

/**
 * RFC 7489, 3.1. Which names belong to one organisation stands in no record; those at or below the one name that holds the
 * DMARC record do, and so does a name with one above it.
 */
function isAligned({ domain, signer }: SendingDomain, policy: NonNullable<MailRecords['policy']>): boolean {
  if (signer === domain) return true
  if (policy.strict) return false
  const isWithin = (name: string, above: string) => name === above || name.endsWith(`.${above}`)
  return isWithin(signer, policy.domain) || (signer.includes('.') && isWithin(domain, signer))
}

export type DomainLook =
  | { readonly kind: 'fit' }
  /** `unknown`: nobody answered, which says nothing against it. */
  | { readonly kind: 'unfit' | 'unknown'; readonly because: string }

/** What counts of a look: what is missing before what nobody said anything of. */
export function lookOf(findings: readonly DomainFinding[]): DomainLook {
  const missing = findings.find(({ is }) => is === 'missing')
  const wrong = missing ?? findings.find(({ is }) => is === 'unknown')
  if (wrong === undefined) return { kind: 'fit' }
  const because = `${wrong.name}: ${wrong.detail}`
  return { kind: missing === undefined ? 'unknown' : 'unfit', because }
}

export type DomainStanding = {
  readonly look: DomainLook
  readonly lookedAtMs: number
  /** When it was last seen to be fit; `null` where it never was, or was unfit since. */
  readonly fitAtMs: number | null
}

export const LOOK_AGAIN_MS = 15 * 60_000
/** While nobody answers, a good look holds so long: name servers are down for hours, records are taken out for good. */
export const GOOD_LOOK_HOLDS_MS = 24 * 3_600_000

export function afterLooking(before: DomainStanding | null, look: DomainLook, nowMs: number): DomainStanding {
  const lastFitAtMs = look.kind === 'unfit' ? null : (before?.fitAtMs ?? null)
  return { look, lookedAtMs: nowMs, fitAtMs: look.kind === 'fit' ? nowMs : lastFitAtMs }
}

/** Marketing by mail waits: why, and until when before it is asked again. */
export type MarketingHold = { readonly because: string; readonly untilMs: number }

export function marketingHold(
  { look, lookedAtMs, fitAtMs }: DomainStanding,
  nowMs: number,
): MarketingHold | null {
  if (look.kind === 'fit') return null
  if (fitAtMs !== null && nowMs - fitAtMs <= GOOD_LOOK_HOLDS_MS) return null
  return { because: look.because, untilMs: Math.max(nowMs, lookedAtMs) + LOOK_AGAIN_MS }
}

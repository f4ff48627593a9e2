// Is this installation fit to go live? Comes in: what was found of it. Goes out: each check with its standing, what was found
// and what to do. Pure: the looking is done by the command.

import { DAY_MS } from '../domain/instant.ts'
import type { MessagingSettings } from '../domain/messaging-settings.ts'
import { type DomainFinding, lookOf } from '../domain/sending-domain.ts'
import type { Settings } from '../domain/settings.ts'
import { formatCount } from './output.ts'

export type Check = {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'failure'
  readonly detail: string
  /** What to do; empty where nothing is. */
  readonly fix: string
}

export type Examined = {
  readonly settings: Settings
  readonly orders: number
  readonly historyEndsAtMs: number | null
  readonly planVersion: number | null
  readonly planAtMs: number | null
  readonly apiKeys: number
  readonly catalogProblems: number
  /** Why one click or messages could not be opened; `null` where they could. */
  readonly oneClickProblem: string | null
  readonly messagingProblem: string | null
  readonly paymentWebhooks: boolean
  /** Of the sender's domain; `null` where none stands behind what is sent. */
  readonly mail: readonly DomainFinding[] | null
  readonly nowMs: number
}

const STALE_DAYS = 8

export function examineInstallation(found: Examined): readonly Check[] {
  return [
    ...historyChecks(found),
    ...serverChecks(found),
    ...oneClickChecks(found),
    ...messagingChecks(found),
  ]
}

function historyChecks(found: Examined): readonly Check[] {
  const { orders, planVersion, planAtMs, historyEndsAtMs, catalogProblems, nowMs } = found
  const age = planAtMs === null ? null : Math.floor((nowMs - planAtMs) / DAY_MS)
  const behind = historyEndsAtMs === null ? null : Math.floor((nowMs - historyEndsAtMs) / DAY_MS)
  return [
    orders === 0
      ? failure('orders', 'no orders were imported', 'aftercart import <file>')
      : behind !== null && behind > STALE_DAYS
        ? warning(
            'orders',
            `${formatCount(orders)} orders, the latest ${formatCount(behind)} days old`,
            'import newer orders: what is bought together changes',
          )
        : ok('orders', `${formatCount(orders)} orders`),
    planVersion === null
      ? failure('plan', 'nothing was mined yet, so nothing is offered', 'aftercart mine')
      : age !== null && age > STALE_DAYS
        ? warning('plan', `plan ${planVersion} is ${age} days old`, 'aftercart mine, best every night')
        : ok('plan', `plan ${planVersion}`),
    catalogProblems === 0
      ? ok('catalog', 'nothing to mend')
      : warning('catalog', `${formatCount(catalogProblems)} things to mend`, 'aftercart check-catalog'),
  ]
}

function serverChecks({ apiKeys }: Examined): readonly Check[] {
  return [
    apiKeys === 0
      ? failure(
          'API key',
          'there is none, so the shop cannot ask',
          'aftercart key, or start aftercart serve once',
        )
      : ok('API key', apiKeys === 1 ? 'one' : String(apiKeys)),
  ]
}

function oneClickChecks({ settings, oneClickProblem, paymentWebhooks }: Examined): readonly Check[] {
  const { payment, shopUrl, consentVersions, origins } = settings.accepting
  if (oneClickProblem !== null) return [failure('one click', oneClickProblem, 'docs/guide/payments.md')]
  if (payment === 'none' || shopUrl === null)
    return [warning('one click', 'not set up: an offer leads to the cart', 'docs/guide/payments.md')]
  return [
    consentVersions.length === 0
      ? failure(
          'one click',
          'no terms under which a saved card may be charged, so no offer has a button',
          'set accepting.consentVersions',
        )
      : ok(
          'one click',
          `${payment}, ${origins.length === 0 ? 'on pages of this server only' : origins.join(', ')}`,
        ),
    paymentWebhooks
      ? ok('payment webhooks', 'there is a secret to check them with')
      : warning(
          'payment webhooks',
          'refunds and late answers are learnt of late or never',
          'docs/guide/payments.md: set the webhook secret',
        ),
  ]
}

function messagingChecks({ settings, messagingProblem, mail }: Examined): readonly Check[] {
  const { messaging } = settings
  if (messagingProblem !== null) return [failure('messages', messagingProblem, 'docs/guide/channels.md')]
  if (messaging.emailChannel === 'none' && messaging.smsChannel === 'none')
    return [warning('messages', 'not set up: nothing is sent', 'docs/guide/messages.md')]
  return [
    ok(
      'messages',
      `by ${[messaging.emailChannel, messaging.smsChannel].filter((one) => one !== 'none').join(', ')}; ${flowsOf(messaging)}`,
    ),
    messaging.publicUrl?.startsWith('https://') === true
      ? ok('links', messaging.publicUrl)
      : failure(
          'links',
          'messaging.publicUrl is not https: no mail program shows its own button to unsubscribe',
          'serve behind https and set messaging.publicUrl',
        ),
    ...(mail === null ? [] : mailChecks(mail)),
  ]
}

function flowsOf({ flows, confirmations }: MessagingSettings): string {
  const on = Object.entries(flows).flatMap(([name, flow]) => (flow.on ? [name] : []))
  const all = [...(confirmations ? ['confirmations'] : []), ...on]
  return all.length === 0 ? 'no flow is on' : `on: ${all.join(', ')}`
}

/** As the worker judges them (src/domain/sending-domain.ts), and what it makes of it. */
function mailChecks(mail: readonly DomainFinding[]): readonly Check[] {
  const look = lookOf(mail)
  const checks = mail.map(({ name, is, detail, fix }) => {
    if (is === 'found') return ok(name, detail)
    return is === 'missing' ? failure(name, detail, fix) : warning(name, detail, fix)
  })
  if (look.kind === 'fit') return [...checks, ok('marketing by mail', 'may go out')]
  const fix = 'mend what stands above; confirmations go out meanwhile, and what waits goes out by itself'
  if (look.kind === 'unfit')
    return [...checks, failure('marketing by mail', `waits for ${look.because}`, fix)]
  const detail = 'waits for an answer, unless the last day brought a good one'
  return [...checks, warning('marketing by mail', detail, fix)]
}

const ok = (check: string, detail: string): Check => ({ check, status: 'ok', detail, fix: '' })
const warning = (check: string, detail: string, fix: string): Check => ({
  check,
  status: 'warning',
  detail,
  fix,
})
const failure = (check: string, detail: string, fix: string): Check => ({
  check,
  status: 'failure',
  detail,
  fix,
})

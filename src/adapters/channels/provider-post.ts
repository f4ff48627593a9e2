// One request to a provider over HTTP, and what its answer says of a message. Comes in: the request. Goes out: the outcome.
// Nothing throws. What may have left and was not answered is ambiguous; only where no connection came about, or the
// provider says so, is it certain that nothing was taken.

import type { SendOutcome } from '../../ports/channel.ts'
import { readJson, textAt } from '../json-text.ts'
import { readAtMost } from '../signing/post-signed.ts'
import { plainReason } from './plain-reason.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type ProviderSettings = { readonly fetch?: Fetch; readonly timeoutMs?: number }

export type ProviderRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type ProviderRules = {
  /** A repetition under the same key is the same message there, so an error of the server's leaves nothing open. */
  readonly knowsKeys: boolean
  /** The provider's id of what it took. */
  refOf(json: unknown): string | null
  /** Of an answer of 4xx that is about the message. */
  refusal(status: number, json: unknown): SendOutcome
}

/** Of the whole request; less than a minute, the lease of a claim. */
const TIMEOUT_MS = 30_000
const ANSWER_BYTES_MAX = 64 * 1024

/** The connection never came about: names, routes, refusals and certificates are before the request. */
const neverLeft = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])

export async function postToProvider(
  request: ProviderRequest,
  settings: ProviderSettings,
  rules: ProviderRules,
): Promise<SendOutcome> {
  const { url, headers, body } = request
  const signal = AbortSignal.timeout(settings.timeoutMs ?? TIMEOUT_MS)
  let answer: Response
  try {
    answer = await (settings.fetch ?? fetch)(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal,
    })
  } catch (error) {
    const code = codeOf(error)
    if (neverLeft.has(code)) return { kind: 'try-later', reason: `no connection: ${code}` }
    const why = signal.aborted ? 'no answer in time' : `the connection was lost: ${code}`
    return { kind: 'ambiguous', reason: why }
  }
  const text = await readAtMost(answer, ANSWER_BYTES_MAX).catch(() => null)
  return outcomeOf(answer.status, readJson(text ?? ''), rules)
}

function outcomeOf(status: number, json: unknown, rules: ProviderRules): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent', providerRef: rules.refOf(json) }
  const reason = plainReason(`status ${status} ${textAt(json, 'message') ?? ''}`)
  if (status >= 500 && status !== 503 && !rules.knowsKeys) return { kind: 'ambiguous', reason }
  // A key that is refused, an address that leads nowhere or elsewhere: for the shopkeeper to mend.
  const isAboutUs = status < 400 || [401, 403, 404, 405, 408, 425, 429].includes(status)
  if (isAboutUs || status >= 500) return { kind: 'try-later', reason }
  return rules.refusal(status, json)
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return textAt(cause, 'code') ?? (cause instanceof Error ? cause.name : 'unknown')
}

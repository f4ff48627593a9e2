// The widget's questions to Aftercart. Comes in: the address and the token. Goes out: the offer as it stands, or null where there
// is no clear answer in time. Nothing is sent along: no cookie, no referrer beyond the origin.

import type { OfferView } from '../domain/offer-view.ts'

export type Ask = (path: string, send: boolean, patienceMs: number) => Promise<OfferView | null>

/** What an offer may answer a click with; all else is no answer. */
const answers = new Set([200, 202, 402, 409, 410])

export function askAt(base: string, locale: string): Ask {
  return async (path, send, patienceMs) => {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), patienceMs)
    try {
      const response = await fetch(`${base}/v1/offers/${path}?locale=${encodeURIComponent(locale)}`, {
        credentials: 'omit',
        referrerPolicy: 'strict-origin',
        signal: stop.signal,
        ...(send ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' } : {}),
      })
      if (!answers.has(response.status)) return null
      const view: unknown = await response.json()
      return isView(view) ? view : null
    } catch {
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}

function isView(value: unknown): value is OfferView {
  if (typeof value !== 'object' || value === null) return false
  const view: Partial<Record<keyof OfferView, unknown>> = value
  return typeof view.state === 'string' && isObject(view.offer) && isObject(view.words)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** It was seen; nobody waits for the answer. */
export function tellSeen(base: string, token: string): void {
  fetch(`${base}/v1/exposures`, {
    method: 'POST',
    credentials: 'omit',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => {})
}

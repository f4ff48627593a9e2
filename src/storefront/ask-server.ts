// Asks the Aftercart server about one offer. Goes out: the offer as it stands, or `null` for everything that is not one: no
// network, too late, an error, an answer of another shape. Nothing is thrown, so that no page ever breaks.

import type { OfferView, ViewWords } from '../domain/offer-view.ts'

export type Doing = 'accept' | 'decline' | 'undo'

/** What a click may be answered with; in all of these the body is the offer. */
const answered = new Set([200, 202, 402, 409, 410])

export type Server = { readonly address: string; readonly locale: string }

export async function seeOffer(server: Server, token: string, patienceMs: number): Promise<OfferView | null> {
  return await ask(server, token, '', { method: 'GET' }, patienceMs)
}

/** The server itself waits some seconds for the bank, so that most clicks are answered with their outcome. */
const CLICK_PATIENCE_MS = 20_000

export async function doOffer(server: Server, token: string, doing: Doing): Promise<OfferView | null> {
  return await ask(server, token, `/${doing}`, posted('{}'), CLICK_PATIENCE_MS)
}

export async function tellExposure({ address }: Server, token: string): Promise<void> {
  const body = JSON.stringify({ token })
  await fetch(`${address}/v1/exposures`, { ...posted(body), ...quiet, keepalive: true }).catch(
    () => undefined,
  )
}

/** No cookie is sent or taken, and the other side learns no page address. */
const quiet = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' } as const

function posted(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } }
}

async function ask(
  { address, locale }: Server,
  token: string,
  path: string,
  init: RequestInit,
  patienceMs: number,
): Promise<OfferView | null> {
  try {
    const url = `${address}/v1/offers/${encodeURIComponent(token)}${path}?locale=${encodeURIComponent(locale)}`
    const answer = await fetch(url, { ...init, ...quiet, signal: AbortSignal.timeout(patienceMs) })
    if (!answered.has(answer.status)) return null
    const body: unknown = await answer.json()
    return isOfferView(body) ? body : null
  } catch {
    return null
  }
}

const labels = [
  'waitMessage',
  'acceptLabel',
  'cartLabel',
  'declineLabel',
  'undoLabel',
  'actionLabel',
] as const
const sentences = ['message', 'priceLine', 'regionLabel'] as const satisfies (keyof ViewWords)[]

/** Of the parts that are drawn; an answer of a proxy or of another program is not taken for an offer. */
function isOfferView(body: unknown): body is OfferView {
  if (!isRecord(body) || !isRecord(body.offer) || !isRecord(body.words)) return false
  const { offer, words } = body
  return (
    typeof body.state === 'string' &&
    typeof offer.title === 'string' &&
    typeof offer.need === 'string' &&
    isTextOrNull(offer.imageUrl) &&
    isTextOrNull(offer.url) &&
    isTextOrNull(body.cartUrl) &&
    isTextOrNull(body.replacement) &&
    sentences.every((name) => typeof words[name] === 'string') &&
    labels.every((name) => isTextOrNull(words[name]))
  )
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Reads from the API and sends changes to it. The key, where one is needed, is kept for this tab only and sent as a
// bearer. An answer is one of: loading, ready, please sign in, failed with a sentence. No text in it can turn the words
// around it (as src/domain/without-directions.ts has it); ids stay what they are, since they are sent back.

import { useEffect, useState } from 'react'

const KEY = 'aftercart-key'

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Takes a key out of the address (`#key=…`), so that it stays neither there nor in the history of the browser. */
export function takeKeyFromAddress(): void {
  const key = /^#key=(.+)$/.exec(window.location.hash)?.[1]
  if (key === undefined) return
  keepKey(decoded(key))
  window.history.replaceState(null, '', window.location.pathname)
}

/** A key that lost a part of its last letter on the way is a wrong key, no reason to show nothing. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}

export function keepKey(key: string): void {
  window.sessionStorage.setItem(KEY, key.trim())
}

type Answered<T> = Exclude<Loaded<T>, { readonly kind: 'loading' }>

async function ask<T>(path: string, init: RequestInit): Promise<Answered<T>> {
  const key = window.sessionStorage.getItem(KEY)
  const headers = new Headers(init.headers)
  if (key !== null) headers.set('authorization', `Bearer ${key}`)
  const response = await fetch(path, { ...init, headers })
  if (response.status === 401) return { kind: 'sign-in' }
  const body: unknown = response.status === 204 ? null : JSON.parse(await response.text(), readable)
  if (!response.ok) return { kind: 'failed', reason: reasonOf(body, response.status) }
  return { kind: 'ready', value: body as T }
}

const ids = new Set(['id', 'anchor', 'addOn', 'product', 'orderId', 'path'])

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

function readable(name: string, value: unknown): unknown {
  return typeof value === 'string' && !ids.has(name) ? value.replace(directions, '') : value
}

const unreachable = { kind: 'failed', reason: 'The server could not be reached.' } as const

/** Sends a change; the answer is what stands after it. */
export function send<T>(method: 'PATCH' | 'POST', path: string, body: unknown): Promise<Answered<T>> {
  const headers = { 'content-type': 'application/json' }
  return ask<T>(path, { method, headers, body: JSON.stringify(body) }).catch(() => unreachable)
}

/** A document as it is; `null` where there is none. */
export async function fetchText(path: string): Promise<string | null> {
  const key = window.sessionStorage.getItem(KEY)
  const headers = new Headers(key === null ? {} : { authorization: `Bearer ${key}` })
  const response = await fetch(path, { headers }).catch(() => null)
  return response?.ok === true ? await response.text() : null
}

function reasonOf(body: unknown, status: number): string {
  if (typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string') {
    return body.detail
  }
  return `The server answered ${status}.`
}

/** What is at this path; `null` loads nothing. `attempt` changes to ask again. */
export function useLoaded<T>(path: string | null, attempt: number): Loaded<T> {
  const [state, setState] = useState<{ readonly of: string | null; readonly loaded: Loaded<T> }>({
    of: null,
    loaded: { kind: 'loading' },
  })
  const wanted = path === null ? null : `${attempt} ${path}`
  useEffect(() => {
    if (path === null) return
    const of = `${attempt} ${path}`
    const stop = new AbortController()
    ask<T>(path, { signal: stop.signal })
      .catch(() => unreachable)
      .then((loaded) => {
        if (!stop.signal.aborted) setState({ of, loaded })
      })
    return () => stop.abort()
  }, [path, attempt])
  return state.of === wanted ? state.loaded : { kind: 'loading' }
}

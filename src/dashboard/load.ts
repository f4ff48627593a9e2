// Reads from the API. The key, where one is needed, is kept for this tab only and sent as a bearer. An answer is one of:
// loading, ready, please sign in, failed with a sentence.

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
  keepKey(decodeURIComponent(key))
  window.history.replaceState(null, '', window.location.pathname)
}

export function keepKey(key: string): void {
  window.sessionStorage.setItem(KEY, key.trim())
}

async function read<T>(path: string, signal: AbortSignal): Promise<Loaded<T>> {
  const key = window.sessionStorage.getItem(KEY)
  const headers = key === null ? undefined : { authorization: `Bearer ${key}` }
  const response = await fetch(path, { signal, ...(headers === undefined ? {} : { headers }) })
  if (response.status === 401) return { kind: 'sign-in' }
  const body: unknown = await response.json()
  if (!response.ok) return { kind: 'failed', reason: reasonOf(body, response.status) }
  return { kind: 'ready', value: body as T }
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
    read<T>(path, stop.signal)
      .catch((): Loaded<T> => ({ kind: 'failed', reason: 'The server could not be reached.' }))
      .then((loaded) => {
        if (!stop.signal.aborted) setState({ of, loaded })
      })
    return () => stop.abort()
  }, [path, attempt])
  return state.of === wanted ? state.loaded : { kind: 'loading' }
}

// Where the owner is: kept in the hash of the address, so that each product has a link of its own.

import { useSyncExternalStore } from 'react'

export function productLink(id: string): string {
  return `#/product/${encodeURIComponent(id)}`
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** The product of the address; `null` on the front page. */
export function useChosenProduct(): string | null {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  const id = /^#\/product\/(.+)$/.exec(hash)?.[1]
  if (id === undefined) return null
  try {
    return decodeURIComponent(id)
  } catch {
    return null
  }
}

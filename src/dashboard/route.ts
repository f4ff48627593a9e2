// Where the owner is: kept in the hash of the address, so that each product has a link of its own, and told by the title
// of the document, so that tabs, history and screen readers tell pages apart.

import { useEffect, useSyncExternalStore } from 'react'

export type Route =
  | { readonly page: 'front' }
  | { readonly page: 'product'; readonly id: string }
  | { readonly page: 'catalog' }
  | { readonly page: 'changes' }
  | { readonly page: 'messages' }
  /** One of them is meant, or none. */
  | { readonly page: 'experiments'; readonly id: string | null }
  | { readonly page: 'results' }
  | { readonly page: 'calculator' }

export const catalogLink = '#/catalog'
export const changesLink = '#/changes'
export const messagesLink = '#/messages'
export const experimentsLink = '#/experiments'
export const resultsLink = '#/results'
export const calculatorLink = '#/calculator'

export function productLink(id: string): string {
  return `#/product/${encodeURIComponent(id)}`
}

export function experimentLink(id: string): string {
  return `${experimentsLink}/${encodeURIComponent(id)}`
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function useRoute(): Route {
  return readRoute(useSyncExternalStore(subscribe, () => window.location.hash))
}

export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Aftercart`
  }, [name])
}

function readRoute(hash: string): Route {
  if (hash === catalogLink) return { page: 'catalog' }
  if (hash === changesLink) return { page: 'changes' }
  if (hash === messagesLink) return { page: 'messages' }
  if (hash === experimentsLink) return { page: 'experiments', id: null }
  if (hash === resultsLink) return { page: 'results' }
  if (hash === calculatorLink) return { page: 'calculator' }
  const [, page, written = ''] = /^#\/(product|experiments)\/(.+)$/.exec(hash) ?? []
  if (page === undefined) return { page: 'front' }
  try {
    const id = decodeURIComponent(written)
    return page === 'experiments' ? { page, id } : { page: 'product', id }
  } catch {
    return { page: 'front' }
  }
}

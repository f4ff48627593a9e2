// Asks the API. Comes in: a path. Goes out: the answer, or what to tell the owner. The key comes from the address
// (#key=…, which browsers never send to a server) or the sign-in form, and stays in this tab.

export type Overview = {
  readonly plan: {
    readonly version: number
    readonly publishedAtMs: number
    readonly summary: {
      readonly pairings: Readonly<Record<'complete' | 'refill' | 'extend' | 'upsell' | 'refused', number>>
      readonly products: number
      readonly orders: number
      readonly historyFromAtMs: number
      readonly historyToAtMs: number
    }
  } | null
  readonly anchors: number
}

export type Anchor = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number | null
  readonly currency: string
  readonly orders: number
  readonly pairings: number
  readonly refused: number
}

export type Pairing = {
  readonly addOn: string
  readonly addOnTitle: string
  readonly relation: string
  readonly need: string
  readonly orders: number
  readonly ordersTogether: number
  readonly expected: number
  readonly lift: number
  readonly confidence: number
  readonly confidenceLow: number
  readonly priceRatio: number | null
  readonly windows: readonly {
    readonly placement: string
    readonly fromDay: number
    readonly toDay: number
  }[]
  readonly status: 'live' | 'refused'
  readonly because: string
  readonly source: string
  readonly score: number
}

export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'failed'; readonly why: string }

const KEY = 'aftercart-key'

export function rememberKey(key: string): void {
  sessionStorage.setItem(KEY, key)
}

function knownKey(): string | null {
  const fromAddress = /[#&]key=([^&]+)/.exec(location.hash)?.[1]
  if (fromAddress !== undefined) {
    rememberKey(decodeURIComponent(fromAddress))
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(KEY)
}

export async function askApi<T>(path: string): Promise<Answer<T>> {
  const key = knownKey()
  try {
    const response = await fetch(path, key === null ? {} : { headers: { authorization: `Bearer ${key}` } })
    if (response.status === 401) return { kind: 'sign-in' }
    if (!response.ok) return { kind: 'failed', why: `The server answered ${response.status}.` }
    return { kind: 'answered', value: (await response.json()) as T }
  } catch {
    return { kind: 'failed', why: 'The server does not answer. Is "aftercart serve" running?' }
  }
}

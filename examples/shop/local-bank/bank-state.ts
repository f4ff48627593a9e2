// The local bank: a simulated payment provider for the example shop and for tests. Its state is plain; time comes from the
// clock handed in, faults from a function handed in, ids from a counter. No card and no money is real.

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'

export type PaymentError = {
  readonly type: string
  readonly code: string
  readonly decline_code?: string
  readonly message: string
}

export type Intent = {
  readonly id: string
  readonly amount: number
  readonly currency: string
  readonly customer: string
  readonly metadata: Readonly<Record<string, string>>
  readonly captureMethod: string
  readonly createdAtMs: number
  status: IntentStatus
  /** Taken away by a decline, as Stripe does. */
  method: string | null
  returnUrl: string | null
  lastError: PaymentError | null
  captured: number
  refunded: number
}

export type BankAnswer = { readonly status: number; readonly body: unknown }

export type BankEvent = {
  readonly id: string
  readonly type: string
  readonly createdAtMs: number
  readonly object: Readonly<Record<string, unknown>>
}

/** What happens to one request on its way. A late one arrives after the caller gave up on it. */
export type Fault =
  | { readonly kind: 'lost-request' }
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'late-request'; readonly byMs: number }
  /** An answer without any effect: 429, 500, 503. A 500 is kept under the request's idempotency key. */
  | { readonly kind: 'answer'; readonly status: number }

export type BankRequest = {
  readonly method: string
  readonly path: string
  readonly params: URLSearchParams
  readonly idempotencyKey: string | null
  readonly authorization: string | null
}

export type LocalBank = {
  readonly clock: { nowMs(): number }
  /** Where the page of the bank stands, without a slash at its end: `http://127.0.0.1:4600/bank`. */
  readonly pagesAt: string
  readonly secretKey: string
  /** In every id: a bank that forgets when it ends must not give an id twice that a store remembers. */
  readonly series: string
  faults: (request: BankRequest) => Fault | null
  /** Every event as it happens; who delivers it, when and how often is the owner's matter. */
  onEvent: (event: BankEvent) => void
  readonly intents: Map<string, Intent>
  readonly kept: Map<string, { readonly request: string; readonly answer: BankAnswer; readonly atMs: number }>
  readonly underway: { readonly request: BankRequest; readonly atMs: number }[]
  /** By offer: how many payments took money. More than one is what must never be. */
  readonly charges: Map<string, number>
  counter: number
}

export const KEY_LIFE_MS = 24 * 3_600_000

export function openLocalBank(options: {
  readonly clock: { nowMs(): number }
  readonly pagesAt: string
  readonly secretKey: string
  readonly series?: string
}): LocalBank {
  return {
    ...options,
    series: options.series ?? '',
    faults: () => null,
    onEvent: () => {},
    intents: new Map(),
    kept: new Map(),
    underway: [],
    charges: new Map(),
    counter: 0,
  }
}

export function nextId(bank: LocalBank, prefix: string): string {
  bank.counter += 1
  return `${prefix}_local${bank.series}${String(bank.counter).padStart(8, '0')}`
}

export function successfulCharges(bank: LocalBank, offerId: string): number {
  return bank.charges.get(offerId) ?? 0
}

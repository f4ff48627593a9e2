// The world of one seed: its time, its weather, the models of provider and shop, the store. What is seen of it: a trace,
// and counts of what was done to the calls.

import type { AcceptingEffects } from '../../src/accepting/accepting-effects.ts'
import type { Acceptance } from '../../src/domain/acceptance.ts'
import { defaultAcceptingSettings } from '../../src/domain/accepting-settings.ts'
import type { Offer } from '../../src/domain/offer.ts'
import type { Store } from '../../src/ports/store.ts'
import { type Random, seededRandom } from '../../src/stats/seeded-random.ts'
import { aRecipient } from '../store/message-samples.ts'
import { type ModelProvider, openModelProvider, type Payment } from './model-provider.ts'
import { type ModelShop, openModelShop } from './model-shop.ts'
import { type MutantName, mutants } from './mutants.ts'
import { openTimeline, type Timeline } from './timeline.ts'
import { drawWeather, HOUR_MS, type Weather } from './weather.ts'

export type Counts = {
  crashes: number
  lost: number
  late: number
  duplicates: number
  stalls: number
}

export type World = {
  readonly offer: Offer
  readonly timeline: Timeline
  readonly clickMs: number
  readonly random: Random
  readonly weather: Weather
  readonly provider: ModelProvider
  readonly shop: ModelShop
  readonly store: Store
  readonly counts: Counts
  readonly plain: Pick<AcceptingEffects, 'tokens' | 'clock' | 'newId' | 'settings' | 'sendsMail'>
  /** Set where the shop gave the money back by itself. */
  readonly byShop: { refunded: boolean }
  /** Escaped from the code under test. */
  readonly thrown: string[]
  tell(what: string, subject?: unknown): void
}

export type Told = (line: string) => void

const MERCHANT = 'The shop'

/** An era of its own for each run, so that many runs share one store and what is due in one is never due in another. */
export function openWorld(
  seed: number,
  era: number,
  plainStore: Store,
  mutant: MutantName,
  told: Told | null,
): World {
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1))
  const clickMs = 1_700_000_000_000 + era * 1000 * HOUR_MS
  const timeline = openTimeline(clickMs - 1000)
  const weather = drawWeather(random)
  const offer = offerOf(seed, clickMs, 500 + Math.floor(random() * 9000))
  const tell = (what: string, subject?: unknown): void => {
    if (told === null) return
    told(
      `${((timeline.nowMs() - clickMs) / 1000).toFixed(3).padStart(12)} s  ${what}${sayBriefly(subject, clickMs)}`,
    )
  }
  const tokens: AcceptingEffects['tokens'] = { sign: ({ id }) => id, read: (token) => claimsOf(offer, token) }
  let ids = 0
  const changed = new Set<(payment: Payment) => void>()
  const model = openModelProvider(weather.bank, timeline.nowMs, {
    changed(payment) {
      for (const listener of changed) listener(payment)
    },
    asks: (payment) =>
      timeline.at(timeline.nowMs() + weather.bank.answersAfterMs, () => {
        tell('the bank gets its answer')
        model.answered(payment)
      }),
  })
  const settings = {
    ...defaultAcceptingSettings,
    consentVersions: ['v1'],
    returnUrl: 'https://shop.example/',
  }
  const newId = (): string => `${offer.id}-${++ids}`
  const world: World = {
    ...{ offer, timeline, clickMs, random, weather, tell },
    provider: mutants[mutant].provider(model),
    shop: mutants[mutant].shop(openModelShop(offer.quote, MERCHANT)),
    store: plainStore,
    counts: { crashes: 0, lost: 0, late: 0, duplicates: 0, stalls: 0 },
    plain: { tokens, clock: timeline, newId, settings, sendsMail: true },
    byShop: { refunded: false },
    thrown: [],
  }
  changed.add((payment) => sendMessage(world, 'payment', payment.id))
  return world
}

/** What changed is said to Aftercart's inbox: soon, late, twice, or never. */
export function sendMessage(
  world: World,
  topic: 'payment' | 'order',
  subject: string,
  isSure: boolean = false,
): void {
  const { timeline, random, weather, store, tell } = world
  if (!isSure && random() < weather.lostMessage) return
  const id = `model:${world.offer.id}:${Math.floor(random() * 2 ** 40)}`
  const times = random() < weather.duplicate ? 2 : 1
  for (let time = 0; time < times; time++) {
    const waitMs = random() < weather.late ? random() * HOUR_MS : 20 + random() * 2000
    timeline.at(timeline.nowMs() + waitMs, async () => {
      const isNew = await store.takeMessage({ id, topic, subject, receivedAtMs: timeline.nowMs() })
      tell(`a message about the ${topic} comes${isNew ? '' : ' again'}`)
    })
  }
}

export async function prepareStore({ store, offer, clickMs }: World): Promise<void> {
  await store.putSavedMethod(
    offer.orderId,
    {
      ...{ provider: 'model', kind: 'card', customerRef: 'c', methodRef: 'm' },
      ...{ consentVersion: 'v1', merchantOfRecord: MERCHANT },
    },
    clickMs - 1000,
  )
  await store.putRecipient(offer.orderId, aRecipient({ emailHash: offer.orderId }), clickMs - 1000)
  const { id, orderId, product, placement, quote } = offer
  await store.putOffer(offer, {
    ...{ key: `${id}:offer-issued:`, kind: 'offer-issued', atMs: offer.issuedAtMs, offerId: id },
    ...{ orderId, product, placement, anchor: null, relation: null },
    ...{ amountMinor: 0, currency: quote.currency, detail: null },
  })
}

function offerOf(seed: number, clickMs: number, totalMinor: number): Offer {
  return {
    id: `offer-${seed}`,
    orderId: `order-${seed}`,
    placement: 'thank-you',
    ...{ product: 'p', title: 'Pads', imageUrl: null, url: null, anchor: 'a', anchorTitle: 'Machine' },
    relation: 'complete',
    need: '',
    quote: {
      ...{ currency: 'EUR', unitPriceMinor: totalMinor, quantity: 1, taxMinor: 0, taxIncluded: true },
      ...{ deliveryMinor: 0, totalMinor },
    },
    merchantOfRecord: MERCHANT,
    consentVersion: 'v1',
    oneClick: { allowed: true, expiresAtMs: clickMs + HOUR_MS / 2, maxAmountMinor: null },
    cartUrl: null,
    issuedAtMs: clickMs - 1000,
    expiresAtMs: clickMs + HOUR_MS / 2,
    replaces: null,
  }
}

function claimsOf(offer: Offer, token: string): ReturnType<AcceptingEffects['tokens']['read']> {
  const { id, orderId, product, quote, expiresAtMs } = offer
  if (token !== id) return null
  return {
    ...{ offerId: id, orderId, product, expiresAtMs },
    ...{ totalMinor: quote.totalMinor, currency: quote.currency },
  }
}

function sayBriefly(subject: unknown, clickMs: number): string {
  if (typeof subject !== 'object' || subject === null) return ''
  if ('offerId' in subject && 'version' in subject) {
    const row = subject as Acceptance
    const due = row.dueAtMs === null ? '-' : `${((row.dueAtMs - clickMs) / 1000).toFixed(1)} s`
    return `: ${row.state} v${row.version}${row.goal === null ? '' : ` → ${row.goal}`}, due ${due}`
  }
  return 'kind' in subject ? `: ${String(subject.kind)}` : ''
}

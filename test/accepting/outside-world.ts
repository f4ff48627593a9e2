// What stands outside of Aftercart for tests of several processes: the local bank and a shop's back end, both over HTTP on
// 127.0.0.1, and orders with an offer each. The processes under test reach them by `peers`, which is plain JSON.

import { type LocalBank, openLocalBank } from '../../examples/shop/local-bank/bank-state.ts'
import { serveBank } from '../../examples/shop/local-bank/serve-bank.ts'
import type { AcceptingEffects } from '../../src/accepting/accepting-effects.ts'
import { issueOffers } from '../../src/accepting/issue-offers.ts'
import { openStripe } from '../../src/adapters/payments/stripe.ts'
import { openHttpShop } from '../../src/adapters/shops/http.ts'
import { openOneClick } from '../../src/cli/open-one-click.ts'
import { defaultAcceptingSettings } from '../../src/domain/accepting-settings.ts'
import { defaultMessagingSettings } from '../../src/domain/messaging-settings.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { PaymentProvider } from '../../src/ports/payment.ts'
import type { Store } from '../../src/ports/store.ts'
import { answerAsShop, type LocalShop, newLocalShop, serveSigned } from '../local-shop.ts'
import { cleaner } from '../one-click-desk.ts'
import { aRecipient } from '../store/message-samples.ts'

/** Where bank and shop are, for a process that is started with it. */
export type Peers = { readonly bankPort: number; readonly shopUrl: string; readonly shopSecret: string }

export type OutsideWorld = {
  readonly bank: LocalBank
  readonly shop: LocalShop
  readonly peers: Peers
  close(): Promise<void>
}

const secretKey = 'sk_test_outside'
const shopSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`
/** What a line costs at the local shop: the piece and its delivery. */
export const LINE_MINOR = 1_400

export async function openOutsideWorld(clock: Clock): Promise<OutsideWorld> {
  const bank = openLocalBank({ clock, pagesAt: 'https://bank.example', secretKey })
  const shop = newLocalShop()
  shop.prices.set(cleaner.product, LINE_MINOR - 200)
  shop.stock.set(cleaner.product, 100_000)
  const servedBank = await serveBank(bank)
  const servedShop = await serveSigned(shopSecret, clock, (message) => answerAsShop(shop, message))
  return {
    ...{ bank, shop },
    peers: { bankPort: servedBank.port, shopUrl: servedShop.url, shopSecret },
    async close() {
      await servedShop.close()
      await servedBank.close()
    },
  }
}

export function stripeAt({ bankPort }: Peers): ReturnType<typeof openStripe> {
  return openStripe({ secretKey, at: { protocol: 'http', host: '127.0.0.1', port: bankPort } })
}

/** The effects of accepting over the shop of `peers`, and its bank or another provider. */
export function effectsOver(
  store: Store,
  clock: Clock,
  secret: Buffer,
  peers: Peers,
  provider: PaymentProvider = stripeAt(peers),
): AcceptingEffects {
  const settings = {
    ...defaultSettings,
    accepting: { ...defaultAcceptingSettings, consentVersions: ['v1'] },
    messaging: { ...defaultMessagingSettings, emailChannel: 'outbox' as const },
  }
  const shop = openHttpShop({ url: peers.shopUrl, secret: peers.shopSecret, clock })
  return openOneClick({ store, clock, settings, secret }, { shop, providers: [provider] }).accepting
}

export type IssuedOffer = { readonly orderId: string; readonly offerId: string; readonly token: string }

/** A new order, paid with this method of the local bank, and its offer. */
export async function newOffer(
  orderId: string,
  methodRef: string,
  { shop }: OutsideWorld,
  effects: AcceptingEffects,
): Promise<IssuedOffer> {
  const { store, clock, tokens } = effects
  shop.orders.set(orderId, { status: 'open', lines: new Map() })
  const lines = [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }]
  const order = { id: orderId, customerId: null, placedAtMs: clock.nowMs(), currency: 'GBP', lines }
  await store.putOrder(order, clock.nowMs())
  await store.putRecipient(orderId, aRecipient({ emailHash: `hash of ${orderId}` }), clock.nowMs())
  const [provider = ''] = effects.providers.keys()
  const method = { provider, kind: 'card', customerRef: 'cus_1', methodRef } as const
  await store.putSavedMethod(
    orderId,
    { ...method, consentVersion: 'v1', merchantOfRecord: 'shop' },
    clock.nowMs(),
  )
  const picks = [{ ...cleaner, price: { amountMinor: LINE_MINOR - 200, currency: 'GBP' } }]
  const request = { order, placement: 'thank-you', picks, titleOf: (id: string) => id } as const
  const { offers, left } = await issueOffers(request, effects)
  const [offer] = offers
  if (offer === undefined) throw new Error(`no offer: ${left[0]?.reason}`)
  if (!offer.oneClick.allowed) throw new Error(`no button: ${offer.oneClick.reason}`)
  return { orderId, offerId: offer.id, token: tokens.sign(offer) }
}

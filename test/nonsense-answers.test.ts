// Whatever a provider, a proxy before it, or a message says: no row is stuck behind another, none is charged another sum than was
// shown, and nothing is kept that nobody paid for. The real state machine and store; the nonsense is put in their way.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test from 'node:test'
import { bankFetch } from '../examples/shop/local-bank/bank-fetch.ts'
import { acceptOffer } from '../src/accepting/answer-offer.ts'
import { lookAfterOffers } from '../src/accepting/look-after-offers.ts'
import { openStripe } from '../src/adapters/payments/stripe.ts'
import type { PaymentProvider, PaymentState } from '../src/ports/payment.ts'
import { type Desk, openDesk } from './one-click-desk.ts'

function atDesk(title: string, prove: (desk: Desk) => Promise<void>): void {
  test(title, async () => {
    const desk = await openDesk()
    try {
      await prove(desk)
    } finally {
      await desk.close()
    }
  })
}

function withProvider({ effects }: Desk, change: (stripe: PaymentProvider) => PaymentProvider) {
  const stripe = effects.providers.get('stripe')
  assert.ok(stripe)
  return { ...effects, providers: new Map([['stripe', change(stripe)]]) }
}

const json = { 'content-type': 'application/json' }
const answers: readonly (readonly [string, () => Response])[] = [
  ['HTML', () => new Response('<html>maintenance</html>', { headers: { 'content-type': 'text/html' } })],
  ['nothing', () => new Response('', { headers: json })],
  ...[
    '{}',
    'null',
    '[]',
    '"pi_1"',
    '1',
    'true',
    '{"id":null,"status":"succeeded"}',
    '{"object":"list","data":[]}',
  ].map((text) => [text, () => new Response(text, { headers: json })] as const),
  ...[
    { id: 'pi_1', status: 'requires_capture', currency: 'gbp', amount_capturable: -1400 },
    { id: 'pi_1', status: 'succeeded', currency: 'gbp', amount_received: 14.5 },
    { id: 'pi_1', status: 'requires_confirmation' },
    { id: '', status: 'requires_confirmation', currency: 'gbp' },
  ].map((intent) => {
    const text = JSON.stringify(intent)
    return [text, () => new Response(text, { headers: json })] as const
  }),
]

for (const [name, answer] of answers)
  atDesk(
    `200 with ${name} from the provider is no answer, and the purchase goes on once it is sane`,
    async (desk) => {
      let isMad = true
      const sane = bankFetch(desk.bank)
      const fetch: typeof globalThis.fetch = async (...asked) => (isMad ? answer() : await sane(...asked))
      const effects = withProvider(desk, () => openStripe({ secretKey: 'sk_test_x', fetch }))
      const { token } = await desk.offer()
      const first = await acceptOffer(token, effects)
      assert.equal(first.acceptance?.state, 'new')
      assert.equal(first.acceptance.paymentId, null)
      isMad = false
      desk.clock.advance(31_000)
      await lookAfterOffers(effects)
      const done = await acceptOffer(token, effects)
      assert.equal(done.acceptance?.state, 'completed')
      assert.deepEqual([...desk.bank.charges.values()], [1])
    },
  )

atDesk('an answer of the provider without end is let go after a megabyte', async (desk) => {
  let sent = 0
  let isLetGo = false
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull(stream) {
        sent += 1
        // What would be read without a bound ends here, and fails below.
        return sent > 1_000 ? stream.close() : stream.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
      cancel() {
        isLetGo = true
      },
    })
  const fetch = async () => new Response(endless(), { headers: json })
  const effects = withProvider(desk, () => openStripe({ secretKey: 'sk_test_x', fetch }))
  const { token } = await desk.offer()
  assert.equal((await acceptOffer(token, effects)).acceptance?.state, 'new')
  assert.equal(isLetGo, true)
})

atDesk('another payment than was asked for is not taken for ours', async (desk) => {
  const read = openStripe({
    secretKey: 'sk_test_x',
    fetch: async () =>
      new Response(
        JSON.stringify({ id: 'pi_other', status: 'succeeded', currency: 'gbp', amount_received: 1 }),
        { headers: json },
      ),
  }).read('pi_ours')
  await assert.rejects(read, { code: 'provider-unavailable', message: /another payment/ })
  assert.equal(desk.bank.intents.size, 0)
})

for (const wrong of [{ amountMinor: 1_401 }, { amountMinor: 1 }, { currency: 'JPY' }])
  atDesk(
    `captured with ${JSON.stringify(wrong)} is not kept: the line goes and the money with it`,
    async (desk) => {
      const effects = withProvider(desk, (stripe) => ({
        ...stripe,
        async capture(id) {
          const state = await stripe.capture(id)
          return state.kind === 'captured' ? { ...state, ...wrong } : state
        },
      }))
      const { token, orderId } = await desk.offer()
      const { acceptance } = await acceptOffer(token, effects)
      assert.deepEqual([acceptance?.state, acceptance?.reason], ['refunded', 'payment-refused'])
      assert.equal(desk.shop.lines.get(orderId)?.size, 0)
      const [intent] = desk.bank.intents.values()
      assert.equal(intent?.refunded, intent?.amount)
    },
  )

for (const wrong of [{ amountMinor: 1_401 }, { currency: 'JPY' }])
  atDesk(
    `captured with ${JSON.stringify(wrong)} and on its way already: a person is asked, and it is called neither unpaid nor completed`,
    async (desk) => {
      const effects = withProvider(desk, (stripe) => {
        const nonsense = <T extends PaymentState>(state: T) =>
          state.kind === 'captured' ? { ...state, ...wrong } : state
        return {
          ...stripe,
          capture: async (id) => nonsense(await stripe.capture(id)),
          read: async (id) => nonsense(await stripe.read(id)),
        }
      })
      desk.shop.isPacked = true
      const { token, orderId } = await desk.offer()
      await acceptOffer(token, effects)
      for (let hours = 0; hours <= 26; hours++) {
        desk.clock.advance(3_600_000)
        await lookAfterOffers(effects)
      }
      const [row] = await effects.store.listAcceptances(orderId)
      assert.deepEqual([row?.state, row?.reason], ['needs-attention', 'payment-refused'])
      assert.deepEqual([row?.hasLine, row?.dueAtMs], [true, null])
      const kinds = (await effects.store.readLedger({ orderId, limit: 99 })).map(({ kind }) => kind)
      assert.ok(kinds.includes('charged') && kinds.includes('needs-attention'), kinds.join())
      assert.ok(!kinds.includes('unpaid') && !kinds.includes('completed'), kinds.join())
    },
  )

atDesk(
  'a message that cannot be looked at keeps no purchase waiting, and is given up after a while',
  async (desk) => {
    const paid = await acceptOffer((await desk.offer()).token, desk.effects)
    const subject = paid.acceptance?.paymentId ?? ''
    const { store } = desk.effects
    const at = desk.clock.nowMs()
    await store.takeMessage({ id: 'stripe:1', topic: 'payment', subject, receivedAtMs: at })
    desk.shop.isDown = true
    const { token } = await desk.offer().catch(() => ({ token: null }))
    assert.equal(token, null)
    desk.shop.isDown = false
    desk.fault = () => 'lost-request'
    const waiting = await desk.offer()
    await acceptOffer(waiting.token, desk.effects)
    desk.fault = () => 'none'
    desk.clock.advance(31_000)
    const broken = withProvider(desk, (stripe) => ({
      ...stripe,
      read: async (id) => {
        if (id === subject) throw new TypeError('nobody foresaw this')
        return await stripe.read(id)
      },
    }))
    await assert.rejects(lookAfterOffers(broken), /nobody foresaw/)
    const done = await acceptOffer(waiting.token, desk.effects)
    assert.equal(done.acceptance?.state, 'completed')
    desk.clock.advance(11 * 60_000)
    await assert.rejects(lookAfterOffers(broken), /nobody foresaw/)
    assert.deepEqual(await store.dueMessages(desk.clock.nowMs() + 86_400_000, 10), [])
  },
)

atDesk('an acceptance that is damaged in the store keeps no other waiting', async (desk) => {
  const { effects, clock } = desk
  desk.fault = () => 'lost-request'
  const [damaged, other] = [await desk.offer(), await desk.offer()]
  const { offer } = await acceptOffer(damaged.token, effects)
  await acceptOffer(other.token, effects)
  desk.fault = () => 'none'
  const database = new DatabaseSync(join(desk.folder, 'aftercart.sqlite'))
  database.prepare("update acceptances set body = '{' where offer_id = ?").run(offer.id)
  database.close()
  clock.advance(31_000)
  await assert.rejects(lookAfterOffers(effects), { code: 'store-damaged' })
  assert.equal((await acceptOffer(other.token, effects)).acceptance?.state, 'completed')
  assert.deepEqual([...desk.bank.charges.values()], [1])
})

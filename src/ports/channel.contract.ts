// What every channel owes the worker, as tests. In: how to set one up against another side that can be told how to behave.
// An adapter's own test file calls this once.

import assert from 'node:assert/strict'
import test from 'node:test'
import type { Channel, EmailContent, Outgoing, SendOutcome } from './channel.ts'

/** `takes-nothing`: says so before it takes the next message. `silent`: takes it and never answers. */
export type ChannelFault = 'takes-nothing' | 'silent'

export type ChannelPlace = {
  readonly channel: Channel
  /** Reaches somebody. */
  readonly address: string
  /** The other side refuses it for good; `null` where there is no other side that could. */
  readonly refusedAddress: string | null
  /** How many times the other side took this message. */
  taken(id: string): number
  /** How the next message fares; those after it fare well. */
  next(fault: ChannelFault): Promise<void> | void
  remove(): Promise<void>
}

type Guarantee = (title: string, prove: (place: ChannelPlace) => Promise<void>) => void

export function channelContract(
  adapter: string,
  freshPlace: () => Promise<ChannelPlace>,
  faults: readonly ChannelFault[] = ['takes-nothing', 'silent'],
): void {
  const guarantee: Guarantee = (title, prove) =>
    test(`${adapter}: ${title}`, async () => {
      const place = await freshPlace()
      try {
        await prove(place)
      } finally {
        await place.channel.close()
        await place.remove()
      }
    })
  onceGuarantees(guarantee)
  refusalGuarantees(guarantee)
  faultGuarantees(guarantee, faults)
  closingGuarantees(guarantee)
}

/** A message as the worker hands it over, of marketing. */
export function outgoing(
  place: Pick<ChannelPlace, 'channel' | 'address'>,
  changes: Partial<Outgoing> = {},
): Outgoing {
  const { medium } = place.channel
  const { id = 'm-1' } = changes
  return {
    id,
    medium,
    class: medium === 'email' ? 'marketing_email' : 'marketing_sms',
    to: { name: 'Ada Löwe', address: place.address },
    content:
      medium === 'email'
        ? mailContent
        : { kind: 'text', body: `Beans low? shop.example/c/${id} STOP to end` },
    moment: {
      ...{ flow: 'refill', orderId: '1001', atMs: 1_790_000_000_000 },
      picks: [
        {
          ...{
            product: 'beans-1kg',
            title: 'House beans 1 kg',
            need: 'Your beans run out soon',
            price: '€19.00',
          },
          ...{ amountMinor: 1900, currency: 'EUR' },
          ...{ url: 'https://shop.example/c/1', imageUrl: null },
        },
      ],
    },
    ...changes,
  }
}

export const mailContent: EmailContent = {
  kind: 'email',
  from: { name: 'The Café', address: 'hello@shop.example' },
  replyTo: 'support@shop.example',
  subject: 'Your beans run out soon',
  html: '<p>House beans, 1 kg – €19.00</p>',
  text: 'House beans, 1 kg – €19.00',
  unsubscribeUrl: 'https://after.shop.example/u/0123456789abcdef',
}

function onceGuarantees(guarantee: Guarantee): void {
  guarantee('a message arrives once, however often its id is handed over', async (place) => {
    for (let time = 0; time < 3; time++) {
      const outcome = await place.channel.send(outgoing(place))
      assert.equal(outcome.kind, 'sent', JSON.stringify(outcome))
    }
    assert.equal(place.taken('m-1'), 1)
  })

  guarantee('handed over five times at once it still arrives once', async (place) => {
    const send = () => place.channel.send(outgoing(place))
    const outcomes = await Promise.all([send(), send(), send(), send(), send()])
    assert.deepEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(['sent']))
    assert.equal(place.taken('m-1'), 1)
  })

  guarantee('two messages are two', async (place) => {
    await place.channel.send(outgoing(place, { id: 'm-1' }))
    await place.channel.send(outgoing(place, { id: 'm-2' }))
    assert.deepEqual([place.taken('m-1'), place.taken('m-2')], [1, 1])
  })
}

function refusalGuarantees(guarantee: Guarantee): void {
  guarantee('an address that the other side refuses is rejected as an address', async (place) => {
    if (place.refusedAddress === null) return
    const outcome = await place.channel.send(
      outgoing(place, { to: { name: null, address: place.refusedAddress } }),
    )
    assertRejected(outcome, true)
    assert.ok(
      outcome.kind === 'rejected' && !outcome.reason.includes(place.refusedAddress),
      'no address in it',
    )
    assert.equal(place.taken('m-1'), 0)
  })

  guarantee('what is no single address goes nowhere', async (place) => {
    const { address } = place
    const hostile = [
      ...['', 'nobody', `${address},other@shop.example`, `${address} other@shop.example`],
      ...[`${address}\r\nBcc: other@shop.example`, `${address}\n`, `<${address}>`, `"x" <${address}>`],
    ]
    for (const one of hostile) {
      assertRejected(await place.channel.send(outgoing(place, { to: { name: null, address: one } })), true)
    }
    assert.equal(place.taken('m-1'), 0)
  })

  guarantee('an id that is none of ours goes nowhere', async (place) => {
    for (const id of ['', 'a b', '../../m-1', 'm-1>\r\nBcc: other@shop.example', 'x'.repeat(129)]) {
      assertRejected(await place.channel.send(outgoing(place, { id })), false)
      assert.equal(place.taken(id), 0)
    }
  })

  guarantee('a line break in a header goes nowhere', async (place) => {
    if (place.channel.medium !== 'email') return
    const evil = 'Hello\r\nBcc: other@shop.example'
    const contents: readonly Partial<EmailContent>[] = [
      { subject: evil },
      { subject: 'Hello\nthere' },
      { subject: 'Hello\u0000' },
      { subject: '  ' },
      { from: { name: evil, address: mailContent.from.address } },
      { from: { name: null, address: `${mailContent.from.address}\r\nX: y` } },
      { replyTo: `${evil}@shop.example` },
      { unsubscribeUrl: 'https://shop.example/u/1>\r\nBcc: other@shop.example' },
      { unsubscribeUrl: 'https://shop.example/u/1>, <mailto:other@shop.example' },
      { unsubscribeUrl: 'http://shop.example/u/1' },
    ]
    for (const changes of contents) {
      const message = outgoing(place, { content: { ...mailContent, ...changes } })
      assertRejected(await place.channel.send(message), false)
    }
    const named = outgoing(place, { to: { name: evil, address: place.address } })
    assertRejected(await place.channel.send(named), false)
    assert.equal(place.taken('m-1'), 0)
  })

  guarantee('marketing without a way out, or the content of another medium, goes nowhere', async (place) => {
    const isMail = place.channel.medium === 'email'
    const text = { kind: 'text', body: 'Hello' } as const
    assertRejected(await place.channel.send(outgoing(place, { content: isMail ? text : mailContent })), false)
    if (isMail) {
      const content = { ...mailContent, unsubscribeUrl: null }
      assertRejected(await place.channel.send(outgoing(place, { content })), false)
    }
    assert.equal(place.taken('m-1'), 0)
  })
}

function faultGuarantees(guarantee: Guarantee, faults: readonly ChannelFault[]): void {
  if (faults.includes('takes-nothing')) {
    guarantee('where surely nothing was taken it may be tried later, and then arrives', async (place) => {
      await place.next('takes-nothing')
      const outcome = await place.channel.send(outgoing(place))
      assert.equal(outcome.kind, 'try-later', JSON.stringify(outcome))
      assert.equal(place.taken('m-1'), 0)
      assert.equal((await place.channel.send(outgoing(place))).kind, 'sent')
      assert.equal(place.taken('m-1'), 1)
    })
  }
  if (faults.includes('silent')) {
    guarantee('a silence after the message was handed over leaves it open', async (place) => {
      await place.next('silent')
      const outcome = await place.channel.send(outgoing(place))
      assert.equal(outcome.kind, 'ambiguous', JSON.stringify(outcome))
      assert.equal(place.taken('m-1'), 1)
    })
  }
}

function closingGuarantees(guarantee: Guarantee): void {
  guarantee('it can be closed twice', async (place) => {
    await place.channel.send(outgoing(place))
    await place.channel.close()
    await place.channel.close()
  })
}

function assertRejected(outcome: SendOutcome, isAddress: boolean): void {
  assert.equal(outcome.kind, 'rejected', JSON.stringify(outcome))
  assert.equal(outcome.kind === 'rejected' && outcome.isAddress, isAddress, JSON.stringify(outcome))
}

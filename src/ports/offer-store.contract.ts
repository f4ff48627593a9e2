// What every store owes one click, as tests; a part of the battery in store.contract.ts. Each guarantee that speaks of "at
// once" asks two opened stores of one place, as two servers would.

import assert from 'node:assert/strict'
import { AT_ONCE, byTwo, type Guarantee, oddIds } from '../../test/store/at-once.ts'
import { aMessage } from '../../test/store/message-samples.ts'
import { anOffer, entryOf, firstAcceptance } from '../../test/store/offer-samples.ts'
import type { AcceptanceState } from '../domain/acceptance.ts'
import type { SavedMethod } from '../domain/saved-method.ts'
import type { Store } from './store.ts'

export function offerGuarantees(guarantee: Guarantee): void {
  methodGuarantees(guarantee)
  offerSlotGuarantees(guarantee)
  acceptanceGuarantees(guarantee)
  dueGuarantees(guarantee)
  ledgerGuarantees(guarantee)
  inboxGuarantees(guarantee)
}

function methodGuarantees(guarantee: Guarantee): void {
  guarantee('the first saved method of an order counts', async (store) => {
    const method: SavedMethod = {
      ...{ provider: 'stripe', kind: 'card', customerRef: 'cus_Ä"1', methodRef: "pm_'1" },
      ...{ consentVersion: null, merchantOfRecord: 'Shop & Söhne' },
    }
    assert.equal(await store.getSavedMethod('order'), null)
    await store.putSavedMethod('order', method, 1)
    await store.putSavedMethod('order', { ...method, methodRef: 'pm_2' }, 2)
    assert.deepEqual(await store.getSavedMethod('order'), method)
  })
}

function offerSlotGuarantees(guarantee: Guarantee): void {
  guarantee('a slot holds one offer, whoever issues at once, and it is noted once', async (store, place) => {
    const stored = await byTwo(store, place, (one, turn) => {
      const offer = anOffer({ id: `offer-${turn}`, issuedAtMs: turn })
      return one.putOffer(offer, entryOf(offer, 'offer-issued'))
    })
    assert.equal(new Set(stored.map(({ id }) => id)).size, 1)
    assert.deepEqual(await store.listOffers('order'), [stored[0]])
    const ledger = await store.readLedger({ limit: 100 })
    assert.deepEqual(
      ledger.map(({ offerId }) => offerId),
      [stored[0]?.id],
    )
  })

  guarantee('placement, product and what is replaced are slots of their own', async (store) => {
    const offers = [
      anOffer({ id: 'one', issuedAtMs: 1 }),
      anOffer({ id: 'two', issuedAtMs: 2, placement: 'follow-up' }),
      anOffer({ id: 'three', issuedAtMs: 3, product: 'brush' }),
      anOffer({ id: 'four', issuedAtMs: 4, replaces: 'one' }),
    ]
    for (const offer of offers.toReversed()) await store.putOffer(offer, entryOf(offer, 'offer-issued'))
    assert.deepEqual(
      (await store.listOffers('order')).map(({ id }) => id),
      ['one', 'two', 'three', 'four'],
    )
    assert.equal((await store.replacementOf('one'))?.id, 'four')
    assert.equal(await store.replacementOf('two'), null)
  })

  guarantee('the terms of an offer come back equal, also of odd ids and the largest sum', async (store) => {
    const largest = Number.MAX_SAFE_INTEGER
    for (const [place, id] of oddIds.entries()) {
      const quote = { ...anOffer().quote, unitPriceMinor: largest, totalMinor: largest }
      const odd = { id, orderId: id, product: id, title: id, cartUrl: null, consentVersion: null }
      const refused = { allowed: false, reason: 'no-consent' } as const
      const offer = anOffer({ ...odd, quote, oneClick: refused, issuedAtMs: place })
      const stored = await store.putOffer(offer, entryOf(offer, 'offer-issued'))
      assert.deepEqual(stored, { ...offer, dismissedAtMs: null })
      assert.deepEqual(await store.getOffer(id), stored)
      assert.deepEqual(await store.listOffers(id), [stored])
      assert.deepEqual(await store.readLedger({ orderId: id, limit: 9 }), [entryOf(offer, 'offer-issued')])
      const row = { ...firstAcceptance(offer), paymentId: id }
      assert.deepEqual(await store.openAcceptance(row, entryOf(offer, 'accepted')), row)
      assert.deepEqual(await store.findAcceptance(id), row)
    }
    assert.equal(await store.getOffer('not there'), null)
    assert.equal(await store.getOffer('\0'), null)
  })

  guarantee('an offer that is dismissed twice was dismissed the first time', async (store, place) => {
    const offer = anOffer()
    await store.putOffer(offer, entryOf(offer, 'offer-issued'))
    await store.dismissOffer(offer.id, 5, entryOf(offer, 'declined', { key: 'first' }))
    await byTwo(store, place, (one, turn) =>
      one.dismissOffer(offer.id, 6 + turn, entryOf(offer, 'declined', { key: `later-${turn}` })),
    )
    assert.equal((await store.getOffer(offer.id))?.dismissedAtMs, 5)
    const declined = await store.readLedger({ kind: 'declined', limit: 100 })
    assert.deepEqual(
      declined.map(({ key }) => key),
      ['first'],
    )
  })
}

function acceptanceGuarantees(guarantee: Guarantee): void {
  guarantee('an acceptance is opened once, however many try at once', async (store, place) => {
    const offer = anOffer()
    const opened = await byTwo(store, place, (one, turn) =>
      one.openAcceptance(
        { ...firstAcceptance(offer), acceptedAtMs: turn },
        entryOf(offer, 'accepted', { key: `accepted-${turn}` }),
      ),
    )
    for (const row of opened) assert.deepEqual(row, opened[0])
    assert.deepEqual(await store.listAcceptances(offer.orderId), [opened[0]])
    const noted = await store.readLedger({ limit: 100 })
    assert.deepEqual(
      noted.map(({ key }) => key),
      [`accepted-${opened[0]?.acceptedAtMs}`],
    )
  })

  guarantee(
    'of 20 changes from one version one is written, and only its entries are noted',
    async (store, place) => {
      const offer = anOffer()
      const first = await store.openAcceptance(firstAcceptance(offer), entryOf(offer, 'accepted'))
      const saved = await byTwo(store, place, (one, turn) =>
        one.saveAcceptance({ ...first, version: 2, tries: turn, paymentId: `pay-${turn}` }, [
          entryOf(offer, 'charged', { key: `charged-${turn}`, amountMinor: turn }),
          entryOf(offer, 'line-added', { key: `line-${turn}` }),
        ]),
      )
      assert.equal(saved.filter(Boolean).length, 1)
      const winner = saved.indexOf(true)
      const row = { ...first, version: 2, tries: winner, paymentId: `pay-${winner}` }
      assert.deepEqual(await store.getAcceptance(offer.id), row)
      assert.deepEqual(await store.findAcceptance(`pay-${winner}`), row)
      const keys = (await store.readLedger({ offerId: offer.id, limit: 100 })).map(({ key }) => key)
      const expected = [entryOf(offer, 'accepted').key, `charged-${winner}`, `line-${winner}`]
      assert.deepEqual(keys.toSorted(), expected.toSorted())
    },
  )

  guarantee('a change from a version that is not the stored one, or of no row, is refused', async (store) => {
    const offer = anOffer()
    const first = firstAcceptance(offer)
    assert.equal(await store.saveAcceptance({ ...first, version: 2 }, [entryOf(offer, 'charged')]), false)
    await store.openAcceptance(first, entryOf(offer, 'accepted'))
    for (const version of [1, 3, 4])
      assert.equal(await store.saveAcceptance({ ...first, version }, [entryOf(offer, 'charged')]), false)
    assert.deepEqual(await store.getAcceptance(offer.id), first)
    assert.deepEqual(await store.readLedger({ kind: 'charged', limit: 9 }), [])
  })

  guarantee(
    'the mail that tells of a change stands where the change does, and nowhere else',
    async (store, place) => {
      const offer = anOffer()
      const first = await store.openAcceptance(firstAcceptance(offer), entryOf(offer, 'accepted'))
      const mail = aMessage({ flow: 'add-on-added', orderId: offer.orderId })
      const saved = await byTwo(store, place, (one, turn) =>
        one.saveAcceptance({ ...first, version: 2, tries: turn }, [], [{ ...mail, id: `mail-${turn}` }]),
      )
      const winner = saved.indexOf(true)
      assert.deepEqual(await store.messagesOfOrder(offer.orderId), [{ ...mail, id: `mail-${winner}` }])
      // An id that is taken: the change is not written either.
      await assert.rejects(
        store.saveAcceptance({ ...first, version: 3, tries: 99 }, [], [{ ...mail, id: `mail-${winner}` }]),
      )
      assert.equal((await store.getAcceptance(offer.id))?.version, 2)
    },
  )

  guarantee('add-ons of one order that end at once each have their mail', async (store, place) => {
    const offers = Array.from({ length: AT_ONCE }, (_, turn) =>
      anOffer({ id: `o${turn}`, product: `p${turn}` }),
    )
    for (const offer of offers)
      await store.openAcceptance(firstAcceptance(offer), entryOf(offer, 'accepted', { key: offer.id }))
    await byTwo(store, place, async (one, turn) => {
      const first = await store.getAcceptance(`o${turn}`)
      assert.ok(first)
      const mail = aMessage({ id: `mail-${turn}`, flow: 'add-on-added', orderId: first.orderId })
      assert.equal(await one.saveAcceptance({ ...first, version: 2 }, [], [mail]), true)
    })
    const mails = await store.messagesOfOrder(offers[0]?.orderId ?? '')
    assert.deepEqual(
      mails.map(({ step }) => step).toSorted((a, b) => a - b),
      offers.map((_, turn) => turn),
    )
  })

  guarantee('a driver that counts up with others loses no change', async (store, place) => {
    const offer = anOffer()
    await store.openAcceptance(firstAcceptance(offer), entryOf(offer, 'accepted'))
    await byTwo(store, place, async (one) => {
      for (let isSaved = false; !isSaved; ) {
        const row = await one.getAcceptance(offer.id)
        assert.ok(row)
        const next = { ...row, version: row.version + 1, tries: row.tries + 1 }
        const entry = entryOf(offer, 'charged', { key: `charged-${next.version}`, amountMinor: 1 })
        isSaved = await one.saveAcceptance(next, [entry])
      }
    })
    assert.equal((await store.getAcceptance(offer.id))?.tries, AT_ONCE)
    assert.equal((await store.readLedger({ kind: 'charged', limit: 100 })).length, AT_ONCE)
  })
}

function dueGuarantees(guarantee: Guarantee): void {
  guarantee('what is due comes longest due first, without what is leased or done', async (store) => {
    const put = async (
      id: string,
      dueAtMs: number | null,
      leaseUntilMs = 0,
      state: AcceptanceState = 'new',
    ) => {
      const offer = anOffer({ id })
      await store.openAcceptance(
        { ...firstAcceptance(offer), dueAtMs, leaseUntilMs, state },
        entryOf(offer, 'accepted'),
      )
    }
    await put('second', 20)
    await put('first', 10)
    await put('same-time', 20)
    await put('at-the-instant', 100, 100)
    await put('later', 101)
    await put('leased', 5, 101)
    await put('done', null)
    // Before the clock was put back by an hour.
    await put('hour-ahead', 3_600_000)
    await put('leased-an-hour-ahead', 90, 3_600_000)
    await put('audit', 3_600_000, 0, 'void')
    const due = async (limit: number) =>
      (await store.dueAcceptances(100, limit)).map(({ offerId }) => offerId)
    assert.deepEqual(await due(50), [
      ...['first', 'same-time', 'second', 'leased-an-hour-ahead', 'at-the-instant', 'hour-ahead'],
    ])
    assert.deepEqual(await due(2), ['first', 'same-time'])
  })

  guarantee('acceptances are counted from an instant on, and the declined among them', async (store) => {
    assert.deepEqual(await store.countAcceptances(0), { opened: 0, declined: 0 })
    for (const [place, state] of (['declined', 'declined', 'completed', 'new'] as const).entries()) {
      const offer = anOffer({ id: `offer-${place}` })
      const row = { ...firstAcceptance(offer), state, acceptedAtMs: place }
      await store.openAcceptance(row, entryOf(offer, 'accepted'))
    }
    assert.deepEqual(await store.countAcceptances(1), { opened: 3, declined: 1 })
  })
}

function ledgerGuarantees(guarantee: Guarantee): void {
  guarantee('a key of the ledger is written once, and the first entry stands', async (store, place) => {
    const offer = anOffer()
    await byTwo(store, place, async (one, turn) => {
      await one.addToLedger([
        entryOf(offer, 'exposed', { key: 'same', amountMinor: turn }),
        entryOf(offer, 'exposed', { key: `own-${turn}` }),
      ])
    })
    const [same, ...more] = (await store.readLedger({ limit: 100 })).filter(({ key }) => key === 'same')
    assert.ok(same)
    assert.deepEqual(more, [])
    assert.equal((await store.readLedger({ limit: 100 })).length, AT_ONCE + 1)
    await store.addToLedger([{ ...same, amountMinor: 99, atMs: 1, detail: 'again' }])
    await store.addToLedger([])
    assert.ok((await store.readLedger({ limit: 100 })).some((entry) => isEqual(entry, same)))
  })

  guarantee('the ledger is read oldest first, by order, offer, kind and time', async (store) => {
    const [one, two] = [anOffer({ id: 'one' }), anOffer({ id: 'two', orderId: 'other' })]
    const entries = [
      entryOf(one, 'charged', { key: 'c', atMs: 30, amountMinor: 1_400 }),
      entryOf(two, 'charged', { key: 'b', atMs: 20, amountMinor: 700 }),
      entryOf(one, 'refunded', { key: 'd', atMs: 40, amountMinor: -500, detail: 'é "500"' }),
      entryOf(one, 'exposed', { key: 'a', atMs: 10 }),
    ]
    await store.addToLedger(entries)
    const keys = async (filter: Parameters<Store['readLedger']>[0]) =>
      (await store.readLedger(filter)).map(({ key }) => key).join('')
    assert.equal(await keys({ limit: 9 }), 'abcd')
    assert.equal(await keys({ limit: 2 }), 'ab')
    assert.equal(await keys({ limit: 9, orderId: 'other' }), 'b')
    assert.equal(await keys({ limit: 9, offerId: 'one' }), 'acd')
    assert.equal(await keys({ limit: 9, kind: 'charged' }), 'bc')
    assert.equal(await keys({ limit: 9, fromMs: 20, toMs: 40 }), 'bc')
    assert.deepEqual(await store.readLedger({ limit: 9, kind: 'refunded' }), [entries[2]])
  })
}

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function inboxGuarantees(guarantee: Guarantee): void {
  const message = { topic: 'payment', subject: "pi_'Ä'", receivedAtMs: 10 } as const

  guarantee('an event is taken once, however often it is delivered at once', async (store, place) => {
    const taken = await byTwo(store, place, (one) => one.takeMessage({ ...message, id: 'stripe:evt_"1"' }))
    assert.equal(taken.filter(Boolean).length, 1)
    assert.deepEqual(await store.dueMessages(10, 9), [{ ...message, id: 'stripe:evt_"1"' }])
  })

  guarantee('an event stays in the inbox until it is settled, and is not taken again', async (store) => {
    for (const [place, id] of ['c', 'b', 'a'].entries())
      await store.takeMessage({ ...message, id, receivedAtMs: 10 + place })
    const due = async (nowMs: number, limit = 9) =>
      (await store.dueMessages(nowMs, limit)).map(({ id }) => id).join('')
    assert.deepEqual([await due(9), await due(11), await due(12), await due(12, 1)], ['', 'cb', 'cba', 'c'])
    await store.settleMessage('c', { againAtMs: 50 })
    assert.deepEqual([await due(49), await due(50)], ['ba', 'bac'])
    await store.settleMessage('b', { doneAtMs: 12 })
    assert.equal(await store.takeMessage({ ...message, id: 'b' }), false)
    assert.equal(await due(1_000), 'ac')
  })
}

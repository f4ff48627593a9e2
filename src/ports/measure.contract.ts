// What every store owes to figures: sums that equal the entries to the cent, orders that add up to them, and what became of
// the units of a test.

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { aRecipient } from '../../test/store/message-samples.ts'
import { naiveSums } from '../../test/store/naive-sums.ts'
import { someLedger } from '../../test/store/some-ledger.ts'
import { DAY_MS } from '../domain/instant.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { Trial } from '../domain/trial.ts'
import type { OfferSums, OrderBehind, UnitQuestion, VariationSums } from './measure-store.ts'
import type { Store } from './store.ts'

type Guarantee = (title: string, prove: (store: Store) => Promise<void>) => void

const whole = { fromMs: 0, toMs: 1_000 * DAY_MS, currency: 'GBP' } as const

export function measureGuarantees(guarantee: Guarantee): void {
  offerFigures(guarantee)
  messageFigures(guarantee)
  orderFigures(guarantee)
  outcomesOfUnits(guarantee)
}

function offerFigures(guarantee: Guarantee): void {
  guarantee('figures equal a naive sum over the entries, and their orders add up to them', async (store) => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(someLedger, fc.nat(19), fc.nat(19), async (drawn, one, other) => {
        // Each ledger gets a thousand days of its own, since none can be emptied.
        const startMs = round++ * 1_000 * DAY_MS
        const entries = drawn.map((entry) => moved(entry, round, startMs))
        await store.addToLedger(entries)
        const fromMs = startMs + Math.min(one, other) * DAY_MS
        const period = { fromMs, toMs: startMs + (Math.max(one, other) + 1) * DAY_MS, currency: 'GBP' }
        const found = await store.sumOffers(period)
        const read = await store.readLedger({ ...period, limit: 100_000 })
        assert.deepEqual(ordered(found), ordered(naiveSums(read, 'GBP')))
        for (const [filter, sums] of figuresOf(found)) {
          const behind = await allBehind(store, { ...period, ...filter })
          assert.equal(behind.filter((order) => order.ordersExposed > 0).length, sums.ordersExposed)
          assert.deepEqual(added(behind), withoutPlaces(sums))
        }
        const charged = await allBehind(store, { ...period, figure: 'chargedMinor' })
        assert.ok(charged.every((order) => order.chargedMinor > 0))
        assert.equal(added(charged).chargedMinor, found.total.chargedMinor)
      }),
      { numRuns: 25, seed: 20_261_126 },
    )
  })

  guarantee('what is given back after the period counts when it is given back', async (store) => {
    const charged = entry('charged', 5, { amountMinor: 1_400 })
    await store.addToLedger([charged, entry('refunded', 40, { amountMinor: -1_400 })])
    const first = await store.sumOffers({ fromMs: 0, toMs: 30 * DAY_MS, currency: 'GBP' })
    const second = await store.sumOffers({ fromMs: 30 * DAY_MS, toMs: 60 * DAY_MS, currency: 'GBP' })
    assert.deepEqual([first.total.chargedMinor, first.total.returnedMinor], [1_400, 0])
    assert.deepEqual([second.total.chargedMinor, second.total.returnedMinor], [0, 1_400])
  })
}

function messageFigures(guarantee: Guarantee): void {
  guarantee('a message counts once, however many products it shows', async (store) => {
    const sent = (message: string, product: string): LedgerEntry =>
      entry('message-sent', 3, {
        ...{ key: `message-sent:${message}:${product}`, offerId: message, product, placement: 'follow-up' },
      })
    await store.addToLedger([
      ...[sent('m-1', 'cup'), sent('m-1', 'bowl'), sent('m-2', 'cup')],
      entry('clicked', 4, { key: 'clicked:m-1:0', offerId: 'm-1', placement: 'follow-up' }),
      entry('bounced', 4, { key: 'b', offerId: 'm-2', placement: 'follow-up', currency: '' }),
    ])
    assert.deepEqual(await store.sumMessages(whole), [
      { placement: 'follow-up', sent: 2, clicked: 1, unsubscribed: 0, complained: 0, bounced: 1 },
    ])
    assert.deepEqual(await store.sumMessages({ ...whole, fromMs: 10 * DAY_MS }), [])
  })

  guarantee(
    'a product that is bought soon after a click counts once, under its last click',
    async (store) => {
      const product = 'odd "cup" \\ é'
      const click = (message: string, day: number, placement: string): LedgerEntry =>
        entry('clicked', day, { key: `clicked:${message}`, offerId: message, placement, product })
      await paid(store, 'o-1', 'ann', 1, [['pot', 1, 3_000]])
      await store.addToLedger([click('m-1', 2, 'confirmation-email'), click('m-2', 4, 'follow-up')])
      await paid(store, 'o-2', 'ann', 6, [
        [product, 2, 500],
        ['cup', 1, 100],
        [product, 1, 450],
      ])
      await paid(store, 'o-3', 'ann', 12, [[product, 1, 500]])
      await paid(store, 'o-4', 'bob', 6, [[product, 1, 500]])
      const found = await store.clickedPurchases({ ...whole, withinMs: 7 * DAY_MS })
      assert.deepEqual(found, [{ orderId: 'o-2', product, placement: 'follow-up', paidMinor: 1_450 }])
      await store.setOrderFate('o-2', { cancelledAtMs: 8 * DAY_MS })
      assert.deepEqual(await store.clickedPurchases({ ...whole, withinMs: 7 * DAY_MS }), [])
    },
  )

  guarantee('a guest who clicked is known again by the address', async (store) => {
    for (const [orderId, day] of [
      ['o-1', 1],
      ['o-2', 3],
    ] as const) {
      await paid(store, orderId, null, day, [['cup', 1, 500]])
      await store.putRecipient(orderId, aRecipient(), day * DAY_MS)
    }
    await store.addToLedger([entry('clicked', 2, { orderId: 'o-1', placement: 'follow-up', product: 'cup' })])
    const found = await store.clickedPurchases({ ...whole, withinMs: 7 * DAY_MS })
    assert.deepEqual(
      found.map((one) => one.orderId),
      ['o-2'],
    )
  })
}

function orderFigures(guarantee: Guarantee): void {
  guarantee('orders are valued as paid and with what their add-ons brought by then', async (store) => {
    await paid(store, 'o-1', 'ann', 1, [['pot', 1, 3_000]])
    await paid(store, 'o-2', 'bob', 2, [['cup', 2, 500]])
    await paid(store, 'o-3', 'bob', 50, [['cup', 2, 500]])
    const on = (kind: LedgerEntry['kind'], day: number, amountMinor = 0) =>
      entry(kind, day, { key: `${kind}:${day}`, orderId: 'o-1', amountMinor })
    await store.addToLedger([
      on('exposed', 1),
      on('charged', 1, 900),
      on('refunded', 5, -200),
      on('refunded', 40, -700),
    ])
    assert.deepEqual(await store.sumOrders({ fromMs: 0, toMs: 30 * DAY_MS, currency: 'GBP' }), {
      ...{ orders: 2, exposedOrders: 1, exposedValued: 1, exposedMinor: 3_000, exposedAddOnsMinor: 700 },
      ...{ otherValued: 1, otherMinor: 1_000 },
    })
    assert.equal((await store.sumOrders({ ...whole, currency: 'EUR' })).orders, 0)
    const [behind] = await store.ordersBehind({ ...whole, figure: 'chargedMinor' }, { after: null, limit: 9 })
    assert.deepEqual(
      [
        behind?.orderId,
        behind?.placedAtMs,
        behind?.subtotalMinor,
        behind?.chargedMinor,
        behind?.returnedMinor,
      ],
      ['o-1', DAY_MS, 3_000, 900, 900],
    )
  })
}

function outcomesOfUnits(guarantee: Guarantee): void {
  const asked: UnitQuestion = {
    experiment: 'hold-out',
    currency: 'GBP',
    windowDays: 30,
    untilMs: 100 * DAY_MS,
  }

  guarantee(
    'a unit is followed from its first trial for its window, whole spending, both arms alike',
    async (store) => {
      // Offered: took the cup with the first order, bought again, and once more when the window was over.
      await paid(store, 'a-1', 'ann', 10, [['pot', 1, 3_000]])
      await paid(store, 'a-2', 'ann', 20, [['bowl', 1, 700]])
      await paid(store, 'a-3', 'ann', 41, [['bowl', 1, 700]])
      await store.addTrials([
        trial('a-1', 'customer:ann', 'offered', 10.1),
        trial('a-2', 'customer:ann', 'offered', 20.1),
      ])
      await store.addToLedger([
        entry('charged', 10.2, { key: '1', orderId: 'a-1', product: 'cup', amountMinor: 500 }),
        entry('charged', 20.2, { key: '2', orderId: 'a-2', product: 'cup', amountMinor: 500 }),
        entry('refunded', 25, { key: '3', orderId: 'a-2', product: 'cup', amountMinor: -500 }),
      ])
      // Held out: bought the cup later without being offered it; one order was cancelled.
      await paid(store, 'b-1', 'bob', 10, [['pot', 1, 2_000]])
      await paid(store, 'b-2', 'bob', 15, [['cup', 1, 550]])
      await paid(store, 'b-3', 'bob', 16, [['cup', 1, 550]])
      await store.setOrderFate('b-3', { cancelledAtMs: 17 * DAY_MS })
      await store.addTrials([trial('b-1', 'customer:bob', 'held-out', 10.1)])
      // A guest is one order. The last customer's window is not over.
      await paid(store, 'g-1', null, 12, [['pot', 1, 1_000]])
      await paid(store, 'c-1', 'cleo', 90, [['pot', 1, 1_000]])
      await store.addTrials([
        trial('g-1', 'order:g-1', 'offered', 12),
        trial('c-1', 'customer:cleo', 'offered', 90),
      ])
      const found = await store.unitMoments(asked)
      assert.equal(found.sinceMs, Math.round(10.1 * DAY_MS))
      assert.equal(found.capMinor, 4_200)
      const [heldOut, offered] = found.variations
      assert.deepEqual(plain(heldOut), {
        ...{ variation: 'held-out', assigned: 1, units: 1, eligible: 1, bought: 1, orders: 2 },
        ...{ spend: 2_550, before: 2_000, addOnsMinor: 0 },
      })
      assert.deepEqual(plain(offered), {
        ...{ variation: 'offered', assigned: 3, units: 2, eligible: 3, bought: 1, orders: 3 },
        ...{ spend: 4_200 + 1_000, before: 4_000, addOnsMinor: 500 },
      })
      assert.equal(offered?.spend.squares, 4_200 ** 2 + 1_000 ** 2)
      assert.equal(offered?.spend.withEligible, 2 * 4_200 + 1_000)
      assert.equal(offered?.spend.withBefore, 4_200 * 3_000 + 1_000 * 1_000)
      const long = await store.unitMoments({ ...asked, windowDays: 90 })
      assert.deepEqual(
        long.variations.map(({ assigned, units }) => [assigned, units]),
        [
          [1, 0],
          [3, 0],
        ],
      )
    },
  )

  guarantee('who was in two variations within the window is left out and counted', async (store) => {
    for (const [id, customer, day, variation] of [
      ['a-1', 'ann', 1, 'offered'],
      ['a-2', 'ann', 9, 'held-out'],
      ['b-1', 'bob', 1, 'offered'],
      ['b-2', 'bob', 50, 'held-out'],
    ] as const) {
      await paid(store, id, customer, day, [['pot', 1, 1_000]])
      await store.addTrials([trial(id, `customer:${customer}`, variation, day)])
    }
    const found = await store.unitMoments(asked)
    assert.equal(found.unitsInTwo, 1)
    assert.deepEqual(
      found.variations.map(({ variation, units, assigned }) => [variation, units, assigned]),
      [['offered', 1, 1]],
    )
    // Asked from day 5 on, both were met before, and are nobody's.
    const later = await store.unitMoments({ ...asked, fromMs: 5 * DAY_MS })
    assert.deepEqual([later.variations, later.unitsInTwo, later.sinceMs], [[], 0, null])
    assert.equal(await store.countTrialOrders('hold-out', { fromMs: 0, toMs: 10 * DAY_MS }), 3)
    assert.deepEqual((await store.unitMoments({ ...asked, experiment: 'another' })).variations, [])
  })

  guarantee(
    'one large buyer counts as the 99th percentile, or as the cap that is asked for',
    async (store) => {
      for (let unit = 1; unit <= 100; unit += 1) {
        await paid(store, `o-${unit}`, null, 1, [['pot', 1, unit === 100 ? 900_000 : unit]])
        await store.addTrials([trial(`o-${unit}`, `order:o-${unit}`, 'offered', 1)])
      }
      const [capped, uncapped] = [
        await store.unitMoments(asked),
        await store.unitMoments({ ...asked, capMinor: 10 }),
      ]
      assert.deepEqual([capped.capMinor, capped.variations[0]?.spend.sum], [99, 4_950 + 99])
      assert.deepEqual([uncapped.capMinor, uncapped.variations[0]?.spend.sum], [10, 55 + 900])
      assert.equal(capped.variations[0]?.spendUncapped.sum, 4_950 + 900_000)
    },
  )
}

function plain(sums: VariationSums | undefined): unknown {
  if (sums === undefined) return undefined
  const { variation, assigned, units, eligible, bought, orders, spend, before, addOnsMinor } = sums
  const [e, b, o, s, p] = [eligible, bought, orders, spend, before].map((metric) => metric.sum)
  return { variation, assigned, units, eligible: e, bought: b, orders: o, spend: s, before: p, addOnsMinor }
}

function trial(orderId: string, unit: string, variation: string, day: number): Trial {
  const what = { placement: 'thank-you', anchor: 'pot', product: 'cup' } as const
  return { experiment: 'hold-out', variation, orderId, unit, ...what, atMs: Math.round(day * DAY_MS) }
}

async function paid(
  store: Store,
  id: string,
  customerId: string | null,
  day: number,
  lines: readonly (readonly [string, number, number])[],
): Promise<void> {
  const atMs = day * DAY_MS
  const rows = lines.map(([productId, quantity, unitPriceMinor]) => ({ productId, quantity, unitPriceMinor }))
  await store.putOrder({ id, customerId, placedAtMs: atMs, currency: 'GBP', lines: rows }, atMs)
}

function entry(kind: LedgerEntry['kind'], day: number, more: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    ...{ key: kind, kind, atMs: Math.round(day * DAY_MS), offerId: 'offer', orderId: 'o-1', product: 'cup' },
    ...{ placement: 'thank-you', anchor: 'pot', relation: 'complete', amountMinor: 0, currency: 'GBP' },
    detail: null,
    ...more,
  }
}

/** The same entry in a round of its own. */
function moved(one: LedgerEntry, round: number, startMs: number): LedgerEntry {
  const named = (id: string) => `${round}:${id}`
  return {
    ...one,
    ...{ key: named(one.key), offerId: named(one.offerId), orderId: named(one.orderId) },
    atMs: startMs + one.atMs,
  }
}

type Found = Awaited<ReturnType<Store['sumOffers']>>

function ordered(found: Found): unknown {
  const byText = <T>(rows: readonly T[]) => rows.map((row) => sortedKeys(row)).sort()
  const { total, placements, relations, pairings, otherCurrencyEntries } = found
  const rows = { placements: byText(placements), relations: byText(relations), pairings: byText(pairings) }
  return { total, ...rows, otherCurrencyEntries }
}

function sortedKeys(row: unknown): string {
  return JSON.stringify(Object.entries(Object(row)).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function figuresOf(found: Found): (readonly [Partial<Found['pairings'][number]>, OfferSums])[] {
  return [
    [{}, found.total],
    ...found.placements.map((sums) => [{ placement: sums.placement }, sums] as const),
    ...found.relations.map((sums) => [{ relation: sums.relation }, sums] as const),
    ...found.pairings.map((sums) => {
      const { placement, relation, anchor, product } = sums
      return [{ placement, relation, anchor, product }, sums] as const
    }),
  ]
}

/** In pages of seven. */
async function allBehind(store: Store, filter: Parameters<Store['ordersBehind']>[0]): Promise<OrderBehind[]> {
  const all: OrderBehind[] = []
  for (;;) {
    const page = await store.ordersBehind(filter, { after: all.at(-1)?.orderId ?? null, limit: 7 })
    all.push(...page)
    if (page.length < 7) return all
  }
}

const sumNames = [
  ...(['ordersOffered', 'ordersExposed', 'accepted', 'completed', 'dismissed'] as const),
  ...(['undone', 'unpaid', 'refunded', 'chargedMinor', 'returnedMinor'] as const),
]

function added(rows: readonly OfferSums[]): OfferSums {
  const total = (name: keyof OfferSums) => rows.reduce((sum, row) => sum + row[name], 0)
  return Object.fromEntries(sumNames.map((name) => [name, total(name)])) as OfferSums
}

function withoutPlaces(sums: OfferSums): OfferSums {
  return added([sums])
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyPairing } from '../../test/tiny-plan.ts'
import type { Pairing } from '../domain/pairing.ts'
import { fadedReason, type Lately } from './fade.ts'

/** 120 of 600 orders of two years hold both, where 30 were expected. */
const pairing = tinyPairing('cup', 'saucer', 0.2, {
  evidence: tinyEvidence({ orders: 600, ordersTogether: 120, expected: 30 }),
})
const none = {}
const fade = (lately: Lately | null, one: Pairing = pairing, seasonal = none) =>
  fadedReason(one, lately, none, seasonal)
const lately = (together: number, orders: number): Lately => ({
  orders,
  together,
  ordersInYear: 300,
  togetherInYear: 60,
})

test('a share of orders that surely fell below half, and shows nothing any more, has fallen', () => {
  const faded = fade(lately(2, 100))
  assert.equal(faded?.reason, 'bought-together-less')
  assert.equal(
    faded?.because,
    'of late 2.0 % of the orders with the anchor hold it (2 of 100 in 90 days), before that 23.6 % did (118 of 500)',
  )
})

test('few orders, half of the rate, or a rate that still shows the pairing, are no fall', () => {
  assert.equal(fade(lately(0, 8)), null)
  assert.equal(fade(lately(11, 100)), null)
  const strong = tinyPairing('cup', 'saucer', 0.2, {
    evidence: tinyEvidence({ orders: 6000, ordersTogether: 3000, expected: 30 }),
  })
  assert.equal(fade(lately(100, 1000), strong), null)
})

test('a pairing whose last order is over a year old is decayed, if its anchor was bought since', () => {
  const old = { orders: 10, together: 0, ordersInYear: 40, togetherInYear: 0 }
  assert.deepEqual(fade(old), {
    reason: 'evidence-decayed',
    because: 'none of the 40 orders of the last 365 days with the anchor holds it; 120 did before',
  })
  assert.equal(fade({ orders: 0, together: 0, ordersInYear: 0, togetherInYear: 0 }), null)
})

test('what has a season, what comes later and what was not counted do not fade', () => {
  const gone = { orders: 100, together: 0, ordersInYear: 100, togetherInYear: 0 }
  assert.ok(fade(gone))
  assert.equal(fade(gone, pairing, { season: { quiet: [], sells: [12] } }), null)
  assert.equal(fade(null), null)
  const later = tinyPairing('cup', 'saucer', 0.2, {
    verdict: { status: 'live', relation: 'extend', because: '', decidedBy: 'orders-later' },
  })
  assert.equal(fade(gone, later), null)
})

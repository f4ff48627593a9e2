import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { calculateRevenue, chooseFigures } from './calculate-revenue.ts'

const asked = { orders: 10_000, addOnPrice: 14, attachRate: 0.05 }

test('10,000 orders, 5 % and $14 are 500 add-ons, $7,000 a month and $84,000 a year; at 8 % $134,400', () => {
  const revenue = calculateRevenue(chooseFigures(asked, {}))
  assert.equal(revenue.addOnsPerMonth, 500)
  assert.equal(revenue.revenuePerMonth, 7000)
  assert.equal(revenue.revenuePerYear, 84_000)
  assert.equal(calculateRevenue(chooseFigures({ ...asked, attachRate: 0.08 }, {})).revenuePerYear, 134_400)
})

test('net of 10 % refunds, at 40 % margin and half of it caused, $7,000 are $6,300, $2,520 and $1,260', () => {
  const revenue = calculateRevenue(
    chooseFigures({ ...asked, refundRate: 0.1, margin: 0.4, causedShare: 0.5 }, {}),
  )
  assert.equal(revenue.netRevenuePerMonth, 6300)
  assert.equal(revenue.marginPerMonth, 2520)
  assert.equal(revenue.causedMarginPerMonth, 1260)
  assert.equal(revenue.causedMarginPerYear, 15_120)
})

test('what is given wins over what was measured, and what is neither says that it is a guess', () => {
  const own = { orders: { value: 1234, source: 'own', because: 'counted' } } as const
  const figures = chooseFigures({ attachRate: 0.03 }, own)
  assert.equal(figures.orders.value, 1234)
  assert.equal(figures.orders.source, 'own')
  assert.equal(figures.attachRate.source, 'given')
  assert.equal(figures.margin.source, 'guess')
  assert.notEqual(figures.margin.because, '')
  assert.equal(chooseFigures({ orders: 5 }, own).orders.value, 5)
})

test('no figure that is told is finer than a cent, and nothing caused is more than what was earned', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e4), share, share, share, share, (orders, price, ...shares) => {
      const [attachRate, margin, refundRate, causedShare] = shares
      const figures = { orders, addOnPrice: price / 100, attachRate, margin, refundRate, causedShare }
      const revenue = calculateRevenue(chooseFigures(figures, {}))
      for (const value of Object.values(revenue)) assert.equal(value, Math.round(value * 100) / 100)
      assert.ok(revenue.causedMarginPerYear <= revenue.marginPerYear)
      assert.ok(revenue.marginPerYear <= revenue.netRevenuePerYear)
      assert.ok(revenue.netRevenuePerYear <= revenue.revenuePerYear)
    }),
  )
})

test('a figure out of its range is refused', () => {
  assert.throws(() => chooseFigures({ attachRate: 1.2 }, {}), RangeError)
  assert.throws(() => chooseFigures({ orders: -1 }, {}), RangeError)
  assert.throws(() => chooseFigures({ margin: Number.NaN }, {}), RangeError)
})

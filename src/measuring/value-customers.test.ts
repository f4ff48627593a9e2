import assert from 'node:assert/strict'
import test from 'node:test'
import { plantCustomers, planted } from '../../test/planted-customers.ts'
import { fitCustomers } from './fit-customers.ts'
import { holdBack } from './hold-back.ts'
import { valueCustomers } from './value-customers.ts'
import { SIDE } from './worth-queries.ts'

const shop = plantCustomers(4000, 365)

function near(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual / expected - 1) <= share, `${actual} is not ${expected} ± ${share * 100} %`)
}

test('of customers drawn as the models have it, a year is foretold within 8 %, purchases and revenue', () => {
  const check = holdBack({ customers: shop, days: 365 })
  assert.ok(check !== null)
  assert.equal(
    check.actualPurchases,
    shop.later.reduce((sum, later) => sum + later, 0),
  )
  assert.ok(Math.abs(check.bias) < 0.08, `${check.bias}`)
  assert.ok(Math.abs(check.revenueBias) < 0.08, `${check.revenueBias}`)
  assert.ok(check.error < check.naiveError)
  assert.ok(check.bestTenthShare > 0.3 && check.bestTenthShare <= 1, `${check.bestTenthShare}`)
  const values = valueCustomers({ customers: shop, marginShare: 0.4 })
  assert.ok(values.kind === 'valued')
  const { nextYear, model, newCustomer } = values
  near(nextYear.purchases, check.foretoldPurchases, 1e-9)
  near(nextYear.revenueMinor, check.foretoldRevenueMinor, 1e-9)
  assert.ok(model.spend !== null)
  near((model.spend.p * model.spend.v) / (model.spend.q - 1), (planted.p * planted.v) / (planted.q - 1), 0.05)
  near(newCustomer.firstOrderMinor ?? 0, 5000, 0.05)
})

test('a year’s value is the margin of its revenue, less 1 % a month: between 11 % and nothing less', () => {
  const values = valueCustomers({ customers: shop, marginShare: 0.4 })
  assert.ok(values.kind === 'valued')
  const { valueMinor, revenueMinor, valuePerCustomerMinor, distribution, topDecileShare } = values.nextYear
  assert.ok(valueMinor < 0.4 * revenueMinor && valueMinor > 0.4 * revenueMinor * 1.01 ** -12)
  near(valuePerCustomerMinor * 4000, valueMinor, 1e-9)
  assert.ok(topDecileShare > 0.1 && topDecileShare < 1)
  for (const [place, { valueMinor: at }] of distribution.entries())
    assert.ok(place === 0 || at >= (distribution[place - 1]?.valueMinor ?? 0))
  const asRevenue = valueCustomers({ customers: shop, marginShare: 1 })
  assert.ok(asRevenue.kind === 'valued')
  near(asRevenue.nextYear.valueMinor * 0.4, valueMinor, 1e-9)
})

test('what offers do to the worth of customers is the difference to the hold-out, whatever else tells them apart', () => {
  let missed = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    const nothing = plantCustomers(1500, 0, seed)
    nothing.sides.forEach((_, customer) => {
      nothing.sides[customer] =
        customer % 5 === 0 ? SIDE.heldOut : customer % 7 === 0 ? SIDE.none : SIDE.offered
    })
    const values = valueCustomers({ customers: nothing, marginShare: 0.4 })
    assert.ok(values.kind === 'valued' && values.causedByOffers.kind === 'told')
    const { customers, differenceMinor, offeredMinor, heldOutMinor } = values.causedByOffers
    assert.deepEqual(customers, { offered: 1028, heldOut: 300 })
    near(offeredMinor - heldOutMinor, differenceMinor.value, 1e-9)
    if (differenceMinor.low > 0 || differenceMinor.high < 0) missed += 1
    if (seed > 1) continue
    // The same customers, but those of the hold-out came back at most once.
    nothing.sides.forEach((side, customer) => {
      const repeats = nothing.repeats[customer] ?? 0
      if (side !== SIDE.heldOut || repeats < 2) return
      nothing.repeatsMinor[customer] = (nothing.repeatsMinor[customer] ?? 0) / repeats
      nothing.lastDays[customer] = Math.ceil((nothing.lastDays[customer] ?? 0) / repeats)
      nothing.repeats[customer] = 1
    })
    const caused = valueCustomers({ customers: nothing, marginShare: 0.4 })
    assert.ok(caused.kind === 'valued' && caused.causedByOffers.kind === 'told')
    assert.ok(caused.causedByOffers.differenceMinor.low > 0)
  }
  // An interval for any day misses in fewer than one of twenty.
  assert.ok(missed <= 1, `${missed} of 12`)
})

test('below 500 customers or 100 who came back there is no model, and the reason is told', () => {
  const few = fitCustomers(plantCustomers(499, 0))
  assert.match(few.kind === 'too-few' ? few.because : '', /^499 customers of whom \d+ came back/)
  const once = plantCustomers(2000, 0)
  const nobodyBack = { ...once, repeats: once.repeats.map((repeats, place) => (place < 100 ? repeats : 0)) }
  const told = valueCustomers({ customers: nobodyBack, marginShare: 1 })
  assert.match(told.kind === 'too-few' ? told.because : '', /^2000 customers of whom \d\d came back/)
})

test('above 10,000 customers days become weeks, which moves what is expected by less than 1 %', () => {
  const many = plantCustomers(10_001, 91)
  const cut = (size: number) => {
    const part = Object.entries(many).map(([name, column]) => [name, column.slice(0, size)])
    return Object.fromEntries(part) as typeof many
  }
  const [weeks, days] = [
    holdBack({ customers: many, days: 91 }),
    holdBack({ customers: cut(10_000), days: 91 }),
  ]
  assert.ok(weeks !== null && days !== null)
  near(weeks.foretoldPurchases / 10_001, days.foretoldPurchases / 10_000, 0.01)
  const fit = fitCustomers(many)
  assert.equal(fit.kind === 'fitted' && fit.customers.model.purchases.timeStepDays, 7)
})

test('where orders have no usual value (q ≤ 1), each customer is taken at their own mean', () => {
  // Means spread as Pareto's with exponent 0.6: no mean exists, and no sample has one to fit.
  const wild = {
    ...shop,
    repeatsMinor: shop.repeatsMinor.map((_, place) => {
      const share = ((place * 7919) % 4000) / 4000
      return (shop.repeats[place] ?? 0) * 1000 * (1 - share) ** (-1 / 0.6)
    }),
  }
  const fit = fitCustomers(wild)
  assert.ok(fit.kind === 'fitted')
  assert.equal(fit.customers.model.spend, null)
  const customer = wild.repeats.findIndex((repeats) => repeats > 0)
  const [first, all] = [wild.firstMinor[customer] ?? 0, wild.repeatsMinor[customer] ?? 0]
  near(fit.customers.orderMinor(customer), (first + all) / (1 + (wild.repeats[customer] ?? 0)), 1e-12)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { openCampaignCount, pairsAtOnce } from './find-campaigns.ts'

const history = { fromDay: 100, toDay: 830 }
const pairs = { anchor: [0], addOn: [1] }

/** An order a day with the anchor, and others without; the add-on stands in those of the days named. */
function counted(withBoth: (day: number) => boolean, ordersOn: (day: number) => number = () => 1) {
  const count = openCampaignCount(4, pairs, history)
  for (let day = history.fromDay; day <= history.toDay; day++) {
    for (let order = 0; order < ordersOn(day); order++) {
      const products = withBoth(day) ? [0, 1, 2] : [0, 2]
      count.addOrder(products, 0, products.length, day)
    }
    count.addOrder([1, 3], 0, 2, day)
  }
  return count.of(0)
}

test('two products of one newsletter are found on its days, wherever the week begins', () => {
  for (const from of [300, 301, 302, 303]) {
    const campaign = counted((day) => (day >= from && day < from + 7) || day % 97 === 50)
    assert.ok(campaign !== null)
    assert.ok(campaign.fromDay <= from && campaign.toDay >= from + 6, JSON.stringify(campaign))
    assert.ok(campaign.toDay - campaign.fromDay < 8)
    assert.ok(campaign.orders === 7 || campaign.orders === 8)
  }
})

test('what is bought together all year has no campaign, nor what is bought on more days because more is sold', () => {
  assert.equal(
    counted((day) => day % 7 === 0),
    null,
  )
  const isSale = (day: number) => day >= 400 && day < 406
  assert.equal(
    counted(
      (day) => day % 2 === 0,
      (day) => (isSale(day) ? 20 : 1),
    ),
    null,
  )
})

test('an add-on that was launched lately is held against the days since, not against the years before', () => {
  const launched = (since: number, withBoth: (day: number) => boolean) => {
    const count = openCampaignCount(4, pairs, history)
    for (let day = history.fromDay; day <= history.toDay; day++) {
      const products = day >= since && withBoth(day) ? [0, 1, 2] : [0, 2]
      count.addOrder(products, 0, products.length, day)
    }
    return count.of(0)
  }
  assert.equal(
    launched(815, () => true),
    null,
  )
  assert.equal(
    launched(800, (day) => day % 2 === 0),
    null,
  )
})

test('a pair that never met has no campaign, and an anchor that sold on the same few days only has none to compare with', () => {
  assert.equal(
    counted(() => false),
    null,
  )
  assert.equal(
    counted(
      () => true,
      (day) => (day < 104 ? 5 : 0),
    ),
    null,
  )
})

test('two years of 45,000 pairs are counted in one walk, and a history of any length takes one pair at least', () => {
  assert.ok(pairsAtOnce({ fromDay: 0, toDay: 729 }) >= 45_000)
  assert.equal(pairsAtOnce({ fromDay: 0, toDay: 10 ** 9 }), 1)
})

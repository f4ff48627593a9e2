import assert from 'node:assert/strict'
import test from 'node:test'
import { DAY_MS } from '../domain/instant.ts'
import { findSeasons, openMonthCount } from './season.ts'

/** A shop of 1,000 orders a month from January 2024 on; of each product, the orders of each month. */
function shopOf(products: readonly (readonly number[])[], monthsOfOrders: number) {
  const count = openMonthCount(products.length)
  for (let month = 0; month < monthsOfOrders; month++) {
    const day = Date.UTC(2024, month, 10) / DAY_MS
    for (let order = 0; order < 1000; order++) {
      const held = products.flatMap((orders, product) => (order < (orders[month] ?? 0) ? [product] : []))
      count.add(day, held, 0, held.length)
    }
  }
  return count
}

const quietOf = (orders: readonly number[], months = 24): readonly number[] =>
  findSeasons(shopOf([orders], months), [{ title: 'Thing', category: null }])[0]?.quiet.map(
    ({ month }) => month,
  ) ?? []

const always = (orders: number): number[] => Array.from({ length: 24 }, () => orders)
const christmas = [3, 0, 0, 0, 0, 0, 0, 0, 5, 60, 150, 200]

test('what sells in one season only has quiet months in all others', () => {
  assert.deepEqual(quietOf([...christmas, ...christmas]), [1, 2, 3, 4, 5, 6, 7, 8, 9])
  const [season] = findSeasons(shopOf([[...christmas, ...christmas]], 24), [{ title: 'A', category: null }])
  assert.deepEqual(season?.sells, [10, 11, 12])
  assert.equal(season?.quiet[0]?.orders, 3)
})

test('less than a year and a month of orders shows no season', () => {
  assert.deepEqual(quietOf(christmas, 12), [])
})

test('what always sells, what was launched, what grew and what was given up have no season', () => {
  const step = (first: number, second: number, at: number): number[] =>
    Array.from({ length: 24 }, (_, month) => (month < at ? first : second))
  for (const orders of [always(100), step(0, 100, 14), step(5, 150, 12), step(150, 0, 10), step(100, 30, 12)])
    assert.deepEqual(quietOf(orders), [])
})

test('two months out of stock are no season', () => {
  const orders = always(150)
  orders[4] = 0
  orders[5] = 0
  orders[16] = 0
  assert.deepEqual(quietOf(orders), [])
})

test('a new product takes the season of its category or of a word of its title, once enough others show it', () => {
  const fresh = Array.from({ length: 24 }, (_, month) => (month >= 21 ? 60 : 0))
  const season = [...christmas, ...christmas]
  const seasonOfFresh = (old: number, title: string, category: string | null) => {
    const products = [fresh, ...Array.from({ length: old }, () => season), always(80)]
    const names = [
      { title, category },
      ...Array.from({ length: old }, (_, i) => ({
        title: `Christmas ${'abcdefgh'[i]}`,
        category: 'Festive',
      })),
      { title: 'Plain plate', category: 'Plates' },
    ]
    return findSeasons(shopOf(products, 24), names)[0]
  }
  assert.ok(seasonOfFresh(6, 'Christmas wreath', null)?.quiet.some(({ month }) => month === 1))
  assert.ok(seasonOfFresh(6, 'Wreath', 'Festive')?.quiet.some(({ month }) => month === 1))
  assert.equal(seasonOfFresh(6, 'Wreath', 'Plates'), null)
  assert.equal(seasonOfFresh(2, 'Christmas wreath', null), null)
})

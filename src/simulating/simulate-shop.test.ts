import assert from 'node:assert/strict'
import test from 'node:test'
import { DAY_MS } from '../domain/instant.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { catalogRow, orderRows } from './shop-files.ts'
import { simulateShop } from './simulate-shop.ts'
import { defaultSimulation, type SimulatedOrder, type SimulatedProduct, type Truth } from './simulation.ts'
import { indexTruth } from './truth-index.ts'

const settings = { ...defaultSimulation, orders: 24_000, products: 420, customers: 6000 }

type Taken = {
  readonly products: readonly SimulatedProduct[]
  readonly orders: readonly SimulatedOrder[]
  readonly truth: Truth
}

function take(seed: number, sized = settings): Taken {
  const shop = simulateShop(sized, { random: seededRandom(seed) })
  const orders = [...shop.orders]
  return { products: shop.products, orders, truth: shop.truth() }
}

function written({ products, orders, truth }: Taken): string {
  return [
    ...products.map(catalogRow),
    ...orders.map((order) => orderRows(order, settings)),
    JSON.stringify(truth),
  ].join('')
}

const shop = take(11)
const sales = shop.orders.filter(({ returnOf }) => returnOf === null)
const dayOf = ({ placedAtMs }: SimulatedOrder): number =>
  Math.floor((placedAtMs - settings.startAtMs) / DAY_MS)

const holding = new Map<string, number>()
for (const { lines } of sales) {
  for (const { product } of lines) holding.set(product, (holding.get(product) ?? 0) + 1)
}

/** Purchases of each product by each customer, as days and quantities in the order of time. */
const purchases = new Map<string, { readonly day: number; readonly quantity: number }[]>()
for (const order of sales) {
  if (order.customer === null) continue
  for (const { product, quantity } of order.lines) {
    const key = `${order.customer} ${product}`
    purchases.set(key, [...(purchases.get(key) ?? []), { day: dayOf(order), quantity }])
  }
}

test('the same seed makes the same shop to the byte, another seed another one', () => {
  const small = { ...settings, orders: 1500, products: 130, customers: 400 }
  assert.equal(written(take(3, small)), written(take(3, small)))
  assert.notEqual(written(take(3, small)), written(take(4, small)))
})

test('a simulated shop is as large as asked, in the order of time, within its days', () => {
  assert.equal(shop.products.length, settings.products)
  assert.equal(new Set(shop.products.map(({ id }) => id)).size, settings.products)
  assert.equal(new Set(shop.products.map(({ title }) => title)).size, settings.products)
  assert.ok(Math.abs(sales.length / settings.orders - 1) < 0.01, `${sales.length} orders`)
  assert.ok(sales.every((order, place) => order.placedAtMs >= (sales[place - 1]?.placedAtMs ?? 0)))
  const days = sales.map(dayOf)
  assert.ok(Math.min(...days) >= 0 && Math.max(...days) < settings.days)
})

test('every planted truth names products of the catalog, and every order line too', () => {
  const { truth } = shop
  const known = new Set(shop.products.map(({ id }) => id))
  const named = [
    ...[...truth.complements, ...truth.nextSteps].flatMap(({ anchor, addOn }) => [anchor, addOn]),
    ...truth.upsells.flatMap(({ from, to }) => [from, to]),
    ...truth.substitutes.flat(),
    ...truth.newsletters.flatMap(({ products }) => products),
    ...truth.variants.flatMap(({ members }) => members),
    ...[...truth.refills, ...truth.seasonal].map(({ product }) => product),
    ...[truth.launchedLate, truth.discontinued, truth.soldOut].flat(),
    ...[...truth.heldOutOrders, ...shop.orders].flatMap(({ lines }) => lines.map(({ product }) => product)),
  ]
  assert.deepEqual(
    named.filter((id) => !known.has(id)),
    [],
  )
  assert.ok(
    truth.heldOutOrders.every(({ placedAtMs }) => placedAtMs >= settings.startAtMs + settings.days * DAY_MS),
  )
})

test('no planted pair is two things at once', () => {
  const { truth } = shop
  const kindOf = indexTruth(truth)
  for (const { anchor, addOn } of truth.complements) assert.equal(kindOf(anchor, addOn), 'complement')
  for (const { anchor, addOn } of truth.nextSteps) assert.equal(kindOf(anchor, addOn), 'next-step')
  for (const { from, to } of truth.upsells) assert.equal(kindOf(to, from), 'upsell')
  const pairs = [...truth.complements, ...truth.nextSteps].map(({ anchor, addOn }) => `${anchor}>${addOn}`)
  assert.equal(new Set(pairs).size, pairs.length)
})

/** Products that are planted together with this one, either way. */
const linkedTo = new Map<string, Set<string>>()
for (const { anchor, addOn } of shop.truth.complements) {
  linkedTo.set(addOn, (linkedTo.get(addOn) ?? new Set()).add(anchor))
  linkedTo.set(anchor, (linkedTo.get(anchor) ?? new Set()).add(addOn))
}
const departmentOf = new Map(shop.products.map(({ id, department }) => [id, department]))
const baskets = sales
  .filter(({ lines }) => lines.length < 12)
  .map(({ lines }) => new Set(lines.map(({ product }) => product)))

/** Orders that hold both, and how many would by chance: as orders of the anchor's department without a cause do. */
function countTogether(anchor: string, addOn: string): { readonly seen: number; readonly chance: number } {
  let [withAnchor, seen, without, byChance] = [0, 0, 0, 0]
  for (const basket of baskets) {
    if (basket.has(anchor)) {
      withAnchor += 1
      if (basket.has(addOn)) seen += 1
      continue
    }
    const others = [...basket].filter((product) => product !== addOn)
    if (others.some((product) => linkedTo.get(addOn)?.has(product))) continue
    if (!others.some((product) => departmentOf.get(product) === departmentOf.get(anchor))) continue
    without += 1
    if (basket.has(addOn)) byChance += 1
  }
  return { seen, chance: without > 0 ? (withAnchor * byChance) / without : 0 }
}

test('planted complements meet in orders as often as planted, within sampling error and taste', () => {
  // Members of a set bring each other along: with them there is no telling what a third product did.
  const inSets = new Set(shop.truth.complements.flatMap(({ kind, addOn }) => (kind === 'set' ? [addOn] : [])))
  const findable = shop.truth.complements.filter(
    ({ kind, addOn, expectedOrders }) => kind === 'accessory' && expectedOrders >= 10 && !inSets.has(addOn),
  )
  assert.ok(findable.length > 50, `${findable.length} complements can be found`)
  let [seenInAll, expectedInAll] = [0, 0]
  for (const { anchor, addOn, expectedOrders } of findable) {
    const { seen, chance } = countTogether(anchor, addOn)
    seenInAll += seen - chance
    expectedInAll += expectedOrders
    // Below by 4.5 standard deviations of a Poisson count: once in 300,000 pairs.
    const least = expectedOrders - 4.5 * Math.sqrt(expectedOrders)
    assert.ok(seen > least, `${anchor}, ${addOn}: ${seen} seen, ${expectedOrders} planted`)
  }
  // The chance knows the department, not the lines that a customer likes: up to 10 % in six seeds.
  const error = 0.12 + 4 / Math.sqrt(expectedInAll)
  assert.ok(
    Math.abs(seenInAll / expectedInAll - 1) < error,
    `${seenInAll.toFixed(0)} seen beyond chance, ${expectedInAll.toFixed(0)} planted`,
  )
})

test('substitutes and forms of one product meet far less than chance has them meet', () => {
  const groups = [
    ...shop.truth.substitutes,
    ...shop.truth.variants.filter(({ bought }) => bought === 'one').map(({ members }) => members),
  ]
  const shoppers = sales.filter(({ lines }) => lines.length < 12)
  const all = shoppers.reduce((sum, { lines }) => sum + lines.length, 0)
  const pairsOfLines = shoppers.reduce((sum, { lines }) => sum + lines.length * (lines.length - 1), 0)
  const groupOf = new Map(groups.flatMap((members, group) => members.map((id) => [id, group] as const)))
  const linesOf = new Map<number, number>()
  let seen = 0
  for (const { lines } of shoppers) {
    const held = lines.flatMap(({ product }) => groupOf.get(product) ?? [])
    for (const group of held) linesOf.set(group, (linesOf.get(group) ?? 0) + 1)
    seen += held.length - new Set(held).size
  }
  const chance =
    [...linesOf.values()].reduce((sum, lines) => sum + (lines / all) ** 2, 0) * (pairsOfLines / 2)
  assert.ok(seen < chance * 0.7, `${seen} orders hold two of a group, ${chance.toFixed(0)} by chance`)
})

test('refills come back after the planted days, scaled by quantity, and quitters do not', () => {
  const logs: number[] = []
  const twos: number[] = []
  let [first, left, planted] = [0, 0, 0]
  const gone = new Set([...shop.truth.discontinued, ...shop.truth.soldOut])
  const bigger = new Set(shop.truth.upsells.map(({ from }) => from))
  const refills = new Map(shop.truth.refills.map((refill) => [refill.product, refill]))
  for (const [key, found] of purchases) {
    const refill = refills.get(key.split(' ')[1] ?? '')
    // A year to come back in, so that nothing is cut off.
    if (refill === undefined || refill.medianDays > 100) continue
    for (const [place, { day, quantity }] of found.entries()) {
      const next = found[place + 1]
      if (next === undefined || day > settings.days - 365) continue
      const log = Math.log((next.day - day) / refill.medianDays / quantity)
      if (quantity === 1) logs.push(log)
      if (quantity === 2) twos.push(log)
    }
    const [one, next] = found
    if (one === undefined || one.day > settings.days - 365) continue
    if (gone.has(refill.product) || bigger.has(refill.product)) continue
    first += 1
    planted += refill.quitShare
    if (next === undefined) left += 1
  }
  // Days scatter by 0.2 between customers and by 0.2 to 0.45 within: 0.4 together. Who is faster comes more often and
  // counts more: some 2 % in six seeds.
  for (const [sample, name] of [
    [logs, 'one unit'],
    [twos, 'two units'],
  ] as const) {
    const mean = sample.reduce((sum, log) => sum + log, 0) / sample.length
    assert.ok(sample.length > 100, `${sample.length} intervals of ${name}`)
    assert.ok(
      Math.abs(mean) < 0.03 + (4 * 0.4) / Math.sqrt(sample.length),
      `${name}: ${Math.exp(mean)} of the planted days`,
    )
  }
  const error = 4 * Math.sqrt((0.5 * 0.5) / first)
  assert.ok(
    Math.abs(left / first - planted / first) < error,
    `${left} quit, ${planted.toFixed(0)} planted, of ${first}`,
  )
})

test('next steps follow after the planted gap, by the planted share of customers', () => {
  const firstDays = new Map<string, Map<string, number>>()
  for (const [key, [first]] of purchases) {
    const [customer = '', product = ''] = key.split(' ')
    const days = firstDays.get(product) ?? new Map<string, number>()
    firstDays.set(product, days.set(customer, first?.day ?? 0))
  }
  const gone = new Set([...shop.truth.discontinued, ...shop.truth.soldOut, ...shop.truth.launchedLate])
  let [followed, came, planted] = [0, 0, 0]
  const logs: number[] = []
  for (const { anchor, addOn, share, medianDays } of shop.truth.nextSteps) {
    if (gone.has(addOn)) continue
    for (const [customer, day] of firstDays.get(anchor) ?? []) {
      const then = firstDays.get(addOn)?.get(customer) ?? Number.POSITIVE_INFINITY
      if (day > settings.days - 60 || then <= day) continue
      followed += 1
      planted += share
      if (then > day + 60) continue
      came += 1
      logs.push(Math.log((then - day) / medianDays))
    }
  }
  assert.ok(followed > 1000, `${followed} customers`)
  // Some buy it by themselves: of a hundred customers four at most within 60 days.
  const error = 4 * Math.sqrt(planted)
  assert.ok(
    came > planted - error && came < planted + error + 0.04 * followed,
    `${came} came, ${planted.toFixed(0)} planted, of ${followed}`,
  )
  const median = logs.toSorted((a, b) => a - b)[Math.floor(logs.length / 2)] ?? 9
  assert.ok(Math.abs(median) < 0.1, `the median gap is ${Math.exp(median)} of the planted one`)
})

test('the noise is that of a shop: popularity by rank, large baskets, guests, seasons, returns', () => {
  const counts = [...holding.values()].toSorted((a, b) => b - a)
  const lines = counts.reduce((sum, count) => sum + count, 0)
  const top = counts.slice(0, Math.round(settings.products / 10)).reduce((sum, count) => sum + count, 0)
  assert.ok(
    top / lines > 0.25 && top / lines < 0.6,
    `a tenth of the products holds ${top / lines} of the lines`,
  )
  assert.ok(sales.some((order) => order.lines.length > 50))
  const guests = sales.filter(({ customer }) => customer === null).length / sales.length
  assert.ok(guests > 0.05 && guests < 0.25, `${guests} of the orders are of guests`)
  const christmas = new Set(
    shop.truth.seasonal.filter(({ season }) => season === 'christmas').map((one) => one.product),
  )
  const inMonths = new Array<number>(12).fill(0)
  for (const { lines: held, placedAtMs } of sales) {
    const month = new Date(placedAtMs).getUTCMonth()
    inMonths[month] = (inMonths[month] ?? 0) + held.filter(({ product }) => christmas.has(product)).length
  }
  assert.ok((inMonths[10] ?? 0) + (inMonths[11] ?? 0) > 0.7 * inMonths.reduce((a, b) => a + b, 0))
  const back = shop.orders.filter(({ returnOf }) => returnOf !== null)
  const known = new Set(sales.map(({ id }) => id))
  assert.ok(back.length > 100 && back.every(({ returnOf }) => known.has(returnOf ?? '')))
})

test('what is launched late or gone sells only in its time', () => {
  const gone = new Set([...shop.truth.discontinued, ...shop.truth.soldOut])
  assert.ok(gone.size > 5 && shop.truth.launchedLate.length > 5)
  const lastWeek = sales.filter((order) => dayOf(order) >= settings.days - 7)
  const firstWeek = sales.filter((order) => dayOf(order) < 7)
  const late = new Set(shop.truth.launchedLate)
  const holds = (orders: readonly SimulatedOrder[], some: ReadonlySet<string>): boolean =>
    orders.some(({ lines }) => lines.some(({ product }) => some.has(product)))
  assert.ok(!holds(firstWeek, late))
  assert.ok(!holds(lastWeek, gone))
  for (const { id, status, stock } of shop.products) {
    assert.equal(gone.has(id), status === 'archived' || stock === 0)
  }
})

// A shop with planted truth. Comes in: how large, and a seeded random. Goes out: the catalog, the orders one by one in
// the order of time, and, once they have all been taken, the truth. The same seed gives the same shop to the byte.
// Orders are made day by day: first those who come for a refill, a next step or a step up, then visitors up to the
// day's share of the orders, so memory grows with customers, not with lines.

import { DAY_MS } from '../domain/instant.ts'
import type { Random } from '../stats/seeded-random.ts'
import { traitsOf } from './customer-traits.ts'
import { describeTruth } from './describe-truth.ts'
import { type DrawProduct, isOnSale, productDraws } from './draw-product.ts'
import { logNormalDraw, pickOne, shuffle, wholeBetween } from './draws.ts'
import { type Basket, type BasketEffects, fillBasket } from './fill-basket.ts'
import { type Following, followPurchases } from './follow-purchases.ts'
import { type PlannedNewsletter, planNewsletters } from './plan-newsletters.ts'
import { plantRelations, type Relations } from './plant-relations.ts'
import { trafficOn } from './seasons.ts'
import { fillShelf, type Shelf, type ShelfProduct } from './shelf.ts'
import { departments } from './shop-vocabulary.ts'
import {
  HELD_OUT_DAYS,
  type HeldOutOrder,
  type SimulatedOrder,
  type SimulatedProduct,
  type SimulationSettings,
  type Truth,
} from './simulation.ts'

const HELD_OUT_ORDERS = 600
const GUEST_SHARE = 0.2
/** Of those who look around while a newsletter runs, this share came by it. */
const NEWSLETTER_SHARE = 0.2
const RETURNED_SHARE = 0.02
/** Wholesalers come often, but not as often as chance and their activity would have it. */
const WHOLESALE_VISITS = 0.6

export type SimulatedShop = {
  readonly products: readonly SimulatedProduct[]
  readonly orders: Generator<SimulatedOrder, void, undefined>
  /** Complete once `orders` has ended. */
  readonly truth: () => Truth
}

type Run = {
  readonly shelf: Shelf
  readonly relations: Relations
  readonly newsletters: readonly PlannedNewsletter[]
  readonly settings: SimulationSettings
  readonly random: Random
  readonly salt: number
  readonly following: Following
  readonly basketEffects: BasketEffects
  readonly heldOut: HeldOutOrder[]
  heldOutSeen: number
  orderNumber: number
}

export function simulateShop(
  settings: SimulationSettings,
  { random }: { readonly random: Random },
): SimulatedShop {
  const shelf = fillShelf(settings, random)
  const relations = plantRelations(shelf, settings, random)
  const expected = new Float64Array(relations.links.length)
  const drawProduct: DrawProduct = productDraws(shelf, settings, random)
  const newsletters = planNewsletters(shelf, settings, random)
  const following = followPurchases(shelf, relations, settings, random)
  const run: Run = {
    shelf,
    relations,
    newsletters,
    settings,
    random,
    salt: Math.floor(random() * 4_294_967_296),
    following,
    basketEffects: { shelf, relations, settings, drawProduct, random, expected },
    heldOut: [],
    heldOutSeen: 0,
    orderNumber: 0,
  }
  return {
    products: shelf.products.map((product) => inCatalog(product, settings)),
    orders: ordersByDay(run),
    truth: () => describeTruth({ ...run, expected }),
  }
}

function inCatalog(product: ShelfProduct, { days }: SimulationSettings): SimulatedProduct {
  const department = departments[product.department]?.name ?? ''
  return {
    id: product.id,
    title: product.title,
    department,
    category: product.category.name,
    maker: product.maker,
    groupInCatalog: product.groupInCatalog,
    priceMinor: priceOn(product, days - 1),
    status: product.goneBecause === 'discontinued' ? 'archived' : 'active',
    stock: product.goneBecause === null ? 25 + (product.title.length % 40) : 0,
  }
}

function priceOn({ priceChange, priceMinor }: ShelfProduct, day: number): number {
  return priceChange !== null && day >= priceChange.day ? priceChange.priceMinor : priceMinor
}

function* ordersByDay(run: Run): Generator<SimulatedOrder, void, undefined> {
  const { settings, random } = run
  const returns = new Map<number, SimulatedOrder[]>()
  const untilDay = cumulativeOrders(settings)
  for (let day = 0; day < settings.days + HELD_OUT_DAYS; day++) {
    const visits = visitsOn(run, day, untilDay[day] ?? 0)
    for (const [place, { customer, wanted }] of visits.entries()) {
      // The shop sells from seven in the morning until eleven at night.
      const minute = 420 + Math.floor((960 * (place + random())) / visits.length)
      const placedAtMs = settings.startAtMs + day * DAY_MS + minute * 60_000
      const order = placeOrder(run, { day, customer, wanted, placedAtMs })
      if (order === null) continue
      if (day >= settings.days) {
        holdOut(run, order)
        continue
      }
      yield order
      planReturn(order, day, returns, random)
    }
    if (day < settings.days) yield* returns.get(day) ?? []
    returns.delete(day)
  }
}

type Coming = { readonly customer: number | null; readonly wanted: readonly number[] }

function visitsOn(run: Run, day: number, ordersUntilThen: number): Coming[] {
  const { shelf, random, following, settings } = run
  const visits: Coming[] = []
  const today = following.wishesOf(day)
  for (const [customer, products] of today) {
    const wanted = products.filter((number) => {
      const product = shelf.products[number]
      return product !== undefined && isOnSale(product, day)
    })
    if (wanted.length > 0) visits.push({ customer, wanted })
  }
  const open = Math.round(ordersUntilThen) - run.orderNumber - visits.length
  for (let made = 0; made < open; made++) {
    const guest = random() < GUEST_SHARE
    const customer = guest ? null : someCustomer(run, day / settings.days)
    // Who comes for something today does not come a second time.
    if (customer === null || !today.has(customer)) visits.push({ customer, wanted: [] })
  }
  return shuffle(random, visits)
}

/** Few come often, most seldom; nobody before they joined. */
function someCustomer({ random, settings, salt }: Run, now: number): number {
  for (;;) {
    const customer = Math.floor(settings.customers * random() ** 1.8)
    const { joinsAt, wholesale } = traitsOf(customer, salt)
    if (joinsAt <= now && (!wholesale || random() < WHOLESALE_VISITS)) return customer
  }
}

type Placed = Coming & { readonly day: number; readonly placedAtMs: number }

function placeOrder(run: Run, { day, customer, wanted, placedAtMs }: Placed): SimulatedOrder | null {
  const { shelf, settings, following, salt, random, basketEffects } = run
  // A guest is like some customer who never comes back.
  const traits = traitsOf(customer ?? settings.customers + wholeBetween(random, 0, 1_000_000), salt)
  const wholesale = traits.wholesale && customer !== null
  const mayBuy = (product: number): boolean =>
    customer === null || wholesale || following.mayBuy(customer, product)
  const letter = run.newsletters.find(({ fromDay, toDay }) => day >= fromDay && day <= toDay)
  const came = letter !== undefined && wanted.length === 0 && random() < NEWSLETTER_SHARE
  const visitor = wholesale ? null : { ...traits, newsletter: came ? letter.products : null }
  const visit = { day, visitor, wanted, mayBuy }
  const basket: Basket = fillBasket(visit, basketEffects)
  if (basket.size === 0) return null
  if (customer !== null && !wholesale) following.bought(customer, basket, day, traits.pace)
  run.orderNumber += 1
  return {
    id: String(100_000 + run.orderNumber),
    placedAtMs,
    customer: customer === null ? null : `K${100_001 + customer}`,
    returnOf: null,
    lines: [...basket].flatMap(([number, quantity]) => {
      const product = shelf.products[number]
      if (product === undefined) return []
      return [{ product: product.id, title: product.title, quantity, unitPriceMinor: priceOn(product, day) }]
    }),
  }
}

function planReturn(
  order: SimulatedOrder,
  day: number,
  returns: Map<number, SimulatedOrder[]>,
  random: Random,
): void {
  if (random() >= RETURNED_SHARE * Math.min(3, order.lines.length)) return
  const later = Math.max(2, Math.round(logNormalDraw(random, 8, 0.4)))
  const line = pickOne(random, order.lines)
  const placedAtMs = order.placedAtMs + later * DAY_MS
  const back = returns.get(day + later) ?? []
  returns.set(day + later, back)
  back.push({ ...order, id: `R${order.id}`, placedAtMs, returnOf: order.id, lines: [line] })
}

/** A fair sample of the orders after the history (reservoir sampling, Vitter 1985). */
function holdOut(run: Run, { customer, placedAtMs, lines }: SimulatedOrder): void {
  const plain = lines.map(({ product, quantity, unitPriceMinor }) => ({ product, quantity, unitPriceMinor }))
  const order: HeldOutOrder = { customer, placedAtMs, lines: plain }
  run.heldOutSeen += 1
  if (run.heldOut.length < HELD_OUT_ORDERS) run.heldOut.push(order)
  else {
    const place = Math.floor(run.random() * run.heldOutSeen)
    if (place < HELD_OUT_ORDERS) run.heldOut[place] = order
  }
}

/** Orders until the end of each day: as many as were asked for when the history ends, more of them before Christmas. */
function cumulativeOrders({ orders, days, startAtMs }: SimulationSettings): number[] {
  const sums: number[] = []
  let sum = 0
  for (let day = 0; day < days + HELD_OUT_DAYS; day++) {
    sum += trafficOn(day, startAtMs)
    sums.push(sum)
  }
  const whole = sums[days - 1] ?? 1
  return sums.map((until) => (orders * until) / whole)
}

// One customer's orders after the other, by product: in which orders a product stands, and how many places there are beside it.
// Comes in: orders, oldest first, then `close`, questions, and `clear` before the next customer. Orders have numbers from 0 on.
// The arrays are used again, so millions of customers leave no garbage. Nothing can go wrong.

export type CustomerOrders = {
  /** Different products of the next order, and its day. */
  add(products: ArrayLike<number>, from: number, to: number, day: number): void
  /** To be called before the first question; how many orders there are. */
  close(): number
  clear(): void
  count(): number
  different(): Uint32Array
  /** In how many orders it stands; 0 where the customer never had it. */
  timesOf(product: number): number
  /** Of a product that the customer had: places in its orders, and in all others. */
  placesBeside(product: number): number
  placesElsewhere(product: number): number
  firstIsBeside(addOn: number, anchor: number): boolean
  ordersWithBoth(one: number, other: number): number
  /** Of two that the customer had, what is left without the orders of some days; one object, used again. */
  without(days: DaysOut, addOn: number, anchor: number): OrdersLeft
}

/** Days of a history that a pair is judged without: the place is the day less `fromDay`, 1 stands for out. */
export type DaysOut = { readonly fromDay: number; readonly isOut: Uint8Array }

export type OrdersLeft = {
  orders: number
  /** In how many the add-on stands, */
  times: number
  /** and the anchor with it. */
  withBoth: number
  /** The first order of all with the add-on: does it hold the anchor? `null` where it is out. */
  firstIsBeside: boolean | null
  placesBeside: number
  placesElsewhere: number
}

export function openCustomerOrders(productCount: number): CustomerOrders {
  const row = newRow()
  const left = { ...NOTHING_LEFT }
  const shelf = newShelf(productCount)
  const { owner, from, to, beside } = shelf
  const timesOf = (product: number): number =>
    owner[product] === shelf.customer ? (to[product] as number) - (from[product] as number) : 0
  return {
    add: (products, begin, end, day) => addToRow(row, products, begin, end, day),
    close() {
      if (row.orders > 1) {
        makeRoom(shelf, row)
        fillIn(shelf, row)
      }
      return row.orders
    },
    clear() {
      shelf.customer += 1
      shelf.different = 0
      row.orders = 0
      row.places = 0
    },
    count: () => row.orders,
    different: () => shelf.distinct.subarray(0, shelf.different),
    timesOf,
    placesBeside: (product) => beside[product] as number,
    placesElsewhere: (product) => row.places - timesOf(product) - (beside[product] as number),
    firstIsBeside(addOn, anchor) {
      const first = shelf.orders[from[addOn] as number] as number
      return holds(shelf.orders, from[anchor] as number, to[anchor] as number, first)
    },
    ordersWithBoth(one, other) {
      const [at, end] = [from[one] as number, to[one] as number]
      return countInBoth(shelf.orders, at, end, from[other] as number, to[other] as number)
    },
    without(days, addOn, anchor) {
      const ordersOf = (product: number): Uint32Array =>
        shelf.orders.subarray(from[product] as number, to[product] as number)
      countWithout(left, { row, days, addOns: ordersOf(addOn), anchors: ordersOf(anchor) })
      return left
    },
  }
}

/** By product: whose it is, where its orders stand in `orders`, and how many places there are beside it. */
type Shelf = {
  readonly owner: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly beside: Uint32Array
  orders: Uint32Array
  distinct: Uint32Array
  different: number
  customer: number
}

function newShelf(productCount: number): Shelf {
  const byProduct = () => new Uint32Array(productCount)
  return {
    ...{ owner: byProduct(), from: byProduct(), to: byProduct(), beside: byProduct() },
    ...{ orders: new Uint32Array(256), distinct: new Uint32Array(256), different: 0, customer: 1 },
  }
}

function makeRoom(shelf: Shelf, { products, places }: Row): void {
  if (shelf.orders.length < products.length) {
    shelf.orders = new Uint32Array(products.length)
    shelf.distinct = new Uint32Array(products.length)
  }
  const { owner, from, to, beside, distinct, customer } = shelf
  for (let at = 0; at < places; at++) {
    const product = products[at] as number
    if (owner[product] !== customer) {
      owner[product] = customer
      to[product] = 0
      beside[product] = 0
      distinct[shelf.different++] = product
    }
    to[product] = (to[product] as number) + 1
  }
  let next = 0
  for (let at = 0; at < shelf.different; at++) {
    const product = distinct[at] as number
    from[product] = next
    next += to[product] as number
    to[product] = from[product] as number
  }
}

function fillIn({ orders, to, beside }: Shelf, row: Row): void {
  for (let order = 0, at = 0; order < row.orders; order++) {
    const end = row.ends[order] as number
    const others = end - at - 1
    for (; at < end; at++) {
      const product = row.products[at] as number
      orders[to[product] as number] = order
      to[product] = (to[product] as number) + 1
      beside[product] = (beside[product] as number) + others
    }
  }
}

type Row = {
  products: Uint32Array<ArrayBuffer>
  /** By order: where it ends in `products`. */
  ends: Uint32Array<ArrayBuffer>
  days: Int32Array<ArrayBuffer>
  orders: number
  places: number
}

function newRow(): Row {
  return {
    ...{ products: new Uint32Array(256), ends: new Uint32Array(16), days: new Int32Array(16) },
    ...{ orders: 0, places: 0 },
  }
}

function addToRow(row: Row, products: ArrayLike<number>, begin: number, end: number, day: number): void {
  const places = row.places + end - begin
  if (places > row.products.length) row.products = grown(row.products, places)
  if (row.orders === row.ends.length) {
    row.ends = grown(row.ends, row.orders + 1)
    const days = new Int32Array(row.ends.length)
    days.set(row.days)
    row.days = days
  }
  for (let at = begin; at < end; at++) row.products[row.places++] = products[at] as number
  row.days[row.orders] = day
  row.ends[row.orders++] = places
}

const NOTHING_LEFT: OrdersLeft = {
  ...{ orders: 0, times: 0, withBoth: 0, firstIsBeside: null, placesBeside: 0, placesElsewhere: 0 },
}

type Asked = {
  readonly row: Row
  readonly days: DaysOut
  /** The orders with the add-on, and with the anchor; both ascend. */
  readonly addOns: Uint32Array
  readonly anchors: Uint32Array
}

function countWithout(left: OrdersLeft, { row, days, addOns, anchors }: Asked): void {
  Object.assign(left, NOTHING_LEFT)
  let [addOnAt, anchorAt] = [0, 0]
  for (let order = 0; order < row.orders; order++) {
    const hasAddOn = addOns[addOnAt] === order
    const hasAnchor = anchors[anchorAt] === order
    if (hasAnchor) anchorAt += 1
    if (hasAddOn) addOnAt += 1
    if (days.isOut[(row.days[order] as number) - days.fromDay] === 1) continue
    const size = (row.ends[order] as number) - (row.ends[order - 1] ?? 0)
    left.orders += 1
    if (hasAnchor) left.placesBeside += size - 1
    else left.placesElsewhere += size
    if (!hasAddOn) continue
    left.times += 1
    if (hasAnchor) left.withBoth += 1
    if (addOnAt === 1) left.firstIsBeside = hasAnchor
  }
}

/** Of numbers that ascend from place `at` to before `end`. */
function holds(list: Uint32Array, at: number, end: number, wanted: number): boolean {
  for (let place = at; place < end; place++) {
    const number = list[place] as number
    if (number >= wanted) return number === wanted
  }
  return false
}

/** Of two stretches of ascending numbers. */
function countInBoth(list: Uint32Array, at: number, end: number, otherAt: number, otherEnd: number): number {
  let both = 0
  let [one, other] = [at, otherAt]
  while (one < end && other < otherEnd) {
    const ahead = (list[one] as number) - (list[other] as number)
    if (ahead === 0) both += 1
    if (ahead <= 0) one += 1
    if (ahead >= 0) other += 1
  }
  return both
}

function grown(list: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, list.length * 2))
  larger.set(list)
  return larger
}

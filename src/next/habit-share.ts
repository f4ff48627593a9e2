// How much do customers of this shop repeat themselves? In a grocery what someone bought in half of their orders is in
// about half of their next ones; in a shop of furniture it is not. Comes in: each customer's orders in the sequence of
// their days. Goes out: one number for the shop, repeats that happened / repeats that the customers' own pasts foretold,
// by which a decision trusts a customer's own past. About 0.68 on Online Retail II, 0 where nobody buys a thing twice.

/** Days after which an order of the customer counts half. */
export const OWN_HALF_LIFE_DAYS = 180
/** Orders' worth of doubt that draw the share of a customer's orders with a product towards nothing. */
export const HABIT_DOUBT_ORDERS = 2
/** Repeats foretold that did not happen, as a start: a shop with few repeats is not trusted for luck. */
const DOUBT_REPEATS = 50
const SHARE_MAX = 1.5

/** What one customer's past weighs, as of the day of their latest order. */
export type CustomerWeights = { ordersWeight: number; productsWeight: number; day: number }

export type HabitCount = {
  /** Counts one order against the customer's past, then makes it part of that past. */
  add(
    customer: CustomerWeights,
    order: { readonly day: number; readonly products: number; readonly repeats: number },
  ): void
  /** In [0, 1.5], as of a day: newer orders count more. */
  share(day: number): number
}

export function newCustomer(): CustomerWeights {
  return { ordersWeight: 0, productsWeight: 0, day: 0 }
}

/** `halfLifeDays` is that of the shop's orders; weights are kept relative to a fixed first day. */
export function openHabitCount(firstDay: number, halfLifeDays: number): HabitCount {
  let foretold = 0
  let happened = 0
  const rise = (day: number): number => 2 ** ((day - firstDay) / halfLifeDays)
  return {
    add(customer, { day, products, repeats }) {
      const fade = 2 ** ((customer.day - day) / OWN_HALF_LIFE_DAYS)
      customer.ordersWeight *= fade
      customer.productsWeight *= fade
      // The sum over all products of (orders with it) / (orders + doubt) needs no sum over products.
      foretold += rise(day) * (customer.productsWeight / (customer.ordersWeight + HABIT_DOUBT_ORDERS))
      happened += rise(day) * repeats
      customer.ordersWeight += 1
      customer.productsWeight += products
      customer.day = day
    },
    share: (day) => Math.min(SHARE_MAX, happened / (foretold + DOUBT_REPEATS * rise(day))),
  }
}

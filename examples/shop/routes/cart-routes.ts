// The cart and the checkout, by plain forms. Each change answers with a redirect, so that a reload repeats nothing, and
// a second click on "Place order" finds an empty cart and lands on the order that the first one made.

import type { Context, Hono } from 'hono'
import { examplePeople } from '../example-people.ts'
import { type CartLine, cartPage, checkoutPage } from '../pages/cart-pages.ts'
import { orderPath } from '../pages/page-layout.ts'
import { type ShopOrder, setUnits, UNITS_MAX, type Visit } from '../shop-memory.ts'
import { beginVisit, type ShopRoom, viewOf, visitOf } from '../shop-room.ts'

export function addCartRoutes(shop: Hono, room: ShopRoom): void {
  const { basePath, shelf, memory } = room
  const cart = `${basePath}/cart`

  shop.get('/cart', (c) => c.html(cartPage(viewOf(room, c), cartLines(room, visitOf(room, c)))))

  shop.post('/cart/add', async (c) => {
    const { productId, units } = await readUnits(c)
    if (shelf.get(productId) === undefined) return c.redirect(cart, 303)
    const visit = beginVisit(room, c)
    setUnits(visit, productId, (visit.cart.get(productId) ?? 0) + Math.max(1, units))
    return c.redirect(cart, 303)
  })

  shop.post('/cart/units', async (c) => {
    const { productId, units } = await readUnits(c)
    const visit = visitOf(room, c)
    if (visit?.cart.has(productId)) setUnits(visit, productId, units)
    return c.redirect(cart, 303)
  })

  // A fresh cart with one product: what the button on the thank-you page says.
  shop.post('/cart/start', async (c) => {
    const { productId } = await readUnits(c)
    if (shelf.get(productId) === undefined) return c.redirect(cart, 303)
    const visit = beginVisit(room, c)
    visit.cart.clear()
    setUnits(visit, productId, 1)
    return c.redirect(cart, 303)
  })

  shop.get('/checkout', (c) => {
    const lines = cartLines(room, visitOf(room, c))
    if (lines.length === 0) return c.redirect(cart, 303)
    return c.html(checkoutPage(viewOf(room, c), lines))
  })

  shop.post('/checkout', async (c) => {
    const visit = visitOf(room, c)
    const lines = cartLines(room, visit)
    if (visit === undefined || lines.length === 0) {
      const last = visit?.lastOrderId ?? null
      return c.redirect(last === null ? cart : `${orderPath(viewOf(room, c), last)}/thank-you`, 303)
    }
    const form = await c.req.parseBody()
    const name = textOf(form.name, 80)
    const email = textOf(form.email, 120)
    if (name === '' || !/^[^\s@<>]+@[^\s@<>]+$/.test(email)) {
      const problem = name === '' ? 'Please enter a name.' : 'Please enter an e-mail address.'
      return c.html(checkoutPage(viewOf(room, c), lines, { name, email, problem }), 422)
    }
    const person = textOf(form.person, 20)
    const scene = textOf(form.scene, 20)
    const wantsMessages = form.messages === 'yes'
    const order = toOrder(room, lines, { name, email, person, scene, wantsMessages })
    memory.keepOrder(order)
    visit.cart.clear()
    visit.lastOrderId = order.id
    return c.redirect(`${orderPath(viewOf(room, c), order.id)}/thank-you`, 303)
  })
}

function cartLines({ shelf }: ShopRoom, visit: Visit | undefined): CartLine[] {
  if (visit === undefined) return []
  return [...visit.cart].flatMap(([id, units]) => {
    const product = shelf.get(id)
    return product === undefined ? [] : [{ product, units }]
  })
}

function toOrder(
  room: ShopRoom,
  lines: readonly CartLine[],
  who: {
    readonly name: string
    readonly email: string
    readonly person: string
    readonly scene: string
    readonly wantsMessages: boolean
  },
): ShopOrder {
  const id = room.newId()
  const known = examplePeople.find((person) => person.key === who.person)?.customerId ?? null
  return {
    id: `${id.slice(0, 5)}-${id.slice(5, 10)}`,
    customerId: known ?? `example-${id}`,
    placedAtMs: room.clock.nowMs(),
    currency: room.currency,
    lines: lines.map(({ product, units }) => ({
      productId: product.id,
      quantity: units,
      unitPriceMinor: product.priceMinor,
    })),
    name: who.name,
    email: who.email,
    wantsMessages: who.wantsMessages,
    advice: new Map(),
    scene: who.scene,
    status: 'open',
    addOns: new Map(),
    quoted: new Set(),
  }
}

async function readUnits(c: Context): Promise<{ readonly productId: string; readonly units: number }> {
  const form = await c.req.parseBody()
  const units = Number.parseInt(textOf(form.units, 4), 10)
  return {
    productId: textOf(form.product, 200),
    units: Number.isNaN(units) ? 1 : Math.min(UNITS_MAX, Math.max(0, units)),
  }
}

function textOf(value: unknown, max: number): string {
  return typeof value === 'string' ? value.trim().slice(0, max) : ''
}

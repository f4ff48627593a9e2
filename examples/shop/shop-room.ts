// What the routes of the shop stand in: everything that they read and touch, and the small steps that all of them take.

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { CatalogProduct } from '../../src/domain/product.ts'
import type { AftercartClient } from './aftercart-client.ts'
import type { Asset } from './assets.ts'
import type { View } from './pages/page-layout.ts'
import type { Shelf } from './product-shelf.ts'
import type { ShopTime } from './shop-clock.ts'
import type { ShopMemory, Visit } from './shop-memory.ts'

export type ShopRoom = {
  readonly basePath: string
  readonly shopName: string
  readonly currency: string
  readonly clock: ShopTime
  readonly shelf: Shelf
  /** Everything that was ever sold, for names in old orders and for pictures. */
  readonly catalog: ReadonlyMap<string, CatalogProduct>
  readonly memory: ShopMemory
  readonly aftercart: AftercartClient
  readonly hasMailbox: boolean
  readonly assets: { readonly byName: ReadonlyMap<string, Asset>; readonly version: string }
  readonly money: (amountMinor: number) => string
  readonly newId: () => string
}

const COOKIE = 'teasel-visit'

/** The visit that the cookie names; `undefined` for a new visitor. */
export function visitOf({ memory }: ShopRoom, c: Context): Visit | undefined {
  const id = getCookie(c, COOKIE)
  return id === undefined ? undefined : memory.visit(id)
}

/** The same, but begins a visit where there is none: a cookie is set only once something is put into the cart. */
export function beginVisit(room: ShopRoom, c: Context): Visit {
  const known = visitOf(room, c)
  if (known !== undefined) return known
  const id = room.newId()
  setCookie(c, COOKIE, id, { path: room.basePath, httpOnly: true, sameSite: 'Lax' })
  return room.memory.startVisit(id)
}

export function viewOf(room: ShopRoom, c: Context): View {
  const { basePath, shopName, money, assets, clock, hasMailbox } = room
  const cart = visitOf(room, c)?.cart
  const cartUnits = cart === undefined ? 0 : [...cart.values()].reduce((sum, units) => sum + units, 0)
  return {
    basePath,
    shopName,
    cartUnits,
    money,
    assetVersion: assets.version,
    apartOn: clock.apartOn(),
    hasMailbox,
  }
}

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Messages have inline styles, as e-mails must; in exchange nothing else may run or load there. */
export const messagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

export const shopHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
}
